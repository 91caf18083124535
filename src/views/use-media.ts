import { useSyncExternalStore } from 'react';
import { useStore } from '../store/store.ts';

/** A query that is asked at each rendering is read once. */
interface Asked {
  readonly subscribe: (changed: () => void) => () => void;
  readonly holds: () => boolean;
}
const asked = new Map<string, Asked>();

function askedOf(query: string): Asked {
  const list = matchMedia(query);
  return {
    subscribe: (changed) => {
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    holds: () => list.matches,
  };
}

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const known = asked.get(query) ?? askedOf(query);
  asked.set(query, known);
  return useSyncExternalStore(known.subscribe, known.holds);
}

/** Whether the page is dark now, by choice or by the system. */
export function useIsDark(): boolean {
  const theme = useStore((s) => s.theme);
  const system = useMedia('(prefers-color-scheme: dark)');
  return theme === 'system' ? system : theme === 'dark';
}

/** Pages on which the inspector is a drawer or a pane of its own. */
export const BESIDE_DRAWER = '(max-width: 1279px)';
/** Pages on which the bar has no room for whole sentences. */
export const SHORT_BAR = '(max-width: 1399px)';
/** Pages of one pane. */
export const NARROW = '(max-width: 819.98px)';

export const TESTING = new URLSearchParams(location.search).has('testing');

/** Whether things may travel. */
export function useMotion(): boolean {
  return !useMedia('(prefers-reduced-motion: reduce)') && !TESTING;
}

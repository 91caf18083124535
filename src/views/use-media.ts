import { useSyncExternalStore } from 'react';
import { useStore } from '../store/store.ts';

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
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

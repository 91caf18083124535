import { useEffect } from 'react';
import {
  leapRace,
  seekRace,
  seekRaceEnd,
  stepRaceLap,
  stepRacePatch,
  toggleRacePlay,
} from '../../store/race.ts';

const KEYS: Readonly<Record<string, () => void>> = {
  ' ': toggleRacePlay,
  ArrowRight: () => stepRacePatch(1),
  ArrowLeft: () => stepRacePatch(-1),
  'Shift+ArrowRight': () => stepRaceLap(1),
  'Shift+ArrowLeft': () => stepRaceLap(-1),
  '.': () => stepRaceLap(1),
  ',': () => stepRaceLap(-1),
  ']': () => leapRace(1),
  '[': () => leapRace(-1),
  'Shift+Home': () => seekRace(0),
  'Shift+End': seekRaceEnd,
};

/** On the slider itself also these. */
const SLIDER_KEYS: Readonly<Record<string, () => void>> = {
  ArrowUp: () => stepRacePatch(1),
  ArrowDown: () => stepRacePatch(-1),
  PageUp: () => leapRace(1),
  PageDown: () => leapRace(-1),
  Home: () => seekRace(0),
  End: seekRaceEnd,
};

/**
 * The keys of the race, which are those of a run for another clock: they are taken before the page's own, and off
 * while typing.
 */
export function useRaceKeys(): void {
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
      const target = e.target as HTMLElement;
      if (target.closest('input, textarea, select, dialog, [popover], .monaco-editor, [role="tablist"]'))
        return;
      if (e.key === ' ' && target.closest('button, summary')) return;
      const name = `${e.shiftKey ? 'Shift+' : ''}${e.key}`;
      const act = KEYS[name] ?? (target.closest('.race-clock') ? SLIDER_KEYS[name] : undefined);
      if (!act) return;
      e.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
}

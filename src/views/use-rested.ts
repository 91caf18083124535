import { useEffect, useReducer, useRef } from 'react';
import { sayPending } from '../store/effects.ts';

/** Longer than ops follow each other when time runs fast or a handle is dragged. */
const REST_MS = 120;

/**
 * A value as it was when it last stood still, for what takes long to compute and nobody waits for; with `isCheap` the
 * value itself. The page counts as busy (`part`) while it is not that of now.
 */
export function useRested<T>(part: string, value: T, isCheap: boolean): T {
  const rested = useRef(value);
  const [, show] = useReducer((cnt: number) => cnt + 1, 0);
  if (isCheap) rested.current = value;
  useEffect(() => {
    if (Object.is(rested.current, value)) return;
    sayPending(part, true);
    const timer = setTimeout(() => {
      rested.current = value;
      show();
      sayPending(part, false);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      sayPending(part, false);
    };
  }, [part, value]);
  return rested.current;
}

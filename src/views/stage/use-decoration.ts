import { useEffect, useMemo, useState } from 'react';
import type { Mark } from '../../figures/index.ts';
import { pinLetters } from '../../store/pin-letters.ts';
import { useStore } from '../../store/store.ts';
import { NOT_LOADED, say, useVisit } from '../../store/visit.ts';

type Decorate = typeof import('./decorate.ts').decorateRows;

const plain = (rows: readonly Mark[]): readonly Mark[] => rows;

/** Puts pins and what a search found on the rows. What does it is loaded when there are any. */
export function useDecoration(): (rows: readonly Mark[]) => readonly Mark[] {
  const pins = useStore(pinLetters);
  const found = useVisit((s) => s.found.uids);
  const [decorate, setDecorate] = useState<Decorate | null>(null);
  const isNeeded = pins.size > 0 || found.size > 0;
  useEffect(() => {
    if (!isNeeded) return;
    import('./decorate.ts').then(
      (loaded) => setDecorate(() => loaded.decorateRows),
      () => say(NOT_LOADED),
    );
  }, [isNeeded]);
  return useMemo(
    () => (decorate && isNeeded ? (rows) => decorate(rows, { pins, found }) : plain),
    [decorate, isNeeded, pins, found],
  );
}

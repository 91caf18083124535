import { useEffect, useMemo, useState } from 'react';
import type { StageColumns } from '../../figures/index.ts';
import { pinLetters } from '../../store/pin-letters.ts';
import { useStore } from '../../store/store.ts';
import { NOT_LOADED, say, useVisit } from '../../store/visit.ts';

type Decorate = typeof import('./decorate.ts').decorateColumns;

const plain = (columns: StageColumns): StageColumns => columns;

/** Puts pins and what a search found on the rows. What does it is loaded when there are any. */
export function useDecoration(): (columns: StageColumns) => StageColumns {
  const pins = useStore(pinLetters);
  const found = useVisit((s) => s.found.uids);
  const [decorate, setDecorate] = useState<Decorate | null>(null);
  const isNeeded = pins.size > 0 || found.size > 0;
  useEffect(() => {
    if (!isNeeded) return;
    import('./decorate.ts').then(
      (loaded) => setDecorate(() => loaded.decorateColumns),
      () => say(NOT_LOADED),
    );
  }, [isNeeded]);
  return useMemo(
    () => (decorate && isNeeded ? (columns) => decorate(columns, { pins, found }) : plain),
    [decorate, isNeeded, pins, found],
  );
}

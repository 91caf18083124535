import { useEffect, useState } from 'react';
import { NOT_LOADED, say } from '../store/visit.ts';

/**
 * A part of the page that is loaded behind the first picture; null until then. What keys open is loaded so: it must be
 * there at once, or what is typed next goes elsewhere. One that could not be loaded is asked for again when it is wanted,
 * and only then is anything said; `giveUp` undoes the wish. `load` and `giveUp` must be the same functions each time.
 */
export function useLoaded<T extends object>(
  load: () => Promise<T>,
  isWanted: boolean,
  giveUp?: () => void,
): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  useEffect(() => {
    if (loaded) return;
    let isCurrent = true;
    load().then(setLoaded, () => {
      if (!isWanted || !isCurrent) return;
      say(NOT_LOADED);
      giveUp?.();
    });
    return () => {
      isCurrent = false;
    };
  }, [load, loaded, isWanted, giveUp]);
  return loaded;
}

import { useEffect, useState } from 'react';

/**
 * A part of the page that is loaded behind the first picture; null until then. What keys open is loaded so: it must be
 * there at once, or what is typed next goes elsewhere. `load` must be the same function each time.
 */
export function useLoaded<T extends object>(load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  useEffect(() => {
    void load().then(setLoaded);
  }, [load]);
  return loaded;
}

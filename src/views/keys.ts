/** The page's keys. What they do is not needed for the first picture, and loaded behind it. */
import { useEffect } from 'react';

/** Keys that are pressed before anybody can tell what they mean wait for it. */
export function useKeys(): void {
  useEffect(() => {
    const early: KeyboardEvent[] = [];
    const keep = (e: KeyboardEvent) => void early.push(e);
    let stop = () => window.removeEventListener('keydown', keep);
    let isOver = false;
    window.addEventListener('keydown', keep);
    void import('./key-handler.ts').then(({ handleKeys }) => {
      stop();
      if (!isOver) stop = handleKeys(early);
    });
    return () => {
      isOver = true;
      stop();
    };
  }, []);
}

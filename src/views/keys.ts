/** The page's keys. What they do is not needed for the first picture, and loaded behind it. */
import { useEffect } from 'react';
import { NOT_LOADED, say } from '../store/visit.ts';

/** Keys that are pressed before anybody can tell what they mean wait for it. */
export function useKeys(): void {
  useEffect(() => {
    const early: KeyboardEvent[] = [];
    let isAsked = false;
    let isSaid = false;
    let isOver = false;
    const ask = () => {
      isAsked = true;
      import('./key-handler.ts').then(
        ({ handleKeys }) => {
          stop();
          if (!isOver) stop = handleKeys(early);
        },
        () => {
          isAsked = false;
          // What was meant a while ago is not done later.
          if (early.splice(0).length > 0 && !isSaid) {
            isSaid = true;
            say(NOT_LOADED);
          }
        },
      );
    };
    const keep = (e: KeyboardEvent) => {
      early.push(e);
      // Another key is another attempt, but not each letter of a text.
      if (!isAsked && !(e.target as Element).closest('input, textarea, .monaco-editor')) ask();
    };
    let stop = () => window.removeEventListener('keydown', keep);
    window.addEventListener('keydown', keep);
    ask();
    return () => {
      isOver = true;
      stop();
    };
  }, []);
}

/** Pictures are fetched when they are first wanted; the answer of a run waits for its picture, and the newest wins. */
import { FIRST_PICTURE, loadPicture, type Picture, pictureKey, swappedOf } from '../figures/index.ts';
import type { RunOutput } from '../pipeline/index.ts';
import { get, initialState, set } from './store.ts';

export interface PictureLoader {
  /** Hand on an answer with its picture: at once when that is there. An answer that came after it supersedes it. */
  with(output: RunOutput, use: (picture: Picture) => void): void;
  /** Do something behind the answer that was given last. */
  behind(act: () => void): void;
}

export function pictureLoader(onLoading: (isLoading: boolean) => void): PictureLoader {
  const loaded = new Map([[initialState.algorithm, FIRST_PICTURE]]);
  let newest = 0;
  let waiting: (() => void)[] | null = null;

  function fail(algorithm: string): void {
    const notice = `The picture of the algorithm "${algorithm}" could not be fetched; shown is "${initialState.algorithm}".`;
    set({ algorithm: initialState.algorithm, notices: [...get().notices, notice] });
  }

  /** The first picture is drawn at once; what it cannot tell yet is fetched behind it. */
  function fetchWhole(): void {
    const mine = newest;
    onLoading(true);
    loadPicture(initialState.algorithm, initialState.semantics)
      .then((picture) => {
        loaded.set(initialState.algorithm, picture);
        if (get().picture === FIRST_PICTURE) set({ picture });
      })
      // Without it there are fewer sentences; the next answer tries again.
      .catch(() => {})
      .finally(() => {
        if (mine === newest) onLoading(false);
      });
  }

  return {
    with(output, use) {
      const mine = ++newest;
      waiting = null;
      if (!output.ok) {
        onLoading(false);
        return use(get().picture);
      }
      const { algorithm, semantics } = output;
      const key = pictureKey(algorithm, semantics);
      const known = loaded.get(key);
      if (known) {
        onLoading(false);
        use(known);
        if (known === FIRST_PICTURE) fetchWhole();
        return;
      }
      const behind: (() => void)[] = [];
      waiting = behind;
      onLoading(true);
      loadPicture(algorithm, semantics)
        .then((picture) => {
          loaded.set(key, picture);
          if (mine !== newest) return;
          use(picture);
          for (const act of behind) act();
        })
        .catch(() => {
          if (mine === newest) fail(algorithm);
        })
        .finally(() => {
          if (mine !== newest) return;
          waiting = null;
          onLoading(false);
        });
    },
    behind(act) {
      if (waiting) waiting.push(act);
      else act();
    },
  };
}

/** Draw the two links in the other order, or in the right one again; without the picture for it, nothing happens. */
export async function swapLinks(): Promise<void> {
  const { picture } = get();
  const swapped = await swappedOf(picture)?.().catch(() => null);
  if (swapped && get().picture === picture) set({ picture: swapped });
}

/** Pictures are fetched when they are first wanted; the answer of a run waits for its picture, and the newest wins. */
import { FIRST_PICTURE, loadPicture, type Picture, pictureKey, swappedOf } from '../figures/index.ts';
import type { RunDone, RunOutput } from '../pipeline/index.ts';
import { get, initialState, set } from './store.ts';

export interface PictureLoader {
  /** Hand on an answer with its picture: at once when that is there. An answer that came after it supersedes it. */
  with(output: RunOutput, use: (picture: Picture) => void): void;
  /** Do something behind the answer that was given last. */
  behind(act: () => void): void;
}

/** `load` fetches the picture of an algorithm under the rules of a profile. */
export function pictureLoader(
  onLoading: (isLoading: boolean) => void,
  load: typeof loadPicture = loadPicture,
): PictureLoader {
  const loaded = new Map([[initialState.algorithm, FIRST_PICTURE]]);
  let newest = 0;
  let waiting: (() => void)[] | null = null;

  function notify(notice: string): void {
    const { notices } = get();
    if (!notices.includes(notice)) set({ notices: [...notices, notice] });
  }

  /** What there is instead of a picture that could not be fetched; null: another run is on its way. */
  function insteadOf({ algorithm, semantics }: RunDone): Picture | null {
    const { algorithm: first } = initialState;
    if (algorithm === first) {
      notify(
        `The picture of the algorithm "${algorithm}" under "${semantics}" could not be fetched; it is drawn without it.`,
      );
      return FIRST_PICTURE;
    }
    // The ops of another algorithm are others, and the first picture could not tell them.
    notify(`The picture of the algorithm "${algorithm}" could not be fetched; shown is "${first}".`);
    set({ algorithm: first });
    return null;
  }

  /** The first picture is drawn at once; what it cannot tell yet is fetched behind it. */
  function fetchWhole(): void {
    const mine = newest;
    onLoading(true);
    load(initialState.algorithm, initialState.semantics)
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
      load(algorithm, semantics)
        .then<Picture | null, Picture | null>(
          (picture) => {
            loaded.set(key, picture);
            return picture;
          },
          // Not kept: the next answer tries again.
          () => (mine === newest ? insteadOf(output) : null),
        )
        .then((picture) => {
          if (picture === null || mine !== newest) return;
          use(picture);
          for (const act of behind) act();
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

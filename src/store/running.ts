/** The engine: run whenever what is run changes, take its answers, and hold on to the last good picture. */
import type { Progress } from '../base/progress.ts';
import type { Picture } from '../figures/index.ts';
import type { Comparison, RunOutput } from '../pipeline/index.ts';
import { createEngine } from '../worker/client.ts';
import { pictureLoader } from './picture-loading.ts';
import { noticeScene, selectionIn } from './pins.ts';
import { arrived, isArrival } from './recipe-arrival.ts';
import { RUN_KEYS, runInput } from './run-input.ts';
import { lastMoment, lineCnt } from './selectors.ts';
import { get, initialState, isPictured, type State, set, useStore } from './store.ts';

/** Work that takes longer says so; how far it is, a run does not know. */
const LONG_MS = 150;
const LONG_WORK = { name: 'patching', done: 0, total: 0 } as const;

/** What is shown of work: nothing until it has taken long, then what was reported last. */
function longWork(show: (progress: Progress) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLong = false;
  let last: Progress | null = null;
  const end = (): void => {
    clearTimeout(timer);
    isLong = false;
  };
  return {
    begin(first: Progress | null = LONG_WORK): void {
      end();
      last = first;
      timer = setTimeout(() => {
        isLong = true;
        if (last) show(last);
      }, LONG_MS);
    },
    report(progress: Progress): void {
      last = progress;
      if (isLong) show(progress);
    },
    end,
  };
}

let cancelRun = (): void => {};
export const cancel = (): void => cancelRun();

export function runOnChange(busy: (isBusy: boolean) => void, onPicture: () => void): void {
  const engine = createEngine({
    onCrash: ({ message }) => set({ crash: message }),
    onCatalog: (catalog) => {
      if (get().catalog.passes.length === 0) set({ catalog });
    },
    onBusy: (running) => {
      if (running) long.begin();
      else long.end();
      set({ running, progress: null });
      isRunning = running;
      busy(isRunning || isLoading);
    },
  });
  cancelRun = () => engine.cancel();
  const long = longWork((progress) => set({ progress }));
  let isRunning = false;
  let isLoading = false;
  const pictures = pictureLoader((loading) => {
    isLoading = loading;
    busy(isRunning || isLoading);
  });
  const start = (s: State) => {
    set({ agreement: null });
    engine.run(runInput(s), {
      onProgress: long.report,
      onResult: (output) => {
        // What comes behind it is other work.
        long.begin(null);
        if (get().progress === LONG_WORK) set({ progress: null });
        pictures.with(output, (picture) => {
          if (accept(output, picture)) onPicture();
        });
      },
      onComparison: (comparison) => pictures.behind(() => acceptComparison(comparison)),
    });
  };
  const go = () => start(get());
  const startAsked = (old: State) => {
    isLoading = true;
    busy(true);
    void import('./memory.ts')
      .then(({ askOf }) => askOf(old, go), go)
      .finally(() => {
        isLoading = false;
        busy(isRunning);
      });
  };
  useStore.subscribe((s, old) => {
    noticeScene(s, old);
    if (
      ['catalog', 'pass', 'algorithm', 'semantics'].some(
        (key) => s[key as keyof State] !== old[key as keyof State],
      )
    ) {
      const known = knownIds(s);
      if (known) return set(known);
    }
    if (RUN_KEYS.some((key) => s[key] !== old[key]) && !isArrival(s, old)) {
      if (isBig(s)) startAsked(old);
      else start(s);
    }
  });
}

/** How much memory it takes must be looked at: a text of some ten thousand insns, or a recipe of any size. */
const BIG_TEXT = 1_000_000;
const isBig = ({ text, recipe }: State): boolean => (text === '' ? recipe !== '' : text.length >= BIG_TEXT);

/** Ids that a link brought and nothing has any more are replaced, and said; null when all are known. */
export function knownIds({ catalog, ...s }: State): Partial<State> | null {
  if (catalog.passes.length === 0) return null;
  const notices: string[] = [];
  const known: { pass?: string; algorithm?: string; semantics?: string } = {};
  const passes = [...catalog.passes, ...catalog.pipelines];
  const strange = s.pass.split(',').find((id) => !passes.some((pass) => pass.id === id));
  if (strange !== undefined) {
    known.pass = initialState.pass;
    notices.push(`There is no pass "${strange}" here; shown is "${known.pass}".`);
  }
  if (!isPictured(s.algorithm)) {
    known.algorithm = initialState.algorithm;
    notices.push(`There is no picture of the algorithm "${s.algorithm}"; shown is "${known.algorithm}".`);
  }
  if (!catalog.semantics.some(({ id }) => id === s.semantics)) {
    known.semantics = initialState.semantics;
    notices.push(`There are no rules "${s.semantics}" here; shown are those of "${known.semantics}".`);
  }
  return notices.length === 0 ? null : { ...known, notices: [...s.notices, ...notices] };
}

/** Take the second answer, which is about the picture that is shown. */
export function acceptComparison({ agreement, deviations: check, listing }: Comparison): void {
  const semantics = get().good?.semantics ?? initialState.semantics;
  set({ agreement, deviations: check && { semantics, check, listing, isCurrent: true }, progress: null });
}

/** Take an answer: a picture replaces the last one; a text that gives none leaves it, veiled. */
export function accept(output: RunOutput, picture: Picture = get().picture): boolean {
  const { deviations } = get();
  set({
    diagnostics: output.diagnostics,
    stale: !output.ok,
    crash: null,
    ...arrived(output, get()),
    ...(output.ok
      ? {
          ...selectionIn(output),
          good: output,
          picture,
          deviations: deviations && { ...deviations, isCurrent: false },
        }
      : {}),
  });
  if (!output.ok) return false;
  const s = get();
  if (s.op >= lastMoment(s)) set({ op: lastMoment(s), micro: 0 });
  else if (s.micro >= Math.max(1, lineCnt(s, s.op + 1))) set({ micro: 0 });
  return true;
}

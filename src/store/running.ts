/** The engine: run whenever what is run changes, take its answers, and hold on to the last good picture. */
import type { RunOutput } from '../pipeline.ts';
import { createEngine } from '../worker/client.ts';
import { lastMoment, lineCnt } from './selectors.ts';
import { get, initialState, PICTURED, type State, set, useStore } from './store.ts';

/** What a run depends on. */
const RUN_KEYS = ['text', 'pass', 'algorithm', 'layer', 'seed'] as const;

let cancelRun = (): void => {};
export const cancel = (): void => cancelRun();

export function runOnChange(busy: (isBusy: boolean) => void, onPicture: () => void): void {
  const engine = createEngine({
    onCrash: ({ message }) => set({ crash: message }),
    onCatalog: (catalog) => {
      if (get().catalog.passes.length === 0) set({ catalog });
    },
    onBusy: (running) => {
      set({ running, progress: null });
      busy(running);
    },
  });
  cancelRun = () => engine.cancel();
  const start = ({ text, pass, algorithm, layer, seed }: State) => {
    set({ agreement: null });
    engine.run(
      { source: text, pass, algorithm, seed, layer },
      {
        onProgress: (progress) => set({ progress }),
        onResult: (output) => {
          if (accept(output)) onPicture();
        },
        onAgreement: (agreement) => set({ agreement, progress: null }),
      },
    );
  };
  useStore.subscribe((s, old) => {
    if (s.catalog !== old.catalog || s.pass !== old.pass || s.algorithm !== old.algorithm) {
      const known = knownIds(s);
      if (known) return set(known);
    }
    if (RUN_KEYS.some((key) => s[key] !== old[key])) start(s);
  });
}

/** Ids that a link brought and nothing has any more are replaced, and said; null when all are known. */
export function knownIds(s: State): Partial<State> | null {
  if (s.catalog.passes.length === 0) return null;
  const notices: string[] = [];
  const known: { pass?: string; algorithm?: string } = {};
  if (!s.catalog.passes.some(({ id }) => id === s.pass)) {
    known.pass = initialState.pass;
    notices.push(`There is no pass "${s.pass}" here; shown is "${known.pass}".`);
  }
  if (!(s.algorithm in PICTURED)) {
    known.algorithm = initialState.algorithm;
    notices.push(`There is no picture of the algorithm "${s.algorithm}"; shown is "${known.algorithm}".`);
  }
  return notices.length === 0 ? null : { ...known, notices: [...s.notices, ...notices] };
}

/** Take an answer: a picture replaces the last one; a text that gives none leaves it, veiled. */
function accept(output: RunOutput): boolean {
  set({
    diagnostics: output.diagnostics,
    stale: !output.ok,
    crash: null,
    ...(output.ok ? { good: output } : {}),
  });
  if (!output.ok) return false;
  const s = get();
  if (s.op >= lastMoment(s)) set({ op: lastMoment(s), micro: 0 });
  else if (s.micro >= Math.max(1, lineCnt(s, s.op + 1))) set({ micro: 0 });
  return true;
}

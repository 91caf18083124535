/** What a person can ask for, by name. Views dispatch these and nothing else. */
import { OP } from '../patch/trace.ts';
import { lastMoment, lineCnt } from './selectors.ts';
import { get, type PaneId, set, type TableId, type ThemeChoice } from './store.ts';

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 16] as const;

export function setText(text: string): void {
  if (text !== get().text) set({ text, playing: false, notices: [] });
}

export const choosePass = (pass: string): void => set({ pass, playing: false, op: 0 });
export const chooseAlgorithm = (algorithm: string): void => set({ algorithm, playing: false });
export const chooseLayer = (layer: string): void => set({ layer, playing: false });
export const chooseSpeed = (speed: number): void => set({ speed });

/** Another program takes the page: it starts at the first op, with nothing selected. */
export function open(source: { text: string; pass?: string }): void {
  set({
    ...source,
    op: 0,
    micro: 0,
    playing: false,
    stopAt: null,
    focusUid: null,
    hoverUid: null,
    notices: [],
    crash: null,
  });
}

export function seek(op: number): void {
  set({ op: Math.max(0, Math.min(lastMoment(get()), op)), micro: 0, playing: false, stopAt: null });
}

export function step(by: number): void {
  seek(get().op + by);
}

/** One line of the algorithm on or back; behind the last line of an op, the op is done. */
export function microStep(by: 1 | -1): void {
  const s = get();
  const at = s.micro + by;
  if (at < 0) {
    if (s.op > 0)
      set({ op: s.op - 1, micro: Math.max(0, lineCnt(s, s.op) - 1), playing: false, stopAt: null });
  } else if (at >= lineCnt(s, s.op + 1)) seek(s.op + 1);
  else set({ micro: at, playing: false, stopAt: null });
}

/** To the next (previous) op of another phase. */
export function stepPhase(by: 1 | -1): void {
  const { good, op } = get();
  if (!good) return;
  const { opKind, opCnt } = good.trace;
  const phase = (k: number) =>
    opKind[k - 1] <= OP.REMOVE && opKind[k - 1] >= OP.REPLACE ? OP.REPLACE : opKind[k - 1];
  let k = op + by;
  while (k > 0 && k < opCnt && phase(k) === phase(op)) k += by;
  seek(k);
}

export function togglePlay(): void {
  const s = get();
  if (s.playing) set({ playing: false, stopAt: null });
  else set({ playing: true, stopAt: null, op: s.op >= lastMoment(s) ? 0 : s.op, micro: 0 });
}

/** Select an insn by identity; null selects none. */
export const focus = (uid: number | null): void => set({ focusUid: uid });
export const hover = (uid: number | null): void => {
  if (get().hoverUid !== uid) set({ hoverUid: uid });
};

export const chooseTable = (table: TableId): void => set({ table });
export const choosePane = (pane: PaneId): void => set({ pane });
export const toggleDrawer = (): void => set({ drawer: !get().drawer });
export const showDialog = (dialog: 'share' | 'help' | null): void => set({ dialog });

export function cycleTheme(isDarkNow: boolean): void {
  const next: ThemeChoice = isDarkNow ? 'light' : 'dark';
  set({ theme: next });
}
export const dismissNotices = (): void => set({ notices: [], crash: null });

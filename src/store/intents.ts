/** What a person can ask for, by name; of time, places and patches see time.ts, places.ts and patching.ts. */
import type { Example } from '../examples/index.ts';
import {
  type DialogId,
  type DiffClass,
  get,
  initialState,
  type LayoutId,
  type PaneId,
  PIN_LETTERS,
  type State,
  set,
  TABLE_IDS,
  type TableId,
  type ThemeChoice,
} from './store.ts';

/** Every intent goes through here: from now on the scene is the person's own, and so is a text that is put in. */
export const act = (part: Partial<State>): void =>
  set({ ...(part.text !== undefined && { recipe: '' }), ...part, touched: true });

/** Whether at one go most of a text was replaced by another, and not only a part of it edited. */
function isAnother(old: string, text: string): boolean {
  const most = Math.min(old.length, text.length);
  let head = 0;
  // Half of it is enough, so that nobody who types in a long text waits for the rest.
  const half = Math.ceil(Math.max(1, most) / 2);
  while (head < half && head < most && old.charCodeAt(head) === text.charCodeAt(head)) head++;
  let tail = 0;
  while (
    head + tail < half &&
    tail < most - head &&
    old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)
  )
    tail++;
  return head + tail < half;
}

export function setText(text: string): void {
  const old = get().text;
  if (text === old) return;
  // What is selected and how far one is belong to a program: another one starts anew, one that is typed at does not.
  const anew = isAnother(old, text)
    ? { op: 0, micro: 0, stopAt: null, fromOp: null, focusUid: null, hoverUid: null, pins: [] }
    : {};
  act({ text, playing: false, notices: [], ...anew });
}

export const choosePass = (pass: string): void => act({ pass, step: null, playing: false, op: 0, micro: 0 });
/** Another pass of those that run; the selected insn stays selected, for life. */
export const chooseStep = (step: number): void => act({ step, playing: false, op: 0, micro: 0 });
export const chooseSemantics = (semantics: string): void => act({ semantics, playing: false });
export const chooseAlgorithm = (algorithm: string): void => act({ algorithm, playing: false });
export const chooseLayer = (layer: 'verifier' | 'core'): void => act({ layer, playing: false });

/** An example brings all that makes its scene; whose rules and which layer go back to the usual ones. */
export function openExample({ source, pass, layer = initialState.layer, ...scene }: Example): void {
  const { semantics = initialState.semantics } = scene;
  const table = TABLE_IDS.find((id) => id === scene.table);
  open({ text: source, pass, layer, semantics, ...(table && { table }) });
}

/** Another program takes the page: it starts at the first op, with nothing selected. */
export function open(scene: Partial<State> & Pick<State, 'text'>): void {
  act({
    semantics: initialState.semantics,
    step: null,
    ...scene,
    op: 0,
    micro: 0,
    playing: false,
    stopAt: null,
    fromOp: null,
    focusUid: null,
    hoverUid: null,
    pins: [],
    notices: [],
    crash: null,
  });
}

/** Select an insn by identity; null selects none. */
export const focus = (uid: number | null): void => act({ focusUid: uid });
export const hover = (uid: number | null): void => {
  if (get().hoverUid !== uid) set({ hoverUid: uid });
};

/** Give an insn the first free letter, or take its letter away; where none is free, nothing happens. */
export function togglePin(uid: number): void {
  const pins = [...get().pins];
  const at = pins.indexOf(uid);
  if (at >= 0) pins[at] = null;
  else {
    const free = PIN_LETTERS.findIndex((_, k) => (pins[k] ?? null) === null);
    if (free < 0) return;
    while (pins.length < free) pins.push(null);
    pins[free] = uid;
  }
  act({ pins });
}

/** Hide a class of changes, or show it again. */
export function toggleClass(id: DiffClass): void {
  const { hidden } = get();
  act({ hidden: hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id] });
}
export const hideClasses = (hidden: readonly DiffClass[]): void => act({ hidden });

export const chooseLayout = (layout: LayoutId): void => act({ layout, pane: 'stage' });
export const chooseTable = (table: TableId): void => act({ table });
export const choosePane = (pane: PaneId): void => set({ pane });
export const showDrawer = (drawer: boolean): void => set({ drawer });
export const showDialog = (dialog: DialogId | null): void => set({ dialog });

export function cycleTheme(isDarkNow: boolean): void {
  const next: ThemeChoice = isDarkNow ? 'light' : 'dark';
  act({ theme: next });
}
export const dismissNotices = (): void => set({ notices: [], crash: null });

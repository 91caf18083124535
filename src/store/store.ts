/**
 * The page's state: what a person chose, and the last answers of the engine. Slices only set; selectors derive
 * (selectors.ts); effects alone talk to the worker, the address and storage (effects.ts).
 */
import { create } from 'zustand';
import type { Diagnostic } from '../base/diagnostic.ts';
import { EXAMPLES, type Example } from '../examples/index.ts';
import { FIRST_PICTURE, PICTURES, type Picture } from '../figures/index.ts';
import type { DIFF_NAMES } from '../patch/diff.ts';
import type { Agreement, Catalog, Listing, RuleCheck, RunDone } from '../pipeline/index.ts';
import { DEFAULT_SCENE, type RacePlace } from '../scene/scene.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];
export const TABLE_IDS = [
  ...(['aux', 'lines', 'subprogs', 'jumps', 'patches', 'map'] as const),
  ...(['places', 'funcs', 'private'] as const),
] as const;
export type TableId = (typeof TABLE_IDS)[number];
/** Algorithms of which the stage has a picture. */
export const isPictured = (algorithm: string): boolean => Object.hasOwn(PICTURES, algorithm);
export type PaneId = 'code' | 'stage' | 'tables';
/** What the page is arranged for; on phones the pane of the stage shows it. */
export const LAYOUTS = ['learn', 'debug', 'race', 'chart'] as const;
export type LayoutId = (typeof LAYOUTS)[number];
/** What can have become of an insn between two moments; each class can be hidden. */
export type DiffClass = (typeof DIFF_NAMES)[number];
/** Pins are letters, A to F; a letter keeps its insn until it is taken out. */
export const PIN_LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type DialogId = 'share' | 'help' | 'commands' | 'examples';

export interface SourceSlice {
  readonly text: string;
  /** A generated program; as long as nobody touches its text, it is this that is shared. '': the text counts. */
  readonly recipe: string;
  /** Ids with commas between; `step` says which of the passes is shown, null the last one. */
  readonly pass: string;
  readonly step: number | null;
  /** Whose rules, by id. */
  readonly semantics: string;
  readonly algorithm: string;
  readonly layer: 'verifier' | 'core';
  readonly seed: number;
}

/** Where the rules of a run part from this project's, as it was found last. */
export interface KnownDeviations {
  readonly semantics: string;
  readonly check: NonNullable<RuleCheck>;
  readonly listing: Listing | null;
  /** Found in the picture that is shown, not in the one before it. */
  readonly isCurrent: boolean;
}

export interface RunSlice {
  /** What there is to choose; empty until the worker stands. */
  readonly catalog: Catalog;
  /** Those of known bugs come a moment after the page. */
  readonly examples: readonly Example[];
  readonly progress: { readonly name: string; readonly done: number; readonly total: number } | null;
  readonly running: boolean;
  /** Last run that gave a picture, and whether the text has changed to something that gives none. */
  readonly good: RunDone | null;
  /** How that run is drawn and told. */
  readonly picture: Picture;
  readonly stale: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly agreement: Agreement | null;
  /** Comes with the agreement, and stays for a moment when there is another picture. */
  readonly deviations: KnownDeviations | null;
  readonly crash: string | null;
  /** What a link could not bring, or what a file was refused for. */
  readonly notices: readonly string[];
}

export interface MomentSlice {
  /** Ops done, and lines done of the one behind them. */
  readonly op: number;
  readonly micro: number;
  readonly playing: boolean;
  readonly speed: number;
  /** Where playing pauses by itself; null: at the end. */
  readonly stopAt: number | null;
  /** Ops done at the other of two moments that are compared, before or behind `op`; null: it is the input. */
  readonly fromOp: number | null;
}

export interface LayoutSlice {
  /** Whether the person has done anything since the scene was opened: only then is it saved and written down. */
  readonly touched: boolean;
  readonly theme: ThemeChoice;
  readonly layout: LayoutId;
  /** What is raced on, and where the race's clock stands or began to play; what else a race has is in race.ts. */
  readonly race: RacePlace;
  readonly table: TableId;
  readonly pane: PaneId;
  readonly drawer: boolean;
  readonly dialog: DialogId | null;
  /** Classes of changes that are not shown. */
  readonly hidden: readonly DiffClass[];
  /** uid of the insn at each letter, null where there is none. */
  readonly pins: readonly (number | null)[];
  readonly focusUid: number | null;
  readonly hoverUid: number | null;
}

export type State = SourceSlice & RunSlice & MomentSlice & LayoutSlice;

export const initialState: State = {
  text: '',
  recipe: '',
  pass: 'div_guard',
  step: null,
  semantics: 'engine',
  algorithm: 'list',
  layer: 'verifier',
  seed: 1,
  catalog: { passes: [], pipelines: [], algorithms: [], semantics: [] },
  examples: EXAMPLES,
  progress: null,
  running: false,
  good: null,
  picture: FIRST_PICTURE,
  stale: false,
  diagnostics: [],
  agreement: null,
  deviations: null,
  crash: null,
  notices: [],
  op: 0,
  micro: 0,
  playing: false,
  speed: 1,
  stopAt: null,
  fromOp: null,
  touched: false,
  theme: 'system',
  layout: 'learn',
  race: DEFAULT_SCENE.race,
  table: 'aux',
  pane: 'stage',
  drawer: false,
  dialog: null,
  hidden: [],
  pins: [],
  focusUid: null,
  hoverUid: null,
};

export const useStore = create<State>()(() => initialState);

export const set = (part: Partial<State>): void => useStore.setState(part);
export const get = (): State => useStore.getState();

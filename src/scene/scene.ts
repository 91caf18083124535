/**
 * The whole input of the app as one serialisable value: a link, a lesson step, an example and a bug report are all
 * Scenes. Everything else is derived. Ids are plain strings, so a link outlives whatever they name.
 */

/** A place on the timeline: `op` ops are done, and `micro` micro-steps of the next one. */
export interface Moment {
  readonly op: number;
  readonly micro: number;
}

/** A place in a race. */
export interface RacePlace {
  readonly program: string;
  readonly at: number;
}

export interface Scene {
  /** Assembly text, patch points and aux statements included. */
  readonly source: string;
  /** A generated program in a few characters, such as "scale2~1000000~7"; '': the source counts. */
  readonly recipe: string;
  /** Passes or pipelines with commas between, in the order in which they run. */
  readonly pass: string;
  /** Which of the passes is shown, from 0; null: the last one. */
  readonly step: number | null;
  readonly algorithm: string;
  /** Where the random numbers start, uint32. */
  readonly seed: number;
  /** 'verifier': the whole program with its tables; 'core': one function, without aux. */
  readonly layer: string;
  /** Whose rules are shown: 'engine' is this project's. */
  readonly semantics: string;
  readonly moment: Moment;
  /** Ops done at the moment that `moment` is compared with, before or behind it; null: it is the input. */
  readonly from: number | null;
  /** How the page is arranged: learn, debug, race, chart. */
  readonly layout: string;
  /** Program that is raced on, and where the race's clock stands, in touches. */
  readonly race: RacePlace;
  /** Classes of changes that are not shown. */
  readonly hidden: readonly string[];
  /** uids of the pinned insns, by letter from A; null where a letter is free. */
  readonly pins: readonly (number | null)[];
  /** The table that is open. */
  readonly table: string;
  /** uid of the insn in focus. */
  readonly focus: number | null;
  /** Only when forced; null follows the system. */
  readonly theme: string | null;
}

export const DEFAULT_SCENE: Scene = {
  source: '',
  recipe: '',
  pass: 'div_guard',
  step: null,
  algorithm: 'list',
  seed: 1,
  layer: 'verifier',
  semantics: 'engine',
  moment: { op: 0, micro: 0 },
  from: null,
  layout: 'learn',
  race: { program: 'generated-2000', at: 0 },
  hidden: [],
  pins: [],
  table: 'aux',
  focus: null,
  theme: null,
};

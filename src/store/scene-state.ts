/** Which part of the state each field of a Scene is: what is shared, saved and opened again, said once. */
import { DIFF_NAMES } from '../patch/diff.ts';
import type { Scene } from '../scene/scene.ts';
import {
  LAYOUTS,
  PIN_LETTERS,
  type State,
  TABLE_IDS,
  type TableId,
  THEMES,
  type ThemeChoice,
} from './store.ts';

interface Field<T> {
  readonly read: (s: State) => T;
  readonly write: (value: T) => Partial<State>;
}

const oneOf = <T extends string>(known: readonly T[], value: string | null, otherwise: T): T =>
  known.find((id) => id === value) ?? otherwise;

const FIELDS: { readonly [K in keyof Scene]: Field<Scene[K]> } = {
  // What a recipe makes is no part of the scene.
  recipe: { read: (s) => s.recipe, write: (recipe) => ({ recipe }) },
  source: {
    read: (s) => (s.recipe === '' ? s.text : ''),
    write: (text) => (text === '' ? { text } : { text, recipe: '' }),
  },
  pass: { read: (s) => s.pass, write: (pass) => ({ pass }) },
  step: { read: (s) => s.step, write: (step) => ({ step }) },
  algorithm: { read: (s) => s.algorithm, write: (algorithm) => ({ algorithm }) },
  seed: { read: (s) => s.seed, write: (seed) => ({ seed }) },
  layer: {
    read: (s) => s.layer,
    write: (layer) => ({ layer: oneOf(['verifier', 'core'] as const, layer, 'verifier') }),
  },
  semantics: { read: (s) => s.semantics, write: (semantics) => ({ semantics }) },
  moment: { read: ({ op, micro }) => ({ op, micro }), write: ({ op, micro }) => ({ op, micro }) },
  from: { read: (s) => s.fromOp, write: (fromOp) => ({ fromOp }) },
  layout: { read: (s) => s.layout, write: (layout) => ({ layout: oneOf(LAYOUTS, layout, 'learn') }) },
  race: { read: (s) => s.race, write: (race) => ({ race }) },
  hidden: {
    read: (s) => s.hidden,
    write: (hidden) => ({ hidden: DIFF_NAMES.filter((id) => hidden.includes(id)) }),
  },
  pins: { read: (s) => s.pins, write: (pins) => ({ pins: pins.slice(0, PIN_LETTERS.length) }) },
  focus: { read: (s) => s.focusUid, write: (focusUid) => ({ focusUid }) },
  table: {
    read: (s) => s.table,
    write: (table) => ({ table: oneOf<TableId>(TABLE_IDS, table, 'aux') }),
  },
  theme: {
    read: (s) => (s.theme === 'system' ? null : s.theme),
    write: (theme) => ({ theme: oneOf<ThemeChoice>(THEMES, theme, 'system') }),
  },
};

const NAMES = Object.keys(FIELDS) as (keyof Scene)[];

export const sceneOf = (s: State): Scene =>
  Object.fromEntries(NAMES.map((name) => [name, FIELDS[name].read(s)])) as unknown as Scene;

export function stateOf(scene: Scene): Partial<State> {
  const write = <K extends keyof Scene>(name: K) => FIELDS[name].write(scene[name]);
  return Object.assign({}, ...NAMES.map(write));
}

/** Whether two states are the same scene. */
export const sameScene = (a: State, b: State): boolean =>
  NAMES.every((name) => {
    const x = FIELDS[name].read(a);
    const y = FIELDS[name].read(b);
    return Object.is(x, y) || (name === 'moment' && a.op === b.op && a.micro === b.micro);
  });

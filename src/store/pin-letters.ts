/** Which insn has which letter, for everything that marks rows. */
import { derive } from './derive.ts';
import { PIN_LETTERS, type State } from './store.ts';

/** Letter of each pinned insn by uid. */
export const pinLetters: (s: State) => ReadonlyMap<number, string> = derive(
  (s: State) => [s.pins] as const,
  (pins: State['pins']) =>
    new Map(pins.flatMap((uid, k) => (uid === null ? [] : [[uid, PIN_LETTERS[k]] as const]))),
);

/** Class of a row of any table: that of its pin, or none. */
export const rowClassOf = (pins: ReadonlyMap<number, string>, uid: number | undefined): string => {
  const letter = uid === undefined ? undefined : pins.get(uid);
  return letter === undefined ? '' : `pin-${letter}`;
};

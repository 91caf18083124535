/**
 * What comes of laying edits out as they are made. A pass walks forward, so its edits come in ascending order, and the
 * builder can write what is kept between two edits into the arena as well: the arena then holds the whole result but for
 * its distances, and where each insn came to stand, which insns jump and what is put are known without another look.
 */

/** All in terms of the program of which `source` are the words. */
export interface Layout {
  readonly source: Int32Array;
  /** The result's slots, distances as their authors wrote them: two words each. */
  readonly words: Int32Array;
  readonly newSlotCnt: number;
  /** Old slot, and the end -> first new slot that stands for it; of a removed one, for the next survivor. */
  readonly outer: Int32Array;
  /** The same, behind what was put before the insn; the same column where nothing was. */
  readonly inner: Int32Array;
  /** Kept insns that may have a distance, ascending: the first `keptJumpCnt` of these old slots. */
  readonly keptJumps: Int32Array;
  readonly keptJumpCnt: number;
  /** Insns put that may have a distance, ascending: new slots. */
  readonly putJumps: Int32Array;
  /** Insns before which others were put. */
  readonly leadCnt: number;
  /** Removes, and the slots they remove. */
  readonly removeCnt: number;
  readonly removedCnt: number;
}

/** Beside the list and not in it: what is said here is relied on, so nobody but the builder can say it. */
const layouts = new WeakMap<object, Layout>();

export const layoutOf = (edits: object): Layout | null => layouts.get(edits) ?? null;
export const sayLayout = (edits: object, layout: Layout): void => {
  layouts.set(edits, layout);
};

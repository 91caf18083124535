/**
 * Edits as plain data. A pass returns edits and never touches a Program; `at` names a slot of the program the
 * pass saw. `PatchOp` is the readable form; `EditList` is the same as a struct of arrays, for a million of them.
 */

/** The jump in slot `slot` of a patch goes to slot `to` of the program the pass saw. */
export interface Exit {
  readonly slot: number;
  readonly to: number;
}

export type PatchOp =
  /** Put `insns` for the insn at `at`; jumps and line entries of the old one land on the first of them. */
  | {
      readonly kind: 'replace';
      readonly at: number;
      readonly insns: Int32Array;
      readonly exits?: readonly Exit[];
    }
  /** Put `insns` before the insn at `at` (a prologue): jumps to it skip them, calls and lines do not. */
  | {
      readonly kind: 'prepend';
      readonly at: number;
      readonly insns: Int32Array;
      readonly exits?: readonly Exit[];
    }
  /** Delete `cnt` slots from `at` on. */
  | { readonly kind: 'remove'; readonly at: number; readonly cnt: number };

export const EDIT = { REPLACE: 0, PREPEND: 1, REMOVE: 2 } as const;
export type EditKind = (typeof EDIT)[keyof typeof EDIT];
export const EDIT_NAMES = ['replace', 'prepend', 'remove'] as const;

export interface EditList {
  readonly cnt: number;
  readonly kind: Uint8Array;
  readonly at: Int32Array;
  /** Number of slots put (replace, prepend) or deleted (remove). */
  readonly len: Int32Array;
  /** First slot of the edit in `insns`; its slots stand together. */
  readonly first: Int32Array;
  /** Arena of the slots put, two words each. */
  readonly insns: Int32Array;
  /** Triples (edit, slot within the patch, target slot of the program the pass saw), in ascending order. */
  readonly exits: Int32Array;
}

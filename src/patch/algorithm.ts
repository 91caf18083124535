/** What every patching algorithm offers. They differ in how much work they do, never in what the result is. */
import type { Result } from '../base/result.ts';
import type { Program } from '../program/program.ts';
import type { OnLap } from './laps.ts';
import type { EditList } from './ops.ts';
import type { Remap } from './remap.ts';
import type { Work } from './work.ts';

/** Why patching was refused. Indices are slots of the program given to `open` unless said otherwise. */
export type PatchError =
  | {
      readonly code: 'ERANGE';
      readonly errno: -34;
      /** The jump or call whose distance does not fit: its slot in the source program (origIdx), or, for an insn born in a patch, the slot patched. */
      readonly at: number;
      readonly field: 'off' | 'imm';
      readonly before: number;
      readonly needed: number;
      /** Slot of the source program whose patch made it so, where distances are checked after each patch (mainline). */
      readonly patched?: number;
      readonly message: string;
    }
  | {
      readonly code: 'EINVAL';
      readonly errno: -22;
      /** Positions in the EditList, in its own order, of the edits that cannot stand (together). */
      readonly edits: readonly number[];
      readonly at: number;
      readonly message: string;
    };

export interface Patched {
  readonly program: Program;
  readonly remap: Remap;
  readonly work: Work;
}

/** The program between two lists of edits, for a pass that goes on with the same list. */
export interface Peeked {
  /** As `finish` would give it, but a distance that does not fit its field is still the one that its author wrote. */
  readonly program: Program;
  /** The first of those: why `finish` would refuse now. */
  readonly tooFar: PatchError | null;
}

export interface Patching {
  /** Queue edits. A later call names slots as the program stands after the earlier ones. */
  apply(edits: EditList): Result<void, PatchError>;
  /** Look at the program as it stands; nothing is decided by it, and edits may follow. */
  peek(): Peeked;
  /** Linearize once. After a refusal nothing was written and the input is as it was. */
  finish(): Result<Patched, PatchError>;
}

/**
 * verifier: aux, subprograms and line info of the whole program travel.
 * core: one function as the JIT sees it; its line entries are those of a bigger table from `linfoIdx` on.
 */
export type Layer = 'verifier' | 'core';

export interface OpenOptions {
  readonly layer?: Layer;
  readonly linfoIdx?: number;
  /** Told after each part of the work; not all algorithms have parts to tell of. */
  readonly onLap?: OnLap;
}

/**
 * How edits are carried out, for who draws it: on nodes, whose distances wait for one linearize at the end ('list'); noted
 * beside the array, which one pass then copies ('batch'); or on the array itself, kept up to date after each ('array').
 */
export type Style = 'list' | 'batch' | 'array';

export interface Algorithm {
  readonly id: string;
  readonly label: string;
  /** How it is shown. */
  readonly style: Style;
  /** Id of the algorithm whose idea it carries out in another way; it is compared like any, and named where it differs. */
  readonly variantOf?: string;
  /** Looks at the whole program again for each edit, so that its work grows with their product. */
  readonly readsAllPerEdit: boolean;
  /** Cost in words of n (slots), p (patches), j (jumps), such as "O(n + p)". */
  readonly bound: string;
  /** One sentence: what it keeps, and why that costs what it costs. */
  readonly why: string;
  open(program: Program, options?: OpenOptions): Patching;
}

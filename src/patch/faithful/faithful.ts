/**
 * What algorithms share that behave as some kernel or the RFC really did, bugs included. They stand apart from
 * ALGORITHMS: those agree with each other and with the rules of docs/SEMANTICS.md, these part from them on purpose.
 */
import type { Result } from '../../base/result.ts';
import type { Program } from '../../program/program.ts';
import type { Algorithm, OpenOptions, PatchError, Patched, Patching } from '../algorithm.ts';

/** What there is to tell beside the program: our own rules have no place for it. */
export interface Told {
  /** The code's own map from old slot to new slot of the last list of edits; null: it made none. */
  readonly idxMap: Int32Array | null;
  /** func_info entries that are left, by the subprogram of the input (`Subprogs.ident`) that each describes. */
  readonly funcInfo: Int32Array;
  /** func_info is never cut, whatever becomes of the subprograms. */
  readonly keepsFuncInfo: boolean;
  /** Insns written behind the end of the program's buffer. */
  readonly overrun: number;
  /** Their words, where there are any; of several lists of edits, those of the last one. */
  readonly behind?: Int32Array;
  /** Reads outside of the map. */
  readonly oob: number;
}

export interface FaithfulPatched extends Patched {
  readonly told: Told;
}

export interface FaithfulPatching extends Patching {
  finish(): Result<FaithfulPatched, PatchError>;
}

export interface Faithful extends Algorithm {
  open(program: Program, options?: OpenOptions): FaithfulPatching;
}

/** What a result has to tell, null for one of ALGORITHMS. */
export const toldOf = (patched: Patched): Told | null =>
  'told' in patched ? (patched as FaithfulPatched).told : null;

/** What several lists told one after the other; the map is that of the last one, and of several there is none. */
export function toldTogether(before: Told | null, now: Told | null): Told | null {
  if (before === null || now === null) return now;
  return {
    ...now,
    idxMap: null,
    funcInfo: now.keepsFuncInfo ? before.funcInfo : now.funcInfo,
    overrun: before.overrun + now.overrun,
    oob: before.oob + now.oob,
  };
}

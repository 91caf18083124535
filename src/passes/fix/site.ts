/**
 * An insn that the rewriting of calls and arithmetic looks at, with what may be asked about it. There is one site for a
 * whole walk, moved from insn to insn.
 */
import type { EditBuilder } from '../../patch/edit-builder.ts';
import type { AuxColumns, Program } from '../../program/program.ts';
import type { PassContext } from '../pass.ts';

/** Numbers of poke descriptors, from 1 on. */
export interface Pokes {
  /** Of those that the text states, by slot of the call. */
  readonly stated: ReadonlyMap<number, number>;
  /** The last one given: others come behind the table that the text states. */
  last: number;
}

export interface Site {
  readonly program: Program;
  readonly ctx: PassContext;
  readonly edits: EditBuilder;
  /** Slot of the insn, and its words. */
  at: number;
  w0: number;
  imm: number;
  /** Subprogram in which it stands. */
  subprog: number;
  readonly pokes: Pokes;
  /** Subprograms in which there is a may_goto so far, and the bytes of stack that they use otherwise. */
  readonly mayGotoDepths: Map<number, number>;
}

/** Puts a patch for the insn at the site, or says that it has nothing to do there. */
export type Fix = (site: Site) => boolean;

/** A fix by the kernel that knows it: first version of Linux, as in PassRules.linux. */
export interface KnownFix {
  readonly since: number;
  readonly fix: Fix;
}

type NumberColumn = {
  [K in keyof AuxColumns]: AuxColumns[K] extends Int32Array ? K : never;
}[keyof AuxColumns];

/** What the verifier noted about the insn at the site; 0 where it noted nothing. */
export function noted({ program: { aux }, at }: Pick<Site, 'program' | 'at'>, column: NumberColumn): number {
  if (aux === null) return 0;
  const home = aux.home[at];
  return home < 0 ? 0 : aux.records[column][home];
}

/** The insn itself, mostly at the end of its patch. */
export const putSelf = ({ edits, w0, imm }: Site): void => edits.put(w0, imm);

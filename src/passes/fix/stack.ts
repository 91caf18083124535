/**
 * Stack that the rewriting takes for itself. It begins where that of the function ends: the depth that the verifier
 * noted, and what earlier rewrites took below it, which shows in their insns (a program's own never reach deeper).
 */

import { CLASS, CLASS_MASK } from '../../isa/code-parts.ts';
import { codeOf, dstOf, offOf, srcOf } from '../../isa/insn.ts';
import { FP } from '../../isa/registers.ts';
import { type Program, slotCnt } from '../../program/program.ts';
import type { PassContext } from '../pass.ts';

/** Register that a load or store goes through; -1: the insn is neither. */
function baseOf(w0: number): number {
  const cls = codeOf(w0) & CLASS_MASK;
  if (cls === CLASS.LDX) return srcOf(w0);
  return cls === CLASS.ST || cls === CLASS.STX ? dstOf(w0) : -1;
}

/** Bytes of stack that subprogram `k` uses, in whole slots of 8. */
export function stackInUse(program: Program, { facts }: Pick<PassContext, 'facts'>, k: number): number {
  const { insns, subprogs } = program;
  const end = k + 1 < subprogs.start.length ? subprogs.start[k + 1] : slotCnt(program);
  let depth = Math.max(0, subprogs.stackDepth[k]);
  for (let i = subprogs.start[k]; i < end; i++) {
    const w0 = insns[2 * i];
    if (facts.seen[i] !== 0 && baseOf(w0) === FP) depth = Math.max(depth, -offOf(w0));
  }
  return Math.ceil(depth / 8) * 8;
}

/**
 * Which 32-bit definitions are later read as 64 bits: what the verifier notes as `zext_dst`. A backward dataflow in
 * which reads of a lower half count as no read: what is wanted is the upper half.
 *
 * Calls read r1..r5 in full and exit reads r0 in full, as the verifier does where it does not know better.
 */
import { secondSlots } from '../isa/pairs.ts';
import { def32Of, effectsOf, reads64Of } from '../isa/regs.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { wantedBehind } from './backward.ts';

/** 1 for every insn in `seen` that defines 32 bits which some path reads as 64. */
export function upperHalvesWanted(program: Program, seen: Uint8Array): Uint8Array {
  const { insns } = program;
  const n = slotCnt(program);
  const zextDst = new Uint8Array(n);
  const second = secondSlots(insns);
  const behind = wantedBehind(insns, (w0, imm) => reads64Of(effectsOf(w0, imm)));
  for (let idx = 0; idx < n; idx++) {
    if (second[idx] === 1) continue;
    const reg = def32Of(insns[2 * idx], insns[2 * idx + 1]);
    if (reg >= 0 && seen[idx]) zextDst[idx] = (behind[idx] >>> reg) & 1;
  }
  return zextDst;
}

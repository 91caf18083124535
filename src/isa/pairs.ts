/** The two slots of an ld_imm64. */
import { OP_LD_IMM64 } from './flow.ts';
import { codeOf, SLOT_WORDS } from './insn.ts';

/**
 * 1 for each slot that is the second half of an ld_imm64, found as the kernel finds it: by a walk from the first
 * insn that steps over the slot behind each ld_imm64, whatever stands in it. (No look at two neighbours can tell
 * where a pair begins, and only in a program that the verifier would refuse does a second half have an opcode.)
 */
export function secondSlots(insns: Int32Array): Uint8Array {
  const cnt = insns.length / SLOT_WORDS;
  const second = new Uint8Array(cnt);
  for (let i = 0; i + 1 < cnt; i++) if (codeOf(insns[i * SLOT_WORDS]) === OP_LD_IMM64) second[++i] = 1;
  return second;
}

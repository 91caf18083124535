/** The two slots of an ld_imm64. */
import { OP_LD_IMM64 } from './flow.ts';
import { codeOf, SLOT_WORDS } from './insn.ts';

/**
 * A walk over slots from the first one, which is told the opcode of each and gives back the ld_imm64 that it is the
 * second half of, by the name that one was told with; -1: it is none. The kernel walks like that: it steps over the
 * slot behind each ld_imm64, whatever stands in it. (No look at two neighbours can tell where a pair begins, and only
 * in a program that the verifier would refuse does a second half have an opcode.)
 */
export function pairWalk(): (slot: number, code: number) => number {
  let open = -1;
  return (slot, code) => {
    const first = open;
    open = first < 0 && code === OP_LD_IMM64 ? slot : -1;
    return first;
  };
}

/** 1 for each slot that is the second half of an ld_imm64. */
export function secondSlots(insns: Int32Array): Uint8Array {
  const second = new Uint8Array(insns.length / SLOT_WORDS);
  const firstOf = pairWalk();
  for (let i = 0; i < second.length; i++) if (firstOf(i, codeOf(insns[i * SLOT_WORDS])) >= 0) second[i] = 1;
  return second;
}

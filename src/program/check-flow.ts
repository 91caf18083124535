/**
 * Whether a program can be walked at all: 64-bit constants are whole, jumps stay within their function, and no function
 * runs on behind its end. What check_subprogs() and resolve_pseudo_ldimm64() refuse, Linux 6.18, kernel/bpf/verifier.c.
 */
import { distanceOf, FLOW, flowOf, OP_EXIT, OP_GOTOL, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS } from '../isa/insn.ts';
import { OP_GOTO } from '../isa/opcodes.ts';
import { secondSlots } from '../isa/pairs.ts';

/** First slot of a constant whose second one is missing or something else, -1: all are whole. */
function halfConstant(insns: Int32Array, second: Uint8Array): number {
  for (let i = 0; i < second.length; i++) {
    if (second[i] === 1 || codeOf(insns[i * SLOT_WORDS]) !== OP_LD_IMM64) continue;
    if (second[i + 1] !== 1 || insns[(i + 1) * SLOT_WORDS] !== 0) return i;
  }
  return -1;
}

const endsWell = (code: number): boolean => code === OP_EXIT || code === OP_GOTO || code === OP_GOTOL;

/** What is wrong with the function in slots [from, end), null: nothing. */
function functionProblem(insns: Int32Array, second: Uint8Array, from: number, end: number): string | null {
  for (let i = from; i < end; i++) {
    const w0 = insns[i * SLOT_WORDS];
    const flow = flowOf(w0);
    if (second[i] === 1 || flow === FLOW.NONE || flow === FLOW.CALL) continue;
    const target = i + 1 + distanceOf(w0, insns[i * SLOT_WORDS + 1], flow);
    if (target < from || target >= end)
      return `the jump at insn ${i} leads to insn ${target}, outside of its function (insns ${from} to ${end - 1})`;
    if (second[target] === 1)
      return `the jump at insn ${i} leads into the 64-bit constant at insn ${target - 1}`;
  }
  return endsWell(codeOf(insns[(end - 1) * SLOT_WORDS]))
    ? null
    : `the function runs on behind insn ${end - 1}, which is neither an exit nor a goto`;
}

/** The first problem in a sentence, or null. `starts` are the functions, the first at 0. */
export function flowProblem(insns: Int32Array, starts: ArrayLike<number>): string | null {
  const cnt = insns.length / SLOT_WORDS;
  const second = secondSlots(insns);
  const half = halfConstant(insns, second);
  if (half >= 0) return `the 64-bit constant at insn ${half} has no second half`;
  for (let k = 0; k < starts.length; k++) {
    const problem = functionProblem(insns, second, starts[k], starts[k + 1] ?? cnt);
    if (problem !== null) return problem;
  }
  return null;
}

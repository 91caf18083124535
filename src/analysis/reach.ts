/**
 * Which insns some path reaches: what the verifier notes as `seen`, found by a plain walk that takes both ways of
 * every branch. The real verifier knows more values and so sees less.
 */
import { lowerBound } from '../base/lower-bound.ts';
import { CLASS, CLASS_MASK, JMP_OP, OP_MASK } from '../isa/code-parts.ts';
import { distanceOf, FLOW, flowOf, OP_EXIT, OP_GOTOX } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import { type Program, slotCnt } from '../program/program.ts';

/** Jumps that always leave: ja (both classes), gotox and exit. */
export function fallsThrough(w0: number): boolean {
  const code = codeOf(w0);
  const cls = code & CLASS_MASK;
  if (cls !== CLASS.JMP && cls !== CLASS.JMP32) return true;
  return (code & OP_MASK) !== JMP_OP.JA && code !== OP_EXIT;
}

/** Slots [start, end) of the subprogram that holds `idx`. */
function subprogAround(program: Program, idx: number): readonly [number, number] {
  const { start } = program.subprogs;
  const next = lowerBound(start, idx + 1);
  return [start[next - 1] ?? 0, start[next] ?? slotCnt(program)];
}

/**
 * Every slot is pushed at most once. A register jump (gotox) may go anywhere in its subprogram: its table is not
 * part of a Program, so the whole subprogram counts as reached.
 */
export function reachable(program: Program): Uint8Array {
  const { insns } = program;
  const n = slotCnt(program);
  const second = secondSlots(insns);
  const seen = new Uint8Array(n);
  const stack = new Int32Array(n);
  let depth = 0;
  const push = (idx: number): void => {
    if (idx < 0 || idx >= n || seen[idx]) return;
    seen[idx] = 1;
    stack[depth++] = idx;
  };
  push(0);
  while (depth > 0) {
    const idx = stack[--depth];
    const w0 = insns[2 * idx];
    const flow = flowOf(w0);
    if (flow !== FLOW.NONE) push(idx + 1 + distanceOf(w0, insns[2 * idx + 1], flow));
    if (codeOf(w0) === OP_GOTOX) {
      const [start, end] = subprogAround(program, idx);
      for (let i = start; i < end; i++) push(i);
    } else if (second[idx + 1] === 1) {
      seen[idx + 1] = 1;
      push(idx + 2);
    } else if (fallsThrough(w0)) push(idx + 1);
  }
  return seen;
}

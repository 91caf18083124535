/**
 * Which ops change what: those that change one insn, and those that change anything at all. Without replaying, and
 * without looking at ops that have nothing to do with it.
 */
import { lowerBound, partitionPoint, upperBound } from '../base/lower-bound.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { NEVER, OP, type Trace } from './trace.ts';
import { firstOfEdit, isRefusedOp, kindOf } from './trace-facts.ts';

/**
 * Ops of an array that change the distance of jump j while its insn stands there: those that put or delete slots
 * between the jump and what it leads to.
 */
function pushBetween(trace: Trace, j: number, ops: number[]): void {
  const { jumps, growth, editOp } = trace;
  const lo = Math.min(jumps.node[j], jumps.target[j]);
  const hi = Math.max(jumps.node[j], jumps.target[j]);
  const isBehind = (e: number): boolean => firstOfEdit(trace, e) + Math.abs(growth[e]) > lo;
  const from = partitionPoint(0, growth.length, isBehind);
  for (let e = from; e < growth.length && firstOfEdit(trace, e) < hi; e++) {
    const op = editOp[e];
    if (growth[e] !== 0 && op > jumps.from[j] && op < jumps.to[j]) ops.push(op);
  }
}

/**
 * Ops that change the words or the distance of the insn in a node, ascending: the one that bears, rewrites or deletes
 * it, and each that writes a new distance, or was refused for it. That its number moves is no change of it.
 */
export function changesOf(trace: Trace, node: number): Int32Array {
  const { birth, death, rewriteOp, jumps, style, opCnt } = trace;
  const ops = [birth[node], rewriteOp[node], death[node]];
  for (let j = lowerBound(jumps.node, node); j < jumps.cnt && jumps.node[j] === node; j++) {
    if (style === 'array') pushBetween(trace, j, ops);
    else if (jumps.op[j] !== NEVER) ops.push(jumps.op[j]);
  }
  const done = [...new Set(ops)].filter((op) => op > 0 && op <= opCnt && op < NEVER);
  return Int32Array.from(done).sort();
}

/** Whether an edit of one insn for one puts other words than there were. */
function putsOthers({ nodeOf, editAt, insns, rewritten }: Trace, edit: number): boolean {
  const word = nodeOf[editAt[edit]] * SLOT_WORDS;
  return insns[word] !== rewritten[word] || insns[word + 1] !== rewritten[word + 1];
}

/** Whether anything is another after an op (from 1) than before it. One that is refused shows why. */
export function changesAnything(trace: Trace, op: number): boolean {
  const { opRef, growth, editKind } = trace;
  if (isRefusedOp(trace, op)) return true;
  switch (kindOf(trace, op)) {
    case OP.REPLACE: {
      const edit = opRef[op - 1];
      return growth[edit] !== 0 || putsOthers(trace, edit);
    }
    case OP.AUX:
      return editKind.length > 0;
    // Numbers of tables move only when slots do.
    case OP.SUBPROGS:
    case OP.LINES:
      return growth.some((by) => by !== 0);
    default:
      return true;
  }
}

/** The nearest op behind (1) or before (-1) moment k that changes anything; -1: none. Before: k itself counts. */
export function nextChangeFrom(trace: Trace, k: number, by: 1 | -1): number {
  for (let op = by > 0 ? k + 1 : k; op >= 1 && op <= trace.opCnt; op += by)
    if (changesAnything(trace, op)) return op;
  return -1;
}

/** The same among ops that are known, ascending. */
export function nextAmong(ops: Int32Array, k: number, by: 1 | -1): number {
  const at = upperBound(ops, k) - (by > 0 ? 0 : 1);
  return ops[at] ?? -1;
}

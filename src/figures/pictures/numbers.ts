/** Numbers that sentences and lines of several pictures need, read off a trace. */
import { FLOW } from '../../isa/flow.ts';
import { EDIT } from '../../patch/ops.ts';
import { OP, type OpKind, type Trace } from '../../patch/trace.ts';
import { firstOfEdit, kindOf, slotOfJump } from '../../patch/trace-facts.ts';
import type { TableSource } from '../tables.ts';

export const editOf = (trace: Trace, op: number): number => trace.opRef[op - 1];
export const editAtOf = (trace: Trace, op: number): number => trace.editAt[editOf(trace, op)];
export const editLenOf = (trace: Trace, op: number): number => trace.editLen[editOf(trace, op)];

/** One replace by one insn: nothing moves. */
export const isRewrite = (trace: Trace, op: number): boolean =>
  kindOf(trace, op) === OP.REPLACE && trace.growth[editOf(trace, op)] === 0;

export interface EditNumbers {
  /** Slot of the input, slots put or deleted, and by how many the program grows. */
  readonly at: number;
  readonly len: number;
  readonly growth: number;
  /** Where it stands when the op begins, and how far edits before it have moved it. */
  readonly off: number;
  readonly delta: number;
  /** Slots before and after the op; those behind the patch, which move. */
  readonly was: number;
  readonly is: number;
  readonly tail: number;
  /** Node of the patched insn, and the first one that is put (or deleted). */
  readonly node: number;
  readonly firstNew: number;
}

export function editNumbers({ trace, moments }: TableSource, op: number): EditNumbers {
  const edit = editOf(trace, op);
  const at = trace.editAt[edit];
  const len = trace.editLen[edit];
  const kind = trace.editKind[edit];
  const node = trace.nodeOf[at];
  const off = moments.rankAlive(op - 1, node);
  const was = moments.aliveCnt(op - 1);
  const taken = kind === EDIT.PREPEND ? 0 : kind === EDIT.REPLACE ? 1 : len;
  return {
    ...{ at, len, off, was, node, growth: trace.growth[edit], delta: off - at },
    ...{ is: moments.aliveCnt(op), tail: was - off - taken },
    firstNew: firstOfEdit(trace, edit),
  };
}

export interface JumpNumbers {
  readonly isCall: boolean;
  /** Its input slot, or that of the insn whose patch it stands in. */
  readonly slot: number;
  /** Slot of the input that its distance named. */
  readonly oldTo: number;
  /** Node of the jump, the node it led to, and the living one that stands for that now; nodeCnt: the end. */
  readonly node: number;
  readonly target: number;
  readonly living: number;
  readonly from: number;
  readonly to: number;
  readonly written: number;
  readonly final: number;
}

/** Of the jump that op `op` re-targets. */
export function jumpNumbers({ trace, moments }: TableSource, op: number): JumpNumbers {
  const { jumps } = trace;
  const j = trace.opRef[op - 1];
  const node = jumps.node[j];
  const slot = slotOfJump(trace, j);
  const target = jumps.target[j];
  const to = moments.rankAlive(op, target);
  const written = jumps.written[j];
  return {
    ...{ isCall: jumps.flow[j] === FLOW.CALL, slot, oldTo: slot + 1 + written, node, target },
    living: to < moments.aliveCnt(op) ? moments.selectAlive(op, Math.max(0, to)) : trace.nodeCnt,
    ...{ from: moments.rankAlive(op, node), to, written, final: jumps.final[j] },
  };
}

/** How many ops of a kind the timeline has. */
export function opCntOf(trace: Trace, kind: OpKind): number {
  let cnt = 0;
  for (let i = 0; i < trace.opCnt; i++) if (trace.opKind[i] === kind) cnt++;
  return cnt;
}

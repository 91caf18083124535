/** The jumps of a trace: which node held which jump, when, and where it leads in the final order. */
import { type GrowI32, growI32, pushI32 } from '../base/grow.ts';
import { distanceOf, FLOW, type Flow, flowOf, mayHaveDistance } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Program } from '../program/program.ts';
import { EDIT } from './ops.ts';
import type { ResolvedEdits } from './resolve.ts';
import { NEVER } from './trace.ts';
import type { TraceNodes } from './trace-nodes.ts';

export interface JumpColumns {
  readonly node: GrowI32;
  readonly target: GrowI32;
  readonly flow: GrowI32;
  readonly from: GrowI32;
  readonly to: GrowI32;
  readonly written: GrowI32;
}

/**
 * Jumps of a text lead inside of the program; but a second half of an ld_imm64 that is spelled out in bytes may have
 * the opcode of a jump, and that one leads anywhere. What is further out than 32 bits can say is cut off.
 */
const int32 = (value: number): number => Math.max(-0x80000000, Math.min(0x7fffffff, value));

/** Jumps in the order of their nodes; a rewritten node's old jump before its new one. */
export function jumpsOf(
  program: Program,
  edits: ResolvedEdits,
  nodes: TraceNodes,
  editOp: Int32Array,
): JumpColumns {
  const { nodeCnt, nodeOf, outerOf, origIdx, edit, birth, death, rewriteOp, insns, rewritten } = nodes;
  const inputCnt = edits.slotCnt;
  const columns: JumpColumns = {
    ...{ node: growI32(256), target: growI32(256), flow: growI32(256) },
    ...{ from: growI32(256), to: growI32(256), written: growI32(256) },
  };
  let leave = 0;
  const push = (
    node: number,
    target: number,
    flow: Flow,
    from: number,
    to: number,
    written: number,
  ): void => {
    pushI32(columns.node, node);
    pushI32(columns.target, int32(target));
    pushI32(columns.flow, flow);
    pushI32(columns.from, from);
    pushI32(columns.to, to);
    pushI32(columns.written, written);
  };
  /** The jump in slot s of edit e, at node `base + s`. */
  const pushPut = (e: number, base: number, s: number, w0: number, imm: number): void => {
    const flow = flowOf(w0);
    if (flow === FLOW.NONE) return;
    const leaves = leave < edits.leaveCnt && edits.leaveEdit[leave] === e && edits.leaveSlot[leave] === s;
    const written = distanceOf(w0, imm, flow);
    const target = leaves
      ? (flow === FLOW.CALL ? outerOf : nodeOf)[edits.leaveTo[leave++]]
      : base + s + 1 + written;
    push(base + s, target, flow, editOp[e], NEVER, written);
  };
  for (let node = 0; node < nodeCnt; node++) {
    // Most are no jumps and never become one.
    const may = mayHaveDistance(insns[node * SLOT_WORDS]);
    if (!may && (rewriteOp[node] === NEVER || !mayHaveDistance(rewritten[node * SLOT_WORDS]))) continue;
    const t = origIdx[node];
    const e = edit[node];
    if (t < 0) {
      const at = edits.at[e];
      const base = edits.kind[e] === EDIT.PREPEND ? outerOf[at] : nodeOf[at];
      pushPut(e, base, node - base, insns[node * SLOT_WORDS], insns[node * SLOT_WORDS + 1]);
      continue;
    }
    const flow = flowOf(program.insns[t * SLOT_WORDS]);
    if (flow !== FLOW.NONE) {
      const written = distanceOf(insns[node * SLOT_WORDS], insns[node * SLOT_WORDS + 1], flow);
      const to = t + 1 + written;
      const inside = to >= 0 && to <= inputCnt;
      const target = inside
        ? (flow === FLOW.CALL ? outerOf : nodeOf)[to]
        : to < 0
          ? to
          : to - inputCnt + nodeCnt;
      push(node, target, flow, birth[node], Math.min(death[node], rewriteOp[node]), written);
    }
    if (rewriteOp[node] !== NEVER)
      pushPut(e, node, 0, rewritten[node * SLOT_WORDS], rewritten[node * SLOT_WORDS + 1]);
  }
  return columns;
}

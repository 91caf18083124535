/**
 * The RFC's list when the last edit has come and linearize begins. The RFC links nodes; what it links is always the
 * program in order with fresh nodes between, so here the nodes stand in columns in that order.
 *
 *     replace b by x y z        [a] [b: holds x, PATCHED] [y: fresh] [z: fresh] [c]
 *     prepend p to c            [a] [b] [p: fresh] [c]                              c is untouched
 *     remove b                  [a] [b: REMOVED] [c]
 */
import { FLOW, flowOf } from '../../isa/flow.ts';
import { SLOT_WORDS } from '../../isa/insn.ts';
import type { Program } from '../../program/program.ts';
import { EDIT } from '../ops.ts';
import { putDistance } from '../put-distance.ts';
import type { ResolvedEdits } from '../resolve.ts';

export const NODE = { PATCHED: 1, REMOVED: 2 } as const;
/** `orig` of a node that an edit put there. */
export const FRESH = -1;
/** `to` of a node whose target is the one its insn says. */
export const AS_WRITTEN = -1;

export interface RfcList {
  readonly cnt: number;
  readonly liveCnt: number;
  /** Two words a node. */
  readonly insns: Int32Array;
  /** Slot of the program, or FRESH. */
  readonly orig: Int32Array;
  readonly flags: Uint8Array;
  /** Slot of the program that the jump of a patch leaves for, where an exit names it. */
  readonly to: Int32Array;
}

interface Columns extends RfcList {
  cnt: number;
}

function push(list: Columns, source: Int32Array, slot: number, orig: number, flags: number): number {
  const node = list.cnt++;
  list.insns[node * SLOT_WORDS] = source[slot * SLOT_WORDS];
  list.insns[node * SLOT_WORDS + 1] = source[slot * SLOT_WORDS + 1];
  list.orig[node] = orig;
  list.flags[node] = flags;
  return node;
}

/**
 * The distance that the author of a patch writes for a jump to a named place out of it, slots of the patch counted as they stand and
 * the program around it as it was: the RFC has no other word for a target.
 */
function writtenToLeave(edits: ResolvedEdits, e: number, slot: number, to: number): number {
  const at = edits.at[e];
  const kept = edits.kind[e] === EDIT.PREPEND ? 0 : 1;
  const behind = to >= at + kept;
  return to - at - slot - 1 + (behind ? edits.len[e] - kept : 0);
}

/** Put the insns of edit e; its first one into the node it replaces. Returns the next of the leaving jumps. */
function pushEdit(list: Columns, edits: ResolvedEdits, e: number, nextLeave: number): number {
  const replace = edits.kind[e] === EDIT.REPLACE;
  let leave = nextLeave;
  for (let s = 0; s < edits.len[e]; s++) {
    const holds = replace && s === 0;
    const slot = edits.first[e] + s;
    const node = push(list, edits.insns, slot, holds ? edits.at[e] : FRESH, holds ? NODE.PATCHED : 0);
    if (leave >= edits.leaveCnt || edits.leaveEdit[leave] !== e || edits.leaveSlot[leave] !== s) continue;
    const to = edits.leaveTo[leave];
    // A distance is all that stands in a node; nobody knows any more that it was counted in the patch (R12).
    if (edits.leaveNamed[leave++] === 0) continue;
    const flow = flowOf(list.insns[node * SLOT_WORDS]);
    if (flow !== FLOW.NONE) putDistance(list.insns, node, flow, writtenToLeave(edits, e, s, to));
    list.to[node] = to;
  }
  return leave;
}

export function listOf({ insns }: Program, edits: ResolvedEdits): RfcList {
  const size = edits.slotCnt + edits.bornCnt;
  const list: Columns = {
    cnt: 0,
    liveCnt: edits.newSlotCnt,
    insns: new Int32Array(size * SLOT_WORDS),
    orig: new Int32Array(size),
    flags: new Uint8Array(size),
    to: new Int32Array(size).fill(AS_WRITTEN),
  };
  let t = 0;
  let leave = 0;
  for (let e = 0; e < edits.cnt; e++) {
    for (; t < edits.at[e]; t++) push(list, insns, t, t, 0);
    if (edits.kind[e] === EDIT.REMOVE)
      for (const hole = t + edits.len[e]; t < hole; t++) push(list, insns, t, t, NODE.REMOVED);
    else {
      leave = pushEdit(list, edits, e, leave);
      if (edits.kind[e] === EDIT.REPLACE) t++;
    }
  }
  for (; t < edits.slotCnt; t++) push(list, insns, t, t, 0);
  return list;
}

/** What is true of one jump or call at a moment: the stage, the tables and the words all read it here. */
import { lowerBound } from '../base/lower-bound.ts';
import { FLOW, type Flow, fitsFlow } from '../isa/flow.ts';
import { JUMP_BLOCK, jumpBlocksOf } from './jump-blocks.ts';
import type { Moments } from './moments.ts';
import { EDIT } from './ops.ts';
import { OP, type Trace } from './trace.ts';
import { firstOfEdit, isRefusedOp, kindOf, slotOfNode } from './trace-facts.ts';

export interface JumpAt {
  /** Slots if the algorithm finished now: where the jump stands, and where it leads. */
  readonly at: number;
  readonly to: number;
  /** Distance as the insn carries it at this moment, if the algorithm finished now, and in the input. */
  readonly written: number;
  readonly now: number;
  /** null for a jump born in a patch that continues none of the input. */
  readonly before: number | null;
  /** Whether `now` has been written (list: the jump's RETARGET op is done; array: but by a refused op always). */
  readonly done: boolean;
  /** Whether `now` fits its field. */
  readonly fits: boolean;
}

/** Row of `jumps` that the node holds at moment k, or -1. */
export function jumpOfNode({ jumps }: Trace, node: number, k: number): number {
  for (let j = lowerBound(jumps.node, node); j < jumps.cnt && jumps.node[j] === node; j++) {
    if (jumps.from[j] <= k && k < jumps.to[j]) return j;
  }
  return -1;
}

/** Row of `jumps` that the insn of an input slot is, or -1. */
export const inputJump = (trace: Trace, slot: number): number => jumpOfNode(trace, trace.nodeOf[slot], 0);

/**
 * Row of the jump that goes on for input jump `input` in the replace `edit`: the last one of the patch that leads
 * where the insn led, by the same kind of reference. -1: the patch has none.
 */
function heirOf({ jumps, nodeOf, editAt, editLen }: Trace, input: number, edit: number): number {
  const first = nodeOf[editAt[edit]];
  const isCall = jumps.flow[input] === FLOW.CALL;
  for (let j = lowerBound(jumps.node, first + editLen[edit]) - 1; j > input; j--) {
    if (jumps.target[j] === jumps.target[input] && (jumps.flow[j] === FLOW.CALL) === isCall) return j;
  }
  return -1;
}

/** Row of the input's jump that jump j is or continues; -1 for one that is new. */
function continued(trace: Trace, j: number): number {
  const { jumps, edit, editKind } = trace;
  if (jumps.from[j] === 0) return j;
  const e = edit[jumps.node[j]];
  // What a prepend puts stands before the insn, which stays.
  if (editKind[e] !== EDIT.REPLACE) return -1;
  const input = inputJump(trace, slotOfNode(trace, jumps.node[j]));
  return input >= 0 && heirOf(trace, input, e) === j ? input : -1;
}

/** Distance of jump j if the algorithm finished at moment k. */
export const distanceNow = ({ jumps }: Trace, moments: Moments, k: number, j: number): number =>
  moments.rankAlive(k, jumps.target[j]) - moments.rankAlive(k, jumps.node[j]) - 1;

/** What the insn carries in an array at moment k: what the last op that could be done made of it. */
function carriedInArray(trace: Trace, moments: Moments, k: number, j: number): number {
  const last = isRefusedOp(trace, k) ? k - 1 : k;
  const { from, written } = trace.jumps;
  return from[j] <= last ? distanceNow(trace, moments, last, j) : written[j];
}

/** Jump j, which stands in the program at moment k. */
export function jumpAt(trace: Trace, moments: Moments, k: number, j: number): JumpAt {
  const { jumps, style } = trace;
  const at = moments.rankAlive(k, jumps.node[j]);
  const to = moments.rankAlive(k, jumps.target[j]);
  const now = to - at - 1;
  const refusedNow = isRefusedOp(trace, k);
  const done = style === 'array' ? !refusedNow : jumps.op[j] <= k && !(refusedNow && jumps.op[j] === k);
  const carried = style === 'array' ? carriedInArray(trace, moments, k, j) : jumps.written[j];
  const input = continued(trace, j);
  return {
    at,
    to,
    written: done ? now : carried,
    now,
    before: input < 0 ? null : jumps.written[input],
    done,
    fits: fitsFlow(now, jumps.flow[j] as Flow),
  };
}

const isEditOp = (trace: Trace, op: number): boolean => {
  const kind = kindOf(trace, op);
  return kind === OP.REPLACE || kind === OP.PREPEND || kind === OP.REMOVE;
};

/**
 * How far op k moves what stands at a final-order position, in slots. One op bears or kills neighbours only: nothing
 * before them moves, and all behind them moves by as many. 0 for an op that is no edit.
 */
export function shiftsOf(trace: Trace): (k: number, pos: number) => number {
  const { opRef, growth } = trace;
  return (k, pos) => {
    if (!isEditOp(trace, k)) return 0;
    const edit = opRef[k - 1];
    const by = growth[edit];
    const first = firstOfEdit(trace, edit);
    if (pos <= first) return 0;
    const behind = pos - first;
    return by >= 0 ? Math.min(by, behind) : Math.max(by, -behind);
  };
}

/**
 * How many jumps and calls have another distance after op k than before it, of those that stand in the program both
 * times. A jump that op k replaces stands there still if the patch continues it. 0 for an op that is no edit.
 */
export function retargetedBy(trace: Trace, k: number): number {
  const { jumps, opRef } = trace;
  if (!isEditOp(trace, k)) return 0;
  const shift = shiftsOf(trace);
  const { node: nodes, target: targets, to } = jumps;
  const first = firstOfEdit(trace, opRef[k - 1]);
  const behind = first + Math.abs(trace.growth[opRef[k - 1]]);
  // The jump of the insn that is replaced stands in front of the patch, and is looked at all the same.
  const own = Math.floor(lowerBound(nodes, first - 1) / JUMP_BLOCK);
  const { cnt: blockCnt, least, greatest } = jumpBlocksOf(trace);
  let cnt = 0;
  for (let b = 0; b < blockCnt; b++) {
    if (b !== own && (greatest[b] <= first || least[b] >= behind)) continue;
    const end = Math.min(jumps.cnt, (b + 1) * JUMP_BLOCK);
    for (let j = b * JUMP_BLOCK; j < end; j++) {
      // Most do not lead across the patch.
      const isBefore = nodes[j] <= first && targets[j] <= first;
      const isBehind = nodes[j] >= behind && targets[j] >= behind;
      if ((isBefore || isBehind) && to[j] !== k) continue;
      if (jumps.from[j] >= k || jumps.to[j] < k) continue;
      let moved = shift(k, jumps.node[j]);
      if (jumps.to[j] === k) {
        const heir = kindOf(trace, k) === OP.REPLACE ? heirOf(trace, j, opRef[k - 1]) : -1;
        if (heir < 0) continue;
        moved += jumps.node[heir] - jumps.node[j];
      }
      if (shift(k, jumps.target[j]) !== moved) cnt++;
    }
  }
  return cnt;
}

/** How far a jump may go, how far it goes, and which patches made it so: what the gauge and its words are drawn from. */
import { FLOW, type Flow, fitsFlow } from '../isa/flow.ts';
import { EDIT } from '../patch/ops.ts';
import { NEVER, type Trace } from '../patch/trace.ts';
import { firstOfEdit } from '../patch/trace-facts.ts';

/** A point in the order of an array, which looks after each patch. */
export interface Reached {
  /** How many of the patches under the jump are done. */
  readonly nth: number;
  /** Slot of the input that the last of them patches. */
  readonly slot: number;
  readonly distance: number;
}

export interface DistanceFacts {
  readonly uid: number;
  readonly flow: Flow;
  /** Bits of the field that holds it. */
  readonly bits: 16 | 32;
  /** Farthest distance in the jump's direction. */
  readonly limit: number;
  /** Distances without any of the patches, and with those that are done. */
  readonly before: number;
  readonly now: number;
  /** Patches under the jump so far, and what each adds where all add the same. */
  readonly patchCnt: number;
  readonly each: number | null;
  /** The last patch after which it still fits, and the first after which it does not; null when all fit. */
  readonly fits: Reached | null;
  readonly breaks: Reached | null;
}

const OFF_MAX = 0x7fff;
const IMM_MAX = 0x7fffffff;

const limitOf = (flow: Flow, distance: number): number => {
  const top = flow === FLOW.OFF ? OFF_MAX : IMM_MAX;
  return distance < 0 ? -top - 1 : top;
};

/** Slots that an edit adds to (or takes from) the positions [lo, hi) of the final order. */
function growthIn(trace: Trace, e: number, lo: number, hi: number): number {
  const { editKind, editAt, editLen, growth, nodeOf } = trace;
  if (editKind[e] !== EDIT.REMOVE) {
    const first = firstOfEdit(trace, e);
    return Math.max(0, Math.min(hi, first + growth[e]) - Math.max(lo, first));
  }
  const len = editLen[e];
  let dead = 0;
  for (let s = editAt[e]; s < editAt[e] + len; s++) if (nodeOf[s] >= lo && nodeOf[s] < hi) dead++;
  return -dead;
}

/**
 * Facts of jump j with the edits that are done by `moment`; NEVER: with all of them, also those that a refusal cut off.
 * The order is that of an array: those that add, then those that delete.
 */
export function distanceFacts(trace: Trace, j: number, moment = NEVER): DistanceFacts {
  const { jumps, editKind, editAt, editOp, uid } = trace;
  const flow = jumps.flow[j] as Flow;
  const node = jumps.node[j];
  const target = jumps.target[j];
  const forward = target > node;
  const [lo, hi] = forward ? [node + 1, target] : [target, node];
  const sign = forward ? 1 : -1;
  const grows = (e: number): number => sign * growthIn(trace, e, lo, hi);
  let all = 0;
  for (let e = 0; e < editAt.length; e++) all += grows(e);
  // What it has in the end less what patches gave it is what it had; one that a patch takes away has none.
  const before = jumps.to[j] < NEVER ? jumps.written[j] : jumps.final[j] - all;
  let distance = before;
  let patchCnt = 0;
  let each: number | null = null;
  let fits: Reached | null = fitsFlow(before, flow) ? { nth: 0, slot: -1, distance: before } : null;
  let breaks: Reached | null = null;
  for (const removes of [false, true])
    for (let e = 0; e < editAt.length; e++) {
      if ((editKind[e] === EDIT.REMOVE) !== removes || (moment !== NEVER && editOp[e] > moment)) continue;
      const by = grows(e);
      if (by === 0) continue;
      distance += by;
      patchCnt++;
      each = patchCnt === 1 || each === by ? by : null;
      if (breaks !== null) continue;
      const reached = { nth: patchCnt, slot: editAt[e], distance };
      if (fitsFlow(distance, flow)) fits = reached;
      else breaks = reached;
    }
  return {
    ...{ uid: uid[node], flow, before, now: distance, breaks },
    bits: flow === FLOW.OFF ? 16 : 32,
    limit: limitOf(flow, before === 0 ? distance : before),
    ...{ patchCnt, each },
    fits: breaks === null ? null : fits,
  };
}

/** The jump that cannot be written, -1 when there is none: the one that the refusal names, if several are too far. */
export function brokenJump({ jumps, death, origIdx, refused }: Trace): number {
  if (refused?.code !== 'ERANGE') return -1;
  let first = -1;
  for (let j = 0; j < jumps.cnt; j++) {
    const node = jumps.node[j];
    if (jumps.to[j] < NEVER || death[node] < NEVER || fitsFlow(jumps.final[j], jumps.flow[j] as Flow))
      continue;
    if (origIdx[node] === refused.at) return j;
    if (first < 0) first = j;
  }
  return first;
}

/** Every distance that an insn ever carried, with the op that wrote it. */
import { lowerBound, partitionPoint } from '../base/lower-bound.ts';
import { type Flow, fitsFlow } from '../isa/flow.ts';
import { distanceNow, shiftsOf } from '../patch/jump-at.ts';
import type { Moments } from '../patch/moments.ts';
import { NEVER, type Trace } from '../patch/trace.ts';

export interface DistanceHistory {
  /** In order of time: each distance, and the moment from which the insn carries it. */
  readonly distance: readonly number[];
  readonly from: readonly number[];
  /** Moment from which it carries none any more; NEVER: it stays a jump. */
  readonly end: number;
  /** What the op that was refused would have written. */
  readonly refused: { readonly op: number; readonly distance: number } | null;
}

interface Growing {
  readonly distance: number[];
  readonly from: number[];
}

/** In a list the insn carries what its author wrote until its own retarget op is done; in a batch, until the one pass is. */
function pushInList({ jumps, refused, opCnt }: Trace, j: number, history: Growing): void {
  history.distance.push(jumps.written[j]);
  history.from.push(jumps.from[j]);
  if (jumps.op[j] === NEVER || (refused !== null && jumps.op[j] === opCnt)) return;
  history.distance.push(jumps.final[j]);
  history.from.push(jumps.op[j]);
}

/**
 * In an array each op writes what it changes. One look at each op: how far it moves the jump and how far the target
 * follows from where it puts its slots, so that nothing is counted again.
 */
function pushInArray(trace: Trace, moments: Moments, j: number, history: Growing): void {
  const { jumps, death, refused, opCnt } = trace;
  const last = refused?.code === 'ERANGE' ? opCnt - 1 : opCnt;
  const [node, target, from] = [jumps.node[j], jumps.target[j], jumps.from[j]];
  let distance = from <= last ? distanceNow(trace, moments, from, j) : jumps.written[j];
  history.distance.push(distance);
  history.from.push(from);
  const end = Math.min(jumps.to[j], death[node], last + 1);
  const shift = shiftsOf(trace);
  for (let k = from + 1; k < end; k++) {
    const by = shift(k, target) - shift(k, node);
    if (by === 0) continue;
    distance += by;
    history.distance.push(distance);
    history.from.push(k);
  }
}

/** What the last op of a refused run would have made of a jump that stands then, where it does not fit. */
function refusedAt(trace: Trace, moments: Moments, j: number): DistanceHistory['refused'] {
  const { jumps, death, refused, opCnt, style } = trace;
  if (refused?.code !== 'ERANGE' || jumps.to[j] <= opCnt || death[jumps.node[j]] <= opCnt) return null;
  if (style !== 'array' && jumps.op[j] !== opCnt) return null;
  const distance = distanceNow(trace, moments, opCnt, j);
  return fitsFlow(distance, jumps.flow[j] as Flow) ? null : { op: opCnt, distance };
}

/** Null: the node never held a jump or call. */
export function distancesOf(trace: Trace, moments: Moments, node: number): DistanceHistory | null {
  const { jumps, style, death } = trace;
  const history: Growing = { distance: [], from: [] };
  let end = NEVER;
  let refused: DistanceHistory['refused'] = null;
  for (let j = lowerBound(jumps.node, node); j < jumps.cnt && jumps.node[j] === node; j++) {
    if (style !== 'array') pushInList(trace, j, history);
    else pushInArray(trace, moments, j, history);
    end = Math.min(jumps.to[j], death[node]);
    refused = refusedAt(trace, moments, j);
  }
  return history.distance.length === 0 ? null : { ...history, end, refused };
}

/** Which of the distances is carried at a moment; -1: none. */
export function distanceIndexAt({ from, end }: DistanceHistory, moment: number): number {
  if (moment >= end) return -1;
  return partitionPoint(0, from.length, (k) => from[k] > moment) - 1;
}

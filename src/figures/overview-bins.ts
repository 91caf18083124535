/**
 * The whole run in at most 2,000 bins: what happened in each of them by a moment. Everything that depends on the run
 * alone is laid out once; a moment then costs one search a bin, however long the program is.
 */
import { growI32, pushI32, takeI32 } from '../base/grow.ts';
import { partitionPoint } from '../base/lower-bound.ts';
import { NEVER, type Trace } from '../patch/trace.ts';

export const CHANGES = ['ins', 'rew', 'ret', 'del'] as const;
export type Change = (typeof CHANGES)[number];

export const MAX_BINS = 2000;

/** What happens of one kind: `times` of bin b are at [start[b], start[b + 1]), ascending. */
interface Happenings {
  readonly start: Int32Array;
  readonly times: Int32Array;
}

/** A run in bins over its final order, so that a bin is the same place at every moment. */
export interface OverviewBins {
  readonly nodeCnt: number;
  readonly binCnt: number;
  readonly of: Readonly<Record<Change, Happenings>>;
}

/** First position that is not in the bins before bin b. */
const firstIn = (b: number, nodeCnt: number, binCnt: number): number => Math.ceil((b * nodeCnt) / binCnt);

/** Sorts events into bins: event i happens at position pos(i), ascending, and at a time that is NEVER where it does not. */
function inBins(times: Int32Array, pos: Int32Array | null, nodeCnt: number, binCnt: number): Happenings {
  const start = new Int32Array(binCnt + 1);
  const some = growI32(1024);
  let i = 0;
  for (let b = 0; b < binCnt; b++) {
    const end = firstIn(b + 1, nodeCnt, binCnt);
    let last = -1;
    let isSorted = true;
    for (; i < times.length && (pos === null ? i : pos[i]) < end; i++) {
      const time = times[i];
      if (time === NEVER) continue;
      if (time < last) isSorted = false;
      last = time;
      pushI32(some, time);
    }
    start[b + 1] = some.cnt;
    if (!isSorted) some.data.subarray(start[b], some.cnt).sort();
  }
  return { start, times: takeI32(some) };
}

/** When each node was put: NEVER for those of the input. */
function putTimes({ birth, origIdx }: Trace): Int32Array {
  const times = birth.slice();
  for (let node = 0; node < times.length; node++) if (origIdx[node] >= 0) times[node] = NEVER;
  return times;
}

/** Smallest op that bears or kills a node in [lo, hi), for many ranges of one run. */
function firstChangeIn({ nodeCnt, birth, death }: Trace): (lo: number, hi: number) => number {
  let size = 1;
  while (size < nodeCnt) size *= 2;
  const least = new Int32Array(2 * size).fill(NEVER);
  for (let node = 0; node < nodeCnt; node++) least[size + node] = birth[node] > 0 ? birth[node] : death[node];
  for (let i = size - 1; i > 0; i--) least[i] = Math.min(least[2 * i], least[2 * i + 1]);
  return (lo, hi) => {
    let best = NEVER;
    for (let a = lo + size, b = hi + size; a < b; a >>= 1, b >>= 1) {
      if (a & 1) best = Math.min(best, least[a++]);
      if (b & 1) best = Math.min(best, least[--b]);
    }
    return best;
  };
}

/**
 * Op from which each jump has a new distance, NEVER for those that keep theirs in the end. Where distances wait, it is
 * the op that writes it; in an array it is the first one that moves what stands between the jump and its target.
 */
export function retargetTimes(trace: Trace): Int32Array {
  const { jumps, style, nodeCnt, death } = trace;
  if (style !== 'array') return jumps.op;
  const times = new Int32Array(jumps.cnt).fill(NEVER);
  const firstChange = firstChangeIn(trace);
  for (let j = 0; j < jumps.cnt; j++) {
    const node = jumps.node[j];
    if (jumps.final[j] === jumps.written[j] || jumps.to[j] < NEVER || death[node] < NEVER) continue;
    const target = Math.max(0, Math.min(nodeCnt, jumps.target[j]));
    const first = target > node ? firstChange(node + 1, target) : firstChange(target, node);
    times[j] = Math.max(first, jumps.from[j]);
  }
  return times;
}

export function overviewBins(trace: Trace, most = MAX_BINS): OverviewBins {
  const { nodeCnt, death, rewriteOp, jumps } = trace;
  const binCnt = Math.max(1, Math.min(MAX_BINS, most, nodeCnt));
  return {
    ...{ nodeCnt, binCnt },
    of: {
      ins: inBins(putTimes(trace), null, nodeCnt, binCnt),
      rew: inBins(rewriteOp, null, nodeCnt, binCnt),
      ret: inBins(retargetTimes(trace), jumps.node, nodeCnt, binCnt),
      del: inBins(death, null, nodeCnt, binCnt),
    },
  };
}

/** How many changes of one kind there are in each bin after `moment` ops. */
export function countsAt({ binCnt, of }: OverviewBins, change: Change, moment: number): Int32Array {
  const { start, times } = of[change];
  const counts = new Int32Array(binCnt);
  const isLater = (i: number): boolean => times[i] > moment;
  for (let b = 0; b < binCnt; b++) {
    const from = start[b];
    const end = start[b + 1];
    // Ops go from the front to the back: of most bins all that happens has happened, or nothing.
    if (from === end || times[from] > moment) continue;
    counts[b] = (times[end - 1] <= moment ? end : partitionPoint(from, end, isLater)) - from;
  }
  return counts;
}

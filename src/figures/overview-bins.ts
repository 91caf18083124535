/**
 * The whole run in at most 2,000 bins: what happened in each of them by a moment. Everything that depends on the run
 * alone is laid out once; a moment then costs one search a bin, however long the program is.
 */
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

const binOf = (pos: number, nodeCnt: number, binCnt: number): number =>
  Math.min(binCnt - 1, Math.floor((pos * binCnt) / nodeCnt));

/** Sorts events into bins: `when(i)` is NEVER where event i does not take place. */
function inBins(
  cnt: number,
  binCnt: number,
  bin: (i: number) => number,
  when: (i: number) => number,
): Happenings {
  const start = new Int32Array(binCnt + 1);
  for (let i = 0; i < cnt; i++) if (when(i) < NEVER) start[bin(i) + 1]++;
  for (let b = 0; b < binCnt; b++) start[b + 1] += start[b];
  const next = start.slice(0, binCnt);
  const times = new Int32Array(start[binCnt]);
  for (let i = 0; i < cnt; i++) {
    const time = when(i);
    if (time < NEVER) times[next[bin(i)]++] = time;
  }
  for (let b = 0; b < binCnt; b++) times.subarray(start[b], start[b + 1]).sort();
  return { start, times };
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
  const { nodeCnt, birth, death, rewriteOp, origIdx, jumps } = trace;
  const binCnt = Math.max(1, Math.min(MAX_BINS, most, nodeCnt));
  const ofNode = (node: number): number => binOf(node, nodeCnt, binCnt);
  const retarget = retargetTimes(trace);
  return {
    ...{ nodeCnt, binCnt },
    of: {
      ins: inBins(nodeCnt, binCnt, ofNode, (node) => (origIdx[node] < 0 ? birth[node] : NEVER)),
      rew: inBins(nodeCnt, binCnt, ofNode, (node) => rewriteOp[node]),
      ret: inBins(
        jumps.cnt,
        binCnt,
        (j) => ofNode(jumps.node[j]),
        (j) => retarget[j],
      ),
      del: inBins(nodeCnt, binCnt, ofNode, (node) => death[node]),
    },
  };
}

/** How many changes of one kind there are in each bin after `moment` ops. */
export function countsAt({ binCnt, of }: OverviewBins, change: Change, moment: number): Int32Array {
  const { start, times } = of[change];
  const counts = new Int32Array(binCnt);
  for (let b = 0; b < binCnt; b++) {
    const behind = partitionPoint(start[b], start[b + 1], (i) => times[i] > moment);
    counts[b] = behind - start[b];
  }
  return counts;
}

/**
 * The exact difference between two moments of a trace. Identity is given (a node is a node for life), so nothing is
 * guessed from texts: what is there only later was inserted, what is there only before was deleted, and of what is
 * there both times the words are compared, and then the distances as they would be if the algorithm finished.
 *
 * It is put together from what is known of states (compare-states.ts): bytes are copied, and only what stands at the
 * two fronts, and jumps that lead across one, are looked at. About a millisecond for a million nodes.
 */

import {
  BLOCK,
  blockCntOf,
  countRows,
  isRetargeted,
  type StatePair,
  type States,
  statesOf,
} from './compare-states.ts';
import { closedBefore, diffNodes } from './compare-walk.ts';
import { DIFF, DIFF_NAMES, NO_ROW } from './diff.ts';
import type { Moments } from './moments.ts';
import type { Trace } from './trace.ts';

/** The program at one of the two moments, as it would be if the algorithm finished then. */
export interface Side {
  readonly moment: number;
  readonly moments: Moments;
  readonly slotCnt: number;
  /** Both slots of an ld_imm64 are one insn. */
  readonly insnCnt: number;
}

/**
 * One row an insn, in final order. The second slot of an ld_imm64 has a row of its own only where it is not the second
 * slot of the same insn both times.
 */
export interface Rows {
  /** DIFF of each node; NO_ROW: it has none. */
  readonly diff: Uint8Array;
  /** Rows before each block of nodes, and of all. */
  readonly rowsBefore: Int32Array;
  readonly rowCnt: number;
  /** How many rows there are of each DIFF. */
  readonly cnt: Int32Array;
}

export interface Comparison extends Rows {
  readonly a: Side;
  readonly b: Side;
}

/** Slot of a node; -1 when it is not there. */
export function slotIn({ moments, moment }: Side, node: number): number {
  const slot = moments.rankAlive(moment, node);
  return moments.rankAlive(moment, node + 1) > slot ? slot : -1;
}

/** Slot at or behind a final-order position; positions outside of the final order count on. */
export const rankIn = ({ moments, moment }: Side, pos: number): number => moments.rankAlive(moment, pos);

/** Distance of jump j of the trace, which stands in the program at that side. */
export const distanceIn = (side: Side, { jumps }: Trace, j: number): number =>
  rankIn(side, jumps.target[j]) - rankIn(side, jumps.node[j]) - 1;

/** A piece of the final order, nodes [from, end). */
interface Span {
  readonly from: number;
  readonly end: number;
}

interface Piece extends Span {
  readonly known: StatePair;
}

/** Pieces in which each node is in one pair of states, as far as there is anything in them. */
function piecesOf({ frontAt, pair }: States, nodeCnt: number, a: number, b: number): Piece[] {
  const [was, is] = [frontAt(a), frontAt(b)];
  const cuts = [0, Math.min(was.pos, is.pos), Math.max(was.pos, is.pos), nodeCnt];
  return cuts.slice(1).flatMap((end, k) => {
    const from = cuts[k];
    if (from === end) return [];
    return [
      { from, end, known: pair(from < was.pos ? was.done : was.todo, from < is.pos ? is.done : is.todo) },
    ];
  });
}

/**
 * At the fronts a walk over ld_imm64 may come along in another way than it does in either state: nodes there are gone
 * over again. Gives back which.
 */
function diffAtFronts(
  trace: Trace,
  { moments, frontAt }: States,
  a: number,
  b: number,
  diff: Uint8Array,
): Span[] {
  const fronts = [frontAt(a).pos, frontAt(b).pos];
  const again = (pos: number, end: number): Span => {
    const from = closedBefore(trace, moments, pos, [a, b]);
    const isHere = (front: number): boolean => pos <= front && front <= end;
    const unsure = { a: isHere(fronts[0]), b: isHere(fronts[1]) };
    return { from, end: diffNodes(trace, [a, b], diff, [from, end], unsure) };
  };
  const [first, second] = fronts.toSorted((x, y) => x - y);
  const near = again(first, first);
  if (first === second) return [near];
  // What begins before the end of the first piece is gone over with it.
  const isApart = closedBefore(trace, moments, second, [a, b]) >= near.end;
  return isApart ? [near, again(second, second)] : [again(first, second)];
}

/** Rows in blocks: of those that lie in one piece, and were not gone over again, they are known. */
function countAll(pieces: readonly Piece[], again: readonly Span[], diff: Uint8Array): Omit<Rows, 'diff'> {
  const blockCnt = blockCntOf(diff.length);
  const rowsBefore = new Int32Array(blockCnt + 1);
  const cnt = new Int32Array(NO_ROW + 1);
  let p = 0;
  for (let block = 0; block < blockCnt; block++) {
    const from = block * BLOCK;
    const end = Math.min(diff.length, from + BLOCK);
    while (pieces[p].end <= from) p++;
    const isKnown = end <= pieces[p].end && again.every((span) => span.end <= from || span.from >= end);
    if (isKnown) {
      const { rows, classes } = pieces[p].known;
      for (let k = 0; k < NO_ROW; k++) cnt[k] += classes[NO_ROW * block + k];
      rowsBefore[block + 1] = rowsBefore[block] + rows[block + 1] - rows[block];
    } else {
      const none = cnt[NO_ROW];
      countRows(diff, from, end, cnt);
      rowsBefore[block + 1] = rowsBefore[block] + end - from - (cnt[NO_ROW] - none);
    }
  }
  return { rowsBefore, rowCnt: rowsBefore[blockCnt], cnt: cnt.slice(0, DIFF_NAMES.length) };
}

/** Jumps that lead across a front have other distances than in either state. */
function diffAcross(
  trace: Trace,
  { moments, frontAt }: States,
  [a, b]: readonly [number, number],
  again: readonly Span[],
  { diff, cnt }: Pick<Rows, 'diff' | 'cnt'>,
): void {
  const { jumps } = trace;
  const { node: nodes, target: targets, from, to } = jumps;
  const [front, other] = [frontAt(a).pos, frontAt(b).pos];
  const [near, far = near] = again;
  for (let j = 0; j < jumps.cnt; j++) {
    const node = nodes[j];
    const target = targets[j];
    const lo = node < target ? node : target;
    const hi = node < target ? target : node;
    const isAcross = (lo < front && front <= hi) || (lo < other && other <= hi);
    const isAgain = (node >= near.from && node < near.end) || (node >= far.from && node < far.end);
    if (!isAcross && !isAgain) continue;
    const known = diff[node];
    if ((known !== DIFF.UNCHANGED && known !== DIFF.RETARGETED) || a < from[j] || a >= to[j]) continue;
    const now = isRetargeted(trace, moments, a, b, j) ? DIFF.RETARGETED : DIFF.UNCHANGED;
    if (now === known) continue;
    diff[node] = now;
    cnt[known]--;
    cnt[now]++;
  }
}

/** What differs between moments `a` and `b` of a trace, the earlier one first. */
export function compare(trace: Trace, a: number, b: number): Comparison {
  const states = statesOf(trace);
  const { moments } = states;
  const diff = new Uint8Array(trace.nodeCnt);
  const pieces = piecesOf(states, trace.nodeCnt, a, b);
  for (const { from, end, known } of pieces) diff.set(known.diff.subarray(from, end), from);
  const again = diffAtFronts(trace, states, a, b, diff);
  const rows = { diff, ...countAll(pieces, again, diff) };
  diffAcross(trace, states, [a, b], again, rows);
  const side = (moment: number): Side => {
    const slotCnt = moments.aliveCnt(moment);
    return { moment, moments, slotCnt, insnCnt: slotCnt - states.secondsAt(moment) };
  };
  return { ...rows, a: side(a), b: side(b) };
}

/** Rows before a position of the final order. */
export function rowsBefore({ diff, rowsBefore: before }: Rows, pos: number): number {
  const block = Math.min(before.length - 1, Math.floor(pos / BLOCK));
  let cnt = before[block];
  for (let node = block * BLOCK; node < pos && node < diff.length; node++) if (diff[node] !== NO_ROW) cnt++;
  return cnt;
}

/** Block in which number `i` of what is counted in `before` stands. */
export function blockOf(before: Int32Array, i: number): number {
  let lo = 0;
  let hi = before.length - 1;
  while (lo < hi) {
    const mid = (lo + hi + 1) >>> 1;
    if (before[mid] <= i) lo = mid;
    else hi = mid - 1;
  }
  return lo;
}

/** Node of a row. */
export function nodeOfRow({ diff, rowsBefore: before }: Rows, row: number): number {
  const block = blockOf(before, row);
  let left = row - before[block];
  let node = block * BLOCK;
  while (diff[node] === NO_ROW || left-- > 0) node++;
  return node;
}

/** How many of the rows [from, end) are of each DIFF. */
export function classesOf(rows: Rows, from: number, end: number): Int32Array {
  const cnt = new Int32Array(NO_ROW + 1);
  const last = end < rows.rowCnt ? nodeOfRow(rows, end) : rows.diff.length;
  countRows(rows.diff, nodeOfRow(rows, from), last, cnt);
  return cnt;
}

/** Row that shows a node: its own, or that of the insn whose second slot it is; -1 when it has none. */
export function rowOfNode(comparison: Comparison, node: number): number {
  const { a, b, diff } = comparison;
  if (node < 0 || node >= diff.length || (slotIn(a, node) < 0 && slotIn(b, node) < 0)) return -1;
  return rowsBefore(comparison, node + 1) - 1;
}

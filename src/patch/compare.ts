/**
 * The exact difference between two moments of a trace. Identity is given (a node is a node for life), so nothing is
 * guessed from texts: what is there only later was inserted, what is there only before was deleted, and of what is
 * there both times the words are compared, and then the distances as they would be if the algorithm finished.
 *
 * One walk over nodes and jumps, typed arrays only: some ten milliseconds for a hundred thousand insns. Keep the answer.
 */
import { upperBound } from '../base/lower-bound.ts';
import { FLOW, flowOf } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS, withOff } from '../isa/insn.ts';
import { pairWalk } from '../isa/pairs.ts';
import { DIFF, DIFF_NAMES } from './diff.ts';
import type { Trace } from './trace.ts';
import { wordsOf } from './trace-facts.ts';

/** The program at one of the two moments, as it would be if the algorithm finished then. */
export interface Side {
  readonly moment: number;
  /** How many of its slots stand before each final-order position; one more than there are nodes. */
  readonly ranks: Int32Array;
  readonly slotCnt: number;
  /** Both slots of an ld_imm64 are one insn. */
  readonly insnCnt: number;
}

export interface Comparison {
  readonly a: Side;
  readonly b: Side;
  /**
   * One row an insn, in final order: its node. The second slot of an ld_imm64 has a row of its own only where it is
   * not the second slot of the same insn both times.
   */
  readonly rowNode: Int32Array;
  /** DIFF of each row, and how many rows there are of each. */
  readonly rowDiff: Uint8Array;
  readonly cnt: Int32Array;
}

/** Slot of a node; -1 when it is not there. */
export const slotIn = ({ ranks }: Side, node: number): number =>
  ranks[node + 1] > ranks[node] ? ranks[node] : -1;

/** Slot at or behind a final-order position; positions outside of the final order count on. */
export function rankIn({ ranks, slotCnt }: Side, pos: number): number {
  if (pos <= 0) return pos;
  return pos < ranks.length ? ranks[pos] : slotCnt + pos - (ranks.length - 1);
}

/** Distance of jump j of the trace, which stands in the program at that side. */
export const distanceIn = (side: Side, { jumps }: Trace, j: number): number =>
  rankIn(side, jumps.target[j]) - side.ranks[jumps.node[j]] - 1;

/** Whether two insns say the same but for how far they lead. */
function isSame(w0: number, imm: number, otherW0: number, otherImm: number): boolean {
  const flow = flowOf(w0);
  if (flow !== flowOf(otherW0)) return false;
  if (flow === FLOW.OFF) return withOff(w0, 0) === withOff(otherW0, 0) && imm === otherImm;
  return w0 === otherW0 && (flow !== FLOW.NONE || imm === otherImm);
}

/** A node that is there at neither moment, and the second slot that belongs to the row of the first. */
const NO_ROW = 5;

interface Nodes {
  readonly diff: Uint8Array;
  readonly a: Side;
  readonly b: Side;
  readonly rowCnt: number;
}

/** DIFF of each node but for its distance; NO_ROW: it has no row. */
function diffNodes(trace: Trace, a: number, b: number): Nodes {
  const { nodeCnt, birth, death } = trace;
  const diff = new Uint8Array(nodeCnt).fill(NO_ROW);
  const ranksA = new Int32Array(nodeCnt + 1);
  const ranksB = new Int32Array(nodeCnt + 1);
  const walkA = pairWalk();
  const walkB = pairWalk();
  let secondsA = 0;
  let secondsB = 0;
  let rowCnt = 0;
  const livesAlike = (node: number, other: number): boolean =>
    ranksA[node + 1] - ranksA[node] === ranksA[other + 1] - ranksA[other] &&
    ranksB[node + 1] - ranksB[node] === ranksB[other + 1] - ranksB[other];
  for (let node = 0; node < nodeCnt; node++) {
    const inA = birth[node] <= a && a < death[node];
    const inB = birth[node] <= b && b < death[node];
    const word = node * SLOT_WORDS;
    const wordsA = wordsOf(trace, node, a);
    const wordsB = wordsOf(trace, node, b);
    const pairA = inA ? walkA(node, codeOf(wordsA[word])) : -1;
    const pairB = inB ? walkB(node, codeOf(wordsB[word])) : -1;
    if (pairA >= 0) secondsA++;
    if (pairB >= 0) secondsB++;
    ranksA[node + 1] = ranksA[node] + (inA ? 1 : 0);
    ranksB[node + 1] = ranksB[node] + (inB ? 1 : 0);
    if (!inA && !inB) continue;
    const same = wordsA === wordsB || isSame(wordsA[word], wordsA[word + 1], wordsB[word], wordsB[word + 1]);
    const own = !inA ? DIFF.INSERTED : !inB ? DIFF.DELETED : same ? DIFF.UNCHANGED : DIFF.REWRITTEN;
    const first = inA ? pairA : pairB;
    const isHalf =
      first >= 0 &&
      (!inB || pairB === first) &&
      livesAlike(first, node) &&
      // One that has the opcode of a jump (bytes in a text) can be re-targeted by itself.
      codeOf(inA ? wordsA[word] : 0) === 0 &&
      codeOf(inB ? wordsB[word] : 0) === 0;
    if (isHalf) diff[first] = Math.min(diff[first], own);
    else {
      diff[node] = own;
      rowCnt++;
    }
  }
  const side = (moment: number, ranks: Int32Array, seconds: number): Side => ({
    ...{ moment, ranks, slotCnt: ranks[nodeCnt], insnCnt: ranks[nodeCnt] - seconds },
  });
  return { diff, rowCnt, a: side(a, ranksA, secondsA), b: side(b, ranksB, secondsB) };
}

/** Jumps of unchanged words that lead another number of slots far. */
function diffJumps(trace: Trace, { diff, a, b }: Nodes): void {
  const { cnt, node, from, to } = trace.jumps;
  for (let j = 0; j < cnt; j++) {
    if (diff[node[j]] !== DIFF.UNCHANGED || a.moment < from[j] || a.moment >= to[j]) continue;
    // The same words have a jump at the later moment, too: this one, or the one that was put for it.
    let later = j;
    while (b.moment < from[later] || b.moment >= to[later]) later++;
    if (distanceIn(a, trace, j) !== distanceIn(b, trace, later)) diff[node[j]] = DIFF.RETARGETED;
  }
}

/** What differs between moments `a` and `b` of a trace, the earlier one first. */
export function compare(trace: Trace, a: number, b: number): Comparison {
  const nodes = diffNodes(trace, a, b);
  diffJumps(trace, nodes);
  const { diff, rowCnt } = nodes;
  const rowNode = new Int32Array(rowCnt);
  const rowDiff = new Uint8Array(rowCnt);
  const cnt = new Int32Array(DIFF_NAMES.length);
  let row = 0;
  for (let node = 0; node < diff.length; node++) {
    if (diff[node] === NO_ROW) continue;
    rowNode[row] = node;
    rowDiff[row++] = diff[node];
    cnt[diff[node]]++;
  }
  return { a: nodes.a, b: nodes.b, rowNode, rowDiff, cnt };
}

/** Row that shows a node: its own, or that of the insn whose second slot it is; -1 when it has none. */
export function rowOfNode({ a, b, rowNode }: Comparison, node: number): number {
  if (node < 0 || node + 1 >= a.ranks.length || (slotIn(a, node) < 0 && slotIn(b, node) < 0)) return -1;
  return upperBound(rowNode, node) - 1;
}

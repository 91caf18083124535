/**
 * What two moments of a trace have in common with any other two. Edits are carried out from the front to the back, so
 * at each moment there is a *front*: before it all nodes are as after the edits, from it on as they were. In an array
 * those that delete come later and have a front of their own. So a node is in one of two or three *states* only, and
 * what differs between two states is found out once, for all nodes; two moments then are pieces of that.
 *
 * Kept: one byte a node for each pair of states that was asked for, and for each state whose insns were counted.
 */
import { OP_LD_IMM64 } from '../isa/flow.ts';
import { closedBefore, codeAt, diffNodes, isThere, walkPairs } from './compare-walk.ts';
import { DIFF, NO_ROW } from './diff.ts';
import { type Moments, momentsOf } from './moments.ts';
import { EDIT } from './ops.ts';
import { NEVER, type Trace } from './trace.ts';

/** Nodes that are counted together. */
export const BLOCK = 256;
export const blockCntOf = (nodeCnt: number): number => Math.ceil(nodeCnt / BLOCK);

/** Sums of a byte column: how many rows there are before each block, and of each class. */
export interface RowSums {
  /** Rows before each block, and of all. */
  readonly rows: Int32Array;
  /** DIFF_NAMES.length numbers a block. */
  readonly classes: Int32Array;
}

/** How many rows of each class are in [from, end), added to `cnt`. */
export function countRows(diff: Uint8Array, from: number, end: number, cnt: Int32Array): void {
  for (let node = from; node < end; node++) cnt[diff[node]]++;
}

/** Nodes of a column in blocks; `cnt` of each: five classes, then those without a row. */
export function sumsOf(diff: Uint8Array): RowSums {
  const blockCnt = blockCntOf(diff.length);
  const rows = new Int32Array(blockCnt + 1);
  const classes = new Int32Array(NO_ROW * blockCnt);
  const cnt = new Int32Array(NO_ROW + 1);
  for (let block = 0; block < blockCnt; block++) {
    const end = Math.min(diff.length, (block + 1) * BLOCK);
    cnt.fill(0);
    countRows(diff, block * BLOCK, end, cnt);
    rows[block + 1] = rows[block] + end - block * BLOCK - cnt[NO_ROW];
    classes.set(cnt.subarray(0, NO_ROW), NO_ROW * block);
  }
  return { rows, classes };
}

/** Edits of one kind of work, in the order in which they are done: op `first` is that of edits[0], or of edit 0. */
interface Phase {
  readonly first: number;
  readonly cnt: number;
  readonly edits: Int32Array | null;
}

/** Where the work stands at a moment: nodes before `pos` are in state `done`, those from it on in state `todo`. */
export interface Front {
  readonly pos: number;
  readonly done: number;
  readonly todo: number;
}

/** What differs between two states, as if all nodes were in one and then in the other. */
export interface StatePair extends RowSums {
  readonly diff: Uint8Array;
}

/** Second slots of the ld_imm64 of a state: a byte a node, and how many there are before each block, and in all. */
interface Seconds {
  readonly is: Uint8Array;
  readonly before: Int32Array;
}

export interface States {
  readonly moments: Moments;
  readonly frontAt: (k: number) => Front;
  readonly pair: (was: number, is: number) => StatePair;
  /** How many insns are second slots of one at moment k. */
  readonly secondsAt: (k: number) => number;
}

function phasesOf({ style, editKind }: Trace): Phase[] {
  if (style !== 'array') return [{ first: style === 'list' ? 2 : 1, cnt: editKind.length, edits: null }];
  const all = Int32Array.from(editKind.keys());
  const adds = all.filter((e) => editKind[e] !== EDIT.REMOVE);
  const removes = all.filter((e) => editKind[e] === EDIT.REMOVE);
  return [
    { first: 1, cnt: adds.length, edits: adds },
    { first: adds.length + 1, cnt: removes.length, edits: removes },
  ];
}

/** First node that an edit bears, rewrites or deletes. */
function firstTouched({ editKind, editAt, editLen, nodeOf }: Trace, e: number): number {
  const node = nodeOf[editAt[e]];
  return editKind[e] === EDIT.PREPEND ? node - editLen[e] : node;
}

/** Distance of a jump that stands in the program at moment k, if the algorithm finished then. */
const distanceAt = (moments: Moments, { node, target }: Trace['jumps'], k: number, j: number): number =>
  moments.rankAlive(k, target[j]) - moments.rankAlive(k, node[j]) - 1;

/** Whether jump j, which the same words have at both moments, leads another number of slots far. */
export function isRetargeted(trace: Trace, moments: Moments, a: number, b: number, j: number): boolean {
  const { jumps } = trace;
  // The same words have a jump at the later moment, too: this one, or the one that was put for it.
  let later = j;
  while (b < jumps.from[later] || b >= jumps.to[later]) later++;
  return distanceAt(moments, jumps, a, j) !== distanceAt(moments, jumps, b, later);
}

/** Of a state and itself: a row for each insn that is there. */
function rowsOf(trace: Trace, k: number): StatePair {
  const diff = new Uint8Array(trace.nodeCnt).fill(NO_ROW);
  let isOpen = false;
  for (let node = 0; node < diff.length; node++) {
    if (!isThere(trace, node, k)) continue;
    const code = codeAt(trace, node, k);
    if (!isOpen || code !== 0) diff[node] = DIFF.UNCHANGED;
    isOpen = !isOpen && code === OP_LD_IMM64;
  }
  return { diff, ...sumsOf(diff) };
}

function pairOf(trace: Trace, moments: Moments, a: number, b: number): StatePair {
  if (a === b) return rowsOf(trace, a);
  const diff = new Uint8Array(trace.nodeCnt);
  diffNodes(trace, [a, b], diff, [0, trace.nodeCnt], { a: false, b: false });
  const { cnt, node, from, to } = trace.jumps;
  for (let j = 0; j < cnt; j++)
    if (
      diff[node[j]] === DIFF.UNCHANGED &&
      from[j] <= a &&
      a < to[j] &&
      isRetargeted(trace, moments, a, b, j)
    )
      diff[node[j]] = DIFF.RETARGETED;
  return { diff, ...sumsOf(diff) };
}

function secondsOf(trace: Trace, k: number): Seconds {
  const is = new Uint8Array(trace.nodeCnt);
  const before = new Int32Array(blockCntOf(trace.nodeCnt) + 1);
  walkPairs(
    trace,
    k,
    0,
    (node) => {
      is[node] = 1;
      before[Math.floor(node / BLOCK) + 1]++;
    },
    () => false,
  );
  for (let block = 1; block < before.length; block++) before[block] += before[block - 1];
  return { is, before };
}

function secondsBefore({ is, before }: Seconds, pos: number): number {
  const block = Math.floor(pos / BLOCK);
  let cnt = before[block];
  for (let node = block * BLOCK; node < pos; node++) cnt += is[node];
  return cnt;
}

function statesFor(trace: Trace): States {
  const { nodeCnt } = trace;
  const moments = momentsOf(trace);
  const phases = phasesOf(trace);
  /** A moment at which all nodes are in each of the states; the last one may never come. */
  const momentOf = [0, ...phases.map((_, p) => (p + 1 < phases.length ? phases[p].cnt : NEVER - 1))];
  const pairs = new Map<number, StatePair>();
  const seconds = new Map<number, Seconds>();

  const frontAt = (k: number): Front => {
    const p = phases.length > 1 && k >= phases[0].cnt ? 1 : 0;
    const { first, cnt, edits } = phases[p];
    const done = Math.max(0, Math.min(cnt, k - first + 1));
    const pos = done === 0 ? 0 : done === cnt ? nodeCnt : firstTouched(trace, edits ? edits[done] : done);
    return { pos, todo: p, done: p + 1 };
  };
  const secondsIn = (state: number): Seconds => {
    const made = seconds.get(state) ?? secondsOf(trace, momentOf[state]);
    seconds.set(state, made);
    return made;
  };
  return {
    moments,
    frontAt,
    pair: (was, is) => {
      const made =
        pairs.get(was * momentOf.length + is) ?? pairOf(trace, moments, momentOf[was], momentOf[is]);
      pairs.set(was * momentOf.length + is, made);
      return made;
    },
    secondsAt: (k) => {
      const { pos, done, todo } = frontAt(k);
      const from = closedBefore(trace, moments, pos, [k]);
      let near = 0;
      const onSecond = () => near++;
      const isOver = (node: number, code: number) => node >= pos && code !== OP_LD_IMM64;
      const end = walkPairs(trace, k, from, onSecond, isOver);
      const behind = secondsIn(todo);
      return (
        secondsBefore(secondsIn(done), from) +
        near +
        secondsBefore(behind, nodeCnt) -
        secondsBefore(behind, end)
      );
    },
  };
}

const known = new WeakMap<Trace, States>();

/** Made once for a trace, each part of it when it is asked for. */
export function statesOf(trace: Trace): States {
  let states = known.get(trace);
  if (!states) {
    states = statesFor(trace);
    known.set(trace, states);
  }
  return states;
}

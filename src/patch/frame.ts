/**
 * Everything a figure needs at one moment, for a window of rows of the shared row grid: the rows at moment k are all
 * nodes born by k, in final order; dead ones included, because Before still shows them.
 */

import { type Flow, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS } from '../isa/insn.ts';
import { inputJump, type JumpAt, jumpAt, jumpOfNode } from './jump-at.ts';
import type { Moments } from './moments.ts';
import { putDistance } from './put-distance.ts';
import type { Trace } from './trace.ts';
import { wordsOf } from './trace-facts.ts';

export interface FrameJump extends Pick<JumpAt, 'written' | 'now' | 'before' | 'done'> {
  readonly flow: Flow;
  /** Grid row the jump leads to if the algorithm finished now (dead rows passed over; rowCnt for the end). */
  readonly targetRow: number;
  /** Grid row where the input's number would land if it stayed unchanged; null outside of the program. */
  readonly staleRow: number | null;
  /** Whether `now` does not fit its field. */
  readonly broken: boolean;
}

export interface FrameRow {
  readonly node: number;
  readonly uid: number;
  /** Slot of the input, -1 when born in a patch. */
  readonly beforeIdx: number;
  /** Slot if finished now, -1 when dead. */
  readonly afterIdx: number;
  readonly alive: boolean;
  /** Born in a patch. */
  readonly isNew: boolean;
  /** Its insn was overwritten by now (first slot of a replace). */
  readonly rewritten: boolean;
  /**
   * Second half of an ld_imm64 at this moment, as far as its neighbour tells: a window does not know how a walk from
   * the first insn (isa/pairs.ts) would come here. The same where second halves have no opcode.
   */
  readonly isSecondSlot: boolean;
  /** Words of the insn the node holds at this moment, as carried; imm of the next live slot (for ld_imm64). */
  readonly w0: number;
  readonly imm: number;
  readonly nextImm: number;
  /** Op that bore it (0: it was there), and the edit that bore, rewrote or killed it by now (-1: none). */
  readonly bornOp: number;
  readonly edit: number;
  /** The jump this node holds now. */
  readonly jump: FrameJump | null;
  /** The jump its input insn is, and the grid row it leads to in Before. */
  readonly before: { readonly flow: Flow; readonly targetRow: number; readonly distance: number } | null;
}

export interface Frame {
  readonly moment: number;
  /** Rows of the whole grid at this moment, and the first one of the window. */
  readonly rowCnt: number;
  readonly firstRow: number;
  /** Live slots at this moment. */
  readonly aliveCnt: number;
  /** Row that y = 0 belongs to in pictures: a multiple of 1000 at or before firstRow, to keep coordinates small. */
  readonly originRow: number;
  readonly rows: readonly FrameRow[];
}

interface View {
  readonly trace: Trace;
  readonly moments: Moments;
  readonly k: number;
  readonly rowCnt: number;
  readonly aliveCnt: number;
}

const isAlive = ({ trace, k }: View, node: number): boolean =>
  node >= 0 && node < trace.nodeCnt && trace.birth[node] <= k && k < trace.death[node];

/** Grid row of slot idx of the program as it would be; the end of the grid for its end. */
function rowOfSlot({ moments, k, aliveCnt, rowCnt }: View, idx: number): number {
  if (idx >= aliveCnt) return rowCnt;
  return moments.rankBorn(k, moments.selectAlive(k, Math.max(0, idx)));
}

function frameJump(view: View, j: number): FrameJump {
  const { trace, moments, k, aliveCnt } = view;
  const { jumps } = trace;
  const { at, to, written, now, before, done, fits } = jumpAt(trace, moments, k, j);
  const target = jumps.target[j];
  const staleIdx = at + 1 + jumps.written[j];
  return {
    flow: jumps.flow[j] as Flow,
    targetRow: isAlive(view, target) ? moments.rankBorn(k, target) : rowOfSlot(view, to),
    staleRow: staleIdx >= 0 && staleIdx <= aliveCnt ? rowOfSlot(view, staleIdx) : null,
    written,
    now,
    before,
    done,
    broken: !fits,
  };
}

/** The jump the row's input insn is; its target is where that insn stood, deleted or not. */
function beforeJump({ trace, moments, k, rowCnt }: View, slot: number): FrameRow['before'] {
  const j = slot < 0 ? -1 : inputJump(trace, slot);
  if (j < 0) return null;
  const { jumps, inputCnt, nodeOf } = trace;
  const distance = jumps.written[j];
  const target = slot + 1 + distance;
  if (target < 0 || target > inputCnt) return null;
  const targetRow = target === inputCnt ? rowCnt : moments.rankBorn(k, nodeOf[target]);
  return { flow: jumps.flow[j] as Flow, targetRow, distance };
}

const codeAt = (trace: Trace, node: number, k: number): number =>
  codeOf(wordsOf(trace, node, k)[node * SLOT_WORDS]);

/** The node before (-1) or behind (+1) in the program; of a dead node, in the input. */
function neighbour(
  { trace, moments, k, aliveCnt }: View,
  node: number,
  afterIdx: number,
  step: -1 | 1,
): number {
  const alive = afterIdx >= 0;
  const idx = (alive ? afterIdx : trace.origIdx[node]) + step;
  if (idx < 0 || idx >= (alive ? aliveCnt : trace.inputCnt)) return -1;
  return alive ? moments.selectAlive(k, idx) : trace.nodeOf[idx];
}

function frameRow(view: View, node: number, afterIdx: number): FrameRow {
  const { trace, k } = view;
  const words = wordsOf(trace, node, k);
  const alive = afterIdx >= 0;
  const j = alive ? jumpOfNode(trace, node, k) : -1;
  const jump = j < 0 ? null : frameJump(view, j);
  const carried = words.slice(node * SLOT_WORDS, (node + 1) * SLOT_WORDS);
  if (jump !== null) putDistance(carried, 0, jump.flow, jump.written);
  const isLdImm64 = codeOf(carried[0]) === OP_LD_IMM64;
  const previous = codeOf(carried[0]) === 0 ? neighbour(view, node, afterIdx, -1) : -1;
  const next = isLdImm64 ? neighbour(view, node, afterIdx, 1) : -1;
  const isNew = trace.origIdx[node] < 0;
  const rewritten = trace.rewriteOp[node] <= k;
  return {
    node,
    uid: trace.uid[node],
    beforeIdx: trace.origIdx[node],
    afterIdx,
    alive,
    isNew,
    rewritten,
    isSecondSlot: previous >= 0 && codeAt(trace, previous, alive ? k : 0) === OP_LD_IMM64,
    w0: carried[0],
    imm: carried[1],
    nextImm: next < 0 ? 0 : wordsOf(trace, next, k)[next * SLOT_WORDS + 1],
    bornOp: trace.birth[node],
    edit: isNew || rewritten || !alive ? trace.edit[node] : -1,
    jump,
    before: beforeJump(view, trace.origIdx[node]),
  };
}

/** Unborn nodes passed one by one, before the next row is sought by its number. */
const PATIENCE = 32;

function nextBorn({ trace, moments, k }: View, node: number, row: number): number {
  for (let next = node + 1; next < node + PATIENCE && next < trace.nodeCnt; next++) {
    if (trace.birth[next] <= k) return next;
  }
  return moments.selectBorn(k, row);
}

/** Rows [firstRow, firstRow + cnt) of the grid at moment k, as far as there are any. */
export function frameAt(trace: Trace, moments: Moments, k: number, firstRow: number, cnt: number): Frame {
  const view: View = { trace, moments, k, rowCnt: moments.bornCnt(k), aliveCnt: moments.aliveCnt(k) };
  const first = Math.max(0, Math.min(firstRow, view.rowCnt));
  const rows: FrameRow[] = [];
  let node = moments.selectBorn(k, first);
  let idx = moments.rankAlive(k, node);
  for (let row = first; row < Math.min(first + cnt, view.rowCnt); row++) {
    rows.push(frameRow(view, node, isAlive(view, node) ? idx++ : -1));
    node = nextBorn(view, node, row + 1);
  }
  return {
    moment: k,
    rowCnt: view.rowCnt,
    firstRow: first,
    aliveCnt: view.aliveCnt,
    originRow: first - (first % 1000),
    rows,
  };
}

/** Insns of the whole program as it would be if the algorithm finished at moment k; too far jumps are cut off. */
export function programAt(trace: Trace, k: number): Int32Array {
  const { nodeCnt, birth, death, jumps } = trace;
  const ranks = new Int32Array(nodeCnt + 1);
  for (let node = 0; node < nodeCnt; node++) {
    ranks[node + 1] = ranks[node] + (birth[node] <= k && k < death[node] ? 1 : 0);
  }
  const aliveCnt = ranks[nodeCnt];
  const insns = new Int32Array(aliveCnt * SLOT_WORDS);
  for (let node = 0; node < nodeCnt; node++) {
    const idx = ranks[node];
    if (ranks[node + 1] === idx) continue;
    const words = wordsOf(trace, node, k);
    insns[idx * SLOT_WORDS] = words[node * SLOT_WORDS];
    insns[idx * SLOT_WORDS + 1] = words[node * SLOT_WORDS + 1];
  }
  for (let j = 0; j < jumps.cnt; j++) {
    if (jumps.from[j] > k || k >= jumps.to[j]) continue;
    const target = jumps.target[j];
    const to = target <= 0 ? target : target <= nodeCnt ? ranks[target] : aliveCnt + target - nodeCnt;
    const idx = ranks[jumps.node[j]];
    putDistance(insns, idx, jumps.flow[j] as Flow, to - idx - 1);
  }
  return insns;
}

/** Jumps that touch a window of rows from outside: those whose target is in it, and those that pass. */
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Frame } from '../patch/frame.ts';
import { jumpAt, jumpOfNode } from '../patch/jump-at.ts';
import type { Moments } from '../patch/moments.ts';
import type { Trace } from '../patch/trace.ts';
import { nodeWithUid, wordsOf } from '../patch/trace-facts.ts';

/** A jump whose own row is not in the window. */
export interface FarJump {
  readonly uid: number;
  readonly node: number;
  /** Row of the input's slot or of the live node, and the row it leads to. */
  readonly from: number;
  readonly to: number;
  readonly flow: number;
  readonly w0: number;
  readonly targetSlot: number;
  readonly changed: boolean;
  readonly broken: boolean;
}

/** What rails ask of a run beyond the rows in view. */
export interface RailContext {
  readonly before: readonly FarJump[];
  readonly after: readonly FarJump[];
  /** Identity of the insn in a slot of the input, or of the program as it would be; null for its end. */
  readonly uidBefore: (slot: number) => number | null;
  readonly uidAfter: (slot: number) => number | null;
  /** Too many rows for all arcs: only those that are asked about. */
  readonly isSparse: boolean;
}

/** Grids of more rows show only the arcs of the selection and of the current op. */
const SPARSE_ABOVE = 5000;

interface Asked {
  readonly focusUid: number | null;
  readonly hoverUid: number | null;
  readonly currentJumpNode: number;
}

interface Grid {
  readonly trace: Trace;
  readonly moments: Moments;
  /** Moment of the rows, and the one whose program After shows. */
  readonly grid: number;
  readonly moment: number;
}

/** Final-order positions of the window, with what is dead in front of it: a jump there leads into it. */
function positionsOf({ trace, moments, grid, moment }: Grid, frame: Frame): { lo: number; hi: number } {
  const { rows } = frame;
  if (rows.length === 0) return { lo: 0, hi: -1 };
  const alive = moments.rankAlive(moment, rows[0].node);
  const lo = alive === 0 ? 0 : moments.selectAlive(moment, alive - 1) + 1;
  // A row that ends the grid is followed by its end, where jumps may lead.
  const isEnd = frame.firstRow + rows.length >= moments.bornCnt(grid);
  return { lo, hi: isEnd ? trace.nodeCnt : rows[rows.length - 1].node };
}

function afterJump({ trace, moments, grid, moment }: Grid, j: number): FarJump | null {
  const { jumps } = trace;
  const { to, now, before, fits } = jumpAt(trace, moments, moment, j);
  const node = jumps.node[j];
  const aliveCnt = moments.aliveCnt(moment);
  if (to < 0 || to > aliveCnt) return null;
  const words = wordsOf(trace, node, moment);
  return {
    ...{ uid: trace.uid[node], node, flow: jumps.flow[j], w0: words[node * SLOT_WORDS], targetSlot: to },
    from: moments.rankBorn(grid, node),
    to: to === aliveCnt ? moments.bornCnt(grid) : moments.rankBorn(grid, moments.selectAlive(moment, to)),
    changed: before !== null && now !== before,
    broken: !fits,
  };
}

function beforeJump({ trace, moments, grid }: Grid, j: number): FarJump | null {
  const { jumps, origIdx, nodeOf, inputCnt } = trace;
  const node = jumps.node[j];
  const slot = origIdx[node];
  const target = slot + 1 + jumps.written[j];
  if (target < 0 || target > inputCnt) return null;
  return {
    ...{ uid: trace.uid[node], node, flow: jumps.flow[j], w0: trace.insns[node * SLOT_WORDS] },
    ...{ targetSlot: target, changed: false, broken: false },
    from: moments.rankBorn(grid, node),
    to: target === inputCnt ? moments.bornCnt(grid) : moments.rankBorn(grid, nodeOf[target]),
  };
}

/** Numbers of the jumps to look at: all, or those that a few nodes hold in Before and in After. */
function candidates({ trace, moment }: Grid, nodes: Iterable<number> | null): Iterable<number> {
  if (nodes === null) return Array.from({ length: trace.jumps.cnt }, (_, j) => j);
  const found = new Set<number>();
  for (const node of nodes) {
    if (node < 0) continue;
    found.add(jumpOfNode(trace, node, 0));
    found.add(jumpOfNode(trace, node, moment));
  }
  found.delete(-1);
  return found;
}

/** Jumps from outside into the window or over it; `nodes`: the only ones that are asked for, null for all. */
function farJumps(where: Grid, frame: Frame, nodes: Iterable<number> | null) {
  const { trace, moment } = where;
  const { jumps, birth, death, origIdx } = trace;
  const { lo, hi } = positionsOf(where, frame);
  const first = frame.rows[0]?.node ?? 0;
  const before: FarJump[] = [];
  const after: FarJump[] = [];
  for (const j of candidates(where, nodes)) {
    const node = jumps.node[j];
    const isInside = node >= first && node <= hi;
    const target = jumps.target[j];
    const isBeside = (node > hi && target > hi) || (node < lo && target < lo);
    if (isInside || isBeside) continue;
    if (jumps.from[j] === 0 && origIdx[node] >= 0) {
      const jump = beforeJump(where, j);
      if (jump) before.push(jump);
    }
    if (jumps.from[j] > moment || moment >= jumps.to[j]) continue;
    if (birth[node] > moment || death[node] <= moment) continue;
    const jump = afterJump(where, j);
    if (jump) after.push(jump);
  }
  return { before, after };
}

/** `grid`: moment whose rows the frame has; `moment`: the one whose program After shows. */
export function railContext(
  trace: Trace,
  moments: Moments,
  at: { readonly grid: number; readonly moment: number },
  frame: Frame,
  { focusUid, hoverUid, currentJumpNode }: Asked,
): RailContext {
  const isSparse = trace.nodeCnt > SPARSE_ABOVE;
  const refused = trace.refused?.code === 'ERANGE' ? trace.nodeOf[trace.refused.at] : -1;
  const nodeOfUid = (uid: number | null): number => (uid === null ? -1 : nodeWithUid(trace, uid));
  const asked = isSparse
    ? new Set([nodeOfUid(focusUid), nodeOfUid(hoverUid), currentJumpNode, refused])
    : null;
  const aliveCnt = moments.aliveCnt(at.moment);
  return {
    ...farJumps({ trace, moments, ...at }, frame, asked),
    uidBefore: (slot) => (slot >= trace.inputCnt ? null : trace.uid[trace.nodeOf[slot]]),
    uidAfter: (slot) => (slot >= aliveCnt ? null : trace.uid[moments.selectAlive(at.moment, slot)]),
    isSparse,
  };
}

/** What the tables show at a moment: rows computed one by one, so that a million of them cost only those in view. */
import { FLOW } from '../isa/flow.ts';
import { distanceNow, type JumpAt, jumpAt } from '../patch/jump-at.ts';
import { JUMP_BLOCK, jumpBlocksOf } from '../patch/jump-blocks.ts';
import type { Moments } from '../patch/moments.ts';
import { EDIT_NAMES } from '../patch/ops.ts';
import { NEVER, type Trace } from '../patch/trace.ts';
import type { Program, Subprogs } from '../program/program.ts';

const OFF_MAX = 0x7fff;
const IMM_MAX = 0x7fffffff;

/** What tables read: the run's trace, its input program and rank/select over moments. */
export interface TableSource {
  readonly trace: Trace;
  readonly moments: Moments;
  readonly before: Program;
}

/** Final-order position where the expansion of an input slot begins: the first node put before it, or itself. */
export function outerPos(trace: Trace, slot: number): number {
  if (slot >= trace.inputCnt) return trace.nodeCnt;
  let pos = trace.nodeOf[slot];
  while (pos > 0 && trace.origIdx[pos - 1] < 0 && trace.editAt[trace.edit[pos - 1]] === slot) pos--;
  return pos;
}

export interface SubprogRow {
  readonly name: string;
  /** Slots [start, end) if finished now. */
  readonly start: number;
  readonly end: number;
  readonly was: number;
  readonly wasEnd: number;
  readonly dead: boolean;
  /** Its first insn; null in a program without insns. */
  readonly uid: number | null;
}

export function subprogRowAt(source: TableSource, moment: number, k: number): SubprogRow {
  const { trace, moments, before } = source;
  const { subprogs, strings } = before;
  const was = subprogs.start[k];
  const wasEnd = endOf(subprogs, k, trace.inputCnt);
  const start = moments.rankAlive(moment, outerPos(trace, was));
  const end = moments.rankAlive(moment, outerPos(trace, wasEnd));
  return {
    name: strings[subprogs.name[k]] ?? (k === 0 ? 'main' : `subprog ${k}`),
    start,
    end,
    was,
    wasEnd,
    // A program without insns has a function all the same.
    dead: start === end && was < wasEnd,
    uid: was < trace.inputCnt ? trace.uid[trace.nodeOf[was]] : null,
  };
}

const endOf = (subprogs: Subprogs, k: number, cnt: number): number =>
  k + 1 < subprogs.start.length ? subprogs.start[k + 1] : cnt;

/** Number of the subprogram that a slot of the input stands in. */
export const subprogAt = ({ start }: Subprogs, slot: number): number => {
  const behind = start.findIndex((first) => first > slot);
  return (behind < 0 ? start.length : behind) - 1;
};

/** A jump or call as it is at a moment. */
export interface JumpRow extends JumpAt {
  readonly uid: number;
  readonly isCall: boolean;
  /** How much further it may reach, limit minus distance; negative when it reaches too far. */
  readonly room: number;
}

const isAlive = ({ from, to, node }: Trace['jumps'], death: Int32Array, j: number, moment: number): boolean =>
  from[j] <= moment && moment < to[j] && death[node[j]] > moment;

/** Numbers of the jumps that stand in the program at a moment. */
export function jumpsAlive(source: TableSource, moment: number): Int32Array {
  const { jumps, death } = source.trace;
  const alive = new Int32Array(jumps.cnt);
  let cnt = 0;
  for (let j = 0; j < jumps.cnt; j++) if (isAlive(jumps, death, j, moment)) alive[cnt++] = j;
  return alive.subarray(0, cnt);
}

/** Room of a distance in a field whose largest number is `limit`. */
const roomOf = (distance: number, limit: number): number =>
  distance >= 0 ? limit - distance : limit + 1 + distance;

export function jumpRowAt({ trace, moments }: TableSource, moment: number, j: number): JumpRow {
  const { jumps } = trace;
  const jump = jumpAt(trace, moments, moment, j);
  return {
    ...jump,
    uid: trace.uid[jumps.node[j]],
    isCall: jumps.flow[j] === FLOW.CALL,
    room: roomOf(jump.now, jumps.flow[j] === FLOW.OFF ? OFF_MAX : IMM_MAX),
  };
}

export interface PatchRow {
  /** Op that carries it out; null when a refusal cut the timeline before it. */
  readonly op: number | null;
  readonly kind: (typeof EDIT_NAMES)[number];
  readonly at: number;
  readonly len: number;
  readonly growth: number;
  readonly uid: number;
}

/** Edit `k` of the canonical list. */
export function patchRowAt({ trace }: TableSource, k: number): PatchRow {
  const at = trace.editAt[k];
  return {
    op: trace.editOp[k] === NEVER ? null : trace.editOp[k],
    kind: EDIT_NAMES[trace.editKind[k]],
    at,
    len: trace.editLen[k],
    growth: trace.growth[k],
    uid: trace.uid[trace.nodeOf[at]],
  };
}

/** Edit that a node was put, rewritten or deleted by, or that puts insns in front of it; -1: none. */
export function patchOfNode({ edit, editAt, origIdx }: Trace, node: number): number {
  return edit[node] >= 0 ? edit[node] : editAt.indexOf(origIdx[node]);
}

export interface Headroom {
  /** Distance of the 16-bit jump with the least room; 0 when there is none. */
  readonly largest: number;
  /** That room; negative: it does not fit. */
  readonly room: number;
}

/**
 * How near the limit of 16 bits the program is if finished now. No jump is longer than its way in the final order, so
 * blocks of jumps are looked at from the longest ways on, until none that is left could be longer. Of jumps with the same
 * room it is the first.
 */
export function headroom({ trace, moments }: TableSource, moment: number): Headroom {
  const { jumps, death } = trace;
  const { bySpan, span } = jumpBlocksOf(trace);
  let largest = 0;
  let room = OFF_MAX;
  let at = jumps.cnt;
  for (const b of bySpan) {
    const least = OFF_MAX - span[b];
    if (least > room) break;
    if (least === room && b * JUMP_BLOCK > at) continue;
    const end = Math.min(jumps.cnt, (b + 1) * JUMP_BLOCK);
    for (let j = b * JUMP_BLOCK; j < end; j++) {
      if (jumps.flow[j] !== FLOW.OFF || !isAlive(jumps, death, j, moment)) continue;
      const now = distanceNow(trace, moments, moment, j);
      const left = roomOf(now, OFF_MAX);
      if (left > room || (left === room && j >= at)) continue;
      largest = now;
      room = left;
      at = j;
    }
  }
  // One with all of the room says nothing.
  return room === OFF_MAX ? { largest: 0, room } : { largest, room };
}

/** What the tables show at a moment: rows computed one by one, so that a million of them cost only those in view. */
import { defines32, FLOW } from '../isa/flow.ts';
import { distanceNow, type JumpAt, jumpAt } from '../patch/jump-at.ts';
import type { Moments } from '../patch/moments.ts';
import { EDIT_NAMES } from '../patch/ops.ts';
import { NEVER, type Trace } from '../patch/trace.ts';
import { auxAt, type Program, type Subprogs } from '../program/program.ts';

const OFF_MAX = 0x7fff;
const IMM_MAX = 0x7fffffff;

/** What tables read: the run's trace, its input program and rank/select over moments. */
export interface TableSource {
  readonly trace: Trace;
  readonly moments: Moments;
  readonly before: Program;
}

export interface AuxRow {
  readonly idx: number;
  readonly uid: number;
  readonly origIdx: number;
  readonly seen: number;
  readonly zextDst: number;
  readonly ptrType: number;
  readonly ctxFieldSize: number;
  readonly aluState: number;
  readonly aluLimit: number;
  readonly mapIdx: number;
  readonly callArg: number;
  /** Where the record comes from: kept, moved, inherited from the patched insn, or new. */
  readonly record: 'kept' | 'moved' | 'inherits' | 'new';
  /** Slot of the input whose record (or `seen`) it is. */
  readonly home: number;
  readonly shift: number;
  readonly zextComputed: boolean;
}

/** Moment from which an edit is in effect, by the op that carried it out. */
const isTouched = (trace: Trace, node: number, moment: number): boolean =>
  trace.edit[node] >= 0 && (trace.birth[node] > 0 || trace.rewriteOp[node] <= moment);

/** What a record that is new knows. */
const NOTHING = { ptrType: 0, ctxFieldSize: 0, aluState: 0, aluLimit: 0, mapIdx: 0, callArg: 0 };

/** Slot `idx` of the program as it would be if the algorithm finished at `moment`. */
export function auxRowAt(source: TableSource, moment: number, idx: number): AuxRow | null {
  const { trace, moments, before } = source;
  if (!before.aux) return null;
  const node = moments.selectAlive(moment, idx);
  const { home, isHeir } = homeOf(trace, node, moment);
  const record = auxAt(before.aux, home);
  const prepended = isPrepended(trace, node, moment);
  const touched = isTouched(trace, node, moment) || prepended;
  const words = trace.rewriteOp[node] <= moment ? trace.rewritten : trace.insns;
  const zextDst = touched ? defines32(words[node * 2], words[node * 2 + 1]) : record.zextDst;
  const own = trace.origIdx[node];
  const kept = isHeir && own === home;
  const { ptrType, ctxFieldSize, aluState, aluLimit, mapIdx, callArg } = isHeir ? record : NOTHING;
  return {
    ...{ ptrType, ctxFieldSize, aluState, aluLimit, mapIdx, callArg },
    idx,
    uid: trace.uid[node],
    origIdx: isHeir ? record.origIdx : 0,
    seen: record.seen,
    zextDst,
    record: !isHeir ? 'new' : kept ? (idx === own ? 'kept' : 'moved') : 'inherits',
    home,
    shift: kept ? idx - own : 0,
    zextComputed: touched,
  };
}

/** Whether insns stand in front of the node that a prepend at its slot has put there by now. */
function isPrepended(trace: Trace, node: number, moment: number): boolean {
  const before = node - 1;
  return (
    trace.origIdx[node] >= 0 &&
    before >= 0 &&
    trace.origIdx[before] < 0 &&
    trace.editAt[trace.edit[before]] === trace.origIdx[node] &&
    trace.birth[before] <= moment
  );
}

/** Input slot whose aux record a node has; of a patch only the last slot inherits the whole of it. */
function homeOf(trace: Trace, node: number, moment: number): { home: number; isHeir: boolean } {
  const own = trace.origIdx[node];
  const edit = trace.edit[node];
  if (own >= 0) {
    const replaced = edit >= 0 && trace.rewriteOp[node] <= moment && trace.editLen[edit] > 1;
    return { home: own, isHeir: !replaced };
  }
  const isLast = node + 1 >= trace.nodeCnt || trace.edit[node + 1] !== edit || trace.origIdx[node + 1] >= 0;
  const at = trace.editAt[edit];
  // A replace's nodes follow the patched node, a prepend's stand before it.
  return { home: at, isHeir: isLast && trace.nodeOf[at] < node };
}

/** Final-order position where the expansion of an input slot begins: the first node put before it, or itself. */
export function outerPos(trace: Trace, slot: number): number {
  if (slot >= trace.inputCnt) return trace.nodeCnt;
  let pos = trace.nodeOf[slot];
  while (pos > 0 && trace.origIdx[pos - 1] < 0 && trace.editAt[trace.edit[pos - 1]] === slot) pos--;
  return pos;
}

export interface LineRow {
  /** Slot it stands at if finished now; -1 when the entry is gone. */
  readonly idx: number;
  readonly was: number;
  readonly line: number;
  readonly col: number;
  readonly text: string;
  readonly file: string;
  readonly uid: number;
  /** It survived a deletion by moving onto the next insn. */
  readonly heir: boolean;
}

export function lineRowAt(source: TableSource, moment: number, entry: number): LineRow {
  const { trace, moments, before } = source;
  const { lineInfo, strings } = before;
  const was = lineInfo.insnOff[entry];
  const isAlive = (slot: number) => trace.death[trace.nodeOf[slot]] > moment;
  let slot = was;
  while (slot < trace.inputCnt && !isAlive(slot)) slot++;
  const nextEntryAt = entry + 1 < lineInfo.insnOff.length ? lineInfo.insnOff[entry + 1] : NEVER;
  const gone = slot !== was && (slot >= trace.inputCnt || nextEntryAt <= slot);
  const node = trace.nodeOf[was];
  return {
    idx: gone ? -1 : moments.rankAlive(moment, outerPos(trace, slot)),
    was,
    line: lineInfo.line[entry],
    col: lineInfo.col[entry],
    text: strings[lineInfo.text[entry]] ?? '',
    file: strings[lineInfo.file[entry]] ?? '',
    uid: trace.uid[node],
    heir: !gone && slot !== was,
  };
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

/** A jump or call as it is at a moment. */
export interface JumpRow extends JumpAt {
  readonly uid: number;
  readonly isCall: boolean;
  /** How much further it may reach, limit minus distance; negative when it reaches too far. */
  readonly room: number;
}

/** Numbers of the jumps that stand in the program at a moment. */
export function jumpsAlive(source: TableSource, moment: number): Int32Array {
  const { jumps, death } = source.trace;
  const alive = new Int32Array(jumps.cnt);
  let cnt = 0;
  for (let j = 0; j < jumps.cnt; j++)
    if (jumps.from[j] <= moment && moment < jumps.to[j] && death[jumps.node[j]] > moment) alive[cnt++] = j;
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

export interface Headroom {
  /** Distance of the 16-bit jump with the least room; 0 when there is none. */
  readonly largest: number;
  /** That room; negative: it does not fit. */
  readonly room: number;
}

/** How near the limit of 16 bits the program is if finished now. `alive`: jumps that stand in it. */
export function headroom({ trace, moments }: TableSource, moment: number, alive: Int32Array): Headroom {
  let largest = 0;
  let room = OFF_MAX;
  for (const j of alive) {
    if (trace.jumps.flow[j] !== FLOW.OFF) continue;
    const now = distanceNow(trace, moments, moment, j);
    if (roomOf(now, OFF_MAX) >= room) continue;
    largest = now;
    room = roomOf(now, OFF_MAX);
  }
  return { largest, room };
}

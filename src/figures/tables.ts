/** What the tables show at a moment: rows computed one by one, so that a million of them cost only those in view. */
import { defines32, FLOW, fitsFlow } from '../isa/flow.ts';
import type { Moments } from '../patch/moments.ts';
import { EDIT, EDIT_NAMES } from '../patch/ops.ts';
import { NEVER, OP, type Trace } from '../patch/trace.ts';
import { auxAt, type Program, type Subprogs } from '../program/program.ts';

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
  return {
    idx,
    uid: trace.uid[node],
    origIdx: isHeir ? record.origIdx : 0,
    seen: record.seen,
    zextDst,
    ptrType: isHeir ? record.ptrType : 0,
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
  readonly uid: number;
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
    dead: start === end,
    uid: trace.uid[trace.nodeOf[was]],
  };
}

const endOf = (subprogs: Subprogs, k: number, cnt: number): number =>
  k + 1 < subprogs.start.length ? subprogs.start[k + 1] : cnt;

export interface JumpRow {
  readonly uid: number;
  readonly at: number;
  readonly to: number;
  /** Distance if finished now, as carried now, and in the input (null for a jump born in a patch). */
  readonly now: number;
  readonly written: number;
  readonly before: number | null;
  readonly isCall: boolean;
  /** How much further it may reach: limit minus distance. */
  readonly room: number;
  readonly fits: boolean;
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

export function jumpRowAt(source: TableSource, moment: number, j: number): JumpRow {
  const { trace, moments } = source;
  const { jumps } = trace;
  const at = moments.rankAlive(moment, jumps.node[j]);
  const to = moments.rankAlive(moment, jumps.target[j]);
  const now = to - at - 1;
  const flow = jumps.flow[j] as 1 | 2 | 3;
  const limit = flow === FLOW.OFF ? 0x7fff : 0x7fffffff;
  return {
    uid: trace.uid[jumps.node[j]],
    at,
    to,
    now,
    written: trace.style === 'array' ? now : moment >= jumps.op[j] ? jumps.final[j] : jumps.written[j],
    before: trace.origIdx[jumps.node[j]] >= 0 || jumps.op[j] !== NEVER ? jumps.written[j] : null,
    isCall: flow === FLOW.CALL,
    room: now >= 0 ? limit - now : limit + 1 + now,
    fits: fitsFlow(now, flow),
  };
}

export interface PatchRow {
  readonly op: number;
  readonly kind: (typeof EDIT_NAMES)[number];
  readonly at: number;
  readonly len: number;
  readonly growth: number;
  readonly uid: number;
}

/** Edit `k` of the canonical list; it is op `firstEditOp + k`. */
export function patchRowAt({ trace }: TableSource, k: number): PatchRow {
  const op = firstEditOp(trace) + k;
  const kind =
    trace.opKind[op - 1] === OP.REMOVE
      ? EDIT.REMOVE
      : trace.opKind[op - 1] === OP.PREPEND
        ? EDIT.PREPEND
        : EDIT.REPLACE;
  const at = trace.editAt[k];
  return {
    op,
    kind: EDIT_NAMES[kind],
    at,
    len: trace.editLen[k],
    growth: trace.growth[k],
    uid: trace.uid[trace.nodeOf[at]],
  };
}

/** Op of the first edit: behind create where there is one. */
export const firstEditOp = (trace: Trace): number => (trace.opKind[0] === OP.CREATE ? 2 : 1);

/** Largest distance of a 16-bit jump if finished now: how near the limit the program is. */
export function headroom(source: TableSource, moment: number, alive: Int32Array): { largest: number } {
  let largest = 0;
  for (const j of alive) {
    if (source.trace.jumps.flow[j] !== FLOW.OFF) continue;
    const { now } = jumpRowAt(source, moment, j);
    largest = Math.max(largest, Math.abs(now));
  }
  return { largest };
}

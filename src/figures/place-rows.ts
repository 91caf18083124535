/**
 * Rows of what hangs on insns and functions beside the big tables: insn arrays, poke descriptors, exception entries;
 * func_info; private data of functions. Computed one by one, like those of tables.ts.
 */
import { lowerBound } from '../base/lower-bound.ts';
import { EDIT } from '../patch/ops.ts';
import { DELETED, type PlacesKind, type Program } from '../program/program.ts';
import { entriesAt } from './line-rows.ts';
import { outerPos, subprogRowAt, type TableSource } from './tables.ts';

export interface PlaceRow {
  readonly kind: PlacesKind;
  /** Of the table; empty: it has none. */
  readonly name: string;
  /** Number of the entry in its table. */
  readonly entry: number;
  /** Slot it stands at if finished now; DELETED when its insn is gone. */
  readonly idx: number;
  /** DELETED when its insn was gone before. */
  readonly was: number;
  /** The insn it was given for; null when there is none any more. */
  readonly uid: number | null;
}

/** Rows of all tables of places, one table after the other. */
export const placeRowCnt = ({ places }: Program): number =>
  places.reduce((cnt, { at }) => cnt + at.length, 0);

export function placeRowAt(source: TableSource, moment: number, i: number): PlaceRow {
  const { trace, before } = source;
  const { places, strings } = before;
  let table = 0;
  let entry = i;
  for (; entry >= places[table].at.length; table++) entry -= places[table].at.length;
  const { kind, name, at } = places[table];
  const was = at[entry];
  return {
    ...{ kind, name: strings[name] ?? '', entry, was },
    idx: was < 0 ? DELETED : placeNow(source, moment, kind, was),
    uid: was >= 0 && was < trace.inputCnt ? trace.uid[trace.nodeOf[was]] : null,
  };
}

/** Slot at which an entry stands that was given for slot `was`. */
function placeNow({ trace, moments }: TableSource, moment: number, kind: PlacesKind, was: number): number {
  const { inputCnt, nodeOf, death, edit, editLen, rewriteOp } = trace;
  if (was >= inputCnt) return moments.rankAlive(moment, trace.nodeCnt + was - inputCnt);
  const node = nodeOf[was];
  if (death[node] <= moment) return DELETED;
  if (kind !== 'extable') return moments.rankAlive(moment, outerPos(trace, was));
  // The load that may fault is the last insn of what it was replaced by.
  const heir = rewriteOp[node] <= moment ? node + editLen[edit[node]] - 1 : node;
  return moments.rankAlive(moment, heir);
}

/** Number that each function has in the tables if finished now; -1: it is gone. */
export function functionNumbers(source: TableSource, moment: number): Int32Array {
  let alive = 0;
  return source.before.subprogs.start.map((_, k) => (subprogRowAt(source, moment, k).dead ? -1 : alive++));
}

/** Whether no insn from a line entry up to the next one is left; only insns of the input are ever deleted. */
function isGone({ trace, moments, before }: TableSource, moment: number, entry: number): boolean {
  const { insnOff } = before.lineInfo;
  const slot = insnOff[entry];
  const end = Math.max(slot + 1, entry + 1 < insnOff.length ? insnOff[entry + 1] : trace.inputCnt);
  const deadBefore = (pos: number): number => moments.rankBorn(moment, pos) - moments.rankAlive(moment, pos);
  return deadBefore(trace.nodeOf[end]) - deadBefore(trace.nodeOf[slot]) === end - slot;
}

/**
 * `linfo_idx` of each function if finished now: how many line entries are left before its first one. Without a removal
 * it is what it was.
 */
export function linfoNumbers(source: TableSource, moment: number): Int32Array {
  const { trace, before } = source;
  const { linfoIdx } = before.subprogs;
  const { insnOff } = before.lineInfo;
  const { editKind, editAt, editLen, editOp } = trace;
  /** Entries that are gone, ascending: those of whose insns, up to the next entry, none is left. */
  const gone: number[] = [];
  for (let e = 0; e < editKind.length; e++) {
    if (editKind[e] !== EDIT.REMOVE || editOp[e] > moment) continue;
    // Only those can be gone that stand in a hole, or in front of it with no other between.
    const { from, end } = entriesAt(insnOff, editAt[e], editAt[e] + editLen[e]);
    for (let entry = Math.max(from, (gone.at(-1) ?? -1) + 1); entry < end; entry++)
      if (isGone(source, moment, entry)) gone.push(entry);
  }
  if (gone.length === 0) return linfoIdx;
  const entries = Int32Array.from(gone);
  return linfoIdx.map((first) => (first < 0 ? first : first - lowerBound(entries, first)));
}

/** An entry of func_info: it names where a function begins, and what it is called. */
export interface FuncRow {
  /** -1: it died with its function. */
  readonly entry: number;
  readonly wasEntry: number;
  readonly name: string;
  readonly start: number;
  readonly was: number;
  readonly uid: number | null;
}

export function funcRowAt(source: TableSource, moment: number, numbers: Int32Array, k: number): FuncRow {
  const { name, start, was, uid } = subprogRowAt(source, moment, k);
  return { entry: numbers[k], wasEntry: k, name, start, was, uid };
}

/** Private data of a function, which stay with its entry whatever number that has. */
export interface PrivateRow {
  readonly entry: number;
  readonly wasEntry: number;
  readonly name: string;
  /** Bytes; -1: not known. */
  readonly stackDepth: number;
  readonly uid: number | null;
}

export function privateRowAt(
  source: TableSource,
  moment: number,
  numbers: Int32Array,
  k: number,
): PrivateRow {
  const { name, uid } = subprogRowAt(source, moment, k);
  const stackDepth = source.before.subprogs.stackDepth[k];
  return { entry: numbers[k], wasEntry: k, name, stackDepth, uid };
}

/** Line info at a moment: which insns each C position covers, and covered before. */
import { lowerBound, upperBound } from '../base/lower-bound.ts';
import { slotOfNode } from '../patch/trace-facts.ts';
import type { LineInfo } from '../program/program.ts';
import { outerPos, type TableSource } from './tables.ts';

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

/** Number of the last line entry at or before a slot of the input; -1: none. Entries are in order. */
export const entryAt = ({ insnOff }: LineInfo, slot: number): number => upperBound(insnOff, slot) - 1;

/** Slot of the input in front of which an entry stands at a moment: its own, or the next that lives; -1: it is gone. */
export function lineSlotAt({ trace, moments, before }: TableSource, moment: number, entry: number): number {
  const { insnOff } = before.lineInfo;
  const slot = insnOff[entry];
  const node = trace.nodeOf[slot];
  if (trace.death[node] > moment) return slot;
  // No further than to the next entry: what stands there has that one.
  const end = entry + 1 < insnOff.length ? insnOff[entry + 1] : trace.inputCnt;
  const next = moments.selectAlive(moment, moments.rankAlive(moment, node));
  const heir = next < trace.nodeCnt ? slotOfNode(trace, next) : trace.inputCnt;
  return heir < end ? heir : -1;
}

/** Entries [from, end) that stand at one of the slots [slot, last), and those that reach up to the first of these. */
export function entriesAt(
  insnOff: Int32Array,
  slot: number,
  last: number,
): { readonly from: number; readonly end: number } {
  const before = upperBound(insnOff, slot) - 1;
  return { from: before < 0 ? 0 : lowerBound(insnOff, insnOff[before]), end: lowerBound(insnOff, last) };
}

export function lineRowAt(source: TableSource, moment: number, entry: number): LineRow {
  const { trace, moments, before } = source;
  const { lineInfo, strings } = before;
  const was = lineInfo.insnOff[entry];
  const slot = lineSlotAt(source, moment, entry);
  const node = trace.nodeOf[was];
  return {
    idx: slot < 0 ? -1 : moments.rankAlive(moment, outerPos(trace, slot)),
    was,
    line: lineInfo.line[entry],
    col: lineInfo.col[entry],
    text: strings[lineInfo.text[entry]] ?? '',
    file: strings[lineInfo.file[entry]] ?? '',
    uid: trace.uid[node],
    heir: slot >= 0 && slot !== was,
  };
}

export interface LineCover extends LineRow {
  /** First slot behind those that it covers, if finished now and in the input. */
  readonly end: number;
  readonly wasEnd: number;
}

/** A line entry with all insns up to the next entry that is left. */
export function lineCoverAt(source: TableSource, moment: number, entry: number): LineCover {
  const { insnOff } = source.before.lineInfo;
  const row = lineRowAt(source, moment, entry);
  const { inputCnt } = source.trace;
  const wasEnd = entry + 1 < insnOff.length ? insnOff[entry + 1] : inputCnt;
  let next = entry + 1;
  let end = -1;
  for (; row.idx >= 0 && end < 0 && next < insnOff.length; next++) end = lineRowAt(source, moment, next).idx;
  return { ...row, wasEnd, end: row.idx < 0 ? -1 : end < 0 ? source.moments.aliveCnt(moment) : end };
}

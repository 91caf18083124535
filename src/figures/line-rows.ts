/** Line info at a moment: which insns each C position covers, and covered before. */
import { NEVER } from '../patch/trace.ts';
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
export function entryAt({ insnOff }: LineInfo, slot: number): number {
  let lo = 0;
  let hi = insnOff.length;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (insnOff[mid] <= slot) lo = mid + 1;
    else hi = mid;
  }
  return lo - 1;
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

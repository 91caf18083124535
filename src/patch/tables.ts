/**
 * What hangs on slots and follows them through a Remap: line entries and subprograms (SEMANTICS 7.4, 7.5), and the
 * tables of places.
 */
import { takeI32 } from '../base/buffers.ts';
import { growI32, pushI32, viewI32 } from '../base/grow.ts';
import { withLazy } from '../base/lazy.ts';
import { lowerBound } from '../base/lower-bound.ts';
import { DELETED, type LineInfo, type Places, type Program, type Subprogs } from '../program/program.ts';
import type { OpenOptions } from './algorithm.ts';
import type { Remap } from './remap.ts';
import type { Work } from './work.ts';

/** The line entries that speak of this program: from which one on, and where it says the program begins. */
export function lineWindow(lineInfo: LineInfo, options: OpenOptions): { from: number; base: number } {
  const from = options.layer === 'core' ? (options.linfoIdx ?? 0) : 0;
  const shifted = from > 0 && from < lineInfo.insnOff.length;
  return { from, base: shifted ? lineInfo.insnOff[from] : 0 };
}

function keepRows(column: Int32Array, rows: Int32Array): Int32Array {
  const kept = new Int32Array(rows.length);
  for (let k = 0; k < kept.length; k++) kept[k] = column[rows[k]];
  return kept;
}

interface MovedLines {
  readonly lineInfo: LineInfo;
  /** How many of the first k entries survive. */
  readonly keptBefore: (k: number) => number;
}

/** Nothing was removed: every entry survives. */
function shiftLines(lineInfo: LineInfo, remap: Remap, from: number, base: number): MovedLines {
  const { outer } = remap;
  const end = outer.length - 1;
  const delta = outer[end] - end;
  const old = lineInfo.insnOff;
  const insnOff = takeI32(old.length);
  for (let k = 0; k < from; k++) insnOff[k] = old[k];
  for (let k = from; k < old.length; k++) {
    const t = old[k] - base;
    insnOff[k] = (t < end ? outer[t] : t + delta) + base;
  }
  const { file, line, col, text } = lineInfo;
  return { lineInfo: { insnOff, file, line, col, text }, keptBefore: (k) => k };
}

/** Of a column, what stands between the rows that go, which are in ascending order. */
function withoutRows(column: Int32Array, gone: Int32Array): Int32Array {
  if (gone.length === 0) return column;
  const kept = takeI32(column.length - gone.length);
  let from = 0;
  for (let g = 0; g <= gone.length; g++) {
    const stop = g < gone.length ? gone[g] : column.length;
    for (let k = from, to = from - g; k < stop; k++, to++) kept[to] = column[k];
    from = stop + 1;
  }
  return kept;
}

/** Of each run of removed insns only the last entry may live, on the next live insn, if that has none of its own. */
function moveLines(lineInfo: LineInfo, remap: Remap, from: number, base: number): MovedLines {
  const { outer } = remap;
  const end = outer.length - 1;
  const delta = outer[end] - end;
  const old = lineInfo.insnOff;
  const cnt = old.length;
  const moved = takeI32(cnt);
  for (let k = 0; k < from; k++) moved[k] = old[k];
  const dropped = growI32();
  let live = 0;
  let kept = from;
  for (let k = from; k < cnt; k++) {
    const t = old[k] - base;
    let to = t < end ? outer[t] : t + delta;
    if (t < end && outer[t + 1] === to) {
      live = Math.max(live, t);
      while (live < end && outer[live] === outer[live + 1]) live++;
      if (live === end || (k + 1 < cnt && old[k + 1] - base <= live)) {
        pushI32(dropped, k);
        continue;
      }
      to = outer[live];
    }
    moved[kept++] = to + base;
  }
  const gone = viewI32(dropped);
  return {
    lineInfo: withLazy(
      { insnOff: moved.subarray(0, kept) },
      {
        file: () => withoutRows(lineInfo.file, gone),
        line: () => withoutRows(lineInfo.line, gone),
        col: () => withoutRows(lineInfo.col, gone),
        text: () => withoutRows(lineInfo.text, gone),
      },
    ),
    keptBefore: (k) => Math.min(k, cnt) - lowerBound(gone, Math.min(k, cnt)),
  };
}

/** A subprogram dies when all its insns are removed; one that has none (that of an empty program) lives. */
function moveSubprogs(subprogs: Subprogs, remap: Remap, keptBefore: (k: number) => number): Subprogs {
  const { outer } = remap;
  const end = outer.length - 1;
  const cnt = subprogs.start.length;
  const rows: number[] = [];
  for (let k = 0; k < cnt; k++) {
    const start = subprogs.start[k];
    const stop = k + 1 < cnt ? subprogs.start[k + 1] : end;
    if (outer[start] < outer[stop] || start === stop) rows.push(k);
  }
  const alive = Int32Array.from(rows);
  return {
    start: alive.map((k) => outer[subprogs.start[k]]),
    ident: keepRows(subprogs.ident, alive),
    name: keepRows(subprogs.name, alive),
    linfoIdx: alive.map((k) => keptBefore(subprogs.linfoIdx[k])),
    stackDepth: keepRows(subprogs.stackDepth, alive),
  };
}

/** Whether an entry stays with the insn that inherits the record; the others go where calls go. */
export const staysWithHeir = ({ kind }: Places): boolean => kind === 'extable';

/** One read of the remap an entry. Like a line entry, one behind the program keeps its distance to the end. */
function movePlaces(table: Places, remap: Remap): Places {
  const { outer, heir, dead } = remap;
  const end = dead.length;
  const to = staysWithHeir(table) ? heir : outer;
  const at = table.at.map((t) => {
    if (t < 0) return t;
    if (t >= end) return t + outer[end] - end;
    return dead[t] === 1 ? DELETED : to[t];
  });
  return { ...table, at };
}

/** Rows of all tables of places. */
export const placeCnt = (places: readonly Places[]): number =>
  places.reduce((cnt, { at }) => cnt + at.length, 0);

/** Entries of the tables of places are counted with the line entries. */
export function moveTables(
  program: Program,
  remap: Remap,
  removedCnt: number,
  options: OpenOptions,
  work: Work,
): Pick<Program, 'lineInfo' | 'subprogs' | 'places'> {
  const { from, base } = lineWindow(program.lineInfo, options);
  const move = removedCnt === 0 ? shiftLines : moveLines;
  const { lineInfo, keptBefore } = move(program.lineInfo, remap, from, base);
  work.line += Math.max(0, program.lineInfo.insnOff.length - from) + placeCnt(program.places);
  work.subprog += program.subprogs.start.length;
  return {
    lineInfo,
    subprogs: moveSubprogs(program.subprogs, remap, keptBefore),
    places: program.places.map((table) => movePlaces(table, remap)),
  };
}

/**
 * Line entries, subprograms and places the kernel's way: after each single edit the tables are visited and shifted
 * (bpf_adj_linfo, adjust_subprog_starts, adjust_poke_descs, adjust_insn_arrays; for removals
 * bpf_adj_linfo_after_remove, adjust_subprog_starts_after_remove, adjust_insn_arrays_after_remove).
 */
import { DELETED, type LineInfo, type Places, type Program, type Subprogs } from '../program/program.ts';
import type { OpenOptions } from './algorithm.ts';
import { lineWindow, placeCnt, staysWithHeir } from './tables.ts';
import type { Work } from './work.ts';

interface LineRow {
  insnOff: number;
  readonly row: number;
}

interface SubprogRow {
  start: number;
  linfoIdx: number;
  readonly row: number;
}

export interface Tables {
  /** Rows of the input's tables that still live, in order. */
  lines: LineRow[];
  subprogRows: SubprogRow[];
  /** Entries shifted in place, in columns of their own. */
  readonly places: readonly Places[];
  /** The entries before `from` belong to functions before this one; the program's insn 0 is `base` of the table. */
  readonly from: number;
  readonly base: number;
  readonly lineInfo: () => LineInfo;
  readonly subprogs: () => Subprogs;
}

export function tablesOf(program: Program, options: OpenOptions): Tables {
  const { lineInfo, subprogs } = program;
  const { from, base } = lineWindow(lineInfo, options);
  const tables: Tables = {
    lines: Array.from(lineInfo.insnOff, (insnOff, row) => ({ insnOff, row })),
    subprogRows: Array.from(subprogs.start, (start, row) => ({
      start,
      linfoIdx: subprogs.linfoIdx[row],
      row,
    })),
    places: program.places.map((table) => ({ ...table, at: table.at.slice() })),
    from,
    base,
    lineInfo: () => ({
      insnOff: Int32Array.from(tables.lines, (line) => line.insnOff),
      file: Int32Array.from(tables.lines, (line) => lineInfo.file[line.row]),
      line: Int32Array.from(tables.lines, (line) => lineInfo.line[line.row]),
      col: Int32Array.from(tables.lines, (line) => lineInfo.col[line.row]),
      text: Int32Array.from(tables.lines, (line) => lineInfo.text[line.row]),
    }),
    subprogs: () => ({
      start: Int32Array.from(tables.subprogRows, (subprog) => subprog.start),
      ident: Int32Array.from(tables.subprogRows, (subprog) => subprogs.ident[subprog.row]),
      name: Int32Array.from(tables.subprogRows, (subprog) => subprogs.name[subprog.row]),
      linfoIdx: Int32Array.from(tables.subprogRows, (subprog) => subprog.linfoIdx),
      stackDepth: Int32Array.from(tables.subprogRows, (subprog) => subprogs.stackDepth[subprog.row]),
    }),
  };
  return tables;
}

/** Entries behind p move; an entry at p stays on the first insn of the patch. */
export function addLines(tables: Tables, p: number, delta: number, work: Work): void {
  const { lines, from, base } = tables;
  for (let k = from; k < lines.length; k++) if (lines[k].insnOff - base > p) lines[k].insnOff += delta;
  work.line += Math.max(0, lines.length - from);
}

/** So do starts; with the end marker there is one more of them than subprograms. */
export function addSubprogs(tables: Tables, p: number, delta: number, work: Work): void {
  for (const subprog of tables.subprogRows) if (subprog.start > p) subprog.start += delta;
  work.subprog += tables.subprogRows.length + 1;
}

/** An entry at p stays before the insns put there, or goes with the one that inherits the record. */
export function addPlaces({ places }: Tables, p: number, delta: number, work: Work): void {
  for (const table of places) {
    const moves = staysWithHeir(table) ? p : p + 1;
    for (let k = 0; k < table.at.length; k++) if (table.at[k] >= moves) table.at[k] += delta;
  }
  work.line += placeCnt(places);
}

/** The hole [at, at + k) is closed, `cnt` insns are left: its last entry moves onto the insn behind, if that has none. */
export function cutLines(tables: Tables, at: number, k: number, cnt: number, work: Work): void {
  const { lines, from, base } = tables;
  work.line += Math.max(0, lines.length - from);
  let first = from;
  while (first < lines.length && lines[first].insnOff - base < at) first++;
  let behind = first;
  while (behind < lines.length && lines[behind].insnOff - base < at + k) behind++;
  const owned = behind < lines.length && lines[behind].insnOff - base === at + k;
  for (let i = behind; i < lines.length; i++) lines[i].insnOff -= k;
  let dead = behind - first;
  if (dead > 0 && at < cnt && !owned) {
    lines[behind - 1].insnOff = at + base;
    dead--;
  }
  lines.splice(first, dead);
  for (const subprog of tables.subprogRows) {
    if (subprog.linfoIdx > first) subprog.linfoIdx -= Math.min(dead, subprog.linfoIdx - first);
  }
}

/** `end` is the number of insns before the hole was closed. */
export function cutSubprogs(tables: Tables, at: number, k: number, end: number, work: Work): void {
  const rows = tables.subprogRows;
  work.subprog += rows.length + 1;
  const gone = (i: number): boolean => {
    const { start } = rows[i];
    const stop = rows[i + 1]?.start ?? end;
    return start < stop && start >= at && stop <= at + k;
  };
  tables.subprogRows = rows.filter((_, i) => !gone(i));
  for (const subprog of tables.subprogRows) {
    if (subprog.start >= at + k) subprog.start -= k;
    else if (subprog.start > at) subprog.start = at;
  }
}

/** Entries in the hole have lost their insn. */
export function cutPlaces({ places }: Tables, at: number, k: number, work: Work): void {
  for (const table of places) {
    for (let i = 0; i < table.at.length; i++) {
      if (table.at[i] >= at + k) table.at[i] -= k;
      else if (table.at[i] >= at) table.at[i] = DELETED;
    }
  }
  work.line += placeCnt(places);
}

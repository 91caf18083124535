/**
 * The tables as the page writes them. Would catch a tab with nothing in it or none where there is something, a row with
 * more or fewer cells than its head, and a deleted entry that looks alive.
 */
import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { OP } from '../../../src/patch/trace.ts';
import { TABLE_IDS } from '../../../src/store/store.ts';
import { TABLES, tablesOf } from '../../../src/store/table-list.ts';
import { KINDS } from '../../../src/views/tables/kinds.tsx';
import { PLACE_KINDS } from '../../../src/views/tables/place-tables.tsx';
import type { TableKind } from '../../../src/views/tables/table-kind.ts';
import { stateWords } from '../../../src/views/tables/table-state.ts';
import { runOf, tableSourceOf } from '../../figures/run.ts';

const PLAIN = ';@prepend r1 = 1\nr0 = 0\nexit';
const FULL = `.map 7 hash name=counts
.func main
.stack 16
;@aux ptr_type=ctx map_idx=1 call_arg=3
;@prepend r6 = r1
r0 = 0
call last
exit
.func mid
;@remove 2
r0 = 3
exit
.func last
r0 = 4
exit
.insn_array jt: main, mid
.extable main`;

/** Rows of a table behind the last op, each cell as its text. */
function textsOf(kind: TableKind, text: string): { columns: number; rows: string[][] } {
  const run = runOf(text, 'edits');
  const view = kind.view(run, tableSourceOf(run), run.trace.opCnt);
  const rows = Array.from({ length: view.rowCnt }, (_, i) =>
    view
      .rowAt(i)
      .cells.map((cell) => renderToStaticMarkup(createElement(Fragment, null, cell)).replace(/<[^>]*>/g, '')),
  );
  return { columns: (view.columns ?? kind.columns).length, rows };
}

const kindOf = (id: string): TableKind => {
  const kind = [...KINDS, ...PLACE_KINDS].find((one) => one.id === id);
  if (!kind) throw new Error(`no table ${id}`);
  return kind;
};

test('tabs of a program: the six that are always there, others when there is something in them', () => {
  const tabs = (text: string) => tablesOf(runOf(text, 'edits')).map((id) => TABLES[id].name);
  const always = ['Aux', 'Line info', 'Subprograms', 'Jumps', 'Patches', 'Index map'];
  expect(tabs(PLAIN)).toEqual(always);
  expect(tabs(FULL)).toEqual([...always, 'Places', 'Func info', 'Private data']);
});

test('every table that has a name has rows, and the other way round', () => {
  expect([...KINDS, ...PLACE_KINDS].map(({ id }) => id)).toEqual([...TABLE_IDS]);
});

describe.each([
  ['plain', PLAIN],
  ['full', FULL],
])('%s', (_, text) => {
  test.each([...KINDS, ...PLACE_KINDS].map((kind) => [TABLES[kind.id].name, kind] as const))(
    '%s: a cell a column',
    (_, kind) => {
      const { columns, rows } = textsOf(kind, text);
      for (const row of rows) expect(row.length).toBe(columns);
    },
  );
});

test('places say what they are and where, and mark what is deleted', () => {
  expect(textsOf(kindOf('places'), FULL).rows).toEqual([
    ['insn array jt', '0', '0', ''],
    ['insn array jt', '1', 'deleted', '3'],
    ['exception ', '0', '1', '0'],
  ]);
});

test('func info and private data of functions move up', () => {
  expect(textsOf(kindOf('funcs'), FULL).rows).toEqual([
    ['0', 'main', '0', ''],
    ['\u2013', 'mid', '\u2013', '3'],
    ['1', 'last', '4', '5'],
  ]);
  expect(textsOf(kindOf('private'), FULL).rows).toEqual([
    ['0', '', 'main', '16'],
    ['\u2013', '1', 'mid', '0'],
    ['1', '2', 'last', '0'],
  ]);
});

test('aux names the pointer, and the map where one is known', () => {
  const { columns, rows } = textsOf(kindOf('aux'), FULL);
  expect([columns, textsOf(kindOf('aux'), PLAIN).columns]).toEqual([7, 6]);
  expect(rows[1].slice(4)).toEqual(['ctx', 'moved +1', 'map counts, arg 2']);
  expect(rows[0].slice(5)).toEqual(['new \u00b7 op 2', '']);
});

test('the map says of each slot where it went, and why', () => {
  expect(textsOf(kindOf('map'), FULL).rows).toEqual([
    ['0', '0', '1', '1', '1 put before'],
    ['1', '2', '2', '2', 'moved +1'],
    ['2', '3', '3', '3', 'moved +1'],
    ['3', '4', '4', '\u2013', 'deleted'],
    ['4', '4', '4', '\u2013', 'deleted'],
    ['5', '4', '4', '4', 'moved \u22121'],
    ['6', '5', '5', '5', 'moved \u22121'],
    ['end', '6', '6', '', 'moved \u22121'],
  ]);
});

const LINES = `; m.c:3:1 one
r1 = 1
;@replace r0 = 2 | r0 += 3
r0 = 5
; m.c:4:2 gone
;@remove
r2 = 2
; m.c:5:1 end
exit`;

test('line info: what each entry covers, and covered before; an entry that is gone is marked', () => {
  expect(textsOf(kindOf('lines'), LINES).rows).toEqual([
    ['0\u20132', '0\u20131', '3:1', 'one'],
    ['\u2013', '2', '4:2', 'gone'],
    ['3', '', '5:1', 'end'],
  ]);
});

test('an insn belongs to the entry that covers it, to its function and to its patch, though the row is another\u2019s', () => {
  const run = runOf(LINES, 'edits');
  const { trace } = run;
  const rowOf = (id: string, node: number) =>
    kindOf(id).view(run, tableSourceOf(run), trace.opCnt).rowOf?.(node);
  const second = trace.nodeOf[1] + 1;
  expect(trace.origIdx[second]).toBe(-1);
  expect(['lines', 'subprogs', 'patches', 'map', 'aux', 'jumps'].map((id) => rowOf(id, second))).toEqual([
    0, 0, 0, 1, 2, -1,
  ]);
  const removed = trace.nodeOf[2];
  expect(['lines', 'patches', 'map', 'aux'].map((id) => rowOf(id, removed))).toEqual([1, 1, 2, -1]);
});

test('a table without rows says why, in a sentence', () => {
  const run = runOf(PLAIN, 'edits');
  for (const kind of [...KINDS, ...PLACE_KINDS])
    expect(kind.view(run, tableSourceOf(run), 0).empty, kind.id).toMatch(/^[A-Z].*\.$/);
});

test('over a table stands of which moment its numbers are', () => {
  const run = runOf(LINES, 'edits');
  const { trace } = run;
  const op = trace.opKind.indexOf(OP.LINES) + 1;
  expect(stateWords(trace, 0, OP.LINES)).toBe('before the first op');
  expect(stateWords(trace, op - 1, OP.LINES)).toBe('as it would be, if finished now');
  expect(stateWords(trace, op, OP.LINES)).toBe(`as op ${op} wrote it`);
  expect(stateWords(trace, trace.opCnt)).toBe('as written');
  const array = runOf(LINES, 'edits', 'array').trace;
  expect(stateWords(array, 1, OP.LINES)).toBe('after op 1');
});

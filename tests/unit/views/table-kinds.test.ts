/**
 * The tables as the page writes them. Would catch a tab with nothing in it or none where there is something, a row with
 * more or fewer cells than its head, and a deleted entry that looks alive.
 */
import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { KINDS } from '../../../src/views/tables/kinds.tsx';
import { PLACE_KINDS } from '../../../src/views/tables/place-tables.tsx';
import type { TableKind } from '../../../src/views/tables/table-kind.ts';
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

test('tabs of a program: the five that are always there, others when there is something in them', () => {
  const tabs = (text: string) =>
    [...KINDS, ...PLACE_KINDS].filter(({ has }) => !has || has(runOf(text, 'edits'))).map(({ name }) => name);
  const five = ['Aux', 'Line info', 'Subprograms', 'Jumps', 'Patches'];
  expect(tabs(PLAIN)).toEqual(five);
  expect(tabs(FULL)).toEqual([...five, 'Places', 'Func info', 'Private data']);
});

describe.each([
  ['plain', PLAIN],
  ['full', FULL],
])('%s', (_, text) => {
  test.each([...KINDS, ...PLACE_KINDS].map((kind) => [kind.name, kind] as const))(
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
  expect(rows[0].slice(5)).toEqual(['new', '']);
});

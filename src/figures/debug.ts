/**
 * The Debug layout: Before, After, records and line info of one comparison on one row grid, 20 px a row, rails in both
 * gutters. Pure in (comparison, items, geometry); what moves between two moments is found by key, the insn's uid.
 */
import { classesOf, nodeOfRow } from '../patch/compare.ts';
import { auxRowMark, entryLine, lineRowMark } from './debug-beside.ts';
import { DEBUG_ROW, type DebugGeometry, itemY } from './debug-geometry.ts';
import { type DebugInput, insnIn } from './debug-input.ts';
import { type Item, itemAt } from './debug-items.ts';
import { debugPills, debugRails } from './debug-rails.ts';
import { afterRow, beforeRow, type DebugRow, DIFF_WORDS, leftAfter } from './debug-rows.ts';
import { group, label, type Mark, path, rect } from './mark.ts';
import { grouped, plural } from './number.ts';
import { subprogRowAt } from './tables.ts';

export interface DebugColumns {
  readonly before: readonly Mark[];
  /** With a row for each strip of hidden rows. */
  readonly after: readonly Mark[];
  readonly aux: readonly Mark[];
  readonly lines: readonly Mark[];
  /** Behind the rows: bands, hairlines, rails; in front: pills. */
  readonly under: readonly Mark[];
  readonly over: readonly Mark[];
  /** Item that y = 0 belongs to: a multiple of 1000 at or before the window, to keep coordinates small. */
  readonly originItem: number;
}

/** "17 rows unchanged", "9 rows hidden: 7 unchanged, 2 rewritten". `cnt`: how many of each DIFF. */
export function foldWords(cnt: ArrayLike<number>): string {
  const some = DIFF_WORDS.map((name, diff) => ({ name, cnt: cnt[diff] })).filter((one) => one.cnt > 0);
  const rows = plural(
    some.reduce((sum, one) => sum + one.cnt, 0),
    'row',
  );
  if (some.length === 1) return `${rows} ${some[0].name}`;
  return `${rows} hidden: ${some.map((one) => `${grouped(one.cnt)} ${one.name}`).join(', ')}`;
}

/** Where the insns end: what stands beside them has columns of its own. */
const insnsEnd = ({ aux, lines, width }: DebugGeometry): number => (aux ?? lines)?.x ?? width;

function foldMark(input: DebugInput, item: number, y: number, from: number, end: number): Mark {
  const { geometry: g, comparison, source } = input;
  const words = foldWords(classesOf(comparison, from, end));
  return group(
    `fold-${source.trace.uid[nodeOfRow(comparison, from)]}`,
    {
      role: 'row',
      class: 'fold-strip',
      transform: `translate(0,${y})`,
      'aria-rowindex': item + 1,
      'aria-label': words,
    },
    [group('cell', { role: 'gridcell' }, [label('text', g.after.signX ?? 8, 0, words, 'note')])],
  );
}

/** The ground of a strip: behind the rails, which go on over it. */
const foldGround = ({ geometry: g }: DebugInput, item: number, y: number, isFocus: boolean): Mark =>
  rect(
    `strip-${item}`,
    0,
    y - DEBUG_ROW / 2 + 2,
    insnsEnd(g),
    DEBUG_ROW - 4,
    `strip${isFocus ? ' focus' : ''}`,
  );

/** The band at the first row of a subprogram: its name, and its slots at both moments. */
function bandMark(input: DebugInput, item: number, y: number, subprog: number): Mark {
  const { geometry: g, source, comparison } = input;
  const was = subprogRowAt(source, comparison.a.moment, subprog);
  const is = subprogRowAt(source, comparison.b.moment, subprog);
  const span = (one: { start: number; end: number }): string =>
    one.start === one.end ? 'none' : `${grouped(one.start)}\u2013${grouped(one.end - 1)}`;
  const now = span(is) === span(was) ? '' : ` \u2192 ${is.dead ? 'deleted' : span(is)}`;
  const { before } = g;
  return group(`band-${subprog}`, { class: `band${is.dead ? ' del' : ''}`, transform: `translate(0,${y})` }, [
    ...(item > 0 ? [path('line', `M0 ${-DEBUG_ROW / 2 + 0.5}H${g.width}`, 'band-line')] : []),
    label('name', before.textX ?? 8, 0, is.name, 'band-name'),
    ...(g.phone ? [] : [label('slots', g.after.textX ?? 8, 0, `slots ${span(was)}${now}`, 'note')]),
  ]);
}

function rowOf(input: DebugInput, item: number, y: number, row: number): DebugRow {
  const { comparison, source } = input;
  const node = nodeOfRow(comparison, row);
  return {
    ...{ item, y, node },
    uid: source.trace.uid[node],
    diff: comparison.diff[node],
    was: insnIn(input, comparison.a, node),
    is: insnIn(input, comparison.b, node),
    isFocus: input.focusRow === row,
    isHover: input.hoverRow === row,
  };
}

/** Behind the selected row, through all columns. */
const focusBand = ({ geometry: g }: DebugInput, rows: readonly DebugRow[]): Mark[] =>
  rows
    .filter(({ isFocus }) => isFocus)
    .map((r) => rect('focus-band', 0, r.y - DEBUG_ROW / 2, g.width, DEBUG_ROW, 'focus-band'));

const isMark = (mark: Mark | null): mark is Mark => mark !== null;

export function debugColumns(input: DebugInput): DebugColumns {
  const { items, geometry: g } = input;
  const first = Math.max(0, Math.min(items.cnt, input.firstItem));
  const end = Math.max(first, Math.min(items.cnt, input.firstItem + input.itemCnt));
  const originItem = first - (first % 1000);
  const y = (item: number): number => itemY(item - originItem);
  const rows: DebugRow[] = [];
  const folds: Mark[] = [];
  /** Bands, and the grounds of strips. */
  const bands: Mark[] = [];
  for (let item = first; item < end; item++) {
    const one: Item = itemAt(items, item);
    if (one.kind === 'row') rows.push(rowOf(input, item, y(item), one.row));
    else if (one.kind === 'fold') {
      const holdsFocus = input.focusRow >= one.row && input.focusRow < one.end;
      bands.push(foldGround(input, item, y(item), holdsFocus));
      folds.push(foldMark(input, item, y(item), one.row, one.end));
    } else bands.push(bandMark(input, item, y(item), one.subprog));
  }
  const { aux, lines } = g;
  return {
    before: rows.map((r) => beforeRow(input, r)).filter(isMark),
    after: [...rows.map((r) => afterRow(input, r)).filter(isMark), ...folds],
    aux: aux === null ? [] : rows.map((r) => auxRowMark(input, aux, r)).filter(isMark),
    lines: lines === null ? [] : rows.map((r) => lineRowMark(input, lines, r)).filter(isMark),
    under: [
      ...focusBand(input, rows),
      ...bands,
      ...rows.flatMap((r) => leftAfter(input, r)),
      ...rows.flatMap((r) => entryLine(input, r)),
      group('rails-before', {}, debugRails(input, rows, y, 'before')),
      group('rails-after', {}, debugRails(input, rows, y, 'after')),
    ],
    over: debugPills(input, rows),
    originItem,
  };
}

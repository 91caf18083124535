/**
 * What stands one below the other in the Debug layout: rows of a comparison, strips in place of neighbouring rows that
 * are hidden, and a band where a subprogram begins. All are equally high, so an item's number is its place.
 */
import { partitionPoint } from '../base/lower-bound.ts';
import { type Comparison, rowOfNode } from '../patch/compare.ts';
import { outerPos, type TableSource } from './tables.ts';

export interface DebugItems {
  readonly cnt: number;
  /** First row of each item, and behind the last one the number of rows; -1 - k: the band of subprogram k. */
  readonly start: Int32Array;
  /** Which classes are hidden, by DIFF. */
  readonly isHidden: readonly boolean[];
}

export type Item =
  | { readonly kind: 'row'; readonly row: number }
  /** Rows [row, end) are hidden. */
  | { readonly kind: 'fold'; readonly row: number; readonly end: number }
  | { readonly kind: 'band'; readonly subprog: number };

/** Rows at which subprograms begin, ascending; a program that is one function has no need to say so. */
function bandsOf(
  { trace, before }: TableSource,
  { rowNode }: Comparison,
): readonly [row: number, k: number][] {
  const { start } = before.subprogs;
  if (start.length < 2) return [];
  const bands: [number, number][] = [];
  let row = 0;
  for (let k = 0; k < start.length; k++) {
    const pos = outerPos(trace, start[k]);
    while (row < rowNode.length && rowNode[row] < pos) row++;
    // One that was gone before both moments has no rows: the next one begins where it would.
    if (bands.length > 0 && bands[bands.length - 1][0] === row) bands.pop();
    if (row < rowNode.length) bands.push([row, k]);
  }
  return bands;
}

/** The items of a comparison with those classes hidden. Linear in the rows: keep the answer. */
export function debugItems(
  source: TableSource,
  comparison: Comparison,
  isHidden: readonly boolean[],
): DebugItems {
  const { rowDiff } = comparison;
  const bands = bandsOf(source, comparison);
  const start = new Int32Array(rowDiff.length + bands.length + 1);
  let cnt = 0;
  let band = 0;
  let folds = false;
  for (let row = 0; row < rowDiff.length; row++) {
    if (band < bands.length && bands[band][0] === row) {
      start[cnt++] = -1 - bands[band++][1];
      folds = false;
    }
    const hidden = isHidden[rowDiff[row]];
    if (!hidden || !folds) start[cnt++] = row;
    folds = hidden;
  }
  start[cnt] = rowDiff.length;
  return { cnt, start: start.subarray(0, cnt + 1), isHidden };
}

/** First row of an item or, for a band, of what stands behind it. */
const firstRow = ({ start }: DebugItems, item: number): number =>
  start[item] >= 0 ? start[item] : start[item + 1];

export function itemAt(items: DebugItems, { rowDiff }: Comparison, item: number): Item {
  const row = items.start[item];
  if (row < 0) return { kind: 'band', subprog: -1 - row };
  if (!items.isHidden[rowDiff[row]]) return { kind: 'row', row };
  return { kind: 'fold', row, end: firstRow(items, item + 1) };
}

/** Item that shows a row, or the strip that hides it. */
export const itemOfRow = (items: DebugItems, row: number): number =>
  partitionPoint(0, items.cnt, (item) => firstRow(items, item) > row) - 1;

/** Node of the row `by` rows from the one that shows a node, passing over strips and bands; -1: there is no row. */
export function nodeBeside(items: DebugItems, comparison: Comparison, node: number, by: number): number {
  const from = node < 0 ? -1 : rowOfNode(comparison, node);
  const last = items.cnt - 1;
  const at = from < 0 ? 0 : itemOfRow(items, from) + by;
  const aim = Math.max(0, Math.min(last, at));
  // In the direction of the move first; at the edges of the grid back again.
  const step = by < 0 ? -1 : 1;
  for (const direction of [step, -step]) {
    for (let item = aim; item >= 0 && item <= last; item += direction) {
      const one = itemAt(items, comparison, item);
      if (one.kind === 'row') return comparison.rowNode[one.row];
    }
  }
  return -1;
}

/**
 * What stands one below the other in the Debug layout: rows of a comparison, strips in place of neighbouring rows that
 * are hidden, and a band where a subprogram begins. All are equally high, so an item's number is its place.
 *
 * Only how many items begin in each block of nodes is kept: which they are is found in the block when it is asked for.
 */
import { lowerBound } from '../base/lower-bound.ts';
import { blockOf, type Comparison, nodeOfRow, type Rows, rowOfNode, rowsBefore } from '../patch/compare.ts';
import { BLOCK } from '../patch/compare-states.ts';
import { NO_ROW } from '../patch/diff.ts';
import { outerPos, type TableSource } from './tables.ts';

export interface DebugItems {
  readonly cnt: number;
  readonly rows: Rows;
  /** Which classes are hidden, by DIFF. */
  readonly isHidden: readonly boolean[];
  /** Items that begin before each block of nodes, and in all. */
  readonly itemsBefore: Int32Array;
  /** 1 for each block before which a strip stands that goes on if its first row is hidden, too. */
  readonly folds: Uint8Array;
  /** Rows in front of which a band stands, ascending, and whose. */
  readonly bandRow: Int32Array;
  readonly bandSubprog: Int32Array;
}

export type Item =
  | { readonly kind: 'row'; readonly row: number }
  /** Rows [row, end) are hidden. */
  | { readonly kind: 'fold'; readonly row: number; readonly end: number }
  | { readonly kind: 'band'; readonly subprog: number };

/** Rows at which subprograms begin, ascending; a program that is one function has no need to say so. */
function bandsOf({ trace, before }: TableSource, rows: Rows): Pick<DebugItems, 'bandRow' | 'bandSubprog'> {
  const { start } = before.subprogs;
  const bandRow: number[] = [];
  const bandSubprog: number[] = [];
  for (let k = 0; start.length > 1 && k < start.length; k++) {
    const row = rowsBefore(rows, outerPos(trace, start[k]));
    // One that was gone before both moments has no rows: the next one begins where it would.
    if (bandRow.at(-1) === row) {
      bandRow.pop();
      bandSubprog.pop();
    }
    if (row >= rows.rowCnt) break;
    bandRow.push(row);
    bandSubprog.push(k);
  }
  return { bandRow: Int32Array.from(bandRow), bandSubprog: Int32Array.from(bandSubprog) };
}

/**
 * Goes over the items that begin in a block; `visit` gives true to end it. `subprog` is that of a band, -1: it is none;
 * `row` is its row or the first one of a strip, and of a band the one behind it.
 */
type Visit = (row: number, subprog: number, node: number) => boolean;

function eachIn(items: DebugItems, block: number, visit: Visit): void {
  const { rows, isHidden, bandRow, bandSubprog } = items;
  const { diff } = rows;
  const end = Math.min(diff.length, (block + 1) * BLOCK);
  let row = rows.rowsBefore[block];
  let band = lowerBound(bandRow, row);
  let folds = items.folds[block] === 1;
  for (let node = block * BLOCK; node < end; node++) {
    if (diff[node] === NO_ROW) continue;
    if (bandRow[band] === row) {
      if (visit(row, bandSubprog[band++], node)) return;
      folds = false;
    }
    const hidden = isHidden[diff[node]];
    if ((!hidden || !folds) && visit(row, -1, node)) return;
    folds = hidden;
    row++;
  }
}

/** Items that begin before each block where nothing is hidden: rows and bands. */
function countPlain({ rowsBefore: before }: Rows, bandRow: Int32Array): Int32Array {
  const itemsBefore = before.slice();
  let band = 0;
  for (let block = 0; block < before.length; block++) {
    while (band < bandRow.length && bandRow[band] < before[block]) band++;
    itemsBefore[block] += band;
  }
  return itemsBefore;
}

/** The same with strips. One look at each node. */
function countFolded(
  { diff, rowsBefore: before }: Rows,
  isHidden: readonly boolean[],
  bandRow: Int32Array,
): Pick<DebugItems, 'itemsBefore' | 'folds'> {
  const itemsBefore = new Int32Array(before.length);
  const foldsAt = new Uint8Array(before.length);
  const hides = Uint8Array.from(isHidden, (hidden) => (hidden ? 1 : 0));
  let cnt = 0;
  let band = 0;
  let folds = 0;
  for (let block = 0; block + 1 < before.length; block++) {
    itemsBefore[block] = cnt;
    foldsAt[block] = folds;
    const end = Math.min(diff.length, (block + 1) * BLOCK);
    let row = before[block];
    let next = band < bandRow.length ? bandRow[band] : -1;
    for (let node = block * BLOCK; node < end; node++) {
      const own = diff[node];
      if (own === NO_ROW) continue;
      if (row++ === next) {
        cnt++;
        folds = 0;
        next = ++band < bandRow.length ? bandRow[band] : -1;
      }
      const hidden = hides[own];
      cnt += 1 - (hidden & folds);
      folds = hidden;
    }
  }
  itemsBefore[before.length - 1] = cnt;
  return { itemsBefore, folds: foldsAt };
}

/** The items of a comparison with those classes hidden. Keep the answer. */
export function debugItems(source: TableSource, rows: Rows, isHidden: readonly boolean[]): DebugItems {
  const bands = bandsOf(source, rows);
  const counted = isHidden.includes(true)
    ? countFolded(rows, isHidden, bands.bandRow)
    : { itemsBefore: countPlain(rows, bands.bandRow), folds: new Uint8Array(rows.rowsBefore.length) };
  const { itemsBefore } = counted;
  return { cnt: itemsBefore[itemsBefore.length - 1], rows, isHidden, ...bands, ...counted };
}

/** Where an item begins; behind the last one, the end of the rows. */
function placeOf(items: DebugItems, item: number): { row: number; subprog: number; node: number } {
  const place = { row: items.rows.rowCnt, subprog: -1, node: -1 };
  if (item >= items.cnt) return place;
  const block = blockOf(items.itemsBefore, item);
  let left = item - items.itemsBefore[block];
  eachIn(items, block, (row, subprog, node) => {
    if (left-- > 0) return false;
    Object.assign(place, { row, subprog, node });
    return true;
  });
  return place;
}

export function itemAt(items: DebugItems, item: number): Item {
  const { row, subprog, node } = placeOf(items, item);
  if (subprog >= 0) return { kind: 'band', subprog };
  if (!items.isHidden[items.rows.diff[node]]) return { kind: 'row', row };
  return { kind: 'fold', row, end: placeOf(items, item + 1).row };
}

/** Item that shows a row, or the strip that hides it. */
export function itemOfRow(items: DebugItems, row: number): number {
  const { rows, itemsBefore } = items;
  if (row >= rows.rowCnt) return items.cnt - 1;
  const block = blockOf(rows.rowsBefore, row);
  let item = itemsBefore[block] - 1;
  eachIn(items, block, (first) => {
    if (first > row) return true;
    item++;
    return false;
  });
  return item;
}

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
      const one = itemAt(items, item);
      if (one.kind === 'row') return nodeOfRow(items.rows, one.row);
    }
  }
  return -1;
}

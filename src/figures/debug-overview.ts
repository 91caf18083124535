/** The overview of the Debug layout: all items from top to bottom, what became of them, and which are in view. */
import { DIFF, DIFF_NAMES, NO_ROW } from '../patch/diff.ts';
import { DEBUG_ROW } from './debug-geometry.ts';
import type { DebugItems } from './debug-items.ts';
import { ROLES } from './debug-rows.ts';
import { group, type Mark, path, rect } from './mark.ts';
import { WIDE_W, WIDE_X } from './overview.ts';
import { SIGNS } from './signs.ts';

export const OVERVIEW_W = 64;
/** Above the first item stand the signs of the columns. */
export const OVERVIEW_TOP = 16;

/** Columns from the left, where the stage's overview has them; what is unchanged has none. */
const COLUMNS: readonly { readonly diff: number; readonly x: number }[] = [
  { diff: DIFF.INSERTED, x: WIDE_X.ins },
  { diff: DIFF.REWRITTEN, x: WIDE_X.rew },
  { diff: DIFF.RETARGETED, x: WIDE_X.ret },
  { diff: DIFF.DELETED, x: WIDE_X.del },
];

/** Height of an item: as tall as its row at most, so that little is not drawn big. */
export const itemHeight = (itemCnt: number, height: number): number =>
  Math.min(DEBUG_ROW, (height - OVERVIEW_TOP) / Math.max(1, itemCnt));

/** Of each class the stretches of pixels, [from, end) in turn, in which items of it stand. Linear in the nodes. */
function stretches({ rows, isHidden, bandRow }: DebugItems, scale: number): number[][] {
  const { diff } = rows;
  const found: number[][] = COLUMNS.map(() => []);
  const listOf = DIFF_NAMES.map((_, d) => found[COLUMNS.findIndex((column) => column.diff === d)]);
  const hides = Uint8Array.from(isHidden, (is) => (is ? 1 : 0));
  /** Items from which on each class may be seen in another pixel than it is; what is not drawn never is. */
  const next = Float64Array.from(listOf, (list, d) => (list === undefined || isHidden[d] ? Infinity : 0));
  let item = 0;
  let row = 0;
  let band = 0;
  let folds = 0;
  let nextBand = bandRow.length > 0 ? bandRow[0] : -1;
  for (let node = 0; node < diff.length; node++) {
    const d = diff[node];
    if (d === NO_ROW) continue;
    if (nextBand === row++) {
      nextBand = ++band < bandRow.length ? bandRow[band] : -1;
      item++;
      folds = 0;
    }
    const hidden = hides[d];
    item += 1 - (hidden & folds);
    folds = hidden;
    if (item <= next[d]) continue;
    const list = listOf[d];
    const from = Math.floor((item - 1) * scale);
    const end = Math.max(from + 1, Math.floor(item * scale) - (scale > 4 ? 1 : 0));
    const last = list.length - 1;
    if (last >= 0 && list[last] >= from) list[last] = end;
    else list.push(from, end);
    next[d] = Math.ceil(end / scale) - 1;
  }
  return found;
}

/** The bars. What is in view does not change them, but each op does: of many rows they wait until time rests. */
export function overviewBars(items: DebugItems, height: number): Mark[] {
  const found = stretches(items, itemHeight(items.cnt, height));
  return COLUMNS.map(({ diff, x }, k) => {
    const role = ROLES[diff];
    let d = '';
    for (let i = 0; i < found[k].length; i += 2) {
      const [from, end] = [found[k][i], found[k][i + 1]];
      d += `M${x} ${OVERVIEW_TOP + from}h${WIDE_W}v${end - from}h${-WIDE_W}z`;
    }
    return group(role, { class: `row ${role}` }, [
      group('head', { transform: `translate(${x + WIDE_W / 2},${OVERVIEW_TOP / 2})` }, [
        path('sign', SIGNS[role](0), 'sign'),
      ]),
      path('bars', d, 'bars'),
    ]);
  });
}

/** The frame around the items in view; none where all of them are. */
export function overviewFrame(itemCnt: number, height: number, firstItem: number, inView: number): Mark[] {
  if (inView >= itemCnt) return [];
  const scale = itemHeight(itemCnt, height);
  const y = OVERVIEW_TOP + firstItem * scale;
  const h = Math.max(6, Math.min(inView, itemCnt - firstItem) * scale);
  return [rect('view', 1, y, OVERVIEW_W - 3, h, 'in-view')];
}

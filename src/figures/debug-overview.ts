/** The overview of the Debug layout: all items from top to bottom, what became of them, and which are in view. */
import type { Comparison } from '../patch/compare.ts';
import { DIFF } from '../patch/diff.ts';
import { DEBUG_ROW } from './debug-geometry.ts';
import type { DebugItems } from './debug-items.ts';
import { ROLES, SIGNS } from './debug-rows.ts';
import { group, type Mark, path, rect } from './mark.ts';

export const OVERVIEW_W = 64;
/** Above the first item stand the signs of the columns. */
export const OVERVIEW_TOP = 16;
const BAR_W = 12;

/** Columns from the left; what is unchanged has none. */
const COLUMNS: readonly { readonly diff: number; readonly x: number }[] = [
  { diff: DIFF.INSERTED, x: 4 },
  { diff: DIFF.REWRITTEN, x: 19 },
  { diff: DIFF.RETARGETED, x: 34 },
  { diff: DIFF.DELETED, x: 49 },
];

/** Height of an item: as tall as its row at most, so that little is not drawn big. */
export const itemHeight = (itemCnt: number, height: number): number =>
  Math.min(DEBUG_ROW, (height - OVERVIEW_TOP) / Math.max(1, itemCnt));

/** Of each class the stretches of pixels, [from, end) in turn, in which items of it stand. Linear in the items. */
function stretches(items: DebugItems, { rowDiff }: Comparison, scale: number): number[][] {
  const found: number[][] = COLUMNS.map(() => []);
  const columnOf = COLUMNS.reduce<number[]>((all, { diff }, k) => Object.assign(all, { [diff]: k }), []);
  for (let item = 0; item < items.cnt; item++) {
    const row = items.start[item];
    if (row < 0 || items.isHidden[rowDiff[row]]) continue;
    const list = found[columnOf[rowDiff[row]] ?? -1];
    if (list === undefined) continue;
    const from = Math.floor(item * scale);
    const end = Math.max(from + 1, Math.floor((item + 1) * scale) - (scale > 4 ? 1 : 0));
    if (list.length > 0 && list[list.length - 1] >= from) list[list.length - 1] = end;
    else list.push(from, end);
  }
  return found;
}

/** The bars; they change with what is compared and hidden only, not with what is in view. */
export function overviewBars(items: DebugItems, comparison: Comparison, height: number): Mark[] {
  const found = stretches(items, comparison, itemHeight(items.cnt, height));
  return COLUMNS.map(({ diff, x }, k) => {
    const role = ROLES[diff];
    let d = '';
    for (let i = 0; i < found[k].length; i += 2) {
      const [from, end] = [found[k][i], found[k][i + 1]];
      d += `M${x} ${OVERVIEW_TOP + from}h${BAR_W}v${end - from}h${-BAR_W}z`;
    }
    return group(role, { class: `row ${role}` }, [
      group('head', { transform: `translate(${x + BAR_W / 2},${OVERVIEW_TOP / 2})` }, [
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

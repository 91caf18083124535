/** Scrolling that follows: a row that is selected comes into view, and stays where it is while time moves. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { DEBUG_ROW, itemY } from '../../figures/debug-geometry.ts';
import { type DebugItems, itemOfRow } from '../../figures/debug-items.ts';
import { type Comparison, nodeOfRow } from '../../patch/compare.ts';
import { scrollTo, topOf } from '../stage/long-scroll.ts';

export function useReveal(
  scroller: RefObject<HTMLDivElement | null>,
  items: DebugItems | null,
  focusRow: number,
  compared: Comparison | null,
): void {
  const y = items === null || focusRow < 0 ? null : itemY(itemOfRow(items, focusRow));
  const node = compared === null || focusRow < 0 ? -1 : nodeOfRow(compared, focusRow);
  const last = useRef({ y, node, items });
  // Another comparison, or rows that are hidden: what is selected keeps its place on the screen.
  useLayoutEffect(() => {
    const before = last.current;
    last.current = { y, node, items };
    const el = scroller.current;
    if (!el || y === null || before.y === null || before.items === items || before.node !== node) return;
    const wasSeen = before.y > topOf(el) && before.y < topOf(el) + el.clientHeight;
    if (wasSeen) scrollTo(el, topOf(el) + y - before.y);
  }, [y, node, items, scroller]);

  const latest = useRef(y);
  latest.current = y;
  useEffect(() => {
    const el = scroller.current;
    const at = latest.current;
    if (!el || at === null || node < 0) return;
    const margin = 1.5 * DEBUG_ROW;
    const top = topOf(el);
    if (at - margin < top) scrollTo(el, at - margin);
    else if (at + margin > top + el.clientHeight) scrollTo(el, at + margin - el.clientHeight);
  }, [node, scroller]);
}

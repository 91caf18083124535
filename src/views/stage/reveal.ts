/**
 * The camera. A selected row is brought into view when it is selected, and stays where it is on the screen while others
 * move; with none in view, the row that an op works on is followed.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { type Geometry, rowY, subjectOf } from '../../figures/index.ts';
import { OP, type Trace } from '../../patch/trace.ts';
import { nodeOfUid, tableSource } from '../../store/selectors.ts';
import { get } from '../../store/store.ts';
import { scrollTo, topOf } from './long-scroll.ts';

/** `grid` is the moment whose rows the stage shows. `onScroll` is told where the camera went before it is painted. */
export function useCamera(
  scroller: RefObject<HTMLDivElement | null>,
  geometry: Geometry | null,
  focusUid: number | null,
  grid: number,
  onScroll: (top: number) => void,
): void {
  const latest = useRef({ geometry, onScroll });
  latest.current = { geometry, onScroll };
  const lastGrid = useRef(grid);
  const isReady = geometry !== null;

  useEffect(() => {
    const { good } = get();
    if (isReady && good && focusUid !== null) {
      const y = yOfNode(latest.current.geometry, nodeOfUid(good, focusUid), get().op);
      if (y !== null) reveal(scroller.current, latest.current.geometry, y);
    }
  }, [focusUid, isReady, scroller]);

  useLayoutEffect(() => {
    const before = lastGrid.current;
    lastGrid.current = grid;
    const { geometry: g, onScroll: tell } = latest.current;
    const el = scroller.current;
    const { good, focusUid: uid } = get();
    if (!isReady || !good || !el || before === grid) return;
    const node = uid === null ? -1 : nodeOfUid(good, uid);
    const was = yOfNode(g, node, before);
    const now = yOfNode(g, node, grid);
    const isSeen = was !== null && was > topOf(el) && was < topOf(el) + el.clientHeight;
    if (isSeen && now !== null) {
      if (now === was) return;
      scrollTo(el, topOf(el) + now - was);
    } else {
      const y = yOfNode(g, subjectNode(good.trace, grid), grid);
      if (y !== null) reveal(el, g, y);
    }
    tell(topOf(el));
  }, [grid, isReady, scroller]);
}

/** Node an op works on, -1 when it works on all of them. */
function subjectNode(trace: Trace, op: number): number {
  if (op === 0) return -1;
  const kind = trace.opKind[op - 1];
  if (kind === OP.RETARGET) return trace.jumps.node[trace.opRef[op - 1]];
  const slot = subjectOf(trace, op);
  return slot < 0 ? -1 : trace.nodeOf[slot];
}

/** Where a node's row is from the top of everything; null when it is not there at that moment. */
function yOfNode(geometry: Geometry | null, node: number, moment: number): number | null {
  const s = get();
  const source = tableSource(s);
  if (!geometry || !source || node < 0 || source.trace.birth[node] > moment) return null;
  return rowY(geometry, source.moments.rankBorn(moment, node));
}

function reveal(el: HTMLElement | null, geometry: Geometry | null, y: number): void {
  if (!el || !geometry) return;
  const margin = geometry.pitch * 1.5;
  const { clientHeight } = el;
  const top = topOf(el);
  if (y - margin < top) scrollTo(el, y - margin);
  else if (y + margin > top + clientHeight) scrollTo(el, y + margin - clientHeight);
}

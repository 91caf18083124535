/**
 * The camera. A selected row is brought into view when it is selected, and stays where it is on the screen while others
 * move; with none in view, the row that an op works on is followed.
 */
import { type RefObject, useEffect, useRef } from 'react';
import { type Geometry, rowY, subjectOf } from '../../figures/index.ts';
import { OP, type Trace } from '../../patch/trace.ts';
import { nodeOfUid, tableSource } from '../../store/selectors.ts';
import { get } from '../../store/store.ts';
import { scrollTo, topOf } from './long-scroll.ts';

/** What is selected comes into view when it is selected. */
export function useRevealed(
  scroller: RefObject<HTMLDivElement | null>,
  geometry: Geometry | null,
  focusUid: number | null,
): void {
  const latest = useRef(geometry);
  latest.current = geometry;
  const isReady = geometry !== null;
  useEffect(() => {
    const { good, op } = get();
    const el = scroller.current;
    if (!isReady || !latest.current || !el || !good || focusUid === null) return;
    const y = yOfNode(latest.current, nodeOfUid(good, focusUid), op);
    const top = topOf(el);
    const to = y === null ? top : revealed(latest.current, y, { top, height: el.clientHeight });
    if (to !== top) scrollTo(el, to);
  }, [focusUid, isReady, scroller]);
}

/** What is seen of the rows, in pixels from their top. */
export interface Seen {
  readonly top: number;
  readonly height: number;
}

/** Where the camera goes when the rows become those of moment `grid`, of `total` pixels; they were those of `before`. */
export function cameraTop(
  geometry: Geometry,
  seen: Seen,
  { before, grid, total }: { readonly before: number; readonly grid: number; readonly total: number },
): number {
  const { good, focusUid } = get();
  if (!good) return seen.top;
  const node = focusUid === null ? -1 : nodeOfUid(good, focusUid);
  const was = yOfNode(geometry, node, before);
  const now = yOfNode(geometry, node, grid);
  const isSeen = was !== null && was > seen.top && was < seen.top + seen.height;
  const y = isSeen && now !== null ? null : yOfNode(geometry, subjectNode(good.trace, grid), grid);
  const to =
    isSeen && now !== null ? seen.top + now - was : y === null ? seen.top : revealed(geometry, y, seen);
  // Whole pixels, so that bar and picture agree.
  return Math.max(0, Math.min(Math.ceil(total - seen.height), Math.round(to)));
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
function yOfNode(geometry: Geometry, node: number, moment: number): number | null {
  const source = tableSource(get());
  if (!source || node < 0 || source.trace.birth[node] > moment) return null;
  return rowY(geometry, source.moments.rankBorn(moment, node));
}

/** The nearest place to which to scroll so that a row is seen. */
function revealed({ pitch }: Geometry, y: number, { top, height }: Seen): number {
  const margin = pitch * 1.5;
  if (y - margin < top) return y - margin;
  return y + margin > top + height ? y + margin - height : top;
}

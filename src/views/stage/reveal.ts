/** Scrolling that follows: the selected row when the selection changes, and the row an op works on when time moves. */
import { type RefObject, useEffect, useRef } from 'react';
import { type Geometry, rowY, subjectOf } from '../../figures/index.ts';
import { OP, type Trace } from '../../patch/trace.ts';
import { nodeOfUid, tableSource } from '../../store/selectors.ts';
import { get } from '../../store/store.ts';

export function useReveal(
  scroller: RefObject<HTMLDivElement | null>,
  geometry: Geometry | null,
  focusUid: number | null,
  op: number,
): void {
  const latest = useRef(geometry);
  latest.current = geometry;
  const isReady = geometry !== null;
  useEffect(() => {
    const { good } = get();
    if (isReady && good && focusUid !== null)
      reveal(scroller.current, latest.current, nodeOfUid(good, focusUid));
  }, [focusUid, isReady, scroller]);
  useEffect(() => {
    const { good } = get();
    if (isReady && good && op > 0) reveal(scroller.current, latest.current, subjectNode(good.trace, op));
  }, [op, isReady, scroller]);
}

/** Node an op works on, -1 when it works on all of them. */
function subjectNode(trace: Trace, op: number): number {
  const kind = trace.opKind[op - 1];
  if (kind === OP.RETARGET) return trace.jumps.node[trace.opRef[op - 1]];
  const slot = subjectOf(trace, op);
  return slot < 0 ? -1 : trace.nodeOf[slot];
}

function reveal(el: HTMLElement | null, geometry: Geometry | null, node: number): void {
  const s = get();
  const source = tableSource(s);
  if (!el || !geometry || !source || node < 0) return;
  const y = rowY(geometry, source.moments.rankBorn(s.op, node));
  const margin = geometry.pitch * 1.5;
  const { scrollTop, clientHeight } = el;
  if (y - margin < scrollTop) el.scrollTop = y - margin;
  else if (y + margin > scrollTop + clientHeight) el.scrollTop = y + margin - clientHeight;
}

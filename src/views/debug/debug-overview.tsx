import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef } from 'react';
import {
  itemHeight,
  OVERVIEW_TOP,
  OVERVIEW_W,
  overviewBars,
  overviewFrame,
} from '../../figures/debug-overview.ts';
import { grouped } from '../../figures/index.ts';
import { drawMarks } from '../stage/draw-marks.ts';
import { useRested } from '../use-rested.ts';
import type { DebugView } from './debug-grid.tsx';

/** So many rows are gone through between two pictures. */
const FEW_ROWS = 20_000;

/** All rows from top to bottom at the right edge; a drag or a key scrolls to another part of them. */
export function DebugOverview({ items, height, firstItem, itemCntInView, onScrollTo }: DebugView) {
  const svg = useRef<SVGSVGElement>(null);
  const rested = useRested('bars', items, items.cnt <= FEW_ROWS);
  const bars = useMemo(() => overviewBars(rested, height), [rested, height]);
  useLayoutEffect(() => {
    if (!svg.current) return;
    const frame = overviewFrame(items.cnt, height, firstItem, itemCntInView);
    drawMarks(svg.current, [...bars, ...frame], { duration: 0 });
  }, [bars, items, height, firstItem, itemCntInView]);
  const last = Math.max(0, items.cnt - itemCntInView);
  const goTo = (item: number) => onScrollTo(Math.max(0, Math.min(last, Math.round(item))));
  const drag = (e: PointerEvent<HTMLDivElement>) => {
    if ((e.buttons & 1) === 0) return;
    e.currentTarget.setPointerCapture(e.pointerId);
    const y = e.clientY - e.currentTarget.getBoundingClientRect().top - OVERVIEW_TOP;
    goTo(y / itemHeight(items.cnt, height) - itemCntInView / 2);
  };
  const onKey = (e: KeyboardEvent) => {
    const by = KEYS[e.key];
    if (by === undefined || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
    e.preventDefault();
    e.stopPropagation();
    goTo(by(firstItem, itemCntInView));
  };
  return (
    <div
      className="debug-way"
      role="slider"
      tabIndex={0}
      aria-label="Overview"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={Math.min(last, firstItem)}
      aria-valuetext={`rows ${grouped(firstItem)} to ${grouped(Math.min(items.cnt, firstItem + itemCntInView) - 1)} of ${grouped(items.cnt)}`}
      onPointerDown={drag}
      onPointerMove={drag}
      onKeyDown={onKey}
    >
      <svg ref={svg} width={OVERVIEW_W - 1} height={height} aria-hidden="true" />
    </div>
  );
}

const KEYS: Readonly<Record<string, (first: number, inView: number) => number>> = {
  ArrowDown: (first) => first + 1,
  ArrowUp: (first) => first - 1,
  PageDown: (first, inView) => first + inView,
  PageUp: (first, inView) => first - inView,
  Home: () => 0,
  End: () => Number.MAX_SAFE_INTEGER,
};

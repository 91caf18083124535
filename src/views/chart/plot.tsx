/** The plot: a point is looked at with the mouse or the arrow keys, and Enter or a click opens its program. */
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef } from 'react';
import {
  type ChartAxes,
  type ChartPlace,
  type ChartSeries,
  type ChartSpot,
  chartFigure,
  spotsOf,
} from '../../figures/chart.ts';
import { drawMarks } from '../stage/draw-marks.ts';
import { useSize } from '../use-size.ts';

/** A point as near as that is meant. */
const REACH_PX = 28;

interface PlotProps {
  readonly name: string;
  readonly series: readonly ChartSeries[];
  readonly axes: ChartAxes;
  readonly isSmall?: boolean;
  readonly at?: ChartPlace | null;
  readonly onLook?: (at: ChartPlace | null) => void;
  readonly onOpen?: (at: ChartPlace) => void;
}

/** The neighbour in the series, or the nearest point of the series before or behind it. */
function stepFrom(spots: readonly ChartSpot[], at: ChartPlace | null, key: string): ChartPlace | null {
  const now = spots.find(({ series, n }) => series === at?.series && n === at.n);
  if (!now) return spots[0] ?? null;
  const ids = [...new Set(spots.map(({ series }) => series))];
  const own = spots.filter(({ series }) => series === now.series);
  const k = own.indexOf(now);
  if (key === 'ArrowRight') return own[k + 1] ?? now;
  if (key === 'ArrowLeft') return own[k - 1] ?? now;
  const next = ids[ids.indexOf(now.series) + (key === 'ArrowDown' ? 1 : -1)];
  const there = spots.filter(({ series }) => series === next);
  return there.toSorted((a, b) => Math.abs(a.x - now.x) - Math.abs(b.x - now.x))[0] ?? now;
}

export function Plot({ name, series, axes, isSmall = false, at = null, onLook, onOpen }: PlotProps) {
  const host = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = useSize(host);
  const box = useMemo(() => ({ width, height, isSmall }), [width, height, isSmall]);
  useLayoutEffect(() => {
    if (svg.current && width > 0) drawMarks(svg.current, chartFigure(series, axes, box, at), { duration: 0 });
  }, [series, axes, box, width, at]);

  const look = (event: PointerEvent<SVGSVGElement>): void => {
    const rect = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - rect.left, event.clientY - rect.top];
    const far = (spot: ChartSpot): number => Math.hypot(spot.x - x, spot.y - y);
    const near = spotsOf(series, axes, box).toSorted((a, b) => far(a) - far(b))[0];
    onLook?.(near && far(near) <= REACH_PX ? { series: near.series, n: near.n } : null);
  };
  const go = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Escape') onLook?.(null);
    else if (event.key === 'Enter' && at) onOpen?.(at);
    else if (event.key.startsWith('Arrow')) onLook?.(stepFrom(spotsOf(series, axes, box), at, event.key));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  if (isSmall)
    return (
      <figure ref={host} className="small-plot" aria-label={name}>
        <svg ref={svg} width={width} height={height} aria-hidden="true" />
      </figure>
    );
  return (
    // Points are gone through by arrow keys, as those of a slider are.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <figure ref={host} className="plot" aria-label={name} tabIndex={0} onKeyDown={go}>
      <svg
        ref={svg}
        width={width}
        height={height}
        aria-hidden="true"
        onPointerMove={look}
        onPointerLeave={() => onLook?.(null)}
        onClick={() => at && onOpen?.(at)}
      />
    </figure>
  );
}

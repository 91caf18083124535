import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { type Geometry, grouped, rowY } from '../../figures/index.ts';
import {
  errorPos,
  overviewBands,
  overviewFigure,
  overviewScale,
  overviewTop,
} from '../../figures/overview.ts';
import { MAX_BINS, overviewBins } from '../../figures/overview-bins.ts';
import type { TableSource } from '../../figures/tables.ts';
import { drawMarks } from './draw-marks.ts';
import './overview.css';

export interface OverviewProps {
  readonly source: TableSource;
  /** Ops that are done: moment of the grid's rows. */
  readonly moment: number;
  readonly geometry: Geometry;
  /** Pixels from the upper edge of the stage to the lower. */
  readonly height: number;
  /** Rows of the grid, the first one in view, and how many are. */
  readonly rowCnt: number;
  readonly firstRow: number;
  readonly rowCntInView: number;
  readonly onScrollTo: (row: number) => void;
}

/** The whole program at the right edge: in step with the rows while all are in view, else the way through them. */
export function Overview(props: OverviewProps) {
  const { source, moment, geometry, height, rowCnt, firstRow, rowCntInView, onScrollTo } = props;
  const { trace, moments, before } = source;
  const svg = useRef<SVGSVGElement>(null);
  const { x, w } = geometry.overview;
  const isAll = geometry.padTop + rowCnt * geometry.pitch <= height;
  const top = isAll ? 0 : overviewTop(w);
  // A power of two, so that a bar which opens above does not have millions of nodes counted anew.
  const binsFor = 2 ** Math.floor(Math.log2(Math.max(1, height - top)));
  const bins = useMemo(() => overviewBins(trace, isAll ? MAX_BINS : binsFor), [trace, isAll, binsFor]);
  const starts = useMemo(
    () => Array.from(before.subprogs.start, (slot) => trace.nodeOf[slot] ?? trace.nodeCnt),
    [before, trace],
  );
  const { binCnt } = bins;
  const even = useMemo(() => {
    const h = (height - top) / binCnt;
    return (bin: number) => ({ y: top + bin * h, h });
  }, [binCnt, height, top]);
  // There may be hundreds of them, and time does not move them.
  const bands = useMemo(
    () => (isAll ? null : overviewBands(bins, starts, { spanOf: even, w })),
    [isAll, bins, starts, even, w],
  );
  const scale = useMemo(
    () => overviewScale(trace, moments, moment, { top, h: height }),
    [trace, moments, moment, top, height],
  );

  useLayoutEffect(() => {
    if (!svg.current || height <= top) return;
    const wash = geometry.pitch - (geometry.boxed ? 8 : 1);
    const ofRow = (bin: number) => ({ y: rowY(geometry, moments.rankBorn(moment, bin)) - wash / 2, h: wash });
    const spanOf = isAll ? ofRow : even;
    const y = scale.yOf(firstRow);
    const view = isAll ? null : { y, h: scale.yOf(firstRow + rowCntInView) - y };
    const place = { w, h: height, spanOf, view, moment };
    const marks = overviewFigure(
      bins,
      bands ?? overviewBands(bins, starts, place),
      errorPos(trace, moment),
      place,
    );
    drawMarks(svg.current, marks, { duration: 0 });
  }, [
    bins,
    bands,
    starts,
    even,
    scale,
    trace,
    moments,
    moment,
    geometry,
    height,
    top,
    w,
    isAll,
    firstRow,
    rowCntInView,
  ]);

  const last = Math.max(0, rowCnt - rowCntInView);
  const goTo = (row: number) => onScrollTo(Math.max(0, Math.min(last, Math.round(row))));
  const drag = (e: PointerEvent<HTMLDivElement>) => {
    if (isAll || (e.buttons & 1) === 0) return;
    e.currentTarget.setPointerCapture(e.pointerId);
    goTo(scale.rowAt(e.clientY - e.currentTarget.getBoundingClientRect().top) - rowCntInView / 2);
  };
  const onKey = (e: KeyboardEvent) => {
    const to = keyRow(e.key, { firstRow, rowCntInView, last });
    if (to === null || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    e.stopPropagation();
    goTo(to);
  };
  const place = { left: x, width: w };
  const picture = <svg ref={svg} width={w} height={height} aria-hidden="true" />;
  if (isAll)
    return (
      <div className="overview" style={place} title="Overview: what happened in the rows beside it">
        {picture}
      </div>
    );
  const lastInView = Math.min(rowCnt, firstRow + rowCntInView) - 1;
  return (
    <div
      className={`overview way${w < 40 ? ' slim' : ''}`}
      style={place}
      role="slider"
      tabIndex={0}
      aria-label="Overview"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={Math.min(last, firstRow)}
      aria-valuetext={`rows ${grouped(firstRow)} to ${grouped(lastInView)} of ${grouped(rowCnt)}`}
      onPointerDown={drag}
      onPointerMove={drag}
      onKeyDown={onKey}
    >
      {picture}
    </div>
  );
}

interface Seen {
  readonly firstRow: number;
  readonly rowCntInView: number;
  readonly last: number;
}

/** Row that a key scrolls to, null for keys that do not scroll. */
function keyRow(key: string, { firstRow, rowCntInView, last }: Seen): number | null {
  switch (key) {
    case 'ArrowDown':
      return firstRow + 1;
    case 'ArrowUp':
      return firstRow - 1;
    case 'PageDown':
      return firstRow + rowCntInView;
    case 'PageUp':
      return firstRow - rowCntInView;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

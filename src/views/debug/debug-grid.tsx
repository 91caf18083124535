import { type ComponentType, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type DebugColumns, debugColumns } from '../../figures/debug.ts';
import { DEBUG_ROW, debugGeometry, gridHeight, itemAtY, itemY } from '../../figures/debug-geometry.ts';
import type { DebugItems } from '../../figures/debug-items.ts';
import type { Mark } from '../../figures/index.ts';
import { regTypeText } from '../../kernel/reg-types.ts';
import { auxOriginOf } from '../../store/aux-origin.ts';
import { comparison, itemsNow, moveRow, rowOfUid } from '../../store/comparison.ts';
import { deviations, isFinished, tableSource } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { drawMarks } from '../stage/draw-marks.ts';
import { EmptyStage } from '../stage/empty-stage.tsx';
import { useGestures } from '../stage/gestures.ts';
import { heightFor, scrollTo } from '../stage/long-scroll.ts';
import { rowKeys, uidAt } from '../stage/select-rows.ts';
import { gridMark, layerMark, withDeviation } from '../stage/stage-root.ts';
import { StageScroll } from '../stage/stage-scroll.tsx';
import { useDecoration } from '../stage/use-decoration.ts';
import { useMotion } from '../use-media.ts';
import { useSize } from '../use-size.ts';
import { DebugHead } from './debug-head.tsx';
import { useReveal } from './reveal.ts';
import './debug.css';

/** What an overview beside the grid needs: the items from top to bottom, and which of them are in view. */
export interface DebugView {
  readonly items: DebugItems;
  readonly height: number;
  readonly firstItem: number;
  readonly itemCntInView: number;
  readonly onScrollTo: (item: number) => void;
}

interface Props {
  /** Drawn in the 64 px at the right edge; without it the columns have them. */
  readonly overview?: ComponentType<DebugView>;
}

const OVERSCAN = 4;

/** Before, After, records and line info of the two moments that are compared, on one row grid. */
export function DebugGrid({ overview: Overview }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = useSize(scroller);
  const [top, setTop] = useState(0);
  const view = useMemo(() => ({ width, height, top }), [width, height, top]);
  const good = useStore((s) => s.good);
  const source = useStore(tableSource);
  const compared = useStore(comparison);
  const items = useStore(itemsNow);
  const focusUid = useStore((s) => s.focusUid);
  const hoverUid = useStore((s) => s.hoverUid);
  const speed = useStore((s) => s.speed);
  const stale = useStore((s) => s.stale);
  const wrong = useStore((s) => (isFinished(s) ? deviations(s)?.byUid : undefined));
  const motion = useMotion();
  const drawn = useRef<Drawn>({ good: null, compared: null, origin: -1 });

  const geometry = useMemo(() => {
    if (!good || view.width === 0) return null;
    const { before, trace } = good;
    const lines = before.lineInfo.insnOff.length > 0;
    return debugGeometry(view.width, { aux: before.aux !== null, lines, slotCnt: trace.nodeCnt });
  }, [good, view.width]);
  const auxOrigin = useMemo(() => good && auxOriginOf(good), [good]);
  const focusRow = rowOfUid(good, compared, focusUid);
  const hoverRow = rowOfUid(good, compared, hoverUid);
  useReveal(scroller, items, focusRow, compared);
  useGestures(scroller, uidAt);

  const decorate = useDecoration();
  const columns = useMemo(() => {
    if (!source || !compared || !items || !geometry || !auxOrigin) return null;
    const plain = debugColumns({
      ...{ source, comparison: compared, items, geometry, auxOrigin, focusRow, hoverRow },
      firstItem: itemAtY(view.top) - OVERSCAN,
      itemCnt: Math.ceil(view.height / DEBUG_ROW) + 2 * OVERSCAN,
      top: view.top,
      bottom: view.top + view.height,
      ptrText: regTypeText,
    });
    return { ...plain, before: decorate(plain.before), after: decorate(plain.after) };
  }, [source, compared, items, geometry, auxOrigin, focusRow, hoverRow, view, decorate]);

  useLayoutEffect(() => {
    if (!svg.current) return;
    if (!columns || !items) return drawMarks(svg.current, [], { duration: 0 });
    const last = drawn.current;
    const origin = columns.originItem;
    const moved = last.good === good && last.origin === origin && last.compared !== compared;
    drawn.current = { good, compared, origin };
    const duration = motion && moved ? Math.min(260, 260 / Math.max(1, speed / 2)) : 0;
    const shift = `translate(0,${itemY(origin) - itemY(0) - view.top})`;
    // Scrolling itself never glides.
    svg.current.querySelector(':scope > g')?.setAttribute('transform', shift);
    drawMarks(svg.current, [rootMark(columns, items.cnt, shift, wrong)], { duration });
  }, [columns, items, good, compared, motion, speed, view.top, wrong]);

  const total = items ? gridHeight(items.cnt) : 0;
  const onScrollTo = (item: number) => {
    if (scroller.current) scrollTo(scroller.current, itemY(item) - itemY(0));
  };
  return (
    <div className="debug-body">
      <div className="debug-columns">
        <DebugHead geometry={geometry} compared={compared} />
        <div className="fill">
          {good && good.trace.nodeCnt === 0 && <EmptyStage />}
          <StageScroll
            scroller={scroller}
            className={`dense debug-scroll${stale ? ' stale' : ''}`}
            onScrollTop={setTop}
            onKeyDown={onRowKey}
          >
            <div style={{ height: heightFor(scroller.current, Math.max(total, view.height)) }}>
              <svg ref={svg} role="presentation" width={view.width} height={view.height}>
                <Hatch />
              </svg>
            </div>
          </StageScroll>
          {geometry && <Rules xs={[geometry.split, geometry.aux?.x, geometry.lines?.x]} />}
        </div>
      </div>
      {Overview && items && (
        <div className="debug-overview">
          <div className="stage-head">
            <div style={{ left: 0, right: 0, textAlign: 'center' }} className="dim">
              overview
            </div>
          </div>
          <div className="fill">
            <Overview
              {...{ items, onScrollTo }}
              height={view.height}
              firstItem={Math.max(0, itemAtY(view.top))}
              itemCntInView={Math.max(1, Math.floor(view.height / DEBUG_ROW))}
            />
          </div>
        </div>
      )}
    </div>
  );
}

const onRowKey = rowKeys(moveRow);

interface Drawn {
  readonly good: unknown;
  readonly compared: unknown;
  readonly origin: number;
}

/** Lines between the columns, over the whole height. */
const Rules = ({ xs }: { xs: readonly (number | undefined)[] }) => (
  <div className="debug-rules" aria-hidden="true">
    {xs.map((x) => x !== undefined && <i key={x} style={{ left: x }} />)}
  </div>
);

/** What a record that is new is filled with. */
const Hatch = () => (
  <defs>
    <pattern
      id="debug-hatch"
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <path d="M0 0V6" className="hatch-line" />
    </pattern>
  </defs>
);

function rootMark(
  columns: DebugColumns,
  rowCnt: number,
  transform: string,
  wrong: ReadonlyMap<number, string> | undefined,
): Mark {
  const { before, aux, lines, under, over } = columns;
  const after = wrong ? columns.after.map((row) => withDeviation(row, wrong)) : columns.after;
  return {
    tag: 'g',
    key: 'scroll',
    attrs: { transform },
    children: [
      layerMark('under', under),
      gridMark('Before', before, rowCnt),
      gridMark('After', after, rowCnt),
      // A grid has rows: without any it is none.
      ...(aux.length > 0 ? [gridMark('Aux beside the insns', aux, rowCnt)] : []),
      ...(lines.length > 0 ? [gridMark('Line info beside the insns', lines, rowCnt)] : []),
      layerMark('over', over),
    ],
  };
}

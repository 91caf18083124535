import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { geometryFor, type Mark, rowBeside, stageColumns, stageInput } from '../../figures/index.ts';
import { focus, hover } from '../../store/intents.ts';
import {
  deviations,
  halfDone,
  inputSecond,
  isFinished,
  nodeOfUid,
  tableSource,
} from '../../store/selectors.ts';
import { get, PICTURED, useStore } from '../../store/store.ts';
import { useMotion } from '../use-media.ts';
import { drawMarks } from './draw-marks.ts';
import { EmptyStage } from './empty-stage.tsx';
import { useReveal } from './reveal.ts';
import { StageHead } from './stage-head.tsx';

/** Before, List (or Memory) and After on one row grid. */
export function Stage() {
  const scroller = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [view, setView] = useState({ width: 0, height: 0, top: 0 });
  const good = useStore((s) => s.good);
  const source = useStore(tableSource);
  const op = useStore((s) => s.op);
  const micro = useStore((s) => s.micro);
  const speed = useStore((s) => s.speed);
  const focusUid = useStore((s) => s.focusUid);
  const hoverUid = useStore((s) => s.hoverUid);
  const second = useStore(inputSecond);
  const stale = useStore((s) => s.stale);
  const wrong = useStore((s) => (isFinished(s) ? deviations(s)?.byUid : undefined));
  const motion = useMotion();
  const drawn = useRef({ op: -1, good: null as unknown, origin: -1 });

  useEffect(() => {
    const el = scroller.current;
    if (!el) return;
    const measure = () => setView({ width: el.clientWidth, height: el.clientHeight, top: el.scrollTop });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(el);
    return () => observer.disconnect();
  }, []);

  // The pitch follows the rows of the last moment, so that it never changes while time moves.
  const nodeCnt = good?.trace.nodeCnt ?? 0;
  const geometry = useMemo(
    () => (nodeCnt > 0 && view.width > 0 ? geometryFor(view.width, nodeCnt, view.height) : null),
    [nodeCnt, view.width, view.height],
  );
  const half = useStore(halfDone);
  // While an op is carried out, the grid is already that of the op; After is still as before it.
  const grid = half ? op + 1 : op;
  const rowCnt = source ? source.moments.bornCnt(grid) : 0;
  const total = geometry ? geometry.padTop + rowCnt * geometry.pitch + geometry.padBottom : 0;

  const columns = useMemo(() => {
    if (!good || !source || !geometry) return null;
    const overscan = 4;
    const input = stageInput(
      {
        trace: good.trace,
        moments: source.moments,
        inputInsns: good.before.insns,
        inputSecond: second,
        kfuncs: good.before.kfuncs,
      },
      { op, halfDone: half },
      {
        geometry,
        firstRow: Math.floor((view.top - geometry.padTop) / geometry.pitch) - overscan,
        rowCnt: Math.ceil(view.height / geometry.pitch) + 2 * overscan,
        focusUid,
        hoverUid,
      },
    );
    const marks = stageColumns(input);
    const after = wrong ? marks.after.map((row) => withDeviation(row, wrong)) : marks.after;
    return { marks: { ...marks, after }, frame: input.frame };
  }, [good, source, geometry, view, op, half, focusUid, hoverUid, second, wrong]);

  useLayoutEffect(() => {
    if (!svg.current) return;
    if (!columns || !geometry) return drawMarks(svg.current, [], { duration: 0 });
    const { frame, marks } = columns;
    const before = drawn.current;
    const at = op + micro / 100;
    const moved = before.good === good && before.origin === frame.originRow && before.op !== at;
    const near = Math.abs(before.op - at) <= 1;
    drawn.current = { op: at, good, origin: frame.originRow };
    const duration = motion && moved && near ? Math.min(260, 260 / Math.max(1, speed / 2)) : 0;
    const shift = frame.originRow * geometry.pitch - view.top;
    const label = PICTURED[good?.trace.style ?? 'list'];
    const root: Mark[] = [
      {
        tag: 'g',
        key: 'scroll',
        attrs: { transform: `translate(0,${shift})` },
        children: [
          { tag: 'g', key: 'under', attrs: { 'aria-hidden': 'true' }, children: marks.under },
          gridMark('Before', marks.before, frame.rowCnt, focusUid),
          gridMark(label, marks.list, frame.rowCnt, focusUid),
          gridMark('After', marks.after, frame.rowCnt, focusUid),
          { tag: 'g', key: 'over', attrs: { 'aria-hidden': 'true' }, children: marks.over },
        ],
      },
    ];
    // Scrolling itself never glides.
    svg.current.querySelector(':scope > g')?.setAttribute('transform', `translate(0,${shift})`);
    drawMarks(svg.current, root, { duration });
  }, [columns, geometry, good, op, micro, motion, speed, view.top, focusUid]);

  useReveal(scroller, geometry, focusUid, op);

  const onPointer = useCallback((e: React.PointerEvent) => hover(uidAt(e.target)), []);
  return (
    <>
      <StageHead geometry={geometry} />
      <div className="fill">
        {good && nodeCnt === 0 && <EmptyStage />}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears for the rows of the grids in it */}
        <div
          ref={scroller}
          className={`stage-scroll${stale ? ' stale' : ''}${geometry && !geometry.boxed ? ' dense' : ''}`}
          onScroll={(e) => {
            const top = e.currentTarget.scrollTop;
            setView((v) => ({ ...v, top }));
          }}
          onPointerMove={onPointer}
          onPointerLeave={() => hover(null)}
          onClick={(e) => {
            const uid = uidAt(e.target);
            if (uid !== null) focus(uid);
          }}
          onKeyDown={moveFocus}
        >
          <div style={{ height: Math.max(total, view.height) }}>
            <svg ref={svg} width={view.width} height={view.height} />
          </div>
        </div>
      </div>
    </>
  );
}

/** A row of After that the kernel or the RFC whose rules are in force writes otherwise. */
function withDeviation(row: Mark, wrong: ReadonlyMap<number, string>): Mark {
  const text = wrong.get(Number(row.attrs['data-uid']));
  if (text === undefined) return row;
  const title: Mark = { tag: 'title', key: 'title', attrs: {}, text };
  return {
    ...row,
    attrs: { ...row.attrs, class: `${row.attrs.class} deviates` },
    children: [title, ...(row.children ?? [])],
  };
}

const gridMark = (name: string, rows: readonly Mark[], rowCnt: number, focusUid: number | null): Mark => ({
  tag: 'g',
  key: name,
  attrs: {
    role: 'grid',
    'aria-label': name,
    'aria-rowcount': rowCnt,
    // Only a row that this column has: an inserted insn has none in Before.
    'aria-activedescendant': rows.find((row) => row.attrs['data-uid'] === focusUid)?.attrs.id,
    tabindex: 0,
  },
  children: rows,
});

const uidAt = (target: EventTarget): number | null => {
  const row = (target as Element).closest?.('[data-uid]');
  return row ? Number(row.getAttribute('data-uid')) : null;
};

const ROW_KEYS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  PageDown: 20,
  PageUp: -20,
  Home: -Infinity,
  End: Infinity,
};

/** Move the selection along the rows of the grid. */
export function moveSelection(by: number): void {
  const s = get();
  const source = tableSource(s);
  if (!s.good || !source) return;
  const node = s.focusUid === null ? -1 : nodeOfUid(s.good, s.focusUid);
  focus(s.good.trace.uid[rowBeside(source.moments, s.op, node, by)]);
}

function moveFocus(e: React.KeyboardEvent): void {
  const by = ROW_KEYS[e.key];
  if (by === undefined || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
  e.preventDefault();
  e.stopPropagation();
  moveSelection(by);
}

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import {
  type Geometry,
  geometryFor,
  grouped,
  type Mark,
  newNumberOf,
  plural,
  rowY,
  stageColumns,
  subjectOf,
} from '../../figures/index.ts';
import { frameAt } from '../../patch/frame.ts';
import { OP, type Trace } from '../../patch/trace.ts';
import { chooseAlgorithm, focus, hover } from '../../store/intents.ts';
import { algorithmChoices, inputSecond, nodeOfUid, tableSource } from '../../store/selectors.ts';
import { get, useStore } from '../../store/store.ts';
import { useMotion } from '../use-media.ts';
import { drawMarks } from './draw-marks.ts';

/** Before, List (or Memory) and After on one row grid. */
export function Stage() {
  const scroller = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [view, setView] = useState({ width: 0, height: 0, top: 0 });
  const good = useStore((s) => s.good);
  const source = useStore(tableSource);
  const op = useStore((s) => s.op);
  const speed = useStore((s) => s.speed);
  const focusUid = useStore((s) => s.focusUid);
  const hoverUid = useStore((s) => s.hoverUid);
  const second = useStore(inputSecond);
  const stale = useStore((s) => s.stale);
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
  const rowCnt = source ? source.moments.bornCnt(op) : 0;
  const total = geometry ? geometry.padTop + rowCnt * geometry.pitch + geometry.padBottom : 0;

  const columns = useMemo(() => {
    if (!good || !source || !geometry) return null;
    const overscan = 4;
    const first = Math.max(0, Math.floor((view.top - geometry.padTop) / geometry.pitch) - overscan);
    const cnt = Math.ceil(view.height / geometry.pitch) + 2 * overscan;
    const frame = frameAt(good.trace, source.moments, op, first, Math.min(cnt, Math.max(0, rowCnt - first)));
    const { trace } = good;
    const kind = op > 0 ? trace.opKind[op - 1] : -1;
    const isEdit = kind === OP.REPLACE || kind === OP.PREPEND || kind === OP.REMOVE;
    const marks = stageColumns({
      frame,
      geometry,
      inputInsns: good.before.insns,
      inputSecond: second,
      style: trace.style,
      currentEdit: isEdit ? trace.opRef[op - 1] : -1,
      currentJumpNode: kind === OP.RETARGET ? trace.jumps.node[trace.opRef[op - 1]] : -1,
      numbered: trace.style === 'array' || isNumbered(trace.opKind, op),
      newNumber: (node, edit) => newNumberOf(trace, node, edit),
      focusUid,
      hoverUid,
    });
    return { marks, frame };
  }, [good, source, geometry, view, op, rowCnt, focusUid, hoverUid, second]);

  useLayoutEffect(() => {
    if (!svg.current || !columns || !geometry) return;
    const { frame, marks } = columns;
    const before = drawn.current;
    const moved = before.good === good && before.origin === frame.originRow && before.op !== op;
    const near = Math.abs(before.op - op) === 1;
    drawn.current = { op, good, origin: frame.originRow };
    const duration = motion && moved && near ? Math.min(260, 260 / Math.max(1, speed / 2)) : 0;
    const shift = frame.originRow * geometry.pitch - view.top;
    const label = good?.trace.style === 'array' ? 'Memory' : 'List';
    const root: Mark[] = [
      {
        tag: 'g',
        key: 'scroll',
        attrs: { transform: `translate(0,${shift})` },
        children: [
          { tag: 'g', key: 'under', attrs: { 'aria-hidden': 'true' }, children: marks.under },
          grid('Before', marks.before, frame.rowCnt, focusUid),
          grid(label, marks.list, frame.rowCnt, focusUid),
          grid('After', marks.after, frame.rowCnt, focusUid),
          { tag: 'g', key: 'over', attrs: { 'aria-hidden': 'true' }, children: marks.over },
        ],
      },
    ];
    // Scrolling itself never glides.
    svg.current.querySelector(':scope > g')?.setAttribute('transform', `translate(0,${shift})`);
    drawMarks(svg.current, root, { duration });
  }, [columns, geometry, good, op, motion, speed, view.top, focusUid]);

  useReveal(scroller, geometry, focusUid, op);

  const onPointer = useCallback((e: React.PointerEvent) => hover(uidAt(e.target)), []);
  return (
    <>
      <StageHead geometry={geometry} />
      <div className="fill">
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

function isNumbered(opKind: Uint8Array, op: number): boolean {
  const at = opKind.indexOf(OP.LINEARIZE);
  return at >= 0 && op > at;
}

const grid = (name: string, rows: readonly Mark[], rowCnt: number, focusUid: number | null): Mark => ({
  tag: 'g',
  key: name,
  attrs: {
    role: 'grid',
    'aria-label': name,
    'aria-rowcount': rowCnt,
    'aria-activedescendant':
      focusUid === null ? undefined : `${name === 'Memory' ? 'list' : name.toLowerCase()}-${focusUid}`,
    tabindex: 0,
  },
  children: rows,
});

const uidAt = (target: EventTarget): number | null => {
  const row = (target as Element).closest?.('[data-uid]');
  return row ? Number(row.getAttribute('data-uid')) : null;
};

/** Up and down move the selection along the rows of the grid that has the focus. */
function moveFocus(e: React.KeyboardEvent): void {
  const by = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: 20,
    PageUp: -20,
    Home: -Infinity,
    End: Infinity,
  }[e.key];
  if (by === undefined || e.ctrlKey || e.metaKey || e.altKey) return;
  const s = get();
  const source = tableSource(s);
  if (!s.good || !source) return;
  e.preventDefault();
  e.stopPropagation();
  const { moments } = source;
  const last = moments.bornCnt(s.op) - 1;
  const node = s.focusUid === null ? -1 : nodeOfUid(s.good, s.focusUid);
  const row = node < 0 ? -1 : moments.rankBorn(s.op, node);
  const next = Math.max(0, Math.min(last, row < 0 ? 0 : row + by));
  focus(s.good.trace.uid[moments.selectBorn(s.op, next)]);
}

/** Bring the selected row into view when the selection changes, and the row an op works on when time moves. */
function useReveal(
  scroller: React.RefObject<HTMLDivElement | null>,
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

function StageHead({ geometry }: { geometry: Geometry | null }) {
  const good = useStore((s) => s.good);
  const op = useStore((s) => s.op);
  const source = useStore(tableSource);
  const algorithm = useStore((s) => s.algorithm);
  const choices = useStore(algorithmChoices);
  if (!good || !geometry || !source) return <div className="stage-head" />;
  const { trace } = good;
  const finished = op >= trace.opCnt;
  const refused = trace.refused !== null;
  const alive = source.moments.aliveCnt(op);
  const { before, list, after, narrow } = geometry;
  const nodes = source.moments.bornCnt(op);
  const words =
    trace.style === 'array'
      ? `${plural(alive, 'slot')}, touching`
      : `${plural(nodes, 'node')}, ${isNumbered(trace.opKind, op) ? 'numbered anew' : 'numbered as they were'}`;
  return (
    <div className="stage-head">
      <div style={{ left: narrow ? 12 : before.textX, width: narrow ? 60 : list.idxX - 20 - before.textX }}>
        <b>Before</b>
        {!narrow && <span className="dim">{plural(trace.inputCnt, 'slot')}</span>}
      </div>
      <div style={{ left: list.x, width: (narrow ? after.idxX - 26 : after.washX) - list.x }}>
        <span className="field">
          <select aria-label="Algorithm" value={algorithm} onChange={(e) => chooseAlgorithm(e.target.value)}>
            {choices.map((a) => (
              <option key={a.id} value={a.id}>
                {a.label}
              </option>
            ))}
          </select>
        </span>
        {!narrow && <span className="dim">{words}</span>}
      </div>
      <div style={{ left: narrow ? after.idxX - 24 : after.textX, right: 8 }}>
        <b>After</b>
        {!narrow && (
          <span className="dim">
            {refused && finished
              ? `${grouped(alive)} slots, refused: not written`
              : `${plural(alive, 'slot')}${finished ? '' : trace.style === 'list' ? ', if linearized now' : ', so far'}`}
          </span>
        )}
      </div>
    </div>
  );
}

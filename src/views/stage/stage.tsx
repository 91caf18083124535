import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { geometryFor, stageColumns, stageInput } from '../../figures/index.ts';
import { deviations, halfDone, inputSecond, isFinished, tableSource } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { useVisit } from '../../store/visit.ts';
import { late, SaidElsewhere } from '../late.tsx';
import { useMotion } from '../use-media.ts';
import { useSize } from '../use-size.ts';
import { drawMarks } from './draw-marks.ts';
import { useGestures } from './gestures.ts';
import { isScrubbing } from './glide.ts';
import { heightFor, scrollTo as scrollIn } from './long-scroll.ts';
import { useRevealed } from './reveal.ts';
import { moveFocus, uidAt } from './select-rows.ts';
import { StageHead } from './stage-head.tsx';
import { stageRoot, withDeviation } from './stage-root.ts';
import { StageScroll } from './stage-scroll.tsx';
import { useCamera, useFollowing } from './use-camera.ts';
import { useDecoration } from './use-decoration.ts';
import './pictures.css';

const Overview = late('overview', () => import('./overview.tsx').then(({ Overview }) => Overview), {
  instead: SaidElsewhere,
});
const EmptyStage = late('empty', () => import('./empty-stage.tsx').then(({ EmptyStage }) => EmptyStage));
const BrokenStage = late('broken', () => import('./broken-stage.tsx').then(({ BrokenStage }) => BrokenStage));

/** Before, List (or Memory) and After on one row grid. */
export function Stage() {
  const scroller = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = useSize(scroller);
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
  const zoom = useVisit((s) => s.zoom);
  const decorate = useDecoration();
  const motion = useMotion();
  const drawn = useRef({ op: -1, good: null as unknown, origin: -1 });

  // The pitch follows the rows of the last moment, so that it never changes while time moves.
  const nodeCnt = good?.trace.nodeCnt ?? 0;
  const geometry = useMemo(
    () => (nodeCnt > 0 && width > 0 ? geometryFor(width, nodeCnt, height, zoom) : null),
    [nodeCnt, width, height, zoom],
  );
  const half = useStore(halfDone);
  const picture = useStore((s) => s.picture);
  // While an op is carried out, the grid may already be that of the op; After is still as before it.
  const grid = half?.grid ?? op;
  const rowCnt = source ? source.moments.bornCnt(half?.op ?? op) : 0;
  const total = geometry ? geometry.padTop + rowCnt * geometry.pitch + geometry.padBottom : 0;

  // Where a jump breaks, what is far from it is folded, until somebody scrolls there.
  const [unfolded, setUnfolded] = useState<unknown>(null);
  const refused = good?.trace.refused ?? null;
  const isFolded = refused?.code === 'ERANGE' && op === good?.trace.opCnt && unfolded !== good;
  const scrollTo = (row: number) => {
    setUnfolded(good);
    if (scroller.current && geometry)
      scrollIn(scroller.current, row === 0 ? 0 : geometry.padTop + row * geometry.pitch);
  };

  const { top, setTop, aim } = useCamera(scroller, geometry, { grid, height, total });
  const view = useMemo(() => ({ width, height, top }), [width, height, top]);
  useRevealed(scroller, geometry, focusUid);
  useGestures(scroller, uidAt);

  const columns = useMemo(() => {
    if (!good || !source || !geometry) return null;
    // Rows beside what is seen, from where and to where they travel; while dragging nothing does.
    const overscan = isScrubbing() ? 0 : 4;
    const input = stageInput(
      {
        ...source,
        picture,
        inputInsns: good.before.insns,
        inputSecond: second,
        kfuncs: good.before.kfuncs,
      },
      { op, halfDone: half },
      {
        geometry,
        firstRow: Math.floor((view.top - geometry.padTop) / geometry.pitch) - overscan,
        // One more: of the first and the last there may be a part.
        rowCnt: Math.ceil(view.height / geometry.pitch) + 1 + 2 * overscan,
        focusUid,
        hoverUid,
        inView: { top: view.top, bottom: view.top + view.height },
      },
    );
    const marks = stageColumns(input);
    const after = wrong ? marks.after.map((row) => withDeviation(row, wrong)) : marks.after;
    const decorated = { before: decorate(marks.before), list: decorate(marks.list), after: decorate(after) };
    return { marks: { ...marks, ...decorated }, frame: input.frame };
  }, [good, source, geometry, view, op, half, focusUid, hoverUid, second, wrong, picture, decorate]);

  useLayoutEffect(() => {
    if (!svg.current) return;
    if (!columns || !geometry || isFolded) return drawMarks(svg.current, [], { duration: 0 });
    const { frame, marks } = columns;
    const before = drawn.current;
    const at = op + micro / 100;
    const moved = before.good === good && before.origin === frame.originRow && before.op !== at;
    const near = Math.abs(before.op - at) <= 1;
    drawn.current = { op: at, good, origin: frame.originRow };
    const rate = motion && moved && near && !isScrubbing() ? 1 / Math.max(1, speed / 2) : 0;
    const shift = frame.originRow * geometry.pitch - view.top;
    const root = stageRoot(marks, { column: picture.column, rowCnt: frame.rowCnt, shift });
    // Scrolling itself never glides; the camera does, so that the row it holds on to stands still.
    if (rate === 0) svg.current.firstElementChild?.setAttribute('transform', `translate(0,${shift})`);
    drawMarks(svg.current, [root], { duration: 260 * rate, rate });
  }, [columns, geometry, good, op, micro, motion, speed, view.top, picture, isFolded]);
  useFollowing(scroller, aim);

  return (
    <>
      <StageHead geometry={geometry} />
      <div className="fill">
        {good && nodeCnt === 0 && <EmptyStage />}
        <StageScroll
          scroller={scroller}
          className={`${stale ? 'stale ' : ''}${geometry && !geometry.boxed ? 'dense' : ''}`}
          onScrollTop={setTop}
          onKeyDown={moveFocus}
        >
          <div style={{ height: heightFor(scroller.current, Math.max(total, view.height)) }}>
            <svg ref={svg} role="presentation" width={view.width} height={view.height} />
          </div>
        </StageScroll>
        {isFolded && geometry && <BrokenStage geometry={geometry} onUnfold={() => setUnfolded(good)} />}
        {source && geometry && (
          <Overview
            source={source}
            moment={grid}
            geometry={geometry}
            height={view.height}
            rowCnt={rowCnt}
            rowCntInView={Math.floor(view.height / geometry.pitch)}
            firstRow={Math.max(0, Math.floor((view.top - geometry.padTop) / geometry.pitch))}
            onScrollTo={scrollTo}
          />
        )}
      </div>
    </>
  );
}

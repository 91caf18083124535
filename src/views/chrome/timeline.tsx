import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type TimelineFigure, timelineFigure } from '../../figures/timeline.ts';
import { changesOfFocus } from '../../store/changes.ts';
import { sayPending } from '../../store/effects.ts';
import { lastMoment, lineCnt, momentWords, timelineInput } from '../../store/selectors.ts';
import { get, useStore } from '../../store/store.ts';
import { drawMarks } from '../stage/draw-marks.ts';

/** What answers to pointer and keys is not needed for the first picture. */
const TimelineHands = lazy(() =>
  import('./timeline-hands.tsx').then(({ TimelineHands }) => ({ default: TimelineHands })),
);

/** The slider over the ops and their lines: a track of signs that a pointer, a wheel or keys move along. */
export function Timeline() {
  const host = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const op = useStore((s) => s.op);
  const last = useStore(lastMoment);
  const words = useStore(momentWords);
  const figure = useFigure(size);
  useEffect(() => {
    const el = host.current;
    if (!el) return;
    const observer = new ResizeObserver(() => setSize({ width: el.clientWidth, height: el.clientHeight }));
    observer.observe(el);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (svg.current) drawMarks(svg.current, figure?.marks ?? [], { duration: 0 });
  }, [figure]);
  return (
    <div className="track">
      <div
        ref={host}
        className="slider"
        role="slider"
        aria-label="Timeline"
        tabIndex={0}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={op}
        aria-valuetext={words}
      >
        <svg ref={svg} width={size.width} height={size.height} aria-hidden="true" />
      </div>
      {figure && (
        <Suspense fallback={<Busy />}>
          <TimelineHands host={host} figure={figure} />
        </Suspense>
      )}
    </div>
  );
}

/** The page is not ready while its track does not answer. */
function Busy() {
  useLayoutEffect(() => {
    sayPending('timeline', true);
    return () => sayPending('timeline', false);
  }, []);
  return null;
}

function useFigure({ width, height }: { width: number; height: number }): TimelineFigure | null {
  const input = useStore(timelineInput);
  const op = useStore((s) => s.op);
  const micro = useStore((s) => s.micro);
  const from = useStore((s) => s.fromOp);
  const touched = useStore(changesOfFocus);
  return useMemo(
    () =>
      input && width > 0
        ? timelineFigure({
            ...{ ...input, width, height, op, micro, from, touched },
            linesOf: (one) => lineCnt(get(), one),
          })
        : null,
    [input, width, height, op, micro, from, touched],
  );
}

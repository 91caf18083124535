import { useEffect, useMemo, useRef } from 'react';
import { type TimelineFigure, timelineFigure } from '../../figures/timeline.ts';
import { changesOfFocus } from '../../store/changes.ts';
import { lastMoment, lineCnt, momentWords, timelineInput } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { late, SaidElsewhere } from '../late.tsx';
import { drawMarks } from '../stage/draw-marks.ts';
import { type Size, useSize } from '../use-size.ts';

/** What answers to pointer and keys is not needed for the first picture. */
const TimelineHands = late(
  'timeline',
  () => import('./timeline-hands.tsx').then(({ TimelineHands }) => TimelineHands),
  { instead: SaidElsewhere },
);

/** The slider over the ops and their lines: a track of signs that a pointer, a wheel or keys move along. */
export function Timeline() {
  const host = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const size = useSize(host);
  const op = useStore((s) => s.op);
  const last = useStore(lastMoment);
  const words = useStore(momentWords);
  const figure = useFigure(size);
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
      {figure && <TimelineHands host={host} figure={figure} />}
    </div>
  );
}

function useFigure({ width, height }: Size): TimelineFigure | null {
  const input = useStore(timelineInput);
  const good = useStore((s) => s.good);
  const picture = useStore((s) => s.picture);
  const op = useStore((s) => s.op);
  const micro = useStore((s) => s.micro);
  const from = useStore((s) => s.fromOp);
  const touched = useStore(changesOfFocus);
  return useMemo(
    () =>
      input && width > 0
        ? timelineFigure({
            ...{ ...input, width, height, op, micro, from, touched },
            linesOf: (one) => lineCnt({ good, picture }, one),
          })
        : null,
    [input, good, picture, width, height, op, micro, from, touched],
  );
}

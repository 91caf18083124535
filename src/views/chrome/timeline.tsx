import { useEffect, useMemo, useRef, useState } from 'react';
import { timelineFigure } from '../../figures/index.ts';
import { seek, step, stepPhase } from '../../store/intents.ts';
import { lastMoment, lineCnt, momentWords, timelineInput } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { drawMarks } from '../stage/draw-marks.ts';

/** The slider over the ops: a track of glyphs that a pointer, a wheel or keys move along. */
export function Timeline() {
  const host = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const input = useStore(timelineInput);
  const op = useStore((s) => s.op);
  const micro = useStore((s) => s.micro);
  const lines = useStore((s) => lineCnt(s, s.op + 1));
  const last = useStore(lastMoment);
  const words = useStore(momentWords);
  useEffect(() => {
    const el = host.current;
    if (!el) return;
    const observer = new ResizeObserver(() => setSize({ width: el.clientWidth, height: el.clientHeight }));
    observer.observe(el);
    return () => observer.disconnect();
  }, []);
  const figure = useMemo(
    () =>
      input && size.width > 0
        ? timelineFigure({ ...input, ...size, moment: op, within: lines > 0 ? micro / lines : 0 })
        : null,
    [input, size, op, micro, lines],
  );
  useEffect(() => {
    if (svg.current) drawMarks(svg.current, figure?.marks ?? [], { duration: 0 });
  }, [figure]);
  const seekTo = (clientX: number) => {
    const box = host.current?.getBoundingClientRect();
    if (box && figure) seek(figure.momentAt(clientX - box.left));
  };
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
        onPointerDown={(e) => {
          e.currentTarget.setPointerCapture(e.pointerId);
          seekTo(e.clientX);
        }}
        onPointerMove={(e) => {
          if (e.currentTarget.hasPointerCapture(e.pointerId)) seekTo(e.clientX);
        }}
        onWheel={(e) => step(Math.sign(e.deltaY || e.deltaX))}
        onKeyDown={(e) => {
          const move = e.shiftKey ? undefined : KEYS[e.key];
          if (!move) return;
          e.preventDefault();
          e.stopPropagation();
          move(last);
        }}
      >
        <svg ref={svg} width={size.width} height={size.height} aria-hidden="true" />
      </div>
    </div>
  );
}

const KEYS: Record<string, (last: number) => void> = {
  ArrowRight: () => step(1),
  ArrowUp: () => step(1),
  ArrowLeft: () => step(-1),
  ArrowDown: () => step(-1),
  PageUp: () => stepPhase(1),
  PageDown: () => stepPhase(-1),
  Home: () => seek(0),
  End: (last) => seek(last),
};

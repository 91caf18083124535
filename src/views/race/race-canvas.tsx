import { useEffect, useMemo, useRef, useState } from 'react';
import type { LaneCells } from '../../figures/race-cells.ts';
import { cellGrid } from '../../figures/race-grid.ts';
import { useIsDark, useMedia } from '../use-media.ts';
import { drawCells, type Ink, readInk } from './draw-cells.ts';

interface Props {
  readonly cells: LaneCells;
  /** Most cells the lane ever has, so that rows do not break elsewhere as it grows. */
  readonly room: number;
  readonly shape: 'square' | 'node';
  /** The picture in words. */
  readonly label: string;
  /** Told how many insns one cell stands for. */
  readonly onPer: (per: number) => void;
}

/** The cells of a lane, on a canvas of the screen's own pixels. */
export function RaceCanvas({ cells, room, shape, label, onPer }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0, ratio: 1 });
  const isDark = useIsDark();
  const isForced = useMedia('(forced-colors: active)');
  useEffect(() => {
    const el = host.current;
    if (!el) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: el.clientWidth, height: el.clientHeight, ratio: devicePixelRatio }),
    );
    observer.observe(el);
    return () => observer.disconnect();
  }, []);
  const grid = useMemo(() => cellGrid(room, size.width, size.height), [room, size]);
  useEffect(() => onPer(grid.per), [grid.per, onPer]);
  const ink = useRef<Ink>(null);
  // In the order in which they are needed: pixels and colours change seldom, cells with every tick.
  useEffect(() => {
    const el = canvas.current;
    if (!el) return;
    el.width = Math.round(size.width * size.ratio);
    el.height = Math.round(size.height * size.ratio);
  }, [size]);
  useEffect(() => {
    // The colours are read when the theme may have changed, which the two flags say.
    void isDark;
    if (canvas.current) ink.current = readInk(canvas.current, isForced);
  }, [isDark, isForced]);
  useEffect(() => {
    void isDark;
    void isForced;
    if (canvas.current && ink.current && size.width > 0)
      drawCells(canvas.current, cells, grid, shape, ink.current, size.ratio);
  }, [cells, grid, shape, size, isDark, isForced]);
  return (
    <div ref={host} className="race-cells">
      <canvas ref={canvas} role="img" aria-label={label} style={{ width: size.width, height: size.height }} />
    </div>
  );
}

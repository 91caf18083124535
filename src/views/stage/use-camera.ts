import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Geometry } from '../../figures/index.ts';
import { scrollTo, topOf } from './long-scroll.ts';
import { cameraTop } from './reveal.ts';

interface Place {
  /** Moment whose rows the stage shows. */
  readonly grid: number;
  /** Pixels from the upper edge of the stage to the lower, and from the first row to the last. */
  readonly height: number;
  readonly total: number;
}

interface Camera {
  /** Pixels from the first row to the upper edge of the stage. */
  readonly top: number;
  /** To be told where somebody scrolled to. */
  readonly setTop: (top: number) => void;
  /** Whether another picture comes before anything is painted, so that this one need not be drawn. Read once. */
  readonly isPassedOver: RefObject<boolean>;
}

/**
 * Where the stage is scrolled to. When its rows become those of another moment the camera is where it goes in the
 * same rendering, so that each moment is rendered and drawn once.
 */
export function useCamera(
  scroller: RefObject<HTMLDivElement | null>,
  geometry: Geometry | null,
  { grid, height, total }: Place,
): Camera {
  const [scrolled, setTop] = useState(0);
  const [last, setLast] = useState<{ readonly grid: number; readonly aim: number | null }>({
    grid,
    aim: null,
  });
  const isPassedOver = useRef(false);
  let top = scrolled;
  if (last.grid !== grid) {
    const el = scroller.current;
    let aim: number | null = null;
    if (el && geometry) {
      const from = topOf(el);
      top = cameraTop(geometry, { top: from, height }, { before: last.grid, grid, total });
      if (top !== from) aim = top;
    }
    setLast({ grid, aim });
    if (top !== scrolled) setTop(top);
  }
  useLayoutEffect(() => {
    const el = scroller.current;
    if (!el || last.aim === null) return;
    scrollTo(el, last.aim);
    // A browser may allow whole pixels only.
    const got = topOf(el);
    if (got === last.aim) return;
    isPassedOver.current = true;
    setTop(got);
  }, [last, scroller]);
  return { top, setTop, isPassedOver };
}

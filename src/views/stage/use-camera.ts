import { type RefObject, useLayoutEffect, useState } from 'react';
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
  /** Where the camera went by itself, for `useFollowing`; null: nowhere. */
  readonly aim: Aim | null;
}

interface Aim {
  readonly top: number;
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
  const [last, setLast] = useState<{ readonly grid: number; readonly aim: Aim | null }>({ grid, aim: null });
  let top = scrolled;
  if (last.grid !== grid) {
    const el = scroller.current;
    let aim: Aim | null = null;
    if (el && geometry) {
      const from = topOf(el);
      top = cameraTop(geometry, { top: from, height }, { before: last.grid, grid, total });
      if (top !== from) aim = { top };
    }
    setLast({ grid, aim });
    if (top !== scrolled) setTop(top);
  }
  return { top, setTop, aim: last.aim };
}

/**
 * The scroll bar follows the camera. To be called behind what draws: to scroll makes the browser lay out all that was
 * changed before, and so it does that once.
 */
export function useFollowing(scroller: RefObject<HTMLDivElement | null>, aim: Aim | null): void {
  useLayoutEffect(() => {
    if (scroller.current && aim) scrollTo(scroller.current, aim.top);
  }, [aim, scroller]);
}

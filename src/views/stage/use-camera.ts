import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
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
  const [scrolled, setScrolled] = useState(0);
  const [last, setLast] = useState<{ readonly grid: number; readonly aim: Aim | null }>({ grid, aim: null });
  let top = scrolled;
  if (last.grid !== grid) {
    const el = scroller.current;
    let aim: Aim | null = null;
    if (el && geometry) {
      const from = sameTop(scrolled, topOf(el));
      top = cameraTop(geometry, { top: from, height }, { before: last.grid, grid, total });
      if (top !== from) aim = { top };
    }
    setLast({ grid, aim });
    if (top !== scrolled) setScrolled(top);
  }
  const setTop = useCallback((to: number) => setScrolled((old) => sameTop(old, to)), []);
  return { top, setTop, aim: last.aim };
}

/** Where a screen has no whole pixels a browser scrolls to beside of what it was asked for: the picture is not drawn anew. */
const sameTop = (drawn: number, scrolled: number): number =>
  Math.abs(scrolled - drawn) < 1 ? drawn : scrolled;

/**
 * The scroll bar follows the camera. To be called behind what draws: to scroll makes the browser lay out all that was
 * changed before, and so it does that once.
 */
export function useFollowing(scroller: RefObject<HTMLDivElement | null>, aim: Aim | null): void {
  useLayoutEffect(() => {
    if (scroller.current && aim) scrollTo(scroller.current, aim.top);
  }, [aim, scroller]);
}

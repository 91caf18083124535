/** Keeps a popover below a line of the editor, or above it where there is no room, and always on the screen. */
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { LineBox } from './editor-props.ts';

const MARGIN = 8;
const GAP = 4;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Left and top of something of `size` for a line, in a window of `page`. */
export function besideLine(box: LineBox, size: Size, page: Size): { left: number; top: number } {
  const left = Math.max(MARGIN, Math.min(box.left, page.width - size.width - MARGIN));
  const below = box.bottom + GAP;
  const above = box.top - GAP - size.height;
  const lowest = page.height - size.height - MARGIN;
  const top = below <= lowest ? below : above >= MARGIN ? above : lowest;
  return { left, top: Math.max(MARGIN, top) };
}

export function useBeside(popover: RefObject<HTMLElement | null>, box: () => LineBox | null): void {
  const newest = useRef(box);
  useLayoutEffect(() => {
    newest.current = box;
  });
  useLayoutEffect(() => {
    const element = popover.current;
    if (!element) return;
    element.showPopover();
    const put = (): void => {
      const line = newest.current();
      if (!line) return;
      // On a phone the keyboard takes a part of the window.
      const view = window.visualViewport;
      const page = { width: view?.width ?? innerWidth, height: view?.height ?? innerHeight };
      const { width, height } = element.getBoundingClientRect();
      const { left, top } = besideLine(line, { width, height }, page);
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
    };
    put();
    const sizes = new ResizeObserver(put);
    sizes.observe(element);
    const soon = (): void => void requestAnimationFrame(put);
    window.addEventListener('resize', put);
    window.visualViewport?.addEventListener('resize', put);
    // The editor scrolls by itself; the line it stands at moves along.
    window.addEventListener('wheel', soon, { passive: true, capture: true });
    return () => {
      sizes.disconnect();
      window.removeEventListener('resize', put);
      window.visualViewport?.removeEventListener('resize', put);
      window.removeEventListener('wheel', soon, { capture: true });
    };
  }, [popover]);
}

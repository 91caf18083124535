/** The pointer on the track: a press goes to a place, a drag goes along, Alt or a long press begin a range. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { TimelineFigure } from '../../figures/timeline.ts';
import { dotAt, opAt, placeAt } from '../../figures/timeline-places.ts';
import { get } from '../../store/store.ts';
import { compareFrom, seek, step } from '../../store/time.ts';
import { say } from '../../store/visit.ts';

/** A press that moves less is no drag. */
const DRAG_PX = 3;
const REST_PX = 8;
const PRESS_MS = 500;
/** Of a wheel: about half a notch. */
const WHEEL_PX = 50;

interface Press {
  readonly x: number;
  /** It moves the later end of a range. */
  isRange: boolean;
  isDrag: boolean;
  readonly forget: () => void;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

function goTo(place: { readonly op: number; readonly micro: number }): void {
  const { op, micro, playing } = get();
  if (playing || op !== place.op || micro !== place.micro) seek(place.op, place.micro);
}

/** Listens on the track; gives where a pointer is over it. */
export function useScrub(host: RefObject<HTMLElement | null>, figure: TimelineFigure): Point | null {
  const [hover, setHover] = useState<Point | null>(null);
  const now = useRef(figure);
  now.current = figure;
  useEffect(() => {
    const el = host.current;
    if (!el) return;
    let press: Press | null = null;
    let wheeled = 0;
    const pointOf = (e: PointerEvent): Point => {
      const box = el.getBoundingClientRect();
      return { x: e.clientX - box.left, y: e.clientY - box.top };
    };
    const beginRange = () => {
      if (!press) return;
      press.isRange = true;
      compareFrom(get().op);
      say(`Compared from op ${get().op}: drag to another one.`);
    };
    const onDown = (e: PointerEvent) => {
      if (e.button !== 0) return;
      el.setPointerCapture(e.pointerId);
      const { x, y } = pointOf(e);
      const isRange = e.altKey;
      const { isOpen, current } = now.current;
      const isInside = isOpen && opAt(now.current, x) === current;
      const place = dotAt(now.current, x, y) ?? placeAt(now.current, x, isInside && !isRange);
      if (isRange) compareFrom(placeAt(now.current, x, false).op);
      goTo(isRange ? placeAt(now.current, x, false) : place);
      const timer = e.pointerType === 'touch' ? setTimeout(beginRange, PRESS_MS) : undefined;
      press = { x, isRange, isDrag: false, forget: () => clearTimeout(timer) };
    };
    const onMove = (e: PointerEvent) => {
      const point = pointOf(e);
      setHover(point);
      if (!press || !el.hasPointerCapture(e.pointerId)) return;
      const far = Math.abs(point.x - press.x);
      if (far > REST_PX) press.forget();
      if (far > DRAG_PX) press.isDrag = true;
      // A range goes from op to op.
      if (press.isDrag) goTo(placeAt(now.current, point.x, !press.isRange));
    };
    const onUp = (e: PointerEvent) => {
      press?.forget();
      press = null;
      if (e.pointerType === 'touch') setHover(null);
    };
    const onLeave = () => setHover(null);
    const onWheel = (e: WheelEvent) => {
      // Notches count lines in some browsers, and one way ends what was gathered of the other.
      const by = (e.deltaY || e.deltaX) * (e.deltaMode === 0 ? 1 : WHEEL_PX);
      wheeled = by * wheeled < 0 ? by : wheeled + by;
      if (Math.abs(wheeled) < WHEEL_PX) return;
      step(Math.sign(wheeled));
      wheeled = 0;
    };
    const listeners = [
      ...([
        ['pointerdown', onDown],
        ['pointermove', onMove],
        ['pointerup', onUp],
      ] as const),
      ...([
        ['pointercancel', onUp],
        ['pointerleave', onLeave],
        ['wheel', onWheel],
      ] as const),
    ] as const;
    for (const [name, listener] of listeners)
      el.addEventListener(name, listener as EventListener, { passive: true });
    return () => {
      press?.forget();
      for (const [name, listener] of listeners) el.removeEventListener(name, listener as EventListener);
    };
  }, [host]);
  return hover;
}

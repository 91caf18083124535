/** Touch on the stage: a swipe is a step, a long press pins the insn under the finger. */
import { type RefObject, useEffect } from 'react';
import { togglePin } from '../../store/intents.ts';
import { step } from '../../store/time.ts';

/** A swipe is at least this long, and this many times as long as it is high. */
const SWIPE_PX = 48;
const SWIPE_SLOPE = 2;
/** A finger that rests within this distance for so long means the insn, not the page. */
const REST_PX = 8;
const PRESS_MS = 500;

interface Press {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  /** Ends the wait for a long press. */
  readonly forget: () => void;
}

/** `uidAt` answers which insn stands at an element. */
export function useGestures(
  host: RefObject<HTMLElement | null>,
  uidAt: (target: EventTarget) => number | null,
): void {
  useEffect(() => {
    const el = host.current;
    if (!el) return;
    let press: Press | null = null;
    const end = () => {
      press?.forget();
      press = null;
    };
    const onDown = (e: PointerEvent) => {
      if (e.pointerType === 'mouse') return;
      // A second finger means zooming, which is the browser's.
      if (press) return end();
      const uid = e.target && uidAt(e.target);
      const timer = setTimeout(() => {
        end();
        if (uid !== null) togglePin(uid);
      }, PRESS_MS);
      press = { id: e.pointerId, x: e.clientX, y: e.clientY, forget: () => clearTimeout(timer) };
    };
    const onMove = (e: PointerEvent) => {
      if (press?.id === e.pointerId && Math.hypot(e.clientX - press.x, e.clientY - press.y) > REST_PX)
        press.forget();
    };
    const onUp = (e: PointerEvent) => {
      if (press?.id !== e.pointerId) return;
      const dx = e.clientX - press.x;
      const dy = e.clientY - press.y;
      end();
      if (Math.abs(dx) >= SWIPE_PX && Math.abs(dx) >= SWIPE_SLOPE * Math.abs(dy)) step(dx < 0 ? 1 : -1);
    };
    const listeners = [
      ['pointerdown', onDown],
      ['pointermove', onMove],
      ['pointerup', onUp],
      ['pointercancel', end],
    ] as const;
    for (const [name, listener] of listeners) el.addEventListener(name, listener as EventListener);
    return () => {
      end();
      for (const [name, listener] of listeners) el.removeEventListener(name, listener as EventListener);
    };
  }, [host, uidAt]);
}

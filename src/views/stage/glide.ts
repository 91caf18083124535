/**
 * Attributes that travel from one value to the next. One clock moves all of them, so that a hundred marks cost one
 * callback a frame; a new aim for an attribute starts from wherever it is. Whatever a person does ends all travels
 * where they lead.
 */
import { type Timer, timer } from 'd3';
import { between } from './between.ts';

/** Slowly off, slowly in: the cubic of d3, whose module would bring all its others along. */
const ease = (t: number): number => (t < 0.5 ? 4 * t ** 3 : 1 - 4 * (1 - t) ** 3);

interface Glide {
  readonly at: (t: number) => string;
  readonly delay: number;
  readonly duration: number;
  /** When its delay began: a frame before the first one after it was asked for; null until then. */
  start: number | null;
}

/** In the first frame it has moved already: one that is replaced each frame would stand still else. */
const FRAME_MS = 16;

const gliding = new Map<Element, Map<string, Glide>>();
let clock: Timer | null = null;

function moveTo(now: number): void {
  for (const [el, glides] of gliding) {
    for (const [name, one] of glides) {
      // All that one picture asks for begins together, however long it took to draw: rows and camera stay in step.
      one.start ??= now - FRAME_MS;
      const t = Math.min(1, (now - one.start - one.delay) / one.duration);
      if (t < 0) continue;
      el.setAttribute(name, one.at(ease(t)));
      if (t === 1) glides.delete(name);
    }
    if (glides.size === 0 || !el.isConnected) gliding.delete(el);
  }
  if (gliding.size > 0) return;
  clock?.stop();
  clock = null;
}

/** What travels of one element is there: it is going to be another thing. */
export function arriveAt(el: Element): void {
  for (const [name, { at }] of gliding.get(el) ?? []) el.setAttribute(name, at(1));
  gliding.delete(el);
}

/** Everything that travels is there. */
function arrive(): void {
  for (const el of gliding.keys()) arriveAt(el);
}

/** Take an attribute away, also from one that it travels on. */
export function removeAttr(el: Element, name: string): void {
  gliding.get(el)?.delete(name);
  el.removeAttribute(name);
}

let isListening = false;
function listen(): void {
  if (isListening) return;
  isListening = true;
  for (const event of ['pointerdown', 'keydown', 'wheel'])
    window.addEventListener(event, arrive, { capture: true, passive: true });
}

/** Let an attribute travel to a value in `duration` milliseconds, from `delay` milliseconds on; 0 sets it at once. */
export function glide(el: Element, name: string, to: string, duration: number, delay = 0): void {
  const from = duration <= 0 ? null : el.getAttribute(name);
  if (from === null) {
    gliding.get(el)?.delete(name);
    el.setAttribute(name, to);
    return;
  }
  const glides = gliding.get(el) ?? new Map<string, Glide>();
  glides.set(name, { at: between(from, to), delay, duration, start: null });
  gliding.set(el, glides);
  listen();
  clock ??= timer(() => moveTo(performance.now()));
}

/** Whether the time line is being dragged: then nothing travels, the picture is that of the place under the pointer. */
export const isScrubbing = (): boolean => document.querySelector('.slider:active') !== null;

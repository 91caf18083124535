/**
 * Attributes that travel from one value to the next. One clock moves all of them, so that a hundred marks cost one
 * callback a frame; a new aim for an attribute starts from wherever it is.
 */
import { easeCubicInOut, type Timer, timer } from 'd3';
import { between } from './between.ts';

interface Glide {
  readonly at: (t: number) => string;
  readonly start: number;
  readonly duration: number;
}

const gliding = new Map<Element, Map<string, Glide>>();
let clock: Timer | null = null;

function move(): void {
  const now = performance.now();
  for (const [el, glides] of gliding) {
    for (const [name, { at, start, duration }] of glides) {
      const t = Math.min(1, (now - start) / duration);
      el.setAttribute(name, at(easeCubicInOut(t)));
      if (t === 1) glides.delete(name);
    }
    if (glides.size === 0 || !el.isConnected) gliding.delete(el);
  }
  if (gliding.size === 0) {
    clock?.stop();
    clock = null;
  }
}

/** Let an attribute travel to a value in `duration` milliseconds; 0 sets it at once. */
export function glide(el: Element, name: string, to: string, duration: number): void {
  const from = el.getAttribute(name);
  if (duration <= 0 || from === null) {
    gliding.get(el)?.delete(name);
    el.setAttribute(name, to);
    return;
  }
  const glides = gliding.get(el) ?? new Map<string, Glide>();
  glides.set(name, { at: between(from, to), start: performance.now(), duration });
  gliding.set(el, glides);
  clock ??= timer(move);
}

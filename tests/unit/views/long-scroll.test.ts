/** Scrolling through more than an element can be high. Catches rows that cannot be reached and small steps that jump. */
import { expect, test, vi } from 'vitest';
import { HEIGHT_MAX, heightFor, scrolledTo, scrollTo, topOf } from '../../../src/views/stage/long-scroll.ts';

/** As much of an element as scrolling needs: a browser keeps `scrollTop` in its bounds. */
function scroller(height: number) {
  let top = 0;
  const el = {
    clientHeight: 600,
    height,
    get scrollTop() {
      return top;
    },
    set scrollTop(to: number) {
      top = Math.max(0, Math.min(el.height - el.clientHeight, Math.round(to)));
    },
  };
  return el as unknown as HTMLElement & { height: number };
}

const TOTAL = 54_000_000;
const long = () => {
  const el = scroller(HEIGHT_MAX);
  expect(heightFor(el, TOTAL)).toBe(HEIGHT_MAX);
  return el;
};

test('what fits is scrolled as it is', () => {
  const el = scroller(5000);
  expect(heightFor(el, 5000)).toBe(5000);
  scrollTo(el, 1234);
  expect([el.scrollTop, topOf(el), scrolledTo(el)]).toEqual([1234, 1234, 1234]);
});

test('every place of what does not fit can be gone to exactly, both ends too', () => {
  const el = long();
  for (const top of [0, 1, 20, 26_999_999, 53_999_380, TOTAL - 600]) {
    scrollTo(el, top);
    expect(topOf(el)).toBe(top);
    // The event of what was put there changes nothing.
    expect(scrolledTo(el)).toBe(top);
  }
  scrollTo(el, 2 * TOTAL);
  expect(topOf(el)).toBe(TOTAL - 600);
});

test('a wheel scrolls by pixels, a drag of the bar by its share of the way', () => {
  vi.useFakeTimers();
  const el = long();
  scrollTo(el, 30_000_000);
  el.scrollTop += 40;
  expect(scrolledTo(el)).toBe(30_000_040);
  vi.runAllTimers();
  // The bar has been put where it belongs, and that is no scrolling.
  expect(scrolledTo(el)).toBe(30_000_040);
  el.scrollTop = (HEIGHT_MAX - 600) / 2;
  expect(Math.abs(scrolledTo(el) - (TOTAL - 600) / 2)).toBeLessThan(10);
  el.scrollTop = HEIGHT_MAX;
  expect(scrolledTo(el)).toBe(TOTAL - 600);
  el.scrollTop = 0;
  expect(scrolledTo(el)).toBe(0);
  vi.useRealTimers();
});

test('at an end of the bar that is none of the way, scrolling goes on', () => {
  const el = long();
  scrollTo(el, 3000);
  let top = 3000;
  for (let k = 0; k < 20 && top > 0; k++) {
    el.scrollTop -= 400;
    const next = scrolledTo(el);
    expect(next).toBeLessThan(top);
    top = next;
  }
  expect(top).toBe(0);
});

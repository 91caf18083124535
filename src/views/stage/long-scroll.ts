/**
 * Scrolling through more than an element can be high: browsers clip one at 17 to 33 million pixels, and a million rows are
 * more. The element stays lower than that, and its scroll bar stands for the share of the way. Small ways are
 * scrolled pixel by pixel; once it rests, or at an end of the bar, the bar is put where it belongs.
 */

/** All browsers can show an element of this height, in pixels. */
export const HEIGHT_MAX = 8_000_000;
/** A longer way at once is a drag of the bar, in heights of the view. */
const STEP_VIEWS = 3;
const REST_MS = 150;
/** So near to an end, bar and place are equal pixels, so that the end is reached when the bar reaches it. */
const EDGE = 20_000;

interface Place {
  /** Height of what is scrolled through, in pixels. */
  total: number;
  /** Where it is, from its top. */
  top: number;
  /** Where the bar was last seen or put. */
  bar: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}
const places = new WeakMap<HTMLElement, Place>();

const wayOf = (el: HTMLElement, height: number): number => Math.max(1, height - el.clientHeight);

/** A place on a way of `from` pixels as one on a way of `to`: equal at both ends, a share of what is between. */
function onWay(at: number, from: number, to: number): number {
  if (at <= EDGE) return at;
  if (from - at <= EDGE) return to - (from - at);
  return EDGE + ((at - EDGE) / (from - 2 * EDGE)) * (to - 2 * EDGE);
}

const barOf = (el: HTMLElement, { top, total }: Place): number =>
  Math.round(onWay(top, wayOf(el, total), wayOf(el, HEIGHT_MAX)));

function putBar(el: HTMLElement, place: Place): void {
  clearTimeout(place.timer);
  el.scrollTop = barOf(el, place);
  place.bar = el.scrollTop;
}

/** Height that an element is given in which `total` pixels are scrolled through; to be told whenever they change. */
export function heightFor(el: HTMLElement | null, total: number): number {
  if (el === null || total <= HEIGHT_MAX) {
    if (el !== null) places.delete(el);
    return total;
  }
  const place = places.get(el) ?? { total, top: el.scrollTop, bar: el.scrollTop, timer: undefined };
  places.set(el, Object.assign(place, { total }));
  return HEIGHT_MAX;
}

/** Pixels from the top of what is scrolled through to that of the view. */
export const topOf = (el: HTMLElement): number => places.get(el)?.top ?? el.scrollTop;

export function scrollTo(el: HTMLElement, top: number): void {
  const place = places.get(el);
  if (place === undefined) {
    el.scrollTop = top;
    return;
  }
  place.top = Math.max(0, Math.min(wayOf(el, place.total), top));
  putBar(el, place);
}

/** What a scroll event came to: the new top. */
export function scrolledTo(el: HTMLElement): number {
  const place = places.get(el);
  if (place === undefined) return el.scrollTop;
  const bar = el.scrollTop;
  const by = bar - place.bar;
  if (by === 0) return place.top;
  place.bar = bar;
  const way = wayOf(el, place.total);
  const barWay = wayOf(el, HEIGHT_MAX);
  const isStep = Math.abs(by) <= STEP_VIEWS * el.clientHeight;
  const top = isStep ? place.top + by : onWay(bar, barWay, way);
  place.top = Math.max(0, Math.min(way, top));
  clearTimeout(place.timer);
  const isAtEnd = bar <= 0 || bar >= barWay - 1;
  if (isAtEnd) {
    if (!isStep) place.top = bar <= 0 ? 0 : way;
    putBar(el, place);
  } else place.timer = setTimeout(() => putBar(el, place), REST_MS);
  return place.top;
}

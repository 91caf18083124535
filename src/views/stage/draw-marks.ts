/**
 * Puts marks on the screen: a keyed join at every level, so a mark that is still there moves and a new one fades in.
 * Written is only what is another than before. It owns everything below the node it is given; React owns the node.
 */
import { type Attr, type Mark, type Moves, type Span, spanAttrs } from '../../figures/index.ts';
import { arriveAt, glide, removeAttr } from './glide.ts';
import { staying } from './keep-order.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Attributes that glide; everything else snaps. */
const GLIDING = new Set(['d', 'transform', 'x', 'y', 'width', 'height', 'cx', 'cy', 'opacity']);

export interface Motion {
  /** Milliseconds; 0 snaps. */
  readonly duration: number;
  /** Milliseconds before anything moves. */
  readonly delay?: number;
  /** Share of the times that marks say of themselves. */
  readonly rate?: number;
}

/** What holds for a mark that says of itself how it moves. */
function paced(motion: Motion, moves: Moves | undefined): Motion {
  if (moves === undefined || motion.duration === 0) return motion;
  const rate = motion.rate ?? 1;
  return {
    rate,
    duration: moves.duration === undefined ? motion.duration : moves.duration * rate,
    delay: (moves.delay ?? 0) * rate,
  };
}

interface Drawn extends SVGElement {
  __mark?: Mark;
}

/** Draw the marks as the children of `parent`. */
export function drawMarks(parent: SVGElement, marks: readonly Mark[], motion: Motion): void {
  // Mostly they are the same things as before.
  let el = parent.firstElementChild as Drawn | null;
  let same = 0;
  while (el && same < marks.length && isOf(el, marks[same])) {
    update(el, marks[same++], false, motion);
    el = el.nextElementSibling as Drawn | null;
  }
  if (el === null) appendAll(parent, marks, same, motion);
  else joinRest(parent, el, marks.slice(same), motion);
}

const isOf = ({ __mark }: Drawn, { tag, key }: Mark): boolean => __mark?.key === key && __mark.tag === tag;

const create = (mark: Mark): Drawn => document.createElementNS(SVG, mark.tag) as Drawn;

function appendAll(parent: SVGElement, marks: readonly Mark[], from: number, motion: Motion): void {
  for (let i = from; i < marks.length; i++) {
    const el = create(marks[i]);
    parent.appendChild(el);
    update(el, marks[i], true, motion);
  }
}

/** The children from `first` on become `marks`: found by their keys first, then, when nothing moves, by being free. */
function joinRest(parent: SVGElement, first: Drawn, marks: readonly Mark[], motion: Motion): void {
  const olds: Drawn[] = [];
  const placeOf = new Map<string, number>();
  for (let el: Drawn | null = first; el; el = el.nextElementSibling as Drawn | null) {
    if (el.__mark) placeOf.set(`${el.__mark.tag} ${el.__mark.key}`, olds.length);
    olds.push(el);
  }
  const isTaken = new Uint8Array(olds.length);
  const places = marks.map((mark) => {
    const place = placeOf.get(`${mark.tag} ${mark.key}`);
    if (place === undefined || isTaken[place] === 1) return -1;
    isTaken[place] = 1;
    return place;
  });
  const keyed = places.slice();
  if (motion.duration === 0) reuse(olds, isTaken, marks, places);
  olds.forEach((el, i) => {
    if (el.__mark && isTaken[i] === 0) el.remove();
  });
  const stays = staying(places);
  let behind: Element | null = null;
  for (let i = marks.length - 1; i >= 0; i--) {
    const el: Drawn = places[i] < 0 ? create(marks[i]) : olds[places[i]];
    if (stays[i] === 0) parent.insertBefore(el, behind);
    if (places[i] !== keyed[i]) arriveAt(el);
    update(el, marks[i], places[i] < 0, motion);
    behind = el;
  }
}

/**
 * After a jump most rows are others. Where nothing is seen to travel, what is no longer wanted becomes what is new, in
 * its place: to write a few attributes costs much less than to make an element and to lay it out.
 */
function reuse(olds: readonly Drawn[], isTaken: Uint8Array, marks: readonly Mark[], places: number[]): void {
  const free = new Map<string, number[]>();
  for (let i = olds.length - 1; i >= 0; i--) {
    const tag = olds[i].__mark?.tag;
    if (tag === undefined || isTaken[i] === 1) continue;
    const same = free.get(tag);
    if (same) same.push(i);
    else free.set(tag, [i]);
  }
  marks.forEach(({ tag }, i) => {
    if (places[i] >= 0) return;
    const place = free.get(tag)?.pop();
    if (place === undefined) return;
    places[i] = place;
    isTaken[place] = 1;
  });
}

type Content = 'children' | 'spans' | 'text' | 'none';
const contentOf = ({ children, spans, text }: Mark): Content =>
  children ? 'children' : spans ? 'spans' : text !== undefined ? 'text' : 'none';

function update(el: Drawn, mark: Mark, isNew: boolean, above: Motion): void {
  let previous = el.__mark;
  if (previous === mark) return;
  el.__mark = mark;
  const motion = paced(above, mark.moves);
  if (previous) {
    for (const name in previous.attrs)
      if (previous.attrs[name] !== undefined && mark.attrs[name] === undefined) removeAttr(el, name);
  }
  for (const name in mark.attrs) setAttr(el, name, mark.attrs[name], previous, isNew, motion);
  if (isNew && motion.duration > 0) enter(el, mark, motion);
  if (previous && contentOf(previous) !== contentOf(mark)) {
    el.textContent = '';
    previous = undefined;
  }
  if (mark.children) drawMarks(el, mark.children, isNew ? { duration: 0 } : motion);
  else if (mark.spans) drawSpans(el, mark.spans, previous?.spans ?? []);
  else if (mark.text !== undefined && previous?.text !== mark.text) write(el, mark.text);
}

/** Puts a text into an element that holds nothing but text: into the node that is there, if one is. */
function write(el: Element, text: string): void {
  const { firstChild } = el;
  if (firstChild) firstChild.nodeValue = text;
  else el.textContent = text;
}

/** A new mark fades in, or comes from where it says that it comes from. */
function enter(el: Drawn, mark: Mark, motion: Motion): void {
  const from = mark.moves?.from ?? (mark.tag === 'g' ? { opacity: 0 } : {});
  for (const [name, value] of Object.entries(from)) {
    const to = mark.attrs[name] ?? (name === 'opacity' ? 1 : undefined);
    if (value === undefined || to === undefined) continue;
    el.setAttribute(name, String(value));
    glide(el, name, String(to), motion.duration, motion.delay);
  }
}

function setAttr(
  el: Drawn,
  name: string,
  value: string | number | undefined,
  previous: Mark | undefined,
  isNew: boolean,
  motion: Motion,
): void {
  const before = previous?.attrs[name];
  if (value === undefined || value === before) return;
  const next = String(value);
  if (before !== undefined && String(before) === next) return;
  glide(el, name, next, isNew || !GLIDING.has(name) ? 0 : motion.duration, motion.delay);
}

const sameSpan = (a: Span | undefined, b: Span): boolean =>
  a !== undefined &&
  a.text === b.text &&
  a.cls === b.cls &&
  a.x === b.x &&
  a.anchor === b.anchor &&
  a.length === b.length;

function drawSpans(el: Drawn, spans: readonly Span[], previous: readonly Span[]): void {
  for (let i = previous.length; i > spans.length; i--) el.lastElementChild?.remove();
  let tspan = el.firstElementChild;
  spans.forEach((span, i) => {
    const before = previous[i];
    if (!tspan) {
      tspan = document.createElementNS(SVG, 'tspan');
      el.appendChild(tspan);
    }
    if (!sameSpan(before, span)) drawSpan(tspan, span, before);
    tspan = tspan.nextElementSibling;
  });
}

/** Most spans become others in their text alone. */
function drawSpan(tspan: Element, span: Span, before: Span | undefined): void {
  if (before?.text !== span.text) write(tspan, span.text);
  if (
    before &&
    before.cls === span.cls &&
    before.x === span.x &&
    before.anchor === span.anchor &&
    before.length === span.length
  )
    return;
  const was: Record<string, Attr> = before ? spanAttrs(before) : {};
  const attrs = spanAttrs(span);
  for (const name in attrs) {
    const value = attrs[name];
    if (value === was[name]) continue;
    if (value === undefined || value === '') tspan.removeAttribute(name);
    else tspan.setAttribute(name, String(value));
  }
}

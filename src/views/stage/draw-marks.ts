/**
 * Puts marks on the screen: a keyed join at every level, so a mark that is still there moves and a new one fades in.
 * It owns everything below the node it is given; React owns the node.
 */
import { type Mark, type Moves, type Span, spanAttrs } from '../../figures/index.ts';
import { glide } from './glide.ts';

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
  const old = new Map<string, Drawn>();
  for (let el = parent.firstElementChild; el; el = el.nextElementSibling) {
    const mark = (el as Drawn).__mark;
    if (mark) old.set(`${mark.tag} ${mark.key}`, el as Drawn);
  }
  let place: Element | null = parent.firstElementChild;
  for (const mark of marks) {
    const id = `${mark.tag} ${mark.key}`;
    let el = old.get(id);
    const isNew = !el;
    if (el) old.delete(id);
    else el = document.createElementNS(SVG, mark.tag) as Drawn;
    if (el !== place) parent.insertBefore(el, place);
    else place = place.nextElementSibling;
    update(el, mark, isNew, motion);
  }
  for (const el of old.values()) el.remove();
}

function update(el: Drawn, mark: Mark, isNew: boolean, above: Motion): void {
  const previous = el.__mark;
  if (previous === mark) return;
  el.__mark = mark;
  const motion = paced(above, mark.moves);
  for (const name of Object.keys(previous?.attrs ?? {})) if (!(name in mark.attrs)) el.removeAttribute(name);
  for (const [name, value] of Object.entries(mark.attrs)) setAttr(el, name, value, previous, isNew, motion);
  if (isNew && motion.duration > 0) enter(el, mark, motion);
  if (mark.children) drawMarks(el, mark.children, isNew ? { duration: 0 } : motion);
  else if (mark.spans) drawSpans(el, mark.spans, previous?.spans ?? []);
  else if (mark.text !== undefined && el.textContent !== mark.text) el.textContent = mark.text;
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
  if (value === undefined) {
    el.removeAttribute(name);
    return;
  }
  const next = String(value);
  if (previous && String(previous.attrs[name]) === next) return;
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
  while (el.childElementCount > spans.length) el.lastElementChild?.remove();
  spans.forEach((span, i) => {
    if (sameSpan(previous[i], span)) return;
    let tspan = el.children[i];
    if (!tspan) {
      tspan = document.createElementNS(SVG, 'tspan');
      el.appendChild(tspan);
    }
    if (previous[i]?.text !== span.text) tspan.textContent = span.text;
    for (const [name, value] of Object.entries(spanAttrs(span)))
      if (value === undefined || value === '') tspan.removeAttribute(name);
      else tspan.setAttribute(name, String(value));
  });
}

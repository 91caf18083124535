/** The shapes of rails: lines with their heads, the zigzag of what cannot be done, stubs, and words at an edge. */
import { stubWidth } from './geometry.ts';
import { circle, group, label, type Mark, path, rect } from './mark.ts';
import { grouped } from './number.ts';
import { isFocus, type Rail } from './rail-lanes.ts';

export interface RailPlace {
  /** x of the column's edge, and the direction in which lanes are counted: -1 left, +1 right. */
  readonly root: number;
  readonly side: -1 | 1;
  /** Widest distance between lanes, and the width they must share. */
  readonly lane: number;
  readonly space: number;
  readonly yOf: (row: number) => number;
  /** What is in view. */
  readonly yMin: number;
  readonly yMax: number;
}

export const HEAD = 6;
const RADIUS = 6;
/** Height of a line of words at an edge. */
export const EDGE_LINE = 16;
const BAR = 4;

/** Arrow head of the given size whose tip is at (x, y), pointing against `side` (towards the column). */
export const headTowards = (x: number, y: number, side: -1 | 1, size = HEAD): string =>
  `M${x} ${y}l${side * size} ${-size * 0.62}v${size * 1.24}z`;

/** Arrow head whose tip is at (x, y), pointing down (1) or up (-1). */
const headAlong = (x: number, y: number, dir: -1 | 1): string =>
  `M${x} ${y}l${-HEAD * 0.62} ${-dir * HEAD}h${HEAD * 1.24}z`;

/** Where one rail runs: its ends, which of them are in view, and the place of its lane. */
export interface Run {
  readonly rail: Rail;
  readonly lx: number;
  readonly y1: number;
  readonly y2: number;
  readonly hasFrom: boolean;
  readonly hasTo: boolean;
  /** Whether it goes down. */
  readonly isDown: boolean;
}

/** What is not dimmed when one jump is asked about: the jump itself, and where its old number would land. */
const stays = (rail: Rail): boolean => isFocus(rail) || rail.cls.includes('ghost');

export const pointsBack = ({ from, to }: Rail): boolean => to <= from;

/** From the source's end over the lane to the target's; an end out of view stays on the lane. */
function linePath({ root, side }: RailPlace, { lx, y1, y2, hasFrom, hasTo }: Run): string {
  const dir = y2 >= y1 ? 1 : -1;
  const r = Math.min(RADIUS, Math.abs(y2 - y1) / 2, Math.abs(lx - root));
  const start = hasFrom
    ? `M${root} ${y1}H${lx - side * r}Q${lx} ${y1} ${lx} ${y1 + dir * r}`
    : `M${lx} ${y1}`;
  const end = hasTo
    ? `V${y2 - dir * r}Q${lx} ${y2} ${lx - side * r} ${y2}H${root + side * HEAD}`
    : `V${y2 - dir * HEAD}`;
  return start + end;
}

const ZIG = { width: 10, pitch: 8 } as const;

/** The arrow that cannot be made: along its lane the line goes zigzag. */
function zigzagPath({ root }: RailPlace, { lx, y1, y2, hasFrom }: Run): string {
  const dir = y2 >= y1 ? 1 : -1;
  const turns = Math.max(1, Math.floor(Math.abs(y2 - y1) / ZIG.pitch));
  let d = hasFrom ? `M${root} ${y1}H${lx}` : `M${lx} ${y1}`;
  for (let k = 1; k < turns; k++) {
    d += `L${lx + (k % 2 === 1 ? -ZIG.width / 2 : ZIG.width / 2)} ${y1 + dir * k * ZIG.pitch}`;
  }
  return `${d}L${lx} ${y2}`;
}

function brokenMarks(place: RailPlace, run: Run): Mark[] {
  const { root, side } = place;
  const { lx, y2, hasTo } = run;
  const marks = [path('line', zigzagPath(place, run), 'line')];
  if (!hasTo) return marks;
  marks.push(
    path('cross', `M${lx - 5} ${y2 - 5}l10 10M${lx + 5} ${y2 - 5}l-10 10`, 'cross'),
    path('miss', `M${lx - side * 8} ${y2}H${root + side * HEAD}`, 'miss'),
    path('miss-head', headTowards(root, y2, side), 'miss-head'),
  );
  return marks;
}

/** Two strokes that point where a jump back goes, in the middle of its line. */
function chevron({ lx, y1, y2 }: Run): Mark[] {
  if (Math.abs(y2 - y1) < 14) return [];
  const y = (y1 + y2) / 2;
  return [path('back', `M${lx - 4.5} ${y + 2.5}l4.5 -5l4.5 5`, 'chevron')];
}

export function railMark(place: RailPlace, run: Run, isOutermost: boolean, fades: boolean): Mark {
  const { root, side } = place;
  const { rail, lx, y1, y2, hasFrom, hasTo } = run;
  const back = pointsBack(rail);
  const cls = `rail ${rail.cls}${rail.conditional ? ' cond' : ''}${back ? ' back' : ''}${rail.call ? ' call' : ''}${fades && !stays(rail) ? ' faded' : ''}`;
  const line = linePath(place, run);
  const parts = rail.cls.includes('broken')
    ? brokenMarks(place, run)
    : [
        path('line', line, 'line'),
        ...(hasTo ? [path('head', headTowards(root, y2, side), 'head')] : []),
        ...(back && isOutermost ? chevron(run) : []),
      ];
  if (hasFrom) parts.push(circle('dot', root, y1, 2, 'dot'));
  if (!hasTo) parts.push(path('exit', headAlong(lx, y2, run.isDown ? 1 : -1), 'head'));
  // What the pointer finds: a line of one pixel is hard to hit.
  parts.push(path('hit', line, 'hit'));
  return group(rail.key, { class: cls, 'aria-hidden': 'true', 'data-goto': rail.names?.uid }, parts);
}

const title = (text: string): Mark => ({ tag: 'title', key: 'title', attrs: {}, text });

/** A jump whose arrow is not drawn, in its row: which way, and the slot it leads to. A click goes there. */
export function stubMark(place: RailPlace, rail: Rail, fades: boolean): Mark {
  const { root, side, space, yOf } = place;
  const arrow = pointsBack(rail) ? '\u2191' : '\u2193';
  const { names } = rail;
  const whole = names ? `${arrow} ${grouped(names.targetSlot)}` : arrow;
  const text = stubWidth(whole) <= space + 8 ? whole : arrow;
  const w = stubWidth(text);
  const x = side === 1 ? root + 4 : root - 4 - w;
  const faded = fades && !isFocus(rail) ? ' faded' : '';
  return group(
    `stub-${rail.key}`,
    {
      class: `stub ${rail.cls}${rail.conditional ? ' cond' : ''}${faded}`,
      transform: `translate(${x},${yOf(rail.from)})`,
      'data-goto': names?.targetUid ?? undefined,
    },
    [
      ...(names ? [title(`leads to insn ${grouped(names.targetSlot)}`)] : []),
      rect('box', 0, -8, w, 16, 'box', { rx: 3 }),
      label('text', w / 2, 0, text, 'stub-text'),
    ],
  );
}

/** A line of text in the gutter at the upper or lower edge. */
export function edgeLine(place: RailPlace, key: string, y: number, text: string, uid: number | null): Mark {
  const { root, side, space } = place;
  const w = stubWidth(text);
  const outer = root + side * (space + 8);
  const x = side === 1 ? outer - w : outer;
  return group(key, { class: 'edge-line', ...(uid !== null && { 'data-goto': uid }) }, [
    rect('box', x, y - EDGE_LINE / 2, w, EDGE_LINE, 'box'),
    label('text', x + w / 2, y, text, 'stub-text'),
  ]);
}

/** What passes through is one bar at the outer edge of the gutter, darker the more there is. */
export function density({ root, side, space, yMin, yMax }: RailPlace, passing: number): Mark[] {
  if (passing === 0) return [];
  const x = root + side * (space + 8) - (side === 1 ? BAR : 0);
  const weight = passing < 4 ? 'few' : passing < 16 ? 'some' : 'many';
  return [rect('density', x, yMin, BAR, yMax - yMin, `density ${weight}`)];
}

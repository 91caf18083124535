/**
 * Growth on two logarithmic axes: a mark for each measurement, and between two of one series the local exponent. Nothing
 * is fitted. Where an algorithm was stopped, its line goes on dotted with the smallest exponent that was measured next to there, and says so.
 */
import { besides, type Named } from './chart-labels.ts';
import { ANYWHERE, besidePiece, type Note, placeNotes, type Scenery, type XY } from './chart-notes.ts';
import { circle, group, label, type Mark, path } from './mark.ts';
import { racerOf } from './racers.ts';

export interface ChartPoint {
  readonly n: number;
  /** Above 0: touches, seconds, bytes or allocations. */
  readonly value: number;
  /** It needs more: it was stopped there. */
  readonly isCut: boolean;
}

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  /** The same where there is little room. */
  readonly short: string;
  /** Smaller, below the name. */
  readonly about: string;
  /** 'own': measured here. 'others': told by others. 'bound': it was no more than that. */
  readonly kind: 'own' | 'others' | 'bound';
  /** Said where it was stopped. */
  readonly stopped?: string;
  readonly points: readonly ChartPoint[];
}

/** What is drawn on the axes. */
export interface ChartAxes {
  readonly xName: string;
  /** The same where there is little room. */
  readonly xShort: string;
  readonly yName: string;
  /** How a whole power of ten is written on the value axis. */
  readonly tick: (exponent: number) => string;
  /** Numbers of insns that are on the axis, whatever was measured. */
  readonly xRange: readonly [number, number];
}

export interface ChartBox {
  readonly width: number;
  readonly height: number;
  /** A small one beside others: no exponents, and names without words below them. */
  readonly isSmall: boolean;
}

/** A point of a series, by its place among them. */
export interface ChartPlace {
  readonly series: string;
  readonly n: number;
}

/** Where points stand, for who looks for one. */
export interface ChartSpot extends ChartPlace {
  readonly x: number;
  readonly y: number;
}

const SUPERSCRIPTS = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';
export const power = (exponent: number): string =>
  exponent < 0
    ? `10\u207b${power(-exponent).slice(2)}`
    : `10${[...String(exponent)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;

/** A shorter piece of a line has no room for its number; then no piece of any line has one. */
const EXPONENT_ROOM = 30;
/** A picture narrower than that has no room for words beside the names. */
const WORDS_WIDTH = 560;
/** Of the pieces next to where it was stopped, how many say how it would go on. */
const SLOPES_CNT = 3;
/** More ticks than that stand too close; then every second one is written. */
const TICK_ROOM = 22;

/** Whole powers of ten that hold all values. */
function domainOf(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 3];
  const lo = Math.floor(Math.log10(Math.min(...values)));
  return [lo, Math.max(lo + 1, Math.ceil(Math.log10(Math.max(...values))))];
}

/** How it grows with n between two measurements: the slope on logarithmic axes. */
export const localExponent = (a: ChartPoint, b: ChartPoint): number =>
  Math.log(b.value / a.value) / Math.log(b.n / a.n);

/** To two places, and no sign before a nought. */
const exponentText = (exponent: number): string => (Math.round(exponent * 100) / 100 || 0).toFixed(2);

/** The smallest exponent between two that were measured whole, so that nothing is made worse than it is. */
function leastExponent(points: readonly ChartPoint[]): number | null {
  const whole = points.filter(({ isCut }) => !isCut);
  const slopes = whole.slice(1).map((point, k) => localExponent(whole[k], point));
  return slopes.length === 0 ? null : Math.min(...slopes.slice(-SLOPES_CNT));
}

/** Where the line of a stopped algorithm would go on to, if it grew on as it did; null: it was not stopped. */
export function beyondOf({ points, kind }: ChartSeries, nMax: number): readonly ChartPoint[] | null {
  const cut = points.findIndex(({ isCut }) => isCut);
  const from = points[cut - 1];
  const exponent = leastExponent(points);
  if (kind !== 'own' || cut < 1 || exponent === null || from.n >= nMax) return null;
  return [from, { n: nMax, value: from.value * (nMax / from.n) ** exponent, isCut: false }];
}

interface Scales {
  readonly x: (n: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly yRange: readonly [number, number];
}

function scalesOf(
  series: readonly ChartSeries[],
  { xRange }: ChartAxes,
  { width, height, isSmall }: ChartBox,
): Scales {
  const hasWords = !isSmall && width >= WORDS_WIDTH;
  const left = isSmall ? 44 : 64;
  const right = width - (hasWords ? 176 : isSmall ? 56 : 90);
  const [top, bottom] = isSmall ? [26, height - 22] : [30, height - 44];
  const [x0, x1] = xRange.map(Math.log10);
  const values = series.flatMap((one) => [...one.points, ...(beyondOf(one, xRange[1]) ?? [])]);
  const [y0, y1] = domainOf(values.map(({ value }) => value));
  const x = (n: number): number => left + ((Math.log10(n) - x0) / (x1 - x0)) * (right - left);
  const y = (value: number): number => bottom - ((Math.log10(value) - y0) / (y1 - y0)) * (bottom - top);
  return { x, y, left, right, top, bottom, yRange: [y0, y1] };
}

function axisMarks(
  { xName, xShort, yName, tick, xRange }: ChartAxes,
  scales: Scales,
  { width, isSmall }: ChartBox,
): Mark[] {
  const { x, y, left, right, top, bottom, yRange } = scales;
  const marks: Mark[] = [];
  for (let k = Math.ceil(Math.log10(xRange[0])); k <= Math.log10(xRange[1]); k++) {
    const at = Math.round(x(10 ** k)) + 0.5;
    marks.push(path(`gx${k}`, `M${at} ${top}V${bottom}`, 'grid-line'));
    if (!isSmall || k % 2 === 0) marks.push(label(`tx${k}`, at, bottom + 14, power(k), 'tick mid'));
  }
  const [y0, y1] = yRange;
  const every = Math.ceil(TICK_ROOM / Math.max(1, (bottom - top) / (y1 - y0)));
  for (let k = y0; k <= y1; k++) {
    const at = Math.round(y(10 ** k)) + 0.5;
    marks.push(path(`gy${k}`, `M${left} ${at}H${right}`, 'grid-line'));
    if ((k - y0) % every === 0) marks.push(label(`ty${k}`, left - 8, at, tick(k), 'tick end'));
  }
  marks.push(path('axes', `M${left + 0.5} ${top}V${bottom + 0.5}H${right}`, 'axis'));
  marks.push(label('y-name', 8, 8, yName, isSmall ? 'small-name' : 'axis-name'));
  if (!isSmall)
    marks.push(label('x-name', right, bottom + 34, width < WORDS_WIDTH ? xShort : xName, 'axis-name end'));
  return marks;
}

const diamond = (x: number, y: number): Mark =>
  path('mark', `M${x} ${y - 5.5}l5.5 5.5 -5.5 5.5 -5.5 -5.5z`, 'mark hollow');
const square = (x: number, y: number): Mark => path('mark', `M${x - 4} ${y - 4}h8v8h-8z`, 'mark hollow');
/** An arrow up where it was stopped, and down where it was no more. */
const cutMark = (x: number, y: number): Mark =>
  path('mark', `M${x - 5} ${y}h10M${x} ${y}v-14m-4 5l4 -5 4 5`, 'mark cut');
const boundMark = (x: number, y: number): Mark =>
  path('mark', `M${x - 5} ${y}h10M${x} ${y}v14m-4 -5l4 5 4 -5`, 'mark cut');

/** Shapes of what others measured; a shape a series, so that colour need not tell them. */
const OTHERS: Readonly<Record<string, (x: number, y: number) => Mark>> = {
  'rfc-array': diamond,
  'linux-6.18': square,
};

function pointMark({ id, kind }: ChartSeries, { isCut }: ChartPoint, x: number, y: number): Mark {
  if (kind === 'bound') return boundMark(x, y);
  if (isCut) return cutMark(x, y);
  return kind === 'others' ? (OTHERS[id] ?? diamond)(x, y) : racerOf(id).mark(x, y);
}

function seriesMark(one: ChartSeries, { x, y }: Scales, [, nMax]: readonly [number, number]): Mark {
  const { id, kind, points } = one;
  const whole = points.filter(({ isCut }) => !isCut);
  const lineOf = (all: readonly ChartPoint[]): string =>
    all.map(({ n, value }, k) => `${k === 0 ? 'M' : 'L'}${x(n)} ${y(value)}`).join('');
  const children: Mark[] = [path('line', lineOf(whole), 'line')];
  const beyond = beyondOf(one, nMax);
  if (beyond) children.push(path('beyond', lineOf(beyond), 'line beyond'));
  for (const point of points) {
    const [px, py] = [x(point.n), y(point.value)];
    children.push(group(`p${point.n}`, { class: 'point' }, [pointMark(one, point, px, py)]));
  }
  return group(id, { class: `series ${id} ${kind}` }, children);
}

/** Numbers of the lowest line stand below it. */
const isLow = (id: string, kind: ChartSeries['kind']): boolean =>
  kind === 'own' ? racerOf(id).isLowest : id === 'linux-6.18';

/** An exponent for each piece of each line that was measured whole. */
function exponentNotes(series: readonly ChartSeries[], { x, y }: Scales): Note[] {
  return series.flatMap(({ id, kind, points }) =>
    points.flatMap((point, k) => {
      const before = points[k - 1];
      if (!before || point.isCut) return [];
      const [a, b] = [before, point].map(({ n, value }) => ({ x: x(n), y: y(value) }));
      const text = exponentText(localExponent(before, point));
      const of = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
      return [{ key: `e-${id}-${k}`, text, of, places: besidePiece([a, b], text, isLow(id, kind)) }];
    }),
  );
}

/** What is said where one was stopped, and at the dotted line behind that. */
function stopNotes(series: readonly ChartSeries[], { x, y }: Scales, nMax: number): Note[] {
  return series.flatMap((one) => {
    const cut = one.points.find(({ isCut }) => isCut);
    const beyond = beyondOf(one, nMax);
    const notes: Note[] = [];
    if (cut) {
      const of = { x: x(cut.n), y: y(cut.value) };
      const text = one.stopped ?? 'stopped here';
      const places = [0, 14, 28, 42, 56].flatMap((down) =>
        [62, 0, 24, -62].map((right) => ({ x: of.x + right, y: of.y + down })),
      );
      notes.push({ key: `stopped-${one.id}`, text, of, places });
    }
    if (beyond) {
      const [a, b] = beyond.map(({ n, value }) => ({ x: x(n), y: y(value) }));
      const of = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
      const text = 'not measured';
      notes.push({ key: `beyond-${one.id}`, text, of, places: besidePiece([a, b], text, true, ANYWHERE) });
    }
    return notes;
  });
}

const piecesOf = (all: readonly XY[]): (readonly [XY, XY])[] =>
  all.slice(1).map((at, k) => [all[k], at] as const);

/** Words at the lines, where they cover no mark, no other word and as few lines as can be. */
function noteMarks(
  series: readonly ChartSeries[],
  scales: Scales,
  nMax: number,
  hasExponents: boolean,
): Mark[] {
  const { x, y, left, right, top, bottom } = scales;
  const spot = ({ n, value }: ChartPoint): XY => ({ x: x(n), y: y(value) });
  const marks = series.flatMap(({ points }) => points.map(spot));
  const pieces = series.flatMap((one) => [
    ...piecesOf(one.points.filter(({ isCut }) => !isCut).map(spot)),
    ...piecesOf((beyondOf(one, nMax) ?? []).map(spot)),
  ]);
  const scenery: Scenery = { marks, pieces, left, right, top, bottom };
  const notes = [...stopNotes(series, scales, nMax), ...(hasExponents ? exponentNotes(series, scales) : [])];
  return placeNotes(notes, scenery).map(({ key, x: nx, y: ny, text }) =>
    label(key, nx, ny, text, 'exponent mid'),
  );
}

/** Names at the right end of their lines, moved apart. */
function nameMarks(series: readonly ChartSeries[], scales: Scales, box: ChartBox, nMax: number): Mark[] {
  const hasWords = !box.isSmall && box.width >= WORDS_WIDTH;
  const { x, y, right, top, bottom } = scales;
  const named: Named[] = series.flatMap((one) => {
    const end = beyondOf(one, nMax)?.[1] ?? one.points.at(-1);
    if (end === undefined) return [];
    return [
      {
        id: one.id,
        name: hasWords ? one.label : one.short,
        about: hasWords ? one.about : '',
        x: x(end.n),
        y: y(end.value),
      },
    ];
  });
  return besides(named, { left: right + 12, top, bottom, hasWords, isSmall: box.isSmall });
}

/** `at`: the point that is looked at. */
export function chartFigure(
  series: readonly ChartSeries[],
  axes: ChartAxes,
  box: ChartBox,
  at: ChartPlace | null = null,
): Mark[] {
  const scales = scalesOf(series, axes, box);
  const { x } = scales;
  const hasExponents =
    !box.isSmall &&
    series.every(({ points }) =>
      points.every(({ n }, k) => k === 0 || x(n) - x(points[k - 1].n) >= EXPONENT_ROOM),
    );
  const marks = axisMarks(axes, scales, box);
  for (const one of series) marks.push(seriesMark(one, scales, axes.xRange));
  if (!box.isSmall) marks.push(...noteMarks(series, scales, axes.xRange[1], hasExponents));
  marks.push(...nameMarks(series, scales, box, axes.xRange[1]));
  const spot = at && spotsOf(series, axes, box).find(({ series: id, n }) => id === at.series && n === at.n);
  if (spot) marks.push(circle('at', spot.x, spot.y, 9, 'looked-at'));
  return marks;
}

/** All points of the picture, each series from small to big. */
export function spotsOf(series: readonly ChartSeries[], axes: ChartAxes, box: ChartBox): ChartSpot[] {
  const { x, y } = scalesOf(series, axes, box);
  return series.flatMap(({ id, points }) =>
    points.map(({ n, value }) => ({ series: id, n, x: x(n), y: y(value) })),
  );
}

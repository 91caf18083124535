/**
 * Work against size on two logarithmic axes: a mark for each measurement, its series' name beside the last one, and
 * between two marks the local exponent. Nothing is fitted; where an algorithm was stopped, the line ends in an arrow.
 */
import { group, label, type Mark, path } from './mark.ts';
import { grouped } from './number.ts';
import { racerOf } from './racers.ts';

export interface ChartPoint {
  readonly n: number;
  readonly touches: number;
  /** It needs more: it was stopped there. */
  readonly isCut: boolean;
}

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  readonly points: readonly ChartPoint[];
}

export interface ChartBox {
  readonly width: number;
  readonly height: number;
}

const PAD = { left: 56, right: 96, top: 28, bottom: 44 } as const;
/** A shorter piece of a line has no room for its number; then none has one. */
const EXPONENT_ROOM = 56;
const SUPERSCRIPTS = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';

const power = (exponent: number): string =>
  `10${[...String(exponent)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;

/** Whole powers of ten that hold all values. */
function domainOf(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [2, 3];
  const lo = Math.floor(Math.log10(Math.min(...values)));
  return [lo, Math.max(lo + 1, Math.ceil(Math.log10(Math.max(...values))))];
}

/** How touches grow with n between two measurements: the slope on logarithmic axes. */
export const localExponent = (a: ChartPoint, b: ChartPoint): number =>
  Math.log(b.touches / a.touches) / Math.log(b.n / a.n);

export function chartFigure(series: readonly ChartSeries[], { width, height }: ChartBox): Mark[] {
  const all = series.flatMap(({ points }) => points);
  const [x0, x1] = domainOf(all.map(({ n }) => n));
  const [y0, y1] = domainOf(all.map(({ touches }) => touches));
  const right = width - PAD.right;
  const bottom = height - PAD.bottom;
  const x = (n: number) => PAD.left + ((Math.log10(n) - x0) / (x1 - x0)) * (right - PAD.left);
  const y = (t: number) => bottom - ((Math.log10(t) - y0) / (y1 - y0)) * (bottom - PAD.top);
  const marks: Mark[] = [];
  for (let k = x0; k <= x1; k++) {
    const at = Math.round(x(10 ** k)) + 0.5;
    marks.push(path(`gx${k}`, `M${at} ${PAD.top}V${bottom}`, 'grid-line'));
    marks.push(label(`tx${k}`, at, bottom + 16, power(k), 'tick mid'));
  }
  for (let k = y0; k <= y1; k++) {
    const at = Math.round(y(10 ** k)) + 0.5;
    marks.push(path(`gy${k}`, `M${PAD.left} ${at}H${right}`, 'grid-line'));
    marks.push(label(`ty${k}`, PAD.left - 8, at, power(k), 'tick end'));
  }
  marks.push(path('axes', `M${PAD.left + 0.5} ${PAD.top}V${bottom + 0.5}H${right}`, 'axis'));
  marks.push(label('x-name', (PAD.left + right) / 2, height - 8, 'insns', 'axis-name mid'));
  marks.push(label('y-name', PAD.left - 44, 8, 'touches', 'axis-name'));
  const hasExponents = series.every(({ points }) =>
    points.every(({ n }, k) => k === 0 || x(n) - x(points[k - 1].n) >= EXPONENT_ROOM),
  );
  for (const one of series) marks.push(seriesMark(one, { x, y, right, hasExponents }));
  return marks;
}

interface Axes {
  readonly x: (n: number) => number;
  readonly y: (t: number) => number;
  readonly right: number;
  readonly hasExponents: boolean;
}

function seriesMark({ id, label: name, points }: ChartSeries, { x, y, right, hasExponents }: Axes): Mark {
  const children: Mark[] = [];
  const { mark, isLowest } = racerOf(id);
  const line = points.map(({ n, touches }, k) => `${k === 0 ? 'M' : 'L'}${x(n)} ${y(touches)}`).join('');
  children.push(path('line', line, 'line'));
  points.forEach((point, k) => {
    const [px, py] = [x(point.n), y(point.touches)];
    children.push(group(`p${point.n}`, {}, [(point.isCut ? cutMark : mark)(px, py), titleOf(name, point)]));
    const before = points[k - 1];
    if (!before || point.isCut || !hasExponents) return;
    const [mx, my] = [(px + x(before.n)) / 2, (py + y(before.touches)) / 2];
    const [dx, dy] = isLowest ? [10, 12] : [-10, -10];
    children.push(label(`e${k}`, mx + dx, my + dy, localExponent(before, point).toFixed(2), 'exponent mid'));
  });
  const last = points.at(-1);
  // The two lower lines end close to each other.
  const aside = isLowest ? 8 : -6;
  if (last)
    children.push(
      label('name', Math.min(right, x(last.n)) + 12, y(last.touches) + aside, name, 'series-name'),
    );
  return group(id, { class: `series ${id}` }, children);
}

const titleOf = (name: string, { n, touches, isCut }: ChartPoint): Mark => ({
  tag: 'title',
  key: 'title',
  attrs: {},
  text: `${name}, ${grouped(n)} insns: ${isCut ? 'more than ' : ''}${grouped(touches)} touches`,
});

/** An arrow where it was stopped. */
const cutMark = (x: number, y: number): Mark =>
  path('mark', `M${x - 5} ${y}h10M${x} ${y}v-14m-4 5l4 -5 4 5`, 'mark cut');

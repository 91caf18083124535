/**
 * Would catch: a mark at the wrong place, an exponent that is fitted or made up, a stopped run drawn as a measured one, a
 * point that somebody published left out, and names that lie over each other.
 */
import { describe, expect, it } from 'vitest';
import {
  beyondOf,
  type ChartAxes,
  type ChartSeries,
  chartFigure,
  localExponent,
  power,
  spotsOf,
} from '../../src/figures/chart.ts';
import { apart } from '../../src/figures/chart-labels.ts';
import { besidePiece, placeNotes } from '../../src/figures/chart-notes.ts';
import type { Mark } from '../../src/figures/mark.ts';
import { PATCH_TIMES } from '../../src/kernel/patch-times.ts';
import { AXES, seriesOf, timeText } from '../../src/views/chart/series.ts';

const point = (n: number, value: number, isCut = false) => ({ n, value, isCut });
const ARRAY: ChartSeries = {
  ...{ id: 'array', label: 'array', short: 'array', about: 'some words', kind: 'own' },
  stopped: 'stopped after 2 s',
  points: [point(100, 1e4), point(1000, 1e6), point(10_000, 2e7, true)],
};
const STREAM: ChartSeries = {
  ...{ id: 'stream', label: 'batch', short: 'batch', about: '', kind: 'own' },
  points: [point(100, 500), point(1000, 5000), point(10_000, 50_000)],
};
const SERIES = [ARRAY, STREAM];
const RANGE: ChartAxes = { xName: 'insns', xShort: 'n', yName: 'touches', tick: power, xRange: [100, 1e6] };
const BOX = { width: 952, height: 572, isSmall: false };

const flat = (marks: readonly Mark[]): Mark[] =>
  marks.flatMap((mark) => [mark, ...flat(mark.children ?? [])]);
const inSeries = (id: string, box = BOX): Mark[] => {
  const found = chartFigure(SERIES, RANGE, box).find(({ key }) => key === id);
  return flat(found ? [found] : []);
};
const exponents = (id: string, box = BOX): string[] =>
  texts(chartFigure(SERIES, RANGE, box).filter(({ key }) => key.startsWith(`e-${id}`)));
const texts = (marks: readonly Mark[]) => marks.flatMap(({ text }) => text ?? []);

describe('the complexity chart', () => {
  it('says the slope between two measurements, and none up to where one was stopped', () => {
    expect(localExponent(point(100, 1e4), point(1000, 1e6))).toBeCloseTo(2);
    expect([exponents('array'), exponents('stream')]).toEqual([['2.00'], ['1.00', '1.00']]);
    const words = chartFigure(SERIES, RANGE, BOX).filter(({ key }) => /^(stopped|beyond)-/.test(key));
    expect(words.map(({ key, text }) => [key, text])).toEqual([
      ['stopped-array', 'stopped after 2 s'],
      ['beyond-array', 'not measured'],
    ]);
    expect(inSeries('array').filter(({ attrs }) => attrs.class === 'mark cut')).toHaveLength(1);
  });

  it('goes on dotted from the last point that was measured whole, with the smallest exponent', () => {
    expect(beyondOf(ARRAY, 1e6)).toEqual([point(1000, 1e6), expect.objectContaining({ n: 1e6 })]);
    expect(beyondOf(ARRAY, 1e6)?.[1].value).toBeCloseTo(1e12, -6);
    expect(beyondOf(STREAM, 1e6)).toBeNull();
    const line = inSeries('array').find(({ key }) => key === 'line');
    expect(String(line?.attrs.d).match(/[ML]/g)).toEqual(['M', 'L']);
  });

  it('has an exponent at every piece of every line, or at none', () => {
    const narrow = { ...BOX, width: 230 };
    expect([exponents('array', narrow), exponents('stream', narrow)]).toEqual([[], []]);
  });

  it('writes no exponent over another one or over a mark, with all that others published', () => {
    const own = SERIES.map((one) => ({
      ...one,
      points: one.points.map((p) => ({ ...p, value: p.value / 1e7 })),
    }));
    const all = [...own, ...seriesOf([], 'time')];
    const written = chartFigure(all, AXES.time, BOX).filter(({ attrs }) => attrs.class === 'exponent mid');
    expect(written.length).toBeGreaterThan(12);
    const marks = spotsOf(all, AXES.time, BOX);
    const isNear = (a: Mark, x: number, y: number, width: number, height: number) =>
      Math.abs(Number(a.attrs.x) - x) < width && Math.abs(Number(a.attrs.y) - y) < height;
    for (const one of written) {
      expect(marks.filter(({ x, y }) => isNear(one, x, y, 17, 11))).toEqual([]);
      // Itself.
      expect(
        written.filter(({ attrs }) => isNear(one, Number(attrs.x), Number(attrs.y), 24, 12)),
      ).toHaveLength(1);
    }
  });

  it('puts equal factors at equal distances on both axes', () => {
    const lines = (key: string) =>
      chartFigure(SERIES, RANGE, BOX)
        .filter((mark) => mark.key.startsWith(key))
        .map(({ attrs }) => Number(/^M([\d.]+) ([\d.]+)/.exec(String(attrs.d))?.[key === 'gx' ? 1 : 2]));
    for (const axis of ['gx', 'gy']) {
      const at = lines(axis);
      expect(at.length).toBeGreaterThan(2);
      const steps = at.slice(1).map((value, k) => Math.abs(value - at[k]));
      for (const step of steps) expect(Math.abs(step - steps[0])).toBeLessThanOrEqual(1);
    }
  });

  it('rings the point that is looked at, and only that', () => {
    const rings = (n: number) =>
      chartFigure(SERIES, RANGE, BOX, { series: 'stream', n }).filter(({ key }) => key === 'at');
    const spot = spotsOf(SERIES, RANGE, BOX).find(({ series, n }) => series === 'stream' && n === 1000);
    expect(rings(1000).map(({ attrs }) => [attrs.cx, attrs.cy])).toEqual([[spot?.x, spot?.y]]);
    expect(rings(1001)).toEqual([]);
  });

  it('draws axes before anything is measured', () => {
    expect(chartFigure([], RANGE, BOX).some(({ key }) => key === 'axes')).toBe(true);
  });

  it('shows every time that somebody published, where it belongs', () => {
    const series = seriesOf([], 'time');
    const spots = spotsOf(series, AXES.time, BOX);
    for (const { id, points } of PATCH_TIMES) {
      const drawn = chartFigure(series, AXES.time, BOX).find(({ key }) => key === id);
      expect(flat(drawn ? [drawn] : []).filter(({ attrs }) => attrs.class === 'point')).toHaveLength(
        points.length,
      );
      for (const [n, seconds] of points) {
        const spot = spots.find((one) => one.series === id && one.n === n);
        const tick = spots.find((one) => one.series === 'rfc-array' && one.n === 15_000);
        // A thousand times as long is as far up everywhere.
        if (!spot || !tick) throw new Error(`${id} at ${n} is missing`);
        const perDecade = (tick.y - spot.y) / (Math.log10(seconds) - Math.log10(3));
        if (seconds !== 3) expect(perDecade).toBeCloseTo(73.1, -1);
      }
    }
    expect(PATCH_TIMES.map(({ points }) => points.length)).toEqual([5, 1, 9]);
  });

  it('writes times in units that people know', () => {
    expect([5100, 0.5, 0.0024, 1e-5, 1].map(timeText)).toEqual([
      '5,100 s',
      '500 ms',
      '2.4 ms',
      '10 \u00b5s',
      '1 s',
    ]);
  });
});

describe('words at the lines', () => {
  const scenery = { marks: [], pieces: [], left: 0, right: 400, top: 0, bottom: 200 };
  const of = { x: 100, y: 100 };
  const placed = (places: readonly { x: number; y: number }[], over: Partial<typeof scenery> = {}) => {
    const [{ x, y }] = placeNotes([{ key: 'k', text: '1.00', of, places }], { ...scenery, ...over });
    return [x, y];
  };
  const two = [
    { x: 100, y: 80 },
    { x: 100, y: 120 },
  ];

  it('take the first place, but not over a mark, on a line, behind a line or outside of the picture', () => {
    expect(placed(two)).toEqual([100, 80]);
    const line = (y: number) =>
      [
        { x: 0, y },
        { x: 400, y },
      ] as const;
    expect(placed(two, { marks: [{ x: 110, y: 84 }] as never[] })).toEqual([100, 120]);
    expect(placed(two, { pieces: [line(80)] as never[] })).toEqual([100, 120]);
    expect(placed(two, { pieces: [line(92)] as never[] })).toEqual([100, 120]);
    expect(placed(two, { top: 78 })).toEqual([100, 120]);
  });

  it('do not cover each other', () => {
    const notes = ['a', 'b'].map((key) => ({ key, text: '1.00', of, places: two }));
    expect(placeNotes(notes, scenery).map(({ y }) => y)).toEqual([80, 120]);
  });

  it('stand clear of the piece they belong to, whatever its slope', () => {
    for (const slope of [-3, -1, 0, 0.2, 1, 4])
      for (const isBelow of [false, true]) {
        const piece = [
          { x: 75, y: 100 + 25 * slope },
          { x: 125, y: 100 - 25 * slope },
        ] as const;
        const [first] = besidePiece(piece, '1.00', isBelow);
        const above = of.y - slope * (first.x - of.x) - first.y;
        expect(Math.sign(above)).toBe(isBelow ? -1 : 1);
        expect(placed([first, { x: 300, y: 20 }], { pieces: [piece] as never[] })).toEqual([
          first.x,
          first.y,
        ]);
      }
  });
});

describe('names at the ends of lines', () => {
  it('keep apart, in order, inside of the picture', () => {
    const heights = [30, 30, 17];
    expect(apart([100, 104, 300], heights, 0, 400)).toEqual([100, 130, 300]);
    const crowded = apart([390, 395, 398], heights, 0, 400);
    expect(crowded).toEqual([338, 368, 391.5].map((y) => expect.closeTo(y, 0)));
    for (let k = 1; k < crowded.length; k++)
      expect(crowded[k] - crowded[k - 1]).toBeGreaterThanOrEqual((heights[k] + heights[k - 1]) / 2);
  });
});

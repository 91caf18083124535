/** Would catch: a mark at the wrong place, an exponent that is fitted or made up, and a stopped run drawn as a measured one. */
import { describe, expect, it } from 'vitest';
import { type ChartSeries, chartFigure, localExponent } from '../../src/figures/chart.ts';
import type { Mark } from '../../src/figures/mark.ts';

const point = (n: number, touches: number, isCut = false) => ({ n, touches, isCut });
const SERIES: readonly ChartSeries[] = [
  { id: 'array', label: 'array', points: [point(100, 1e4), point(1000, 1e6), point(10_000, 2e7, true)] },
  { id: 'stream', label: 'batch', points: [point(100, 500), point(1000, 5000), point(10_000, 50_000)] },
];
const BOX = { width: 652, height: 572 };

const flat = (marks: readonly Mark[]): Mark[] =>
  marks.flatMap((mark) => [mark, ...flat(mark.children ?? [])]);
const seriesOf = (id: string): Mark[] => {
  const found = chartFigure(SERIES, BOX).find(({ key }) => key === id);
  return flat(found ? [found] : []);
};

describe('the complexity chart', () => {
  it('says the slope between two measurements, and none up to where one was stopped', () => {
    expect(localExponent(point(100, 1e4), point(1000, 1e6))).toBeCloseTo(2);
    const exponents = seriesOf('array').filter(({ attrs }) => String(attrs.class).startsWith('exponent'));
    expect(exponents.map(({ text }) => text)).toEqual(['2.00']);
    expect(seriesOf('array').filter(({ attrs }) => attrs.class === 'mark cut')).toHaveLength(1);
    expect(seriesOf('array').map(({ text }) => text)).toContain(
      'array, 10,000 insns: more than 20,000,000 touches',
    );
  });

  it('puts equal factors at equal distances on both axes', () => {
    const lines = (key: string) =>
      chartFigure(SERIES, BOX)
        .filter((mark) => mark.key.startsWith(key))
        .map(({ attrs }) => Number(/^M([\d.]+) ([\d.]+)/.exec(String(attrs.d))?.[key === 'gx' ? 1 : 2]));
    for (const axis of ['gx', 'gy']) {
      const at = lines(axis);
      expect(at.length).toBeGreaterThan(2);
      const steps = at.slice(1).map((value, k) => Math.abs(value - at[k]));
      for (const step of steps) expect(Math.abs(step - steps[0])).toBeLessThanOrEqual(1);
    }
  });

  it('draws axes before anything is measured', () => {
    expect(chartFigure([], BOX).some(({ key }) => key === 'axes')).toBe(true);
  });
});

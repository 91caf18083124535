/**
 * What is put on rows. Would catch a badge that covers a row's text or changes it, work on rows that need none, and a
 * letter that cannot be read on its colour.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/examples/index.ts';
import { type Mark, stageColumns, toSvg } from '../../../src/figures/index.ts';
import { decorateRows } from '../../../src/views/stage/decorate.ts';
import { runOf, stageAt } from '../../figures/run.ts';

const run = runOf(EXAMPLES[0].source, EXAMPLES[0].pass);
const columns = stageColumns(stageAt(run, run.trace.opCnt));
const NONE: ReadonlySet<number> = new Set();

const textOf = (mark: Mark): string =>
  [mark.text, ...(mark.spans ?? []).map(({ text }) => text), ...(mark.children ?? []).map(textOf)].join('');

describe('rows', () => {
  const pins = new Map([[2, 'A']]);

  test('with nothing on them are the same marks', () => {
    expect(decorateRows(columns.list, { pins: new Map(), found: NONE })).toBe(columns.list);
    const rows = decorateRows(columns.list, { pins, found: NONE });
    const others = rows.filter((row, i) => row === columns.list[i]);
    expect(others).toHaveLength(columns.list.length - 1);
  });

  test('a pinned insn has its letter in every column, and says what it said', () => {
    for (const name of ['before', 'list', 'after'] as const) {
      const marked = decorateRows(columns[name], { pins, found: new Set([2]) });
      const at = columns[name].findIndex((row) => row.attrs['data-uid'] === 2);
      const row = marked[at];
      expect(String(row.attrs.class)).toContain('pinned pin-A found');
      expect(row.attrs['aria-label']).toBe(`${columns[name][at].attrs['aria-label']}, pin A`);
      expect(textOf(row)).toBe(textOf(columns[name][at]));
      expect(toSvg([row])).toContain('pin-letter');
    }
  });

  test('a badge on a node stands before its text', () => {
    for (const width of [390, 820, 1200]) {
      const { list } = stageColumns(stageAt(run, run.trace.opCnt, width));
      const [row] = decorateRows(list, { pins: new Map([[0, 'F']]), found: NONE });
      const x = Number(/translate\(([-\d.]+)/.exec(String(row.children?.[1].attrs.transform))?.[1]);
      const text = row.children?.[0].children?.find(({ tag }) => tag === 'text')?.spans?.at(-1)?.x;
      expect(x + 7).toBeLessThan(text ?? 0);
    }
  });
});

const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

describe('colours of pins', () => {
  const css = readFileSync('src/views/styles/pins.css', 'utf8');
  const pairs = Object.fromEntries(
    [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, name, light, dark]) => [
      name,
      [light, dark] as const,
    ]),
  );
  const SURFACES = [
    ['#ffffff', '#f5f6f8'],
    ['#14171c', '#1b1f26'],
  ];

  test.each([0, 1])('letters and badges stand out, theme %i', (theme) => {
    const letters = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => pairs[`pin-${letter}`][theme]);
    expect(new Set(letters).size).toBe(6);
    for (const pin of letters) {
      expect(contrast(pin, pairs['on-pin'][theme]), pin).toBeGreaterThanOrEqual(4.5);
      for (const surface of SURFACES[theme]) expect(contrast(pin, surface), pin).toBeGreaterThanOrEqual(3);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/examples/index.ts';
import { type Mark, stageColumns, toSvg } from '../../src/figures/index.ts';
import { runOf, stageAt } from './run.ts';

const rowTexts = (marks: readonly Mark[]): string[] =>
  marks.map((mark) => {
    const cell = mark.children?.[0];
    const text = cell?.children?.find((m) => m.tag === 'text');
    return (text?.spans ?? []).map((s) => s.text).join('');
  });

describe('the stage of the first example', () => {
  const output = runOf(EXAMPLES[0].source, EXAMPLES[0].pass);

  // Catches any change of what is drawn: geometry, texts, rails, pills.
  for (const moment of [0, 2, 4, output.trace.opCnt])
    test(`at op ${moment} is drawn as it was`, async () => {
      const columns = stageColumns(stageAt(output, moment));
      const svg = toSvg([
        ...columns.under,
        ...columns.before,
        ...columns.list,
        ...columns.after,
        ...columns.over,
      ]);
      await expect(svg).toMatchFileSnapshot(`snapshots/mean-${moment}.svg`);
    });

  test('an insn has the same key in every column', () => {
    const { before, list, after } = stageColumns(stageAt(output, output.trace.opCnt));
    const keys = new Set(list.map((m) => m.key));
    for (const mark of [...before, ...after]) expect(keys).toContain(mark.key);
  });

  test('the list carries old distances until retarget writes them, After shows the new ones at once', () => {
    const at = (moment: number) => stageColumns(stageAt(output, moment));
    expect(rowTexts(at(2).list)[2]).toBe('2 if w2 == w0 goto pc+3');
    expect(rowTexts(at(2).after)[2]).toBe('2 if w2 == w0 goto pc+6');
    expect(rowTexts(at(4).list)[2]).toBe('2 if w2 == w0 goto pc+6');
    // The other jump is still to come.
    expect(rowTexts(at(4).list)[8]).toMatch(/goto pc\u22123$/);
    expect(rowTexts(at(5).list)[8]).toMatch(/goto pc\u22126$/);
  });
});

test('rails stay inside their gutter, whatever the jumps', () => {
  // Forty jumps over each other to forty targets: more than there are lanes.
  const source = `${Array.from({ length: 40 }, (_, i) => `if r1 == ${i} goto t${i}`).join('\n')}\nr0 = 0\n${Array.from({ length: 40 }, (_, i) => `t${i}:\nr0 /= r1`).join('\n')}\nexit\n`;
  const output = runOf(source, 'div_guard');
  for (const width of [360, 724, 820, 1200]) {
    const input = stageAt(output, output.trace.opCnt, width);
    const { under } = stageColumns(input);
    const { before, after } = input.geometry;
    for (const side of under.filter((m) => m.key.startsWith('rails-')))
      for (const rail of side.children ?? []) {
        const xs = [...String(rail.children?.[0].attrs.d).matchAll(/[MH]([\d.]+)/g)].map((m) => Number(m[1]));
        const [low, high] = side.key === 'rails-before' ? [0, before.railRoot] : [after.railRoot, width];
        expect(Math.min(...xs)).toBeGreaterThanOrEqual(low - 0.01);
        expect(Math.max(...xs)).toBeLessThanOrEqual(high + 0.01);
      }
  }
});

// Catches a badge that covers the number of its row where columns are narrow.
test.each([
  ['too far', `if r1 == 0 goto out\n${'r1 /= r2\n'.repeat(12)}${'r3 = 1\n'.repeat(32_745)}out:\nexit\n`],
  ['done', `if r1 == 0 goto out\n${'r1 /= r2\n'.repeat(12)}${'r3 = 1\n'.repeat(20_000)}out:\nexit\n`],
])('a badge stands beside the number of its row: %s', (_, source) => {
  const output = runOf(source, 'div_guard');
  for (const width of [360, 390, 540, 820]) {
    const input = stageAt(output, output.trace.opCnt, width);
    const pills = stageColumns(input).over.filter(({ key }) => key.startsWith('pill-'));
    expect(pills.length).toBeGreaterThan(0);
    for (const pill of pills) {
      const x = Number(/translate\(([\d.]+)/.exec(String(pill.attrs.transform))?.[1]);
      expect(x).toBeGreaterThan(input.geometry.after.idxX);
    }
  }
});

test('where lanes run out, a re-targeted jump keeps its rail', () => {
  // Thirty nested jumps behind the patch, and one over all of them, which is the longest and so the last to get a lane.
  const nested = Array.from({ length: 30 }, (_, i) => `if r1 == ${i} goto t${i}`).join('\n');
  const targets = Array.from({ length: 30 }, (_, i) => `t${29 - i}:\nr0 += 1`).join('\n');
  const output = runOf(`if r2 == 0 goto far\nr0 /= r1\n${nested}\n${targets}\nfar:\nexit\n`, 'div_guard');
  const { under } = stageColumns(stageAt(output, output.trace.opCnt));
  const rails = under.find((m) => m.key === 'rails-after')?.children ?? [];
  expect(rails.filter((rail) => String(rail.attrs.class).includes('ret'))).toHaveLength(1);
});

test('a deleted insn stays in Before and List, and is gone from After', () => {
  const output = runOf('r0 = 1\n;@remove\nr0 = 2\nexit\n', 'edits');
  const { before, list, after } = stageColumns(stageAt(output, output.trace.opCnt));
  expect(rowTexts(before)).toEqual(['0 r0 = 1', '1 r0 = 2', '2 exit']);
  expect(list[1].attrs.class).toContain('del');
  expect(rowTexts(after)).toEqual(['0 r0 = 1', '1 exit']);
});

test('a window far down has the rows of that place and small coordinates', () => {
  const output = runOf(`${'r0 /= r1\n'.repeat(20_000)}exit\n`, 'div_guard');
  const input = stageAt(output, output.trace.opCnt, 820, { firstRow: 50_000, rowCnt: 40 });
  const { after } = stageColumns(input);
  expect(after).toHaveLength(40);
  expect(rowTexts(after)[0]).toMatch(/^50000 /);
  for (const mark of after) {
    const y = Number(/,([\d.]+)\)/.exec(String(mark.attrs.transform))?.[1]);
    expect(y).toBeLessThan(1100 * 20);
  }
});

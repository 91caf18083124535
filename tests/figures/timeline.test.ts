import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/examples/index.ts';
import { stepAt, timelineFigure } from '../../src/figures/index.ts';
import { runOf, tableSourceOf } from './run.ts';

describe('the timeline', () => {
  const { trace } = runOf(EXAMPLES[0].source, EXAMPLES[0].pass);
  const figure = (width: number, moment = 3, of = trace) =>
    timelineFigure({
      trace: of,
      moment,
      within: 0,
      width,
      height: 88,
      resultCnt: 12,
    });

  test('goes from a place to the moment drawn there', () => {
    for (const width of [300, 820, 1600]) {
      const { xOf, momentAt } = figure(width);
      for (let k = 0; k <= trace.opCnt; k++) expect(momentAt(xOf(k))).toBe(k);
    }
  });

  test('has one glyph an op while there is room, and a bounded number of marks when there is none', () => {
    expect(figure(820).marks.filter((m) => m.key.startsWith('op-'))).toHaveLength(trace.opCnt);
    const big = runOf(`${'r0 /= r1\n'.repeat(5_000)}exit\n`, 'div_guard').trace;
    expect(figure(820, 100, big).marks.length).toBeLessThan(1_500);
  });
});

test('every op of every example has a sentence with its numbers', () => {
  for (const example of EXAMPLES) {
    const output = runOf(example.source, example.pass);
    const { moments } = tableSourceOf(output);
    const ctx = {
      trace: output.trace,
      passLabel: 'Pass',
      passWhy: 'Why.',
      insnAt: () => 'insn',
      slotOfNode: moments.rankAlive,
      slotOfPos: moments.rankAlive,
      resultCnt: 1,
      retargetedBy: () => 0,
    };
    for (let k = 0; k <= output.trace.opCnt; k++) {
      const { title, detail, name } = stepAt(ctx, k);
      expect(`${title}${detail}${name}`).not.toMatch(/undefined|NaN|null/);
      expect(title.length).toBeGreaterThan(10);
    }
  }
});

/** The overview counts what happened where; a wrong count shows a quiet place as busy, or hides a change. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toSvg } from '../../src/figures/index.ts';
import {
  errorPos,
  fillOf,
  overviewBands,
  overviewFigure,
  overviewScale,
} from '../../src/figures/overview.ts';
import {
  CHANGES,
  type Change,
  countsAt,
  overviewBins,
  retargetTimes,
} from '../../src/figures/overview-bins.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { NEVER, type Trace } from '../../src/patch/trace.ts';
import { runOf } from './run.ts';

/** Programs of divisions (patched), moves (deleted by hand), jumps both ways. */
const program = fc
  .array(fc.constantFrom('r1 /= r2', 'w3 %= w4', 'r5 += r1', 'jump', 'gone', 'pre'), {
    minLength: 1,
    maxLength: 40,
  })
  .chain((kinds) =>
    fc
      .array(fc.nat(kinds.length), { minLength: kinds.length, maxLength: kinds.length })
      .map((targets) => ({ kinds, targets })),
  )
  .map(({ kinds, targets }) => {
    const lines = kinds.map((kind, i) => {
      if (kind === 'jump') return `l${i}: if r1 == 5 goto l${targets[i]}`;
      if (kind === 'gone') return `l${i}:\n;@remove\nr0 = 1`;
      if (kind === 'pre') return `l${i}:\n;@prepend r0 = 1\nr0 = 2`;
      return `l${i}: ${kind}`;
    });
    return `${lines.join('\n')}\nl${kinds.length}: exit\n`;
  });

/** The same by looking at every node and jump. */
function naive(trace: Trace, change: Change, moment: number): number {
  const nodes = Array.from({ length: trace.nodeCnt }, (_, node) => node);
  switch (change) {
    case 'ins':
      return nodes.filter((node) => trace.origIdx[node] < 0 && trace.birth[node] <= moment).length;
    case 'rew':
      return nodes.filter((node) => trace.rewriteOp[node] <= moment).length;
    case 'del':
      return nodes.filter((node) => trace.death[node] <= moment).length;
    case 'ret': {
      const moments = momentsOf(trace);
      const { jumps } = trace;
      return Array.from({ length: jumps.cnt }, (_, j) => j).filter((j) => {
        if (trace.style !== 'array') return jumps.op[j] <= moment;
        if (jumps.to[j] < NEVER || trace.death[jumps.node[j]] < NEVER) return false;
        if (jumps.final[j] === jumps.written[j] || jumps.from[j] > moment) return false;
        const distance = (k: number) =>
          moments.rankAlive(k, jumps.target[j]) - moments.rankAlive(k, jumps.node[j]) - 1;
        const first = distance(0);
        return Array.from({ length: moment }, (_, k) => distance(k + 1)).some((d) => d !== first);
      }).length;
    }
  }
}

const sum = (counts: Int32Array): number => counts.reduce((a, b) => a + b, 0);

describe.each(['list', 'array'])('bins of a run as %s', (algorithm) => {
  test.each(['div_guard', 'edits'])(
    '%s: they hold all that happened by any moment, and nothing twice',
    (pass) => {
      fc.assert(
        fc.property(program, fc.integer({ min: 1, max: 50 }), (source, most) => {
          const { trace } = runOf(source, pass, algorithm);
          const bins = overviewBins(trace, most);
          expect(bins.binCnt).toBeLessThanOrEqual(most);
          for (let moment = 0; moment <= trace.opCnt; moment++)
            for (const change of CHANGES)
              expect(sum(countsAt(bins, change, moment)), `${change} at ${moment}`).toBe(
                naive(trace, change, moment),
              );
        }),
        { numRuns: 60 },
      );
    },
  );
});

test('a change is in the bin of its place', () => {
  const { trace } = runOf(`${'r0 = 1\n'.repeat(50)}r0 /= r1\n${'r0 = 1\n'.repeat(49)}exit\n`, 'div_guard');
  const bins = overviewBins(trace, 10);
  const inserted = countsAt(bins, 'ins', trace.opCnt);
  expect(sum(inserted)).toBe(3);
  expect(inserted[5] + inserted[4]).toBe(3);
  expect(sum(countsAt(bins, 'ins', 0))).toBe(0);
});

test('a jump of an array counts from the first patch under it', () => {
  const { trace } = runOf(
    'r0 /= r1\nif r1 == 0 goto out\nr0 = 1\nr0 /= r2\nout:\nexit\n',
    'div_guard',
    'array',
  );
  const times = retargetTimes(trace);
  const changed = Array.from(times).filter((time) => time < NEVER);
  // The second patch stands under the jump, the first in front of it.
  expect(changed).toEqual([2]);
});

test('many bins are drawn as one path a kind, and a refusal as a tick where it happened', () => {
  const source = `if r1 == 0 goto out\n${'r1 /= r2\n'.repeat(8200)}out:\nexit\n`;
  const { trace } = runOf(source, 'div_guard');
  const bins = overviewBins(trace, 700);
  expect(errorPos(trace, trace.opCnt - 1)).toBe(-1);
  expect(errorPos(trace, trace.opCnt)).toBe(0);
  const spanOf = (bin: number) => ({ y: bin, h: 1 });
  const place = { w: 64, h: 714, spanOf, view: { y: 20, h: 10 }, moment: trace.opCnt };
  const bands = overviewBands(bins, [0], place);
  const marks = overviewFigure(bins, bands, errorPos(trace, trace.opCnt), place);
  expect(marks.length).toBeLessThan(20);
  expect(toSvg(marks)).not.toContain('NaN');
  const yOfError = (pos: number): number => {
    const tick = overviewFigure(bins, bands, pos, place).find(({ key }) => key === 'error');
    return Number(/^M0 ([\d.]+)h64/.exec(String(tick?.attrs.d))?.[1]);
  };
  // Bin b begins at y = b: the jump is in the first one, an insn in the middle in the middle.
  expect(yOfError(errorPos(trace, trace.opCnt))).toBe(0);
  const middle = trace.nodeCnt >> 1;
  expect(yOfError(middle)).toBe(Math.floor((middle * bins.binCnt) / bins.nodeCnt));
  expect(yOfError(-1)).toBeNaN();
});

// Bars are kept from one moment to the next: catches one that stays as it was at another.
test('the bars of a moment are the same, whatever was drawn before', () => {
  const { trace } = runOf(`${'r1 /= r2\nif r1 == 0 goto +1\nr0 = 1\n'.repeat(40)}exit\n`, 'div_guard');
  const bins = overviewBins(trace, 30);
  const spanOf = (bin: number) => ({ y: bin, h: 1 });
  for (const w of [64, 12])
    for (const moment of [trace.opCnt, 0, trace.opCnt >> 1, 7, 8, trace.opCnt]) {
      const place = { w, h: 60, spanOf, view: null, moment };
      const bands = overviewBands(bins, [0], place);
      // What is kept is kept for a function: another one begins anew.
      const anew = { ...place, spanOf: (bin: number) => spanOf(bin) };
      const drawnAnew = overviewFigure(overviewBins(trace, 30), bands, -1, anew);
      expect(overviewFigure(bins, bands, -1, place)).toEqual(drawnAnew);
    }
});

test('one change is seen beside a thousand, and a full bin fills its column', () => {
  expect(fillOf(1, 1000)).toBeGreaterThanOrEqual(0.1);
  expect(fillOf(1000, 1000)).toBe(1);
  expect(fillOf(1, 1)).toBe(1);
  expect(fillOf(10, 1000)).toBeLessThan(fillOf(100, 1000));
});

test('a height of the overview and a row of the stage lead to each other', () => {
  const { trace } = runOf(`${'r0 /= r1\nr2 = 1\n'.repeat(300)}exit\n`, 'div_guard');
  const moments = momentsOf(trace);
  for (const moment of [0, 100, trace.opCnt]) {
    const scale = overviewScale(trace, moments, moment, { top: 14, h: 714 });
    for (let row = 0; row < moments.bornCnt(moment); row += 7) {
      const y = scale.yOf(row);
      expect(y).toBeGreaterThanOrEqual(14);
      expect(y).toBeLessThanOrEqual(714);
      expect(Math.abs(scale.rowAt(y) - row)).toBeLessThanOrEqual(3);
    }
  }
});

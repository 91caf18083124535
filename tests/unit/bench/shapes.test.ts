/**
 * Would catch an algorithm whose work no longer grows as it says: a loop over the program within a loop over edits, or a
 * node allocated where none should be. Work units are counted, so nothing here depends on a clock.
 */
import { describe, expect, it } from 'vitest';
import { MIXES, patchedOnce } from '../../../src/bench/index.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { touchesOf } from '../../../src/patch/work.ts';
import { slotCnt } from '../../../src/program/program.ts';

const USUAL = MIXES.filter(({ isUsual }) => isUsual);
const SIZES = [1_000, 2_000, 4_000, 8_000];
/** A buffer that is doubled when it is full. */
const FEW = 64;

interface Point {
  readonly n: number;
  readonly touches: number;
  readonly alloc: number;
  readonly newCnt: number;
}

function pointsOf(mix: (typeof MIXES)[number], algorithm: (typeof ALGORITHMS)[number]): Point[] {
  return SIZES.map((n) => {
    const work = mix.build(n);
    const { program, work: counted } = patchedOnce(work, algorithm, 'verifier');
    return {
      ...{ n: slotCnt(work.program), touches: touchesOf(counted), alloc: counted.alloc },
      newCnt: slotCnt(program),
    };
  });
}

/** Slopes of the line between neighbours where both axes are logarithms: 1 is linear, 2 quadratic. */
const slopesOf = (points: readonly Point[]): number[] =>
  points
    .slice(1)
    .map(({ n, touches }, k) => Math.log(touches / points[k].touches) / Math.log(n / points[k].n));

const CASES = USUAL.flatMap((mix) =>
  ALGORITHMS.map((algorithm) => [mix.id, algorithm.id, mix, algorithm] as const),
);

describe('work grows as the algorithm says', () => {
  it.each(CASES)('%s by %s', (_mix, _algorithm, mix, algorithm) => {
    const points = pointsOf(mix, algorithm);
    for (const slope of slopesOf(points)) {
      expect(slope).toBeGreaterThan(algorithm.readsAllPerEdit ? 1.85 : 0.95);
      expect(slope).toBeLessThan(algorithm.readsAllPerEdit ? 2.05 : 1.05);
    }
  });
});

describe('allocations', () => {
  it.each(CASES)('%s by %s', (_mix, id, mix, algorithm) => {
    for (const { n, newCnt, alloc } of pointsOf(mix, algorithm))
      expect(alloc).toBeLessThanOrEqual(id === 'list' ? Math.max(n, newCnt) + FEW : FEW);
  });
});

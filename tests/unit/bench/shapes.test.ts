/**
 * Would catch an algorithm whose work no longer grows as it says: a loop over the program within a loop over edits, or a
 * node allocated where none should be. Work units are counted, so nothing here depends on a clock.
 */
import { describe, expect, it } from 'vitest';
import { MIXES, type Mix, patchedOnce } from '../../../src/bench/index.ts';
import type { Algorithm } from '../../../src/patch/algorithm.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { touchesOf } from '../../../src/patch/work.ts';
import { slotCnt } from '../../../src/program/program.ts';

const USUAL = MIXES.filter(({ isUsual }) => isUsual);
const SIZES = [1_000, 2_000, 4_000, 8_000];
/** What grows with the square is as clear when it is small. */
const SMALL_SIZES = [250, 500, 1_000];
/** Columns, and buffers that are doubled when they are full. */
const FEW = 64;

const cntOf = (column: Uint8Array): number => column.reduce((sum, one) => sum + one, 0);

/** What one run did: `n` insns, touches, allocations, insns born. */
function pointOf(n: number, mix: Mix, algorithm: Algorithm) {
  const work = mix.build(n);
  const { program, remap, work: counted } = patchedOnce(work, algorithm, 'verifier');
  const slots = slotCnt(work.program);
  const born = slotCnt(program) - slots + cntOf(remap.dead);
  return { n: slots, touches: touchesOf(counted), alloc: counted.alloc, born };
}

const CASES = USUAL.flatMap((mix) =>
  ALGORITHMS.map((algorithm) => [mix.id, algorithm.id, mix, algorithm] as const),
);

describe('work grows as the algorithm says', () => {
  it.each(CASES)('%s by %s', (_mix, id, mix, algorithm) => {
    const sizes = algorithm.readsAllPerEdit ? SMALL_SIZES : SIZES;
    const points = sizes.map((n) => pointOf(n, mix, algorithm));
    for (const [k, { n, touches, alloc, born }] of points.entries()) {
      expect(alloc, 'allocations').toBeLessThanOrEqual(id === 'list' ? n + born + FEW : FEW);
      if (k === 0) continue;
      // Where both axes are logarithms: 1 is linear, 2 quadratic.
      const slope = Math.log(touches / points[k - 1].touches) / Math.log(n / points[k - 1].n);
      expect(slope, 'slope').toBeGreaterThan(algorithm.readsAllPerEdit ? 1.8 : 0.95);
      expect(slope, 'slope').toBeLessThan(algorithm.readsAllPerEdit ? 2.2 : 1.05);
    }
  });
});

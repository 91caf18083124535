/**
 * The measurements of the chart, with a clock of the test's own. Catches: work that depends on the clock, an algorithm that
 * is not stopped at its budget or is tried again, and a time that is that of a whole block of runs.
 */
import { expect, test } from 'vitest';
import { sweep } from '../../../src/pipeline/index.ts';

/** A clock on which each look takes so many ms. */
function clockOf(step: number): () => number {
  let now = 0;
  return () => {
    now += step;
    return now;
  };
}

const INPUT = { n: 400, every: 10, skip: [], budgetMs: 2_000 };

test('counts the same whatever the clock says, and stops nothing that is quick', () => {
  const [slow, quick] = [sweep(INPUT, clockOf(7)), sweep(INPUT, clockOf(6))];
  const work = ({ lanes }: typeof slow) =>
    lanes.map(({ id, work, touches, isCut }) => ({ id, work, touches, isCut }));
  expect(work(slow)).toEqual(work(quick));
  expect(slow.lanes.map(({ id, isCut }) => [id, isCut])).toEqual([
    ['array', false],
    ['list', false],
    ['stream', false],
  ]);
  expect([slow.n, slow.patches]).toEqual([400, 40]);
  const [array, list, stream] = slow.lanes.map(({ touches }) => touches);
  expect(array).toBeGreaterThan(10 * list);
  expect(list).toBeGreaterThan(stream);
});

test('a time is that of one run, however many of them a block had', () => {
  // A look at the clock takes 6 ms, so one run is long enough; at 3 ms no block ever is, and the most runs are made.
  expect(sweep({ ...INPUT, n: 20 }, clockOf(6)).lanes.map(({ ms }) => ms)).toEqual([6, 6, 6]);
  const short = sweep({ ...INPUT, n: 20 }, clockOf(3)).lanes;
  for (const { ms } of short) expect(ms).toBeLessThan(3 / 100);
});

test('an algorithm is stopped at its budget, and left out when it was stopped before', () => {
  const cut = sweep({ ...INPUT, n: 4_000, budgetMs: 20 }, clockOf(7));
  const whole = sweep({ ...INPUT, n: 4_000 }, clockOf(7));
  expect(cut.lanes[0]).toMatchObject({ id: 'array', isCut: true });
  expect(cut.lanes[0].touches).toBeLessThan(whole.lanes[0].touches);
  const rest = sweep({ ...INPUT, skip: ['array'] }, clockOf(7));
  expect(rest.lanes.map(({ id }) => id)).toEqual(['list', 'stream']);
});

/**
 * Catches a worker that goes on measuring for a chart that nobody looks at, one that measures anew what it knows, and an
 * algorithm that is tried again at a size where a smaller one was too much for it.
 */
import { beforeEach, expect, test, vi } from 'vitest';
import type { SweepInput, SweepLane } from '../../../src/pipeline/index.ts';
import {
  cancelSweep,
  chooseDensity,
  everyOf,
  keepSweep,
  SWEEP_DENSITIES,
  SWEEP_SIZES,
  startSweep,
  useSweep,
} from '../../../src/store/sweep.ts';
import type { SweeperHandlers } from '../../../src/worker/solo-client.ts';

const asked: SweepInput[] = [];
let alive = 0;
let sweeper: SweeperHandlers;
vi.mock('../../../src/worker/solo-client.ts', () => ({
  createSweeper: (handlers: SweeperHandlers) => {
    sweeper = handlers;
    alive++;
    return { ask: (input: SweepInput) => asked.push(input), cancel() {}, dispose: () => alive-- };
  },
}));

const lane = (id: string, isCut = false) => ({ id, isCut }) as SweepLane;
function counted(lanes: readonly SweepLane[] = []) {
  const input = asked[asked.length - 1];
  sweeper.onResult({ n: input.n, patches: 1, lanes }, input);
}
const sizes = () => asked.map(({ n }) => n);

/** Each test has a density of its own, because what is known of one is kept. */
let density = 0;
beforeEach(() => {
  density = SWEEP_DENSITIES[(SWEEP_DENSITIES.indexOf(density as 0) + 1) % SWEEP_DENSITIES.length];
  useSweep.setState({ density, points: [], busy: false, problem: null });
  asked.length = 0;
  alive = 0;
});

test('its worker ends when the chart is left, and it goes on from there when one comes back', () => {
  const leave = keepSweep();
  counted();
  expect([alive, useSweep.getState().busy]).toEqual([1, true]);
  leave();
  expect([alive, useSweep.getState()]).toEqual([0, expect.objectContaining({ busy: false, problem: null })]);
  keepSweep()();
  expect(sizes()).toEqual([SWEEP_SIZES[0], SWEEP_SIZES[1], SWEEP_SIZES[1]]);
});

test('what was stopped by somebody stays so until it is asked to go on; what is all known is not counted again', () => {
  keepSweep();
  cancelSweep();
  keepSweep()();
  expect([alive, asked.length, useSweep.getState().problem]).toEqual([0, 1, 'Stopped.']);
  startSweep();
  for (let i = 0; i < SWEEP_SIZES.length; i++) counted();
  expect([alive, asked.length]).toEqual([0, 1 + SWEEP_SIZES.length]);
  keepSweep()();
  expect(asked.length).toBe(1 + SWEEP_SIZES.length);
});

test('an algorithm that was stopped is left out from then on', () => {
  keepSweep();
  counted([lane('array'), lane('stream')]);
  counted([lane('array', true), lane('stream')]);
  counted([lane('stream')]);
  expect(asked.map(({ skip }) => skip)).toEqual([[], [], ['array'], ['array']]);
  cancelSweep();
});

test('another density is measured, and the first one is still known', () => {
  keepSweep();
  counted();
  chooseDensity(100);
  expect([useSweep.getState().points.length, asked.at(-1)?.every, alive]).toEqual([0, 1, 1]);
  chooseDensity(density);
  expect([useSweep.getState().points.length, asked.at(-1)?.n]).toEqual([1, SWEEP_SIZES[1]]);
  cancelSweep();
});

test('a share of the insns is every so many-th of them', () => {
  expect(SWEEP_DENSITIES.map(everyOf)).toEqual([2_000_001, 100, 50, 20, 10, 5, 3, 2, 1]);
});

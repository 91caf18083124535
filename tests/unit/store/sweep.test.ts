/** Catches a worker that goes on counting for a chart that nobody looks at, and one that counts anew what it knows. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { RaceInput } from '../../../src/pipeline/index.ts';
import { cancelSweep, keepSweep, SWEEP_SIZES, startSweep, useSweep } from '../../../src/store/sweep.ts';
import type { RacerHandlers } from '../../../src/worker/race-client.ts';

const asked: RaceInput[] = [];
let alive = 0;
let racer: RacerHandlers;
vi.mock('../../../src/worker/race-client.ts', () => ({
  createRacer: (handlers: RacerHandlers) => {
    racer = handlers;
    alive++;
    return { race: (input: RaceInput) => asked.push(input), cancel() {}, dispose: () => alive-- };
  },
}));

const counted = () => {
  const input = asked[asked.length - 1];
  const n = input.kind === 'generated' ? input.recipe.n : 0;
  const race = { slotCnt: n, edits: { cnt: 1 }, lanes: [] };
  racer.onResult({ ok: true, race } as unknown as Parameters<RacerHandlers['onResult']>[0], input);
};
const sizes = () => asked.map((input) => (input.kind === 'generated' ? input.recipe.n : 0));

beforeEach(() => {
  useSweep.setState({ points: [], busy: false, problem: null });
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

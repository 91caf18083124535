/** The race's own clock and what it is set to. Catches: a clock that runs on, a link that breaks the page, a lost place. */
import { beforeEach, expect, test } from 'vitest';
import { raceEnd } from '../../../src/figures/race.ts';
import { race } from '../../../src/pipeline/index.ts';
import {
  acceptRace,
  advanceRace,
  chooseRaceProgram,
  initialRace,
  leapRace,
  onRaceScene,
  openRace,
  type RaceScene,
  raceInput,
  seekRace,
  seekRaceEnd,
  setRace,
  stepRaceLap,
  stepRacePatch,
  toggleRacePlay,
  useRace,
} from '../../../src/store/race.ts';
import { initialState } from '../../../src/store/store.ts';

const output = race({ kind: 'generated', recipe: { n: 200, every: 10, seed: 1 } });
const end = output.ok ? raceEnd(output.race) : 0;
const now = () => useRace.getState();

beforeEach(() => setRace({ ...initialRace, output }));

test('steps, leaps and seeks stay on the clock and stop the playing', () => {
  setRace({ playing: true });
  stepRacePatch(1);
  const first = now().at;
  expect([first > 0, now().playing]).toEqual([true, false]);
  stepRaceLap(-1);
  expect(now().at).toBeLessThan(first);
  leapRace(1);
  leapRace(-1);
  stepRacePatch(-1);
  expect(now().at).toBe(0);
  seekRaceEnd();
  stepRacePatch(1);
  expect(now().at).toBe(end);
  seekRace(1e12);
  expect(now().at).toBe(end);
});

test('playing takes less than 20 seconds at 1x, ends at the end, and begins anew from there', () => {
  toggleRacePlay();
  let ms = 0;
  for (; now().playing && ms < 60_000; ms += 33) advanceRace(33);
  expect(ms).toBeLessThan(20_000);
  expect([now().at, now().playing]).toEqual([end, false]);
  toggleRacePlay();
  expect([now().at, now().playing]).toEqual([0, true]);
  toggleRacePlay();
  expect(now().playing).toBe(false);
});

test('without an answer nothing plays', () => {
  setRace({ output: null });
  toggleRacePlay();
  stepRacePatch(1);
  expect([now().playing, now().at]).toEqual([false, 0]);
});

test('a link sets program and clock; what it names and nothing has any more is replaced, and too late is the end', () => {
  openRace({ program: 'generated-2000', at: 1e9 });
  expect(now().at).toBe(end);
  openRace({ program: 'generated-10000', at: 500 });
  expect(now()).toMatchObject({ program: 'generated-10000', at: 500, output: null });
  openRace({ program: 'gone', at: 1e9 });
  expect(now().program).toBe('generated-2000');
  acceptRace(output);
  expect(now().at).toBe(end);
  acceptRace({ ok: false, reason: 'no' });
  expect(now().at).toBe(0);
});

test('a scene is told where the clock stands, not while it runs', () => {
  const told: RaceScene[] = [];
  const forget = onRaceScene((scene) => told.push(scene));
  seekRace(100);
  toggleRacePlay();
  advanceRace(33);
  expect(told).toEqual([{ program: 'generated-2000', at: 100 }]);
  toggleRacePlay();
  expect(told).toHaveLength(2);
  chooseRaceProgram('page');
  expect(told.at(-1)).toEqual({ program: 'page', at: 0 });
  forget();
});

test("the page's program is raced as it is run", () => {
  const s = { ...initialState, text: 'exit', pass: 'zext', step: 0 };
  expect(raceInput('page', s)).toMatchObject({
    kind: 'run',
    input: { source: 'exit', pass: 'zext', step: 0 },
  });
  expect(raceInput('generated-2000', s)).toEqual({
    kind: 'generated',
    recipe: { n: 2_000, every: 10, seed: 1 },
  });
});

/**
 * The race's clock and what it is set to. Catches: a clock that runs on, a link that breaks the page or counts as
 * something that a person did, a lost place.
 */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { raceEnd } from '../../../src/figures/race.ts';
import { type RaceInput, race } from '../../../src/pipeline/index.ts';
import { DEFAULT_SCENE } from '../../../src/scene/scene.ts';
import { setText } from '../../../src/store/intents.ts';
import {
  advanceRace,
  chooseRaceProgram,
  initialRace,
  leapRace,
  pauseRace,
  raceAt,
  raceInput,
  raceProgram,
  seekRace,
  seekRaceEnd,
  setRace,
  stepRaceLap,
  stepRacePatch,
  toggleRacePlay,
  useRace,
} from '../../../src/store/race.ts';
import { runRaces } from '../../../src/store/race-running.ts';
import { sceneOf, stateOf } from '../../../src/store/scene-state.ts';
import { get, initialState, set, useStore } from '../../../src/store/store.ts';
import type { RacerHandlers } from '../../../src/worker/solo-client.ts';

const asked: RaceInput[] = [];
let racer: RacerHandlers;
vi.mock('../../../src/worker/solo-client.ts', () => ({
  createRacer: (options: RacerHandlers) => {
    racer = options;
    return { ask: (input: RaceInput) => asked.push(input), cancel() {}, dispose() {} };
  },
}));

const output = race({ kind: 'generated', recipe: { n: 200, every: 10, seed: 1 } });
const end = output.ok ? raceEnd(output.race) : 0;
const at = () => raceAt(useRace.getState(), get());
const answer = () => racer.onResult(output, raceInput(get()));
const isPlaying = () => useRace.getState().clock !== null;

beforeEach(() => {
  useStore.setState(initialState);
  setRace({ ...initialRace, output });
  asked.length = 0;
});

describe('the clock', () => {
  test('steps, leaps and seeks stay on it and stop the playing', () => {
    toggleRacePlay();
    stepRacePatch(1);
    const first = at();
    expect([first > 0, isPlaying()]).toEqual([true, false]);
    stepRaceLap(-1);
    expect(at()).toBeLessThan(first);
    leapRace(1);
    leapRace(-1);
    stepRacePatch(-1);
    expect(at()).toBe(0);
    seekRaceEnd();
    stepRacePatch(1);
    expect(at()).toBe(end);
    seekRace(1e12);
    expect(at()).toBe(end);
  });

  test('plays in less than 20 seconds at 1x, ends at the end, and begins anew from there', () => {
    toggleRacePlay();
    let ms = 0;
    for (; isPlaying() && ms < 60_000; ms += 33) advanceRace(33);
    expect(ms).toBeLessThan(20_000);
    expect([at(), isPlaying()]).toEqual([end, false]);
    toggleRacePlay();
    expect([at(), isPlaying()]).toEqual([0, true]);
    toggleRacePlay();
    expect(isPlaying()).toBe(false);
    advanceRace(33);
    expect(at()).toBe(0);
  });

  test('without an answer nothing plays, and the place of a link is kept', () => {
    set({ race: { program: 'generated-2000', at: 70 } });
    setRace({ output: null });
    toggleRacePlay();
    stepRacePatch(1);
    seekRaceEnd();
    expect(isPlaying()).toBe(false);
    setRace({ output });
    expect(at()).toBe(70);
  });
});

describe('the scene', () => {
  test('says where the clock stands, in whole touches, and not while it runs', () => {
    seekRace(100);
    toggleRacePlay();
    advanceRace(40);
    expect(sceneOf(get()).race).toEqual({ program: 'generated-2000', at: 100 });
    const played = at();
    expect(played).toBeGreaterThan(100);
    pauseRace();
    expect(sceneOf(get()).race).toEqual({ program: 'generated-2000', at: Math.round(played) });
    expect(get().touched).toBe(true);
    chooseRaceProgram('page');
    expect(sceneOf(get()).race).toEqual({ program: 'page', at: 0 });
  });

  test('a program that nothing has any more is the first one, and too late is the end', () => {
    set({ race: { program: 'gone', at: 1e9 } });
    expect([raceProgram(get()), at()]).toEqual(['generated-2000', end]);
    setRace({ output: { ok: false, reason: 'no' } });
    expect(at()).toBe(0);
  });
});

describe('while somebody looks at it', () => {
  const arrive = (part: Partial<typeof DEFAULT_SCENE>) =>
    set({ ...stateOf({ ...DEFAULT_SCENE, source: 'exit', ...part }), touched: false });

  test('a link that arrives is followed, and is nobody\u2019s own scene: neither saved nor written down', () => {
    const end = runRaces();
    answer();
    toggleRacePlay();
    arrive({ race: { program: 'generated-2000', at: 50 } });
    expect([isPlaying(), at(), get().touched]).toEqual([false, 50, false]);
    arrive({ race: { program: 'generated-10000', at: 1e9 } });
    expect([useRace.getState().output, get().touched]).toEqual([null, false]);
    answer();
    expect([get().race.at, get().touched]).toEqual([1e9, false]);
    end();
    expect(get().touched).toBe(false);
  });

  test('a link with the default place ends the playing of the same place', () => {
    const end = runRaces();
    answer();
    toggleRacePlay();
    advanceRace(40);
    arrive({});
    end();
    expect([get().race, get().touched]).toEqual([DEFAULT_SCENE.race, false]);
  });

  test('it is raced once for each program; an edit of the page\u2019s program begins anew', () => {
    const end = runRaces();
    const cnt = asked.length;
    chooseRaceProgram('page');
    expect(asked.length).toBe(cnt + 1);
    answer();
    seekRace(60);
    setText('r0 = 0\nexit\n');
    expect(asked.length).toBe(cnt + 2);
    expect(asked.at(-1)).toMatchObject({ kind: 'run', input: { source: 'r0 = 0\nexit\n' } });
    answer();
    expect(at()).toBe(0);
    // A link brings program and place together.
    arrive({ source: 'exit\n', race: { program: 'page', at: 60 } });
    answer();
    expect(at()).toBe(60);
    end();
  });

  test('another program that a link brought while nobody looked is raced', () => {
    runRaces()();
    setRace({ output });
    arrive({ race: { program: 'generated-10000', at: 0 } });
    asked.length = 0;
    runRaces()();
    expect(asked).toEqual([raceInput(get())]);
    expect(useRace.getState().output).toBeNull();
  });

  test('leaving it while it plays, the clock stands where it was', () => {
    const end = runRaces();
    answer();
    toggleRacePlay();
    advanceRace(40);
    const played = Math.round(at());
    end();
    expect([isPlaying(), get().race.at]).toEqual([false, played]);
  });
});

test("the page's program is raced as it is run", () => {
  const s = { ...initialState, text: 'exit', pass: 'zext', step: 0 };
  expect(raceInput({ ...s, race: { program: 'page', at: 0 } })).toMatchObject({
    kind: 'run',
    input: { source: 'exit', pass: 'zext', step: 0 },
  });
  expect(raceInput(s)).toEqual({ kind: 'generated', recipe: { n: 2_000, every: 10, seed: 1 } });
});

/** The outside of the race: its worker and its clock, while somebody looks at it. */
import { createRacer } from '../worker/race-client.ts';
import { sayPending } from './effects.ts';
import { act } from './intents.ts';
import {
  acceptRace,
  advanceRace,
  onRaceScene,
  openRace,
  type RaceState,
  raceInput,
  setRace,
  useRace,
} from './race.ts';
import { RUN_KEYS } from './running.ts';
import { get, type State, useStore } from './store.ts';

let cancel = (): void => {};
let start = (): void => {};
/** Ends the race that is computed; there is none then. */
export const cancelRace = (): void => cancel();
/** Another try after a race that was cancelled, or broke. */
export const raceAgain = (): void => start();

/** The race is where the scene says, whoever wrote it, and the scene says where the race is; the answer ends it. */
export function keepRaceScene(): () => void {
  const take = ({ race: scene }: State): void => {
    const { program, at } = useRace.getState();
    if (scene.program !== program || scene.at !== Math.round(at)) openRace(scene);
  };
  take(get());
  const forgetScene = useStore.subscribe((s, old) => {
    if (s.race !== old.race) take(s);
  });
  const forgetRace = onRaceScene((scene) => act({ race: scene }));
  return () => {
    forgetScene();
    forgetRace();
  };
}

/** Race whenever what is raced on changes; the answer ends it. */
export function runRaces(): () => void {
  const racer = createRacer({
    onBusy: (busy) => {
      setRace({ busy, progress: null });
      sayPending('race-result', busy);
    },
    onProgress: (progress) => setRace({ progress }),
    onResult: acceptRace,
    onCrash: (crash) => setRace({ crash }),
  });
  cancel = () => {
    racer.cancel();
    setRace({ output: { ok: false, reason: 'The race was cancelled.' } });
  };
  start = () => {
    setRace({ crash: null, output: null });
    racer.race(raceInput(useRace.getState().program, get()));
  };
  const forgetPage = useStore.subscribe((s, old) => {
    if (useRace.getState().program !== 'page' || RUN_KEYS.every((key) => s[key] === old[key])) return;
    setRace({ at: 0, playing: false });
    start();
  });
  const forgetRace = useRace.subscribe((s, old) => {
    if (s.program !== old.program) start();
  });
  if (needsRace(useRace.getState())) start();
  else sayPending('race-result', false);
  return () => {
    forgetPage();
    forgetRace();
    racer.dispose();
    sayPending('race-result', false);
    setRace({ playing: false });
  };
}

/** The page's program may have changed while nobody looked. */
const needsRace = ({ output, program }: RaceState): boolean => output === null || program === 'page';

/** Shortest time between two pictures, and between two where nothing may travel. */
const TICK_MS = 33;
const STILL_MS = 1_000;

/** The clock of playing; `isStill`: it goes on in steps of a second. */
export function playRace(isStill: boolean): () => void {
  const every = isStill ? STILL_MS : TICK_MS;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    advanceRace(now - last);
    last = now;
  }, every);
  return () => clearInterval(timer);
}

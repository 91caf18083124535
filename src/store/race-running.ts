/** The outside of the race: its worker and its clock, while somebody looks at it. */
import { createRacer } from '../worker/solo-client.ts';
import { sayPending } from './effects.ts';
import {
  advanceRace,
  pauseRace,
  type RaceProgram,
  raceInput,
  raceProgram,
  setRace,
  useRace,
} from './race.ts';
import { RUN_KEYS } from './run-input.ts';
import { get, type State, set, useStore } from './store.ts';

let cancel = (): void => {};
let start = (): void => {};
/** Ends the race that is computed; there is none then. */
export const cancelRace = (): void => cancel();
/** Another try after a race that was cancelled, or broke. */
export const raceAgain = (): void => start();

/** What the last answer is for. */
let raced: RaceProgram | null = null;

/** What is raced on has become another program. */
const isAnother = (s: State, old: State): boolean => {
  const program = raceProgram(s);
  return program !== raceProgram(old) || (program === 'page' && RUN_KEYS.some((key) => s[key] !== old[key]));
};

/** Race whenever what is raced on changes, and stand where the scene says; what comes back ends it. */
export function runRaces(): () => void {
  const racer = createRacer({
    onBusy: (busy) => {
      setRace({ busy, progress: null });
      sayPending('race-result', busy);
    },
    onProgress: (progress) => setRace({ progress }),
    onResult: (output) => setRace({ output, crash: null }),
    onCrash: (crash) => setRace({ crash }),
  });
  cancel = () => {
    racer.cancel();
    setRace({ output: { ok: false, reason: 'The race was cancelled.' } });
  };
  start = () => {
    raced = raceProgram(get());
    setRace({ clock: null, crash: null, output: null });
    racer.ask(raceInput(get()));
  };
  const forget = useStore.subscribe((s, old) => {
    // Whoever wrote another place, the clock stands there.
    if (s.race !== old.race) setRace({ clock: null });
    if (!isAnother(s, old)) return;
    // A place in another program means nothing, unless it came with it.
    if (s.race === old.race) set({ race: { ...s.race, at: 0 } });
    start();
  });
  // The page's program may have changed while nobody looked.
  const program = raceProgram(get());
  if (useRace.getState().output === null || program !== raced || program === 'page') start();
  else sayPending('race-result', false);
  return () => {
    pauseRace();
    forget();
    racer.dispose();
    sayPending('race-result', false);
  };
}

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

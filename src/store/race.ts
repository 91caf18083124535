/**
 * The race: its answer, and its clock while it plays. Apart from the page's state, because nothing of it is needed before
 * somebody looks at a race. What is raced on, and where the clock stands, are the scene's (`State.race`) and nobody else's.
 */
import { create } from 'zustand';
import type { Progress } from '../base/progress.ts';
import { nextLap, nextPatch, raceEnd } from '../figures/race.ts';
import type { RaceInput, RaceOutput } from '../pipeline/index.ts';
import { act } from './intents.ts';
import { runInput } from './run-input.ts';
import { get as page, type State } from './store.ts';

/** What there is to race on, by the ids that stand in links; 'page' is the program of the page with its pass. */
export const RACE_PROGRAMS = [
  { id: 'generated-2000', label: 'generated, 2,000 insns', recipe: { n: 2_000, every: 10, seed: 1 } },
  { id: 'generated-10000', label: 'generated, 10,000 insns', recipe: { n: 10_000, every: 10, seed: 1 } },
  { id: 'generated-32296', label: 'generated, 32,296 insns', recipe: { n: 32_296, every: 10, seed: 1 } },
  { id: 'page', label: 'this program', recipe: null },
] as const;
export type RaceProgram = (typeof RACE_PROGRAMS)[number]['id'];

export interface RaceState {
  /** Touches on the clock while it plays; null: it stands where the scene says. */
  readonly clock: number | null;
  readonly speed: number;
  /** Last answer; null: none yet for this program. */
  readonly output: RaceOutput | null;
  readonly busy: boolean;
  readonly progress: Progress | null;
  readonly crash: string | null;
}

export const RACE_SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

export const initialRace: RaceState = {
  ...{ clock: null, speed: 1 },
  ...{ output: null, busy: false, progress: null, crash: null },
};

export const useRace = create<RaceState>()(() => initialRace);
export const setRace = (part: Partial<RaceState>): void => useRace.setState(part);
const get = (): RaceState => useRace.getState();

/** What is raced on; an id that a link brought and nothing has any more is that of the first program. */
export const raceProgram = ({ race }: Pick<State, 'race'>): RaceProgram =>
  (RACE_PROGRAMS.find(({ id }) => id === race.program) ?? RACE_PROGRAMS[0]).id;

/** Touches at the end of the race, 0 without one. */
const endOf = ({ output }: RaceState): number => (output?.ok ? raceEnd(output.race) : 0);

/** Touches on the clock now; one that a link set too far stands at the end. */
export const raceAt = (race: RaceState, s: Pick<State, 'race'>): number =>
  Math.min(race.clock ?? s.race.at, endOf(race));
const atNow = (): number => raceAt(get(), page());

/** What to ask for; of the page's program it is what is run. */
export function raceInput(s: State): RaceInput {
  const program = raceProgram(s);
  const recipe = RACE_PROGRAMS.find(({ id }) => id === program)?.recipe ?? null;
  return recipe === null ? { kind: 'run', input: runInput(s) } : { kind: 'generated', recipe };
}

/** The clock stands there from now on, and the scene says so. */
function stand(at: number): void {
  act({ race: { program: raceProgram(page()), at: Math.max(0, Math.min(endOf(get()), Math.round(at))) } });
  setRace({ clock: null });
}

export function chooseRaceProgram(program: RaceProgram): void {
  setRace({ clock: null, output: null });
  act({ race: { program, at: 0 } });
}
export const chooseRaceSpeed = (speed: number): void => setRace({ speed });

/** Without a race there is nowhere to go. */
export function seekRace(at: number): void {
  if (get().output?.ok) stand(at);
}

/** To where the array is through with its next (previous) patch. */
export function stepRacePatch(by: 1 | -1): void {
  const { output } = get();
  if (output?.ok) seekRace(nextPatch(output.race, atNow(), by));
}

/** To where any of them is through with a part of its work. */
export function stepRaceLap(by: 1 | -1): void {
  const { output } = get();
  if (output?.ok) seekRace(nextLap(output.race, atNow(), by));
}

/** Ten patches on or back. */
export function leapRace(by: 1 | -1): void {
  for (let k = 0; k < 10; k++) stepRacePatch(by);
}

export const seekRaceEnd = (): void => seekRace(endOf(get()));

/** Where it plays, the clock stands. */
export function pauseRace(): void {
  const { clock } = get();
  if (clock !== null) stand(clock);
}

export function toggleRacePlay(): void {
  const { clock, output } = get();
  if (clock !== null) pauseRace();
  else if (output?.ok) {
    const from = atNow();
    seekRace(from >= endOf(get()) ? 0 : from);
    setRace({ clock: atNow() });
  }
}

/** A race takes as long, however many touches it is. */
const RACE_MS = 18_000;

/** The clock goes on by so much time; at the end it stands. */
export function advanceRace(ms: number): void {
  const { clock, speed } = get();
  if (clock === null) return;
  const end = endOf(get());
  const at = clock + (end * speed * ms) / RACE_MS;
  if (at >= end) stand(end);
  else setRace({ clock: at });
}

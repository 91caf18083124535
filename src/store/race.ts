/**
 * The race: what is raced on, the answer, and its own clock. Apart from the page's state, because nothing of it is
 * needed before somebody looks at a race, and because the clock of a run is another one.
 */
import { create } from 'zustand';
import type { Progress } from '../base/progress.ts';
import { nextLap, nextPatch, raceEnd } from '../figures/race.ts';
import type { RaceInput, RaceOutput } from '../pipeline/index.ts';
import type { State } from './store.ts';

/** What there is to race on, by the ids that stand in links; 'page' is the program of the page with its pass. */
export const RACE_PROGRAMS = [
  { id: 'generated-2000', label: 'generated, 2,000 insns', recipe: { n: 2_000, every: 10, seed: 1 } },
  { id: 'generated-10000', label: 'generated, 10,000 insns', recipe: { n: 10_000, every: 10, seed: 1 } },
  { id: 'generated-32296', label: 'generated, 32,296 insns', recipe: { n: 32_296, every: 10, seed: 1 } },
  { id: 'page', label: 'this program', recipe: null },
] as const;
export type RaceProgram = (typeof RACE_PROGRAMS)[number]['id'];

export interface RaceState {
  readonly program: RaceProgram;
  /** Touches on the clock. */
  readonly at: number;
  readonly playing: boolean;
  readonly speed: number;
  /** Last answer; null: none yet for this program. */
  readonly output: RaceOutput | null;
  readonly busy: boolean;
  readonly progress: Progress | null;
  readonly crash: string | null;
}

export const RACE_SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

export const initialRace: RaceState = {
  ...{ program: 'generated-2000', at: 0, playing: false, speed: 1 },
  ...{ output: null, busy: false, progress: null, crash: null },
};

export const useRace = create<RaceState>()(() => initialRace);
export const setRace = (part: Partial<RaceState>): void => useRace.setState(part);
const get = (): RaceState => useRace.getState();

/** What to ask for; of the page's program it is what is run. */
export function raceInput(program: RaceProgram, s: State): RaceInput {
  const recipe = RACE_PROGRAMS.find(({ id }) => id === program)?.recipe ?? null;
  if (recipe !== null) return { kind: 'generated', recipe };
  const { text: source, pass, step, algorithm, seed, layer, semantics } = s;
  const input = { source, pass, ...(step === null ? {} : { step }), algorithm, seed, layer, semantics };
  return { kind: 'run', input };
}

const endNow = ({ output }: RaceState): number => (output?.ok ? raceEnd(output.race) : 0);

/** An answer; a clock that a link set too far stands at the end. */
export function acceptRace(output: RaceOutput): void {
  const end = output.ok ? raceEnd(output.race) : 0;
  setRace({ output, crash: null, at: Math.min(get().at, end) });
}

/** What of a race stands in a link: the id of the program, and touches on the clock. */
export interface RaceScene {
  readonly program: string;
  readonly at: number;
}

/** Tells of each scene at which the clock stands; the answer ends it. */
export const onRaceScene = (listener: (scene: RaceScene) => void): (() => void) =>
  useRace.subscribe(({ playing, program, at }, old) => {
    const isAnother = program !== old.program || at !== old.at || old.playing;
    if (!playing && isAnother) listener({ program, at: Math.round(at) });
  });

/** What a link brings: an id that nothing has any more is that of the first program. */
export function openRace({ program, at }: RaceScene): void {
  const known = RACE_PROGRAMS.find(({ id }) => id === program)?.id ?? initialRace.program;
  const s = get();
  const isSame = known === s.program;
  const last = isSame && s.output !== null ? endNow(s) : at;
  setRace({ program: known, at: Math.min(at, last), playing: false, ...(isSame ? {} : { output: null }) });
}

export const chooseRaceProgram = (program: RaceProgram): void =>
  setRace({ program, at: 0, playing: false, output: null });
export const chooseRaceSpeed = (speed: number): void => setRace({ speed });

export function seekRace(at: number): void {
  setRace({ at: Math.max(0, Math.min(endNow(get()), Math.round(at))), playing: false });
}

/** To where the array is through with its next (previous) patch. */
export function stepRacePatch(by: 1 | -1): void {
  const { output, at } = get();
  if (output?.ok) seekRace(nextPatch(output.race, at, by));
}

/** To where any of them is through with a part of its work. */
export function stepRaceLap(by: 1 | -1): void {
  const { output, at } = get();
  if (output?.ok) seekRace(nextLap(output.race, at, by));
}

/** Ten patches on or back. */
export function leapRace(by: 1 | -1): void {
  for (let k = 0; k < 10; k++) stepRacePatch(by);
}

export const seekRaceEnd = (): void => seekRace(endNow(get()));

export function toggleRacePlay(): void {
  const s = get();
  if (s.playing) setRace({ playing: false });
  else if (s.output?.ok) setRace({ playing: true, at: s.at >= endNow(s) ? 0 : s.at });
}

/** A race takes as long, however many touches it is. */
const RACE_MS = 18_000;

/** The clock goes on by so much time; at the end it stands. */
export function advanceRace(ms: number): void {
  const s = get();
  const end = endNow(s);
  const at = Math.min(end, s.at + (end * s.speed * ms) / RACE_MS);
  setRace({ at, playing: at < end });
}

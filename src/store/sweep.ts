/**
 * The chart's measurements: the race on programs of growing size, one after the other. What is counted is the same on
 * every machine, so the page keeps it for as long as it is open.
 */
import { create } from 'zustand';
import type { RaceOutput } from '../pipeline/index.ts';
import { createRacer, type Racer } from '../worker/race-client.ts';
import { sayPending } from './effects.ts';

/** Insns of the programs, and of how many insns one is patched. */
export const SWEEP_SIZES = [100, 316, 1_000, 3_162, 10_000, 31_623, 100_000] as const;
export const SWEEP_DENSITIES = [2, 5, 10, 50] as const;

export interface SweepLane {
  readonly id: string;
  readonly label: string;
  readonly touches: number;
  /** It was stopped at the budget: it needs more than `touches`. */
  readonly isCut: boolean;
}

export interface SweepPoint {
  readonly n: number;
  readonly patches: number;
  readonly lanes: readonly SweepLane[];
}

export interface SweepState {
  readonly every: number;
  readonly points: readonly SweepPoint[];
  readonly busy: boolean;
  /** Why it ended early. */
  readonly problem: string | null;
}

export const useSweep = create<SweepState>()(() => ({ every: 10, points: [], busy: false, problem: null }));
const set = (part: Partial<SweepState>): void => useSweep.setState(part);

let racer: Racer | null = null;

/** Go on where it was left, unless somebody stopped it; what comes back leaves it. */
export function keepSweep(): () => void {
  const { points, problem } = useSweep.getState();
  if (problem === null && points.length < SWEEP_SIZES.length) startSweep();
  return () => {
    // Nobody looks: what was measured stays, and the rest waits.
    if (racer !== null) stop(null);
  };
}

/** Measure what is not measured yet. */
export function startSweep(): void {
  const { every, points } = useSweep.getState();
  racer?.dispose();
  racer = createRacer({
    onBusy: () => {},
    onProgress: () => {},
    onCrash: (problem) => stop(problem),
    onResult: take,
  });
  set({ busy: true, problem: null });
  sayPending('sweep', true);
  next(every, points.length);
}

function next(every: number, done: number): void {
  const n = SWEEP_SIZES[done];
  if (n === undefined) stop(null);
  else racer?.race({ kind: 'generated', recipe: { n, every, seed: 1 } });
}

function take(output: RaceOutput): void {
  if (!output.ok) {
    stop(output.reason);
    return;
  }
  const { every, points } = useSweep.getState();
  const { slotCnt: n, edits, lanes } = output.race;
  const point: SweepPoint = {
    ...{ n, patches: edits.cnt },
    lanes: lanes.map(({ id, label, total, isCut }) => ({ id, label, touches: total, isCut })),
  };
  set({ points: [...points, point] });
  next(every, points.length + 1);
}

function stop(problem: string | null): void {
  racer?.dispose();
  racer = null;
  set({ busy: false, problem });
  sayPending('sweep', false);
}

export const cancelSweep = (): void => stop('Stopped.');

export function chooseDensity(every: number): void {
  set({ every, points: [] });
  startSweep();
}

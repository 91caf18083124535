/**
 * The chart's measurements: programs of growing size, one after the other, by each algorithm. Work is the same on every
 * machine and times hold for this one, so the page keeps both for as long as it is open.
 */
import { create } from 'zustand';
import type { Progress } from '../base/progress.ts';
import type { SweepLane, SweepSize } from '../pipeline/index.ts';
import { NEVER } from '../recipes/cilium.ts';
import { createSweeper } from '../worker/solo-client.ts';
import { sayPending } from './effects.ts';

/** Insns of the programs: each about three times the one before. */
export const SWEEP_SIZES = [100, 316, 1_000, 3_162, 10_000, 31_623, 100_000, 316_228, 1_000_000] as const;

/** What an algorithm may take at one size before it is stopped. */
export const SWEEP_BUDGET_MS = 2_000;

/** Of a hundred insns so many are patched: each becomes three. */
export const SWEEP_DENSITIES = [0, 1, 2, 5, 10, 20, 33, 50, 100] as const;
const STANDARD_DENSITY = 10;

/** The recipe names every how many-th insn is patched. */
export const everyOf = (density: number): number => (density === 0 ? NEVER : Math.round(100 / density));

/** What the chart shows: counted touches, or seconds. */
export type SweepView = 'work' | 'time';

export interface SweepState {
  readonly view: SweepView;
  readonly density: number;
  /** Of this density, ascending. */
  readonly points: readonly SweepSize[];
  readonly busy: boolean;
  readonly progress: Progress | null;
  /** Why it ended early. */
  readonly problem: string | null;
}

export const useSweep = create<SweepState>()(() => ({
  view: 'work',
  density: STANDARD_DENSITY,
  points: [],
  busy: false,
  progress: null,
  problem: null,
}));
const set = (part: Partial<SweepState>): void => useSweep.setState(part);

/** What is known of other densities. */
const known = new Map<number, readonly SweepSize[]>();

let sweeper: ReturnType<typeof createSweeper> | null = null;

/** Go on where it was left, unless somebody stopped it; what comes back leaves it. */
export function keepSweep(): () => void {
  const { points, problem } = useSweep.getState();
  if (problem === null && points.length < SWEEP_SIZES.length) startSweep();
  return () => {
    // Nobody looks: what was measured stays, and the rest waits.
    if (sweeper !== null) stop(null);
  };
}

/** Measure what is not measured yet. */
export function startSweep(): void {
  sweeper?.dispose();
  sweeper = createSweeper({
    onBusy: () => {},
    onProgress: (progress) => set({ progress }),
    onCrash: (problem) => stop(problem),
    onResult: take,
  });
  set({ busy: true, problem: null, progress: null });
  sayPending('sweep', true);
  next();
}

const cutIn = ({ lanes }: SweepSize): string[] =>
  lanes.filter(({ isCut }: SweepLane) => isCut).map(({ id }) => id);

function next(): void {
  const { density, points } = useSweep.getState();
  const n = SWEEP_SIZES[points.length];
  if (n === undefined) stop(null);
  else sweeper?.ask({ n, every: everyOf(density), skip: points.flatMap(cutIn), budgetMs: SWEEP_BUDGET_MS });
}

function take(size: SweepSize): void {
  const { density, points } = useSweep.getState();
  const more = [...points, size];
  known.set(density, more);
  set({ points: more });
  next();
}

function stop(problem: string | null): void {
  sweeper?.dispose();
  sweeper = null;
  set({ busy: false, progress: null, problem });
  sayPending('sweep', false);
}

export const cancelSweep = (): void => stop('Stopped.');

export const chooseView = (view: SweepView): void => set({ view });

export function chooseDensity(density: number): void {
  const points = known.get(density) ?? [];
  stop(null);
  set({ density, points });
  if (points.length < SWEEP_SIZES.length) startSweep();
}

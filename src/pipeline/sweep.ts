/**
 * One size of the complexity chart: array, list and batch on the same generated program, counted and timed. Counters are
 * the algorithms' own and the same everywhere; times are this machine's, so the clock is the caller's.
 */
import { assert } from '../base/assert.ts';
import type { Progress } from '../base/progress.ts';
import { agree } from '../patch/agree.ts';
import type { Algorithm, Patched } from '../patch/algorithm.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import { array } from '../patch/array.ts';
import { group } from '../patch/errors.ts';
import { list } from '../patch/list.ts';
import type { EditList } from '../patch/ops.ts';
import { countedRun } from '../patch/race.ts';
import { stream } from '../patch/stream.ts';
import { touchesOf, type Work } from '../patch/work.ts';
import type { Program } from '../program/program.ts';
import { generateRace } from '../recipes/cilium.ts';

export interface SweepInput {
  readonly n: number;
  /** One insn in so many is patched. */
  readonly every: number;
  /** Algorithms that were stopped at a smaller size: they need not try. */
  readonly skip: readonly string[];
  /** What an algorithm may take, in ms, before it is stopped. */
  readonly budgetMs: number;
}

export interface SweepLane {
  readonly id: string;
  readonly work: Work;
  readonly touches: number;
  /** Median of the rounds, in ms; of one that was stopped, how long it was given. */
  readonly ms: number;
  readonly isCut: boolean;
}

export interface SweepSize {
  readonly n: number;
  readonly patches: number;
  readonly lanes: readonly SweepLane[];
}

const SWEPT: readonly Algorithm[] = [array, list, stream];

/** Rounds, of which the median counts: as many as an algorithm can do in so many ms. */
const ROUNDS = { max: 9, min: 3, ms: 300 } as const;
/** Clocks of browsers tell tenths of a millisecond: what is shorter than this is done several times in a row. */
const LEAST_MS = 5;
const REPEATS_MAX = 256;
/** How often a working algorithm looks at the clock, in parts of its work. */
const LOOK_EVERY = 64;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Once by itself with its counters watched. */
function count(algorithm: Algorithm, program: Program, edits: EditList, now: () => number, budgetMs: number) {
  const start = now();
  let looks = 0;
  const isSpent = (): boolean => ++looks % LOOK_EVERY === 0 && now() - start > budgetMs;
  const ran = countedRun(algorithm, program, edits, 'verifier', () => {}, isSpent);
  assert(ran.ok, 'what is generated is not refused');
  return { algorithm, ...ran.value, ms: now() - start };
}

/** Milliseconds of so many runs in a row. */
function blockOf(
  algorithm: Algorithm,
  program: Program,
  edits: EditList,
  repeats: number,
  now: () => number,
) {
  const start = now();
  for (let k = 0; k < repeats; k++) {
    const result = applyEdits(algorithm, program, edits, 'verifier');
    assert(result.ok, 'what was patched before is patched again');
  }
  return now() - start;
}

/** The algorithms take turns, so that what else the machine does hits all alike. */
function timesOf(
  ran: readonly { readonly algorithm: Algorithm; readonly ms: number }[],
  program: Program,
  edits: EditList,
  now: () => number,
): Map<string, number> {
  // Twice as many runs each time until a block is long enough for the clock: that warms up, too.
  const timed = ran.map(({ algorithm, ms: cold }) => {
    let [repeats, ms] = [1, cold > ROUNDS.ms ? cold : blockOf(algorithm, program, edits, 1, now)];
    while (ms < LEAST_MS && repeats < REPEATS_MAX) {
      repeats *= 2;
      ms = blockOf(algorithm, program, edits, repeats, now);
    }
    // What takes long is not hurt by a first time.
    const rounds =
      ms > ROUNDS.ms ? 1 : Math.max(ROUNDS.min, Math.min(ROUNDS.max, Math.floor(ROUNDS.ms / ms)));
    return { algorithm, repeats, rounds, all: [] as number[] };
  });
  for (let round = 0; round < ROUNDS.max; round++)
    for (const { algorithm, repeats, rounds, all } of timed)
      if (round < rounds) all.push(blockOf(algorithm, program, edits, repeats, now) / repeats);
  return new Map(timed.map(({ algorithm, all: times }) => [algorithm.id, median(times)]));
}

export function sweep(
  { n, every, skip, budgetMs }: SweepInput,
  now: () => number,
  report: (progress: Progress) => void = () => {},
): SweepSize {
  const { program, edits } = generateRace({ n, every, seed: 1 });
  const left = SWEPT.filter(({ id }) => !skip.includes(id));
  const ran = left.map((algorithm, k) => {
    report({ name: `${algorithm.label}: ${group(n)} insns`, done: k, total: left.length });
    return count(algorithm, program, edits, now, budgetMs);
  });
  const done = ran.filter((one): one is typeof one & { patched: Patched } => one.patched !== null);
  const difference = agree(done.map(({ patched }) => patched));
  assert(difference === null, 'all algorithms come to the same result');
  const times = timesOf(done, program, edits, now);
  return {
    ...{ n, patches: edits.cnt },
    lanes: ran.map(({ algorithm: { id }, work, patched, ms }) => ({
      ...{ id, work, touches: touchesOf(work), ms: times.get(id) ?? ms, isCut: patched === null },
    })),
  };
}

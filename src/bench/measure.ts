/**
 * Measuring algorithms against each other, and against whatever else takes its turn in the same rounds: a ratio is the
 * median of the ratios within a round, so that it means something on a machine that does other things as well.
 */
import type { Algorithm, Patched } from '../patch/algorithm.ts';
import { release } from '../patch/release.ts';
import { touchesOf } from '../patch/work.ts';
import { slotCnt } from '../program/program.ts';
import type { BenchWork } from './mixes.ts';
import { type Bench, run } from './run.ts';

export interface Times {
  /** By round, in milliseconds; one that sat out a round has none. */
  readonly rounds: readonly (number | undefined)[];
}

export interface Timed {
  readonly algorithm: Algorithm;
  readonly times: Times;
  /** Touches of one run; the same each time. */
  readonly touches: number;
  readonly alloc: number;
}

/** Others that take their turn once a round: names and milliseconds. */
export type Others = () => Promise<Readonly<Record<string, number>>>;

export interface Rounds {
  readonly timed: readonly Timed[];
  readonly others: Readonly<Record<string, Times>>;
}

/** Small programs are patched so often in one round that the clock can tell. */
const INSNS_A_ROUND = 20_000;
const WARM_UPS = 3;

export const roundsFor = (n: number): number => (n >= 500_000 ? 11 : n >= 50_000 ? 21 : n >= 5_000 ? 41 : 81);

function timeOnce(work: BenchWork, algorithm: Algorithm, bench: Bench, repeat: number) {
  const { machine } = bench;
  let ms = 0;
  let patched: Patched | null = null;
  for (let k = 0; k < repeat; k++) {
    const start = machine.now();
    const ran = run(work, algorithm, bench);
    ms += machine.now() - start;
    patched = ran.patched;
    release(work.program, ran.edits, ran.patched);
  }
  return { ms: ms / repeat, work: patched?.work };
}

export async function measure(
  work: BenchWork,
  algorithms: readonly Algorithm[],
  bench: Bench,
  roundCnt: number,
  others?: Others,
): Promise<Rounds> {
  const n = slotCnt(work.program);
  const jobs = algorithms.map((algorithm) => {
    const repeat = Math.max(1, Math.floor(INSNS_A_ROUND / n));
    let first = timeOnce(work, algorithm, bench, 1);
    // What takes long is warm after one run, and sits out what would be over the budget.
    for (let k = 1; k < WARM_UPS * repeat && first.ms * k < bench.budgetMs; k++)
      first = timeOnce(work, algorithm, bench, 1);
    const mayTake = Math.max(1, Math.floor(bench.budgetMs / Math.max(first.ms, 0.001)));
    const { work: counted } = first;
    return {
      ...{ algorithm, repeat: Math.min(repeat, mayTake), mayTake, rounds: [] as (number | undefined)[] },
      ...{ touches: counted ? touchesOf(counted) : 0, alloc: counted?.alloc ?? 0 },
    };
  });
  const turns: Record<string, { rounds: number[] }> = {};
  for (let round = 0; round < roundCnt; round++) {
    for (const job of jobs) {
      if (round >= job.mayTake) {
        job.rounds.push(undefined);
        continue;
      }
      // What another one left behind is not this one's to clean up. With the last objects of a shape the code goes that
      // was compiled for it, so what follows is warmed up again.
      if (n >= INSNS_A_ROUND && jobs.length > 1) {
        bench.machine.collect();
        timeOnce(work, job.algorithm, bench, 1);
      }
      job.rounds.push(timeOnce(work, job.algorithm, bench, job.repeat).ms);
    }
    for (const [name, ms] of Object.entries((await others?.()) ?? {})) {
      turns[name] ??= { rounds: [] };
      turns[name].rounds.push(ms);
    }
  }
  return {
    timed: jobs.map(({ algorithm, touches, alloc, rounds }) => ({
      ...{ algorithm, touches, alloc, times: { rounds } },
    })),
    others: turns,
  };
}

const isNumber = (value: number | undefined): value is number => value !== undefined;

/** The one in the middle; NaN of none. */
export function median(values: readonly (number | undefined)[]): number {
  const sorted = values.filter(isNumber).sort((a, b) => a - b);
  return sorted.length === 0 ? Number.NaN : sorted[sorted.length >> 1];
}

/** How many times as long as the other, round by round. */
export const ratioOf = (a: Times, b: Times): number =>
  median(
    a.rounds.map((ms, k) => {
      const other = b.rounds[k];
      return ms === undefined || other === undefined ? undefined : ms / other;
    }),
  );

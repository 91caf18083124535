/** One mix and size after the other, measured; the rows that come of it. */
import {
  type Bench,
  type BenchWork,
  fitsBudget,
  type MemoryUse,
  type Mix,
  measure,
  median,
  memoryUse,
  patchedOnce,
  ratioOf,
  refusalOf,
  resultFile,
  roundsFor,
  type Timed,
  type Times,
  workFile,
} from '../bench/index.ts';
import type { Algorithm, Layer } from '../patch/algorithm.ts';
import { ALGORITHMS } from '../patch/index.ts';
import { slotCnt } from '../program/program.ts';
import { type OpenYardsticks, YARDSTICKS, type Yardsticks } from './bench-native.ts';

export interface MeasureAsk {
  readonly mixes: readonly Mix[];
  /** Null: those that each mix is usually measured with. */
  readonly sizes: readonly number[] | null;
  readonly usualSizes: readonly number[];
  readonly algorithms: readonly Algorithm[];
  /** Null: as many as suit the size. */
  readonly roundCnt: number | null;
  readonly yardsticks: Yardsticks | null;
  readonly isFresh: boolean;
}

interface RowBase {
  readonly mix: string;
  readonly layer: Layer;
  readonly n: number;
  readonly ms: number;
  readonly nsPerInsn: number;
}

export interface AlgorithmRow extends RowBase {
  readonly kind: 'algorithm';
  readonly algorithm: string;
  readonly work: number;
  readonly alloc: number;
  readonly memory: MemoryUse | null;
}

export interface YardstickRow extends RowBase {
  readonly kind: 'yardstick';
  readonly yardstick: string;
  /** How many times as long each algorithm takes, by id. */
  readonly ratio: Readonly<Record<string, number>>;
}

export type Row = AlgorithmRow | YardstickRow;

export interface Measured {
  readonly mix: Mix;
  readonly n: number;
  readonly rows: readonly Row[];
  /** Yardsticks that came to other bytes than we did. */
  readonly differs: readonly string[];
}

const rounded = (value: number, digits = 4): number => Number(value.toPrecision(digits));

/** The line of `--json`. */
export function jsonRow(row: Row): Record<string, unknown> {
  const { mix, layer, n, ms, nsPerInsn } = row;
  const common = { mix, layer, n, ms, nsPerInsn };
  if (row.kind === 'yardstick') return { yardstick: row.yardstick, ...common, ratio: row.ratio };
  return { algorithm: row.algorithm, ...common, work: row.work, peakBytes: row.memory?.peakBytes ?? null };
}

type Say = (text: string) => Promise<void>;

async function openYardsticks(
  { yardsticks, isFresh }: MeasureAsk,
  mix: Mix,
  { layer }: Bench,
  work: BenchWork,
  say: Say,
): Promise<OpenYardsticks | null> {
  if (yardsticks === null) return null;
  const file = layer === 'core' ? 'they have records' : workFile(work, mix.isComputed);
  if (typeof file !== 'string') return yardsticks.open(file, isFresh);
  await say(`${mix.id}: no yardsticks in C: ${file}`);
  return null;
}

/** Those whose result is another one than ours, byte by byte. */
async function whichDiffer(yardsticks: OpenYardsticks, expected: Uint8Array): Promise<string[]> {
  const differing: string[] = [];
  for (const name of YARDSTICKS)
    if (Buffer.compare(await yardsticks.result(name), expected) !== 0) differing.push(name);
  return differing;
}

function rowsOf(
  base: Pick<RowBase, 'mix' | 'layer' | 'n'>,
  timed: readonly Timed[],
  others: Readonly<Record<string, Times>>,
  memory: ReadonlyMap<string, MemoryUse | null>,
): Row[] {
  const timeOf = (ms: number) => ({ ms: rounded(ms), nsPerInsn: rounded((ms * 1e6) / base.n) });
  const algorithms = timed.map(({ algorithm: { id }, times, touches, alloc }): Row => {
    const common = { ...base, ...timeOf(median(times.rounds)) };
    return {
      kind: 'algorithm',
      algorithm: id,
      ...common,
      work: touches,
      alloc,
      memory: memory.get(id) ?? null,
    };
  });
  const yardsticks = Object.entries(others).map(([name, times]): Row => {
    const ratio = Object.fromEntries(
      timed.map((one) => [one.algorithm.id, rounded(ratioOf(one.times, times), 3)]),
    );
    return { kind: 'yardstick', yardstick: name, ...base, ...timeOf(median(times.rounds)), ratio };
  });
  return [...algorithms, ...yardsticks];
}

const isLeftOut = ({ algorithms }: MeasureAsk, memory: ReadonlyMap<string, unknown>): boolean =>
  algorithms.some(({ id }) => !memory.has(id));

/** For contrast, how far the array way in C comes within the same budget. */
async function sayArray(yardsticks: OpenYardsticks, { budgetMs }: Bench, mix: Mix, n: number, say: Say) {
  const { ms, done, of } = await yardsticks.array(budgetMs);
  const told =
    done === of ? `takes ${rounded(ms)} ms` : `has done ${done} of ${of} edits after ${budgetMs / 1000} s`;
  await say(`${mix.id}, ${n} insns: the array way in C ${told}`);
}

async function measureOne(
  ask: MeasureAsk,
  bench: Bench,
  mix: Mix,
  work: BenchWork,
  memory: ReadonlyMap<string, MemoryUse | null>,
  say: Say,
): Promise<Measured> {
  const n = slotCnt(work.program);
  const algorithms = ask.algorithms.filter(({ id }) => memory.has(id));
  const yardsticks = await openYardsticks(ask, mix, bench, work, say);
  try {
    const differs =
      yardsticks === null || algorithms.length === 0
        ? []
        : await whichDiffer(yardsticks, resultFile(patchedOnce(work, algorithms[0], bench.layer).program));
    for (const name of differs) await say(`${mix.id}, ${n} insns: ${name} comes to another result`);
    const others = yardsticks === null ? undefined : () => yardsticks.round();
    if (yardsticks !== null && isLeftOut(ask, memory)) await sayArray(yardsticks, bench, mix, n, say);
    const { timed, others: measured } = await measure(
      work,
      algorithms,
      bench,
      ask.roundCnt ?? roundsFor(n),
      others,
    );
    return { mix, n, differs, rows: rowsOf({ mix: mix.id, layer: bench.layer, n }, timed, measured, memory) };
  } finally {
    yardsticks?.close();
  }
}

/** Memory of those that can be measured within the budget, by id. */
async function memoryOf(ask: MeasureAsk, bench: Bench, mix: Mix, work: BenchWork, say: Say) {
  const memory = new Map<string, MemoryUse | null>();
  for (const algorithm of ask.algorithms) {
    if (fitsBudget(work, algorithm, bench)) memory.set(algorithm.id, memoryUse(work, algorithm, bench));
    else
      await say(
        `${algorithm.id} is left out of ${mix.id} with ${slotCnt(work.program)} insns: one run takes more than ${bench.budgetMs / 1000} s`,
      );
  }
  return memory;
}

/** One after the other, each as soon as it is done. */
export async function* measureAll(ask: MeasureAsk, bench: Bench, say: Say): AsyncGenerator<Measured> {
  const jobs = ask.mixes.flatMap((mix) =>
    (ask.sizes ?? (mix.standardN === null ? ask.usualSizes : [mix.standardN])).map((n) => ({ mix, n })),
  );
  for (const { mix, n } of jobs) {
    const work = mix.build(n);
    const refused = refusalOf(work, ALGORITHMS[0], bench.layer);
    if (refused !== null) await say(`${mix.id} is left out: it has to be refused (${refused})`);
    else yield await measureOne(ask, bench, mix, work, await memoryOf(ask, bench, mix, work, say), say);
  }
}

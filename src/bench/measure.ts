/**
 * Measuring algorithms against each other, and against whatever else takes its turn in the same rounds: a ratio is the
 * median of the ratios within a round, so that it means something on a machine that does other things as well.
 */
import type { Algorithm, Layer, Patched } from '../patch/algorithm.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import type { OnLap } from '../patch/laps.ts';
import type { EditList } from '../patch/ops.ts';
import { release } from '../patch/release.ts';
import { touchesOf } from '../patch/work.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { BenchWork } from './mixes.ts';

/** What the measuring needs of the machine; the rooms below know no clock. */
export interface Machine {
  /** Milliseconds. */
  now(): number;
  /** Bytes in use by objects and buffers; null: nobody can say. */
  memoryUsed(): number | null;
  /** Throws away what nobody reads any more, as far as the machine can be told to. */
  collect(): void;
}

export interface Bench {
  readonly machine: Machine;
  readonly layer: Layer;
  /** An algorithm that would take longer for one run is left out. */
  readonly budgetMs: number;
  /** Columns that are computed when they are read are left unread, as by a page that shows a part of the result. */
  readonly leavesUnread?: boolean;
}

interface Ran {
  readonly edits: EditList;
  readonly patched: Patched;
}

/** The columns that belong to insns as well: an algorithm that computes them when they are read has them read. */
const readColumns = ({ program: { aux } }: Patched): number =>
  aux === null ? 0 : aux.home.length + aux.zextDst.length;

/** What is timed: the edits made, checked and carried out, and all that belongs to insns and tables. */
function run(
  { program, makeEdits }: BenchWork,
  algorithm: Algorithm,
  { layer, leavesUnread }: Pick<Bench, 'layer' | 'leavesUnread'>,
  onLap?: OnLap,
): Ran {
  const edits = makeEdits();
  const result = applyEdits(algorithm, program, edits, layer, onLap ? { onLap } : {});
  if (!result.ok) throw new Error(`${algorithm.id}: ${result.error.message}`);
  if (!leavesUnread) readColumns(result.value);
  return { edits, patched: result.value };
}

/** Patched once, and nothing given back. */
export const patchedOnce = (work: BenchWork, algorithm: Algorithm, layer: Layer): Patched =>
  run(work, algorithm, { layer }).patched;

/** Thrown by who watches the clock. */
class OutOfTime extends Error {}

/** False: one run takes longer than the budget. */
export function fitsBudget(work: BenchWork, algorithm: Algorithm, bench: Bench): boolean {
  const { machine, budgetMs } = bench;
  if (!algorithm.readsAllPerEdit) return true;
  const end = machine.now() + budgetMs;
  try {
    run(work, algorithm, bench, () => {
      if (machine.now() > end) throw new OutOfTime();
    });
    return true;
  } catch (error) {
    if (error instanceof OutOfTime) return false;
    throw error;
  }
}

const bytesOf = (column: ArrayLike<number> & { readonly byteLength: number }): number => column.byteLength;

/** Bytes of the columns that the result has for itself. */
export function resultBytes(source: Program, { program, remap }: Patched): number {
  const { insns, lineInfo, subprogs, aux } = program;
  let bytes = bytesOf(insns) + (aux === null ? 0 : bytesOf(aux.home) + bytesOf(aux.zextDst));
  for (const name of ['insnOff', 'file', 'line', 'col', 'text'] as const)
    if (lineInfo[name] !== source.lineInfo[name]) bytes += bytesOf(lineInfo[name]);
  for (const column of Object.values(subprogs) as Int32Array[]) bytes += bytesOf(column);
  return bytes + bytesOf(remap.outer) + (remap.inner === remap.outer ? 0 : bytesOf(remap.inner));
}

export interface MemoryUse {
  /** The most that was in use over what was there before, seen after each part of the work: edits, scratch and result. */
  readonly peakBytes: number;
  /** What of it is the result. */
  readonly resultBytes: number;
}

/** To be asked before anything is timed: a buffer kept from an earlier run would not be counted. */
export function memoryUse(work: BenchWork, algorithm: Algorithm, bench: Bench): MemoryUse | null {
  const { machine } = bench;
  machine.collect();
  const before = machine.memoryUsed();
  if (before === null) return null;
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, (machine.memoryUsed() ?? 0) - before);
  };
  // After each edit of an array it would take too long.
  const { edits, patched } = run(
    work,
    algorithm,
    bench,
    algorithm.readsAllPerEdit ? undefined : lookNowAndThen(look),
  );
  look();
  const result = resultBytes(work.program, patched);
  return edits.cnt < 0 ? null : { peakBytes: peak, resultBytes: result };
}

/** A list tells after each edit; one look in so many is enough. */
const LAPS_A_LOOK = 4_096;

function lookNowAndThen(look: () => void): OnLap {
  let laps = 0;
  return (_lap, edit) => {
    if (edit < 0 || laps++ % LAPS_A_LOOK === 0) look();
  };
}

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
    const { touches, alloc } = {
      touches: first.work ? touchesOf(first.work) : 0,
      alloc: first.work?.alloc ?? 0,
    };
    return {
      algorithm,
      repeat: Math.min(repeat, mayTake),
      mayTake,
      touches,
      alloc,
      rounds: [] as (number | undefined)[],
    };
  });
  const turns: Record<string, { rounds: number[] }> = {};
  for (let round = 0; round < roundCnt; round++) {
    for (const job of jobs)
      job.rounds.push(round < job.mayTake ? timeOnce(work, job.algorithm, bench, job.repeat).ms : undefined);
    for (const [name, ms] of Object.entries((await others?.()) ?? {})) {
      turns[name] ??= { rounds: [] };
      turns[name].rounds.push(ms);
    }
  }
  return {
    timed: jobs.map(({ algorithm, touches, alloc, rounds }) => ({
      algorithm,
      touches,
      alloc,
      times: { rounds },
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

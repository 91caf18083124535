/** One run: the edits made, and carried out by an algorithm. */
import type { Algorithm, Layer, Patched } from '../patch/algorithm.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import type { OnLap } from '../patch/laps.ts';
import type { EditList } from '../patch/ops.ts';
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

export interface Ran {
  readonly edits: EditList;
  readonly patched: Patched;
}

/** The columns that belong to insns as well: an algorithm that computes them when they are read has them read. */
const readColumns = ({ program: { aux } }: Patched): number =>
  aux === null ? 0 : aux.home.length + aux.zextDst.length;

/** What is timed: the edits made, checked and carried out, and all that belongs to insns and tables. */
export function run(
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

/** Why the edits are refused, as some shapes have to be; null: they are not. */
export function refusalOf(
  { program, makeEdits }: BenchWork,
  algorithm: Algorithm,
  layer: Layer,
): string | null {
  const result = applyEdits(algorithm, program, makeEdits(), layer);
  return result.ok ? null : result.error.message;
}

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

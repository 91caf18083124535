/** What a run needs of the memory. */
import { forgetKept } from '../base/buffers.ts';
import type { Algorithm, Patched } from '../patch/algorithm.ts';
import type { OnLap } from '../patch/laps.ts';
import type { Program } from '../program/program.ts';
import type { BenchWork } from './mixes.ts';
import { type Bench, run } from './run.ts';

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

/** Buffers kept from an earlier run are let go first: they would not be counted. */
export function memoryUse(work: BenchWork, algorithm: Algorithm, bench: Bench): MemoryUse | null {
  const { machine } = bench;
  forgetKept();
  machine.collect();
  const before = machine.memoryUsed();
  if (before === null) return null;
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, (machine.memoryUsed() ?? 0) - before);
  };
  // After each edit of an array it would take too long.
  const onLap = algorithm.readsAllPerEdit ? undefined : lookNowAndThen(look);
  const { patched } = run(work, algorithm, bench, onLap);
  look();
  return { peakBytes: peak, resultBytes: resultBytes(work.program, patched) };
}

/** A list tells after each edit; one look in so many is enough. */
const LAPS_A_LOOK = 4_096;

function lookNowAndThen(look: () => void): OnLap {
  let laps = 0;
  return (_lap, edit) => {
    if (edit < 0 || laps++ % LAPS_A_LOOK === 0) look();
  };
}

/**
 * What the worker does with a request, without the worker: the shell in engine.ts gives it the real pipeline and
 * the real port, a test gives it others.
 */
import type { Progress } from '../base/progress.ts';
import type {
  Comparison,
  RaceInput,
  RaceOutput,
  RunDone,
  RunInput,
  RunOutput,
  SweepInput,
  SweepSize,
} from '../pipeline/index.ts';
import type { Reply, Request } from './protocol.ts';
import { freightOf } from './transfer.ts';

/** Up to here a result is copied and kept for the comparison; a bigger one is moved, and run again for it. */
const KEPT_SIZE_MAX = 64 << 20;

const PROGRESS_EVERY_MS = 50;

export interface Pipeline {
  run(input: RunInput): RunOutput;
  comparison(output: RunDone, report: (progress: Progress) => void): Comparison;
  race(input: RaceInput, report: (progress: Progress) => void): RaceOutput;
  sweep(input: SweepInput, now: () => number, report: (progress: Progress) => void): SweepSize;
}

export type Post = (reply: Reply, moved: readonly ArrayBuffer[]) => void;

/** Lets the first report through, then one every 50 ms; the end of the work is told by its result. */
function throttled(report: (progress: Progress) => void, now: () => number): (progress: Progress) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    if (now() - last < PROGRESS_EVERY_MS) return;
    last = now();
    report(progress);
  };
}

export function makeAnswerer(pipeline: Pipeline, post: Post, now: () => number): (request: Request) => void {
  /** The run answered last, and how to have its output (again). */
  let last: { readonly id: number; output(): RunOutput } | null = null;

  const reporter = (id: number) =>
    throttled((progress) => post({ id, kind: 'progress', ...progress }, []), now);

  const run = (id: number, input: RunInput): void => {
    last = null;
    const output = pipeline.run(input);
    const { size, buffers } = freightOf(output);
    const isKept = size <= KEPT_SIZE_MAX;
    post({ id, kind: 'result', output }, isKept ? [] : buffers);
    // A run is a pure function: to compute a big one again is cheaper than the memory of a second copy.
    last = { id, output: isKept ? () => output : () => pipeline.run(input) };
  };

  const compare = (id: number): void => {
    if (last?.id !== id) throw new Error(`bug: comparison asked for run ${id}, which is not the last`);
    const output = last.output();
    if (!output.ok) throw new Error(`bug: comparison asked for run ${id}, which was stopped`);
    post({ id, kind: 'comparison', comparison: pipeline.comparison(output, reporter(id)) }, []);
  };

  /** Nothing of it is kept: the run answered last can still be compared. */
  const race = (id: number, input: RaceInput): void => {
    const output = pipeline.race(input, reporter(id));
    post({ id, kind: 'race', output }, freightOf(output).buffers);
  };

  const sweep = (id: number, input: SweepInput): void =>
    post({ id, kind: 'sweep', output: pipeline.sweep(input, now, reporter(id)) }, []);

  return (request) => {
    try {
      if (request.kind === 'run') run(request.id, request.input);
      else if (request.kind === 'compare') compare(request.id);
      else if (request.kind === 'race') race(request.id, request.input);
      else sweep(request.id, request.input);
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      post({ id: request.id, kind: 'crash', message }, []);
    }
  };
}

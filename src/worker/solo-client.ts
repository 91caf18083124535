/**
 * The page's side of work that has a worker of its own, so that no run waits for it and no picture is disturbed: the
 * race, and the measurements of the chart. The worker is opened with the first job and kept for the next one. The newest
 * job wins: one in the way is ended with its worker.
 */
import type { Progress } from '../base/progress.ts';
import type { RaceInput, RaceOutput, SweepInput, SweepSize } from '../pipeline/index.ts';
import type { Reply, Request } from './protocol.ts';
import { type EngineWorker, type Spawn, spawnWorker } from './spawn.ts';

export interface SoloHandlers<Input, Output> {
  onResult(output: Output, input: Input): void;
  onProgress(progress: Progress): void;
  onCrash(message: string): void;
  /** Told when a job begins and when none is under way any more. */
  onBusy(busy: boolean): void;
}

export interface Solo<Input> {
  ask(input: Input): void;
  /** Ends the job under way; nothing of it is delivered after that. */
  cancel(): void;
  dispose(): void;
}

/** How a kind of job is asked for, and what is its answer. */
interface Kind<Input, Output> {
  request(id: number, input: Input): Request;
  /** null: this is none. */
  answer(reply: Reply): { readonly output: Output } | null;
}

function createSolo<Input, Output>(
  kind: Kind<Input, Output>,
  handlers: SoloHandlers<Input, Output>,
  spawn: Spawn,
): Solo<Input> {
  let lastId = 0;
  let worker: EngineWorker | null = null;
  let job: { readonly id: number; readonly input: Input } | null = null;

  const end = (): void => {
    worker?.terminate();
    worker = null;
  };

  const finish = (): void => {
    job = null;
    handlers.onBusy(false);
  };

  const crash = (message: string): void => {
    end();
    // A worker that breaks while nothing is asked of it is replaced when it is needed.
    if (job === null) return;
    finish();
    handlers.onCrash(message);
  };

  const hear = (reply: Reply, { input }: { readonly input: Input }): void => {
    if (reply.kind === 'progress') {
      handlers.onProgress({ name: reply.name, done: reply.done, total: reply.total });
      return;
    }
    if (reply.kind === 'crash') {
      crash(reply.message);
      return;
    }
    const answer = kind.answer(reply);
    if (answer === null) return;
    finish();
    handlers.onResult(answer.output, input);
  };

  const open = (): EngineWorker => {
    const opened: EngineWorker = spawn(
      (reply) => {
        if (opened === worker && job !== null && reply.id === job.id) hear(reply, job);
      },
      (message) => {
        if (opened === worker) crash(message);
      },
    );
    return opened;
  };

  const cancel = (): void => {
    if (job === null) return;
    end();
    finish();
  };

  return {
    ask(input) {
      const wasBusy = job !== null;
      if (wasBusy) end();
      worker ??= open();
      job = { id: ++lastId, input };
      if (!wasBusy) handlers.onBusy(true);
      worker.post(kind.request(job.id, input));
    },
    cancel,
    dispose() {
      cancel();
      end();
    },
  };
}

export type RacerHandlers = SoloHandlers<RaceInput, RaceOutput>;
export type SweeperHandlers = SoloHandlers<SweepInput, SweepSize>;

export const createRacer = (handlers: RacerHandlers, spawn: Spawn = spawnWorker): Solo<RaceInput> =>
  createSolo(
    {
      request: (id, input) => ({ id, kind: 'race', input }),
      answer: (reply) => (reply.kind === 'race' ? reply : null),
    },
    handlers,
    spawn,
  );

export const createSweeper = (handlers: SweeperHandlers, spawn: Spawn = spawnWorker): Solo<SweepInput> =>
  createSolo(
    {
      request: (id, input) => ({ id, kind: 'sweep', input }),
      answer: (reply) => (reply.kind === 'sweep' ? reply : null),
    },
    handlers,
    spawn,
  );

/**
 * The page's side of a race. It has a worker of its own, so that no run waits for it and no picture is disturbed; the
 * worker is opened with the first race and kept for the next one. The newest race wins: one in the way is ended with
 * its worker.
 */
import type { Progress } from '../base/progress.ts';
import type { RaceInput, RaceOutput } from '../pipeline/index.ts';
import { type EngineWorker, type Spawn, spawnWorker } from './spawn.ts';

export interface RacerHandlers {
  onResult(output: RaceOutput, input: RaceInput): void;
  onProgress(progress: Progress): void;
  onCrash(message: string): void;
  /** Told when a race begins and when none is under way any more. */
  onBusy(busy: boolean): void;
}

export interface Racer {
  race(input: RaceInput): void;
  /** Ends the race under way; nothing of it is delivered after that. */
  cancel(): void;
  dispose(): void;
}

export function createRacer(handlers: RacerHandlers, spawn: Spawn = spawnWorker): Racer {
  let lastId = 0;
  let worker: EngineWorker | null = null;
  let job: { readonly id: number; readonly input: RaceInput } | null = null;

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

  const open = (): EngineWorker => {
    const opened: EngineWorker = spawn(
      (reply) => {
        if (opened !== worker || job === null || reply.id !== job.id) return;
        if (reply.kind === 'progress') {
          handlers.onProgress({ name: reply.name, done: reply.done, total: reply.total });
        } else if (reply.kind === 'crash') crash(reply.message);
        else if (reply.kind === 'race') {
          const { input } = job;
          finish();
          handlers.onResult(reply.output, input);
        }
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
    race(input) {
      const wasBusy = job !== null;
      if (wasBusy) end();
      worker ??= open();
      job = { id: ++lastId, input };
      if (!wasBusy) handlers.onBusy(true);
      worker.post({ id: job.id, kind: 'race', input });
    },
    cancel,
    dispose() {
      cancel();
      end();
    },
  };
}

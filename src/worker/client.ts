/**
 * The page's side of the engine: the newest run wins. A synchronous loop cannot be told to stop, so a run that is
 * in the way is ended with its worker, and a spare that is already warm takes over. That is right because a worker
 * holds nothing that matters; the source is the page's.
 *
 *   idle ──run──▶ running ──result──▶ comparing ──comparison──▶ idle   (a program that is wrong: idle at once)
 *                    └── a newer run waits up to 150 ms, then the worker is ended ──▶ running (spare)
 */
import type { Progress } from '../base/progress.ts';
import type { Catalog, Comparison, RunInput, RunOutput } from '../pipeline/index.ts';
import type { Reply } from './protocol.ts';
import { type Clock, type EngineWorker, type Spawn, spawnWorker, systemClock } from './spawn.ts';

/** How long a newer run waits for the worker to become free by itself. */
const PATIENCE_MS = 150;

export interface Crash {
  readonly message: string;
  /** What was asked; undefined when the worker broke before it was asked anything. */
  readonly input: RunInput | undefined;
}

export interface EngineOptions {
  onCrash(crash: Crash): void;
  /** Told by each worker when it stands; always the same. */
  onCatalog?(catalog: Catalog): void;
  /** Told when work begins and when nothing is under way any more. */
  onBusy?(busy: boolean): void;
  readonly spawn?: Spawn;
  readonly clock?: Clock;
}

export interface RunHandlers {
  /** With what was asked. */
  onResult(output: RunOutput, input: RunInput): void;
  onComparison?(comparison: Comparison): void;
  onProgress?(progress: Progress): void;
}

export interface RunHandle {
  readonly id: number;
  /** Ends this run if it is still the newest; nothing of it is delivered after that. */
  cancel(): void;
}

export interface Engine {
  run(input: RunInput, handlers: RunHandlers): RunHandle;
  cancel(): void;
  dispose(): void;
}

interface Job {
  readonly id: number;
  readonly input: RunInput;
  readonly handlers: RunHandlers;
}

interface Seat {
  worker: EngineWorker;
  /** The job it works on, and since when (of its present phase). */
  job: Job | null;
  since: number;
}

export function createEngine(options: EngineOptions): Engine {
  const spawn = options.spawn ?? spawnWorker;
  const clock = options.clock ?? systemClock;
  let lastId = 0;
  /** The job whose replies are wanted; all others are stale. */
  let wanted: Job | null = null;
  let waiting: Job | null = null;
  let forgetPatience = (): void => {};
  let seat: Seat | null = null;
  let spare: Seat | null = null;
  let wasBusy = false;

  const tellBusy = (): void => {
    const busy = waiting !== null || (seat !== null && seat.job !== null);
    if (busy === wasBusy) return;
    wasBusy = busy;
    options.onBusy?.(busy);
  };

  const open = (): Seat => {
    const opened: Seat = { worker: null as unknown as EngineWorker, job: null, since: 0 };
    opened.worker = spawn(
      (reply) => onReply(opened, reply),
      (message) => onError(opened, message),
    );
    return opened;
  };

  /** Ends the worker; the spare, if there is one, sits down. */
  const replace = (): void => {
    seat?.worker.terminate();
    seat = spare;
    spare = null;
  };

  const post = (job: Job): void => {
    forgetPatience();
    waiting = null;
    seat ??= open();
    seat.job = job;
    seat.since = clock.now();
    seat.worker.post({ id: job.id, kind: 'run', input: job.input });
  };

  const next = (): void => {
    if (waiting) post(waiting);
    // A quiet moment is the time to warm the spare; the first run must not share the machine with it.
    else if (seat && !seat.job) spare ??= open();
    tellBusy();
  };

  const onReply = (from: Seat, reply: Reply): void => {
    if (reply.kind === 'catalog') {
      options.onCatalog?.(reply.catalog);
      return;
    }
    if (from !== seat || from.job?.id !== reply.id) return;
    const { job } = from;
    const isWanted = job === wanted;
    if (reply.kind === 'progress') {
      if (isWanted) job.handlers.onProgress?.({ name: reply.name, done: reply.done, total: reply.total });
      return;
    }
    if (reply.kind === 'crash') {
      onError(from, reply.message);
      return;
    }
    // Ask first: the worker goes on while the page draws.
    if (reply.kind === 'result' && isWanted && reply.output.ok && job.handlers.onComparison) {
      from.since = clock.now();
      from.worker.post({ id: job.id, kind: 'compare' });
    } else from.job = null;
    try {
      if (isWanted && reply.kind === 'result') job.handlers.onResult(reply.output, job.input);
      if (isWanted && reply.kind === 'comparison') job.handlers.onComparison?.(reply.comparison);
    } finally {
      if (!from.job) next();
    }
  };

  const onError = (from: Seat, message: string): void => {
    if (from === spare) {
      // It is not wanted yet: the next one is opened when it is.
      spare.worker.terminate();
      spare = null;
      return;
    }
    if (from !== seat) return;
    const { job } = from;
    replace();
    const isWanted = job !== null && job === wanted;
    if (isWanted) wanted = null;
    try {
      // A stale run that crashed is nobody's concern; the newest will crash by itself if it must.
      if (isWanted || job === null) options.onCrash({ message, input: job?.input });
    } finally {
      next();
    }
  };

  const outOfPatience = (): void => {
    replace();
    next();
  };

  const cancel = (): void => {
    forgetPatience();
    wanted = null;
    waiting = null;
    if (seat?.job) {
      replace();
      seat ??= open();
    }
    tellBusy();
  };

  return {
    run(input, handlers) {
      const job: Job = { id: ++lastId, input, handlers };
      wanted = job;
      if (seat?.job) {
        const patience = PATIENCE_MS - (clock.now() - seat.since);
        forgetPatience();
        waiting = job;
        if (patience > 0) forgetPatience = clock.after(patience, outOfPatience);
        else replace();
      } else waiting = job;
      if (!seat?.job) next();
      else tellBusy();
      return { id: job.id, cancel: () => wanted === job && cancel() };
    },
    cancel,
    dispose() {
      forgetPatience();
      wanted = null;
      waiting = null;
      seat?.worker.terminate();
      spare?.worker.terminate();
      seat = spare = null;
      tellBusy();
    },
  };
}

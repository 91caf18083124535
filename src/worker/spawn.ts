/** What the client needs from the browser: workers and time. Apart, so that tests can bring their own. */
import type { Reply, Request } from './protocol.ts';

/** A worker, as far as the client needs one. */
export interface EngineWorker {
  post(request: Request): void;
  terminate(): void;
}

export type Spawn = (onReply: (reply: Reply) => void, onError: (message: string) => void) => EngineWorker;

export interface Clock {
  now(): number;
  /** Runs `task` after `ms`; the answer forgets it. */
  after(ms: number, task: () => void): () => void;
}

export const spawnWorker: Spawn = (onReply, onError) => {
  const worker = new Worker(new URL('./engine.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<Reply>) => onReply(data);
  worker.onerror = (event) => {
    event.preventDefault();
    onError(event.message || 'the worker could not be started');
  };
  worker.onmessageerror = () => onError('a reply of the worker could not be read');
  return { post: (request) => worker.postMessage(request), terminate: () => worker.terminate() };
};

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

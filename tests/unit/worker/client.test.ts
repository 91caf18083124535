/**
 * The order of events between page and worker, with a worker that answers only when the test says so and a clock
 * that stands still. Catches: a stale reply delivered, a newer run that waits for ever, a worker that is ended for
 * nothing, a crash told twice or not at all.
 */
import { describe, expect, test } from 'vitest';
import type { Comparison, RunInput, RunOutput } from '../../../src/pipeline/index.ts';
import { createEngine } from '../../../src/worker/client.ts';
import type { Reply, Request } from '../../../src/worker/protocol.ts';
import type { Clock, Spawn } from '../../../src/worker/spawn.ts';

const input = (name: string) => ({ name }) as unknown as RunInput;
const output = (name: string, ok = true) => ({ name, ok }) as unknown as RunOutput;
const verdict = (name: string) => ({ name }) as unknown as Comparison;

interface Stand {
  readonly requests: Request[];
  ended: boolean;
  reply(reply: Reply): void;
  fail(message: string): void;
}

function bench() {
  const workers: Stand[] = [];
  const log: string[] = [];
  let time = 0;
  let alarms: { at: number; task: () => void }[] = [];
  const clock: Clock = {
    now: () => time,
    after(ms, task) {
      const alarm = { at: time + ms, task };
      alarms.push(alarm);
      return () => {
        alarms = alarms.filter((other) => other !== alarm);
      };
    },
  };
  const spawn: Spawn = (onReply, onError) => {
    const worker: Stand = { requests: [], ended: false, reply: onReply, fail: onError };
    workers.push(worker);
    return {
      post: (request) => worker.requests.push(request),
      terminate: () => {
        worker.ended = true;
      },
    };
  };
  const engine = createEngine({
    spawn,
    clock,
    onCrash: ({ message, input: asked }) =>
      log.push(`crash ${message} ${(asked as { name?: string })?.name}`),
    onBusy: (busy) => log.push(busy ? 'busy' : 'idle'),
  });
  return {
    engine,
    workers,
    log,
    pass(ms: number) {
      time += ms;
      const due = alarms.filter(({ at }) => at <= time);
      alarms = alarms.filter(({ at }) => at > time);
      for (const { task } of due) task();
    },
    run: (name: string) =>
      engine.run(input(name), {
        onResult: (value) => log.push(`result ${(value as unknown as { name: string }).name}`),
        onComparison: (value) => log.push(`comparison ${(value as unknown as { name: string }).name}`),
        onProgress: ({ name: what, done, total }) => log.push(`${what} ${done}/${total}`),
      }),
  };
}

const result = (id: number, name: string): Reply => ({ id, kind: 'result', output: output(name) });
const comparison = (id: number, name: string): Reply => ({
  id,
  kind: 'comparison',
  comparison: verdict(name),
});
const asked = (worker: Stand) => worker.requests.map(({ id, kind }) => `${kind} ${id}`);

describe('one run', () => {
  test('result, then agreement of the same run, then quiet and a spare', () => {
    const { workers, log, run } = bench();
    run('a');
    expect(workers).toHaveLength(1);
    workers[0].reply(result(1, 'a'));
    workers[0].reply({ id: 1, kind: 'progress', name: 'array', done: 1, total: 3 });
    workers[0].reply(comparison(1, 'a'));
    expect(asked(workers[0])).toEqual(['run 1', 'compare 1']);
    expect(log).toEqual(['busy', 'result a', 'array 1/3', 'comparison a', 'idle']);
    expect(workers).toHaveLength(2);
    expect(workers[1].requests).toEqual([]);
  });

  test('a program that is wrong has no agreement', () => {
    const { workers, log, run } = bench();
    run('a');
    workers[0].reply({ id: 1, kind: 'result', output: output('a', false) });
    expect(asked(workers[0])).toEqual(['run 1']);
    expect(log).toEqual(['busy', 'result a', 'idle']);
  });

  test('a second run goes to the same worker', () => {
    const { workers, log, run } = bench();
    run('a');
    workers[0].reply(result(1, 'a'));
    workers[0].reply(comparison(1, 'a'));
    run('b');
    workers[0].reply(result(2, 'b'));
    expect(asked(workers[0])).toEqual(['run 1', 'compare 1', 'run 2', 'compare 2']);
    expect(log.at(-1)).toBe('result b');
  });
});

describe('the newest run wins', () => {
  test('a short run is let finish; its reply is dropped and its agreement not asked for', () => {
    const { workers, log, run, pass } = bench();
    run('a');
    pass(20);
    run('b');
    run('c');
    workers[0].reply(result(1, 'a'));
    workers[0].reply(result(3, 'c'));
    expect(asked(workers[0])).toEqual(['run 1', 'run 3', 'compare 3']);
    expect(log).toEqual(['busy', 'result c']);
    expect(workers[0].ended).toBe(false);
  });

  test('a run of more than 150 ms is ended at once', () => {
    const { workers, log, run, pass } = bench();
    run('a');
    pass(200);
    run('b');
    expect(workers[0].ended).toBe(true);
    expect(asked(workers[1])).toEqual(['run 2']);
    workers[0].reply(result(1, 'a'));
    workers[1].reply(result(2, 'b'));
    expect(log).toEqual(['busy', 'result b']);
  });

  test('a run is ended when it reaches 150 ms while a newer one waits, however often that changes', () => {
    const { workers, run, pass } = bench();
    run('a');
    pass(100);
    run('b');
    pass(40);
    run('c');
    expect(workers[0].ended).toBe(false);
    pass(10);
    expect(workers[0].ended).toBe(true);
    expect(asked(workers[1])).toEqual(['run 3']);
  });

  test('the warm spare takes over', () => {
    const { workers, run, pass } = bench();
    run('a');
    workers[0].reply(result(1, 'a'));
    workers[0].reply(comparison(1, 'a'));
    run('b');
    pass(500);
    run('c');
    expect(workers).toHaveLength(2);
    expect(asked(workers[1])).toEqual(['run 3']);
  });

  test('an agreement in the way has 150 ms of its own', () => {
    const { workers, log, run, pass } = bench();
    run('a');
    pass(1000);
    workers[0].reply(result(1, 'a'));
    pass(100);
    run('b');
    expect(workers[0].ended).toBe(false);
    pass(50);
    expect(workers[0].ended).toBe(true);
    expect(asked(workers[1])).toEqual(['run 2']);
    workers[0].reply(comparison(1, 'a'));
    expect(log).toEqual(['busy', 'result a']);
  });
});

describe('cancel', () => {
  test('ends the worker, delivers nothing, and the next run works', () => {
    const { engine, workers, log, run } = bench();
    run('a');
    engine.cancel();
    expect(workers[0].ended).toBe(true);
    workers[0].reply(result(1, 'a'));
    run('b');
    workers[1].reply(result(2, 'b'));
    expect(log).toEqual(['busy', 'idle', 'busy', 'result b']);
  });

  test('of a run that is no longer the newest does nothing', () => {
    const { workers, run } = bench();
    const first = run('a');
    run('b');
    first.cancel();
    workers[0].reply(result(1, 'a'));
    expect(asked(workers[0])).toEqual(['run 1', 'run 2']);
  });
});

describe('crash', () => {
  test('is told once, with what was asked, and the next run has a new worker', () => {
    const { workers, log, run } = bench();
    run('a');
    workers[0].reply({ id: 1, kind: 'crash', message: 'bug: x' });
    workers[0].fail('late');
    run('b');
    workers[1].reply(result(2, 'b'));
    expect(workers[0].ended).toBe(true);
    expect(log).toEqual(['busy', 'crash bug: x a', 'idle', 'busy', 'result b']);
  });

  test('of a stale run is not told; the newest is run', () => {
    const { workers, log, run } = bench();
    run('a');
    run('b');
    workers[0].fail('out of memory');
    workers[1].reply(result(2, 'b'));
    expect(log).toEqual(['busy', 'result b']);
  });

  test('of the spare is not told and does not start another by itself', () => {
    const { workers, log, run } = bench();
    run('a');
    workers[0].reply(result(1, 'a'));
    workers[0].reply(comparison(1, 'a'));
    workers[1].fail('gone');
    expect(workers).toHaveLength(2);
    expect(log.at(-1)).toBe('idle');
  });
});

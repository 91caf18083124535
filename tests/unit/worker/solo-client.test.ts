/**
 * The order of events between page and a race's worker, which answers only when the test says so. Catches: a stale
 * answer delivered, a worker that goes on for nobody, a crash that leaves the page waiting.
 */
import { expect, test } from 'vitest';
import type { RaceInput, RaceOutput } from '../../../src/pipeline/index.ts';
import type { Reply, Request } from '../../../src/worker/protocol.ts';
import { createRacer } from '../../../src/worker/solo-client.ts';

const input = (name: string) => ({ name }) as unknown as RaceInput;
const result = (id: number, name: string): Reply => ({
  ...{ id, kind: 'race' },
  output: { ok: false, reason: name } satisfies RaceOutput,
});

function bench() {
  const workers: {
    requests: Request[];
    ended: boolean;
    reply(reply: Reply): void;
    fail(why: string): void;
  }[] = [];
  const log: string[] = [];
  const racer = createRacer(
    {
      onBusy: (busy) => log.push(busy ? 'busy' : 'idle'),
      onResult: (output, asked) =>
        log.push(`${output.ok ? '' : output.reason} of ${(asked as unknown as { name: string }).name}`),
      onProgress: ({ name, done, total }) => log.push(`${name} ${done}/${total}`),
      onCrash: (message) => log.push(`crash ${message}`),
    },
    (reply, fail) => {
      const worker = { requests: [] as Request[], ended: false, reply, fail };
      workers.push(worker);
      return {
        post: (request) => worker.requests.push(request),
        terminate: () => {
          worker.ended = true;
        },
      };
    },
  );
  return { racer, workers, log };
}

test('a race: its progress, its answer, and the worker stays for the next one', () => {
  const { racer, workers, log } = bench();
  racer.ask(input('a'));
  workers[0].reply({ id: 0, kind: 'catalog', catalog: {} as never });
  workers[0].reply({ id: 1, kind: 'progress', name: 'array', done: 0, total: 3 });
  workers[0].reply(result(1, 'one'));
  racer.ask(input('b'));
  expect(log).toEqual(['busy', 'array 0/3', 'idle', 'one of a', 'busy']);
  expect(workers).toHaveLength(1);
  expect(workers[0].requests.map(({ id, kind }) => `${kind} ${id}`)).toEqual(['race 1', 'race 2']);
});

test('a newer race ends the one in the way', () => {
  const { racer, workers, log } = bench();
  racer.ask(input('a'));
  racer.ask(input('b'));
  expect(workers[0].ended).toBe(true);
  workers[0].reply(result(1, 'one'));
  workers[0].fail('late');
  workers[1].reply(result(2, 'two'));
  expect(log).toEqual(['busy', 'idle', 'two of b']);
});

test('cancel ends the worker, delivers nothing, and the next race has another', () => {
  const { racer, workers, log } = bench();
  racer.ask(input('a'));
  racer.cancel();
  workers[0].reply(result(1, 'one'));
  racer.ask(input('b'));
  workers[1].reply(result(2, 'two'));
  expect(workers[0].ended).toBe(true);
  expect(log).toEqual(['busy', 'idle', 'busy', 'idle', 'two of b']);
});

test.each([
  [
    'an exception',
    (worker: ReturnType<typeof bench>['workers'][number]) =>
      worker.reply({ id: 1, kind: 'crash', message: 'bug: x' }),
  ],
  ['a worker that breaks', (worker: ReturnType<typeof bench>['workers'][number]) => worker.fail('bug: x')],
] as const)('%s is told once, and the next race has another worker', (_, breaks) => {
  const { racer, workers, log } = bench();
  racer.ask(input('a'));
  breaks(workers[0]);
  workers[0].fail('late');
  racer.ask(input('b'));
  workers[1].reply(result(2, 'two'));
  expect(log).toEqual(['busy', 'idle', 'crash bug: x', 'busy', 'idle', 'two of b']);
});

test('dispose ends what is under way', () => {
  const { racer, workers, log } = bench();
  racer.ask(input('a'));
  racer.dispose();
  workers[0].reply(result(1, 'one'));
  expect(workers[0].ended).toBe(true);
  expect(log).toEqual(['busy', 'idle']);
});

/**
 * What the worker posts for a request. Catches: buffers moved away that the comparison still needs, a comparison for
 * the wrong run, an exception that leaves the page waiting, a function in a result (it could not be posted),
 * a flood of progress reports.
 */
import { expect, test } from 'vitest';
import type { Progress } from '../../../src/base/progress.ts';
import { exampleById } from '../../../src/examples/index.ts';
import {
  type Comparison,
  comparison,
  type RaceInput,
  type RaceOutput,
  type RunDone,
  type RunInput,
  type RunOutput,
  race,
  run,
  type SweepInput,
  type SweepSize,
  sweep,
} from '../../../src/pipeline/index.ts';
import { makeAnswerer, type Pipeline } from '../../../src/worker/answer.ts';
import type { Reply } from '../../../src/worker/protocol.ts';
import { freightOf } from '../../../src/worker/transfer.ts';

/** A pipeline whose output is as big as asked, and whose comparison is the size of the output. */
function pipelineOf(words: number, reports: readonly Progress[] = []): Pipeline & { runs: number } {
  const pipeline = {
    runs: 0,
    run: (input: RunInput) => {
      if ((input as unknown) === 'bad') throw new Error('bug: bad');
      pipeline.runs++;
      return { ok: true, insns: new Int32Array(words).fill(1) } as unknown as RunOutput;
    },
    comparison: (output: RunDone, report: (progress: Progress) => void) => {
      for (const progress of reports) report(progress);
      return (output as unknown as { insns: Int32Array }).insns.length as unknown as Comparison;
    },
    race: (_: RaceInput, report: (progress: Progress) => void): RaceOutput => {
      for (const progress of reports) report(progress);
      return { ok: false, reason: 'raced' };
    },
    sweep: ({ n }: SweepInput, now: () => number, report: (progress: Progress) => void): SweepSize => {
      for (const progress of reports) report(progress);
      return { n, patches: now(), lanes: [] };
    },
  };
  return pipeline;
}

/** Collects replies, moving buffers as a port does. */
function collector() {
  const replies: Reply[] = [];
  return {
    replies,
    post: (reply: Reply, moved: readonly ArrayBuffer[]) =>
      replies.push(structuredClone(reply, { transfer: [...moved] })),
  };
}

/** What was said but for the reports on the way. */
const said = (replies: readonly Reply[]) =>
  replies.filter(({ kind }) => kind !== 'progress').map(({ id, kind }) => `${kind} ${id}`);

const input = (name: string) => name as unknown as RunInput;

test.each([
  { name: 'small: kept', words: 1000, runs: 1 },
  { name: 'big: moved, and run again for the comparison', words: 17 << 20, runs: 2 },
])('the comparison is computed on the whole output: $name', ({ words, runs }) => {
  const { replies, post } = collector();
  const pipeline = pipelineOf(words);
  const answer = makeAnswerer(pipeline, post, () => 0);
  answer({ id: 7, kind: 'run', input: input('a') });
  answer({ id: 7, kind: 'compare' });
  expect(said(replies)).toEqual(['result 7', 'comparison 7']);
  expect(replies.at(-1)).toMatchObject({ comparison: words });
  expect(pipeline.runs).toBe(runs);
});

test('an exception becomes a crash, and the next request is answered', () => {
  const { replies, post } = collector();
  const answer = makeAnswerer(pipelineOf(4), post, () => 0);
  answer({ id: 1, kind: 'run', input: input('bad') });
  answer({ id: 2, kind: 'run', input: input('a') });
  expect(said(replies)).toEqual(['crash 1', 'result 2']);
  expect(replies.find(({ kind }) => kind === 'crash')).toMatchObject({
    message: expect.stringContaining('bug: bad'),
  });
});

test('a comparison is only given for the run answered last', () => {
  const { replies, post } = collector();
  const answer = makeAnswerer(pipelineOf(4), post, () => 0);
  answer({ id: 1, kind: 'run', input: input('a') });
  answer({ id: 2, kind: 'run', input: input('b') });
  answer({ id: 1, kind: 'compare' });
  expect(said(replies)).toEqual(['result 1', 'result 2', 'crash 1']);
});

test('what the real pipeline gives can be posted, and arrives as it was', () => {
  const { replies, post } = collector();
  const answer = makeAnswerer({ run, comparison, race, sweep }, post, () => 0);
  const { source, pass } = exampleById('mean')!;
  const asked = { source, pass, algorithm: 'list', seed: 1 };
  answer({ id: 1, kind: 'run', input: asked });
  answer({ id: 1, kind: 'compare' });
  const direct = run(asked) as RunDone;
  const [result, verdict] = replies.filter(({ kind }) => kind !== 'progress');
  expect(result).toMatchObject({ kind: 'result', output: { ok: true, pass, algorithm: 'list' } });
  const { trace, before, result: patched } = (result as unknown as { output: RunDone }).output;
  expect({ trace, before, patched }).toEqual({
    trace: direct.trace,
    before: direct.before,
    patched: direct.result,
  });
  expect(verdict).toMatchObject({
    kind: 'comparison',
    comparison: { agreement: { verdict: 'same' }, deviations: null },
  });
});

test('a race between a run and its comparison disturbs neither', () => {
  const { replies, post } = collector();
  const pipeline = pipelineOf(4);
  const answer = makeAnswerer(pipeline, post, () => 0);
  const recipe = { n: 10, every: 5, seed: 1 };
  answer({ id: 1, kind: 'run', input: input('a') });
  answer({ id: 2, kind: 'race', input: { kind: 'generated', recipe } });
  answer({ id: 1, kind: 'compare' });
  expect(said(replies)).toEqual(['result 1', 'race 2', 'comparison 1']);
  expect(pipeline.runs).toBe(1);
});

test('a size of the sweep is measured with the clock of the worker, and tells how far it is', () => {
  const { replies, post } = collector();
  let clock = 0;
  makeAnswerer(
    { run, comparison, race, sweep },
    post,
    () => clock++,
  )({
    ...{ id: 7, kind: 'sweep' },
    input: { n: 200, every: 10, skip: ['list'], budgetMs: 1e9 },
  });
  expect(replies.at(-1)).toMatchObject({ id: 7, kind: 'sweep', output: { n: 200, patches: 20 } });
  const size = replies.at(-1);
  if (size?.kind !== 'sweep') throw new Error('no size');
  expect(size.output.lanes.map(({ id, isCut }) => [id, isCut])).toEqual([
    ['array', false],
    ['stream', false],
  ]);
  for (const { ms, touches } of size.output.lanes) expect([ms > 0, touches > 200]).toEqual([true, true]);
  expect(replies.some(({ kind }) => kind === 'progress')).toBe(true);
});

test('a race of the real pipeline can be posted, its columns moved, and arrives as it was', () => {
  const { replies, post } = collector();
  const answer = makeAnswerer({ run, comparison, race, sweep }, post, () => 0);
  const asked: RaceInput = { kind: 'generated', recipe: { n: 3_000, every: 2, seed: 1 } };
  answer({ id: 1, kind: 'race', input: asked });
  expect(replies.at(-1)).toEqual({ id: 1, kind: 'race', output: race(asked) });
  expect(replies.some(({ kind }) => kind === 'progress')).toBe(true);
});

test('progress is reported at most every 50 ms', () => {
  const { replies, post } = collector();
  let time = 0;
  const reports = Array.from({ length: 20 }, (_, done) => ({ name: 'array', done, total: 20 }));
  const answer = makeAnswerer(pipelineOf(4, reports), post, () => (time += 10));
  answer({ id: 1, kind: 'run', input: input('a') });
  answer({ id: 1, kind: 'compare' });
  const cnt = replies.filter(({ kind }) => kind === 'progress').length;
  expect(cnt).toBeGreaterThan(1);
  expect(cnt).toBeLessThanOrEqual(6);
});

test('freight: each buffer once; small ones and parts of a buffer are never moved', () => {
  const big = new Int32Array(1 << 16);
  const scratch = new Int32Array(1 << 16);
  const small = new Int32Array(4);
  const value = {
    big,
    again: { big },
    part: scratch.subarray(0, 40_000),
    list: [small],
    text: 'x',
    none: null,
  };
  const { size, buffers } = freightOf(value);
  expect(buffers).toEqual([big.buffer]);
  expect(size).toBe(big.byteLength + scratch.byteLength + small.byteLength);
});

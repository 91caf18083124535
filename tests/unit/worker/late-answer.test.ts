/**
 * A worker that answers before the whole engine is loaded. Catches: a first run that waits for everything, a request
 * answered by code that is not there yet, answers out of order, a part that cannot be loaded leaving the page
 * waiting, and a first run that comes out otherwise than everything would have it.
 */
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/examples/index.ts';
import { FIRST, isFirst } from '../../../src/pipeline/first.ts';
import { comparison, type RunInput, race, run, sweep } from '../../../src/pipeline/index.ts';
import { EVERYTHING } from '../../../src/pipeline/known.ts';
import { KNOWN_FIRST, runFirst } from '../../../src/pipeline/known-first.ts';
import { makeLateAnswerer, type Parts } from '../../../src/worker/late-answer.ts';
import type { Reply, Request } from '../../../src/worker/protocol.ts';

const input: RunInput = { source: 'r0 /= r1\nexit\n', pass: 'div_guard', algorithm: 'list', seed: 1 };
const ask = (id: number, more: Partial<RunInput> = {}): Request => ({
  ...{ id, kind: 'run', input: { ...input, ...more } },
});

function opened(parts: Partial<Parts> = {}) {
  const replies: Reply[] = [];
  const loaded: string[] = [];
  const whole = async () => {
    loaded.push('whole');
    return { run, comparison, race, sweep };
  };
  const first = async () => {
    loaded.push('first');
    return { run: runFirst };
  };
  const answer = makeLateAnswerer(
    { first, whole, ...parts },
    (reply) => replies.push(reply),
    () => 0,
  );
  return { answer, replies, loaded, kinds: () => replies.map(({ id, kind }) => `${id} ${kind}`) };
}

describe('a late answerer', () => {
  test('runs what is first without the rest', async () => {
    const { answer, kinds, loaded } = opened();
    await answer(ask(1));
    expect(kinds()).toEqual(['1 result']);
    expect(loaded).toEqual(['first']);
  });

  test.each([
    ['another pass', { pass: 'div_guard,zext' }],
    ['a pipeline', { pass: 'linux' }],
    ['another algorithm', { algorithm: 'patcher-map' }],
    ['the rules of a kernel', { semantics: 'rfc-2019' }],
    ['a recipe', { recipe: 'nop-run~n16' }],
    ['what nobody knows', { pass: 'nothing' }],
  ])('loads everything for %s', async (_, more) => {
    const { answer, kinds, loaded } = opened();
    await answer(ask(1, more));
    expect(kinds()).toEqual(['1 result']);
    expect(loaded).toEqual(['whole']);
  });

  test('compares a first run', async () => {
    const { answer, replies, kinds } = opened();
    await answer(ask(1));
    await answer({ id: 1, kind: 'compare' });
    expect(kinds().filter((kind) => !kind.endsWith('progress'))).toEqual(['1 result', '1 comparison']);
    const last = replies.at(-1);
    expect(last?.kind === 'comparison' && last.comparison.agreement.verdict).toBe('same');
  });

  test('answers in the order in which it was asked, whatever is there first', async () => {
    let come = (): void => {};
    const slow = new Promise<void>((done) => {
      come = done;
    });
    const { answer, kinds } = opened({ whole: () => slow.then(() => ({ run, comparison, race, sweep })) });
    const both = [answer(ask(1, { pass: 'zext' })), answer(ask(2))];
    expect(kinds()).toEqual([]);
    come();
    await Promise.all(both);
    expect(kinds()).toEqual(['1 result', '2 result']);
  });

  test('says when a part cannot be loaded, and goes on', async () => {
    const { answer, replies, kinds } = opened({ whole: () => Promise.reject(new Error('offline')) });
    await answer(ask(1, { pass: 'zext' }));
    await answer(ask(2));
    expect(kinds()).toEqual(['1 crash', '2 result']);
    expect(replies[0]).toMatchObject({ message: expect.stringContaining('offline') });
  });
});

describe('what is known first', () => {
  test('is what its ids say, and nothing that everything has otherwise', () => {
    const { passes, algorithms, profiles } = KNOWN_FIRST;
    expect(passes.map(({ id }) => id)).toEqual(FIRST.passes);
    expect(profiles.map(({ id }) => id)).toEqual(FIRST.semantics);
    expect(algorithms.map(({ id }) => id)).toEqual(FIRST.algorithms);
    for (const { id, style } of algorithms)
      expect(EVERYTHING.algorithms.find((one) => one.id === id)?.style).toBe(style);
    expect(EVERYTHING.profiles[0].id).toBe(FIRST.semantics[0]);
    expect(profiles[0].rules).toBe(EVERYTHING.profiles[0].rules);
  });

  test('runs every short example that it knows as everything would', () => {
    const short = EXAMPLES.filter(({ source }) => source.length < 10_000);
    const known = short.map(({ source, pass }) => ({ ...input, source, pass })).filter(isFirst);
    expect(known.length).toBeGreaterThan(3);
    for (const one of known) expect(runFirst(one)).toEqual(run(one));
  });
});

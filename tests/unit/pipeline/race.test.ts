/** What is raced on. Catches: the page's program raced with other edits than the run's, a wrong program that breaks the race. */
import { expect, test } from 'vitest';
import { exampleById } from '../../../src/examples/index.ts';
import { type RunDone, type RunInput, race, run } from '../../../src/pipeline/index.ts';

const { source, pass } = exampleById('mean')!;
const input: RunInput = { source, pass, algorithm: 'list', seed: 1 };

test('the program of the page is raced on with the edits of its run', () => {
  const output = race({ kind: 'run', input });
  const done = run(input) as RunDone;
  if (!output.ok) throw new Error(output.reason);
  const { race: raced, about } = output;
  expect(raced.edits.cnt).toBe(done.edits.cnt);
  expect(raced.slotCnt * 2).toBe(done.before.insns.length);
  expect(raced.newSlotCnt * 2).toBe(done.result.ok && done.result.value.program.insns.length);
  expect(raced.same).toEqual(['array', 'list', 'batch']);
  expect(about).toContain('The program of the page');
});

test('a program that is wrong and a pass that is not there give no race but a reason', () => {
  const wrong = race({ kind: 'run', input: { ...input, source: 'r1 = = r2' } });
  expect(wrong).toMatchObject({ ok: false, reason: expect.stringContaining('cannot be patched') });
  const unknown = race({ kind: 'run', input: { ...input, pass: 'nothing' } });
  expect(unknown).toMatchObject({ ok: false, reason: expect.stringContaining('there is no pass') });
});

test('a generated program needs no text, and the same recipe gives the same race', () => {
  const recipe = { n: 300, every: 10, seed: 1 };
  const [one, two] = [race({ kind: 'generated', recipe }), race({ kind: 'generated', recipe })];
  expect(one).toEqual(two);
  expect(one).toMatchObject({ ok: true, about: expect.stringContaining('30 patches') });
});

/**
 * Which passes go on with the list of the pass before them. Would catch: one let through that would read records of
 * insns that have none, one refused without need, a sentence that names the wrong pass, and a distance forgotten.
 */
import { describe, expect, it } from 'vitest';
import { passById } from '../../../src/passes/index.ts';
import type { Pass } from '../../../src/passes/pass.ts';
import type { Algorithm } from '../../../src/patch/algorithm.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { ENGINE_RULES } from '../../../src/patch/rules.ts';
import { prepare } from '../../../src/pipeline/prepare.ts';
import { run } from '../../../src/pipeline/run.ts';
import { runShared } from '../../../src/pipeline/shared-steps.ts';
import { listsOf, sharingOf } from '../../../src/pipeline/sharing.ts';
import { runSteps, type StepsInput } from '../../../src/pipeline/steps.ts';

const named = (...ids: readonly string[]): Pass[] => ids.map((id) => passById(id) as Pass);
const lists = (...ids: readonly string[]): string =>
  listsOf(named(...ids))
    .map((list) => list.map(({ id }) => id).join(' '))
    .join(' | ');

describe('lists', () => {
  it.each([
    ['insns and their marks are there for all', ['div_guard', 'zext'], 'div_guard zext'],
    ['and so is where jumps lead', ['div_guard', 'blind'], 'div_guard blind'],
    ['records are not', ['div_guard', 'rnd_hi32'], 'div_guard | rnd_hi32'],
    ['whichever pass put the insns', ['div_guard', 'nops', 'dead_code'], 'div_guard nops | dead_code'],
    ['nothing is put', ['hard_wire', 'dead_code', 'nops'], 'hard_wire dead_code nops'],
    [
      'a new list begins without what the old one put',
      ['zext', 'hard_wire', 'dead_code', 'blind', 'sanitize'],
      'zext | hard_wire dead_code blind | sanitize',
    ],
    ['one pass', ['blind'], 'blind'],
    ['no pass', [], ''],
  ] as const)('%s: %j', (_, ids, want) => {
    expect(lists(...ids)).toBe(want);
  });

  it('a pass that says nothing asks for everything and puts insns', () => {
    const { needs, adds, ...silent } = named('zext')[0];
    expect([needs, adds]).toEqual(['insns', undefined]);
    expect(sharingOf([silent, silent]).map(({ allowed }) => allowed)).toEqual([false]);
  });

  it('say why: who put insns without records, and what that was in the RFC', () => {
    const [one, two] = sharingOf(named('div_guard', 'nops', 'rnd_hi32'));
    expect(one).toMatchObject({ from: 'div_guard', to: 'nops', allowed: true });
    expect(one.why).toMatch(/^nops goes on with the list of div_guard: .*where jumps lead/);
    expect(two).toMatchObject({ from: 'nops', to: 'rnd_hi32', allowed: false });
    expect(two.why).toMatch(/^rnd_hi32 cannot go on with the list of div_guard: .*\bR22\b/);
  });
});

it('a page hears it in the summary of each step', () => {
  const source = 'r0 = 7\nr0 /= r2\nw0 += 1\nexit\n';
  const output = run({ source, pass: 'div_guard,zext,rnd_hi32', algorithm: 'stream', seed: 1 });
  expect(output.ok && output.steps.map(({ pass, sharing }) => [pass, sharing?.allowed ?? null])).toEqual([
    ['div_guard', null],
    ['zext', true],
    ['rnd_hi32', false],
  ]);
});

/** The guard of the division makes the jump over it too long. */
const LONG = ['r0 = 1', 'if r0 == 1 goto +32766', ...Array<string>(32_765).fill('r0 += r0'), 'r0 /= r0'];

const long = prepare(`${[...LONG, 'exit'].join('\n')}\n`);

function inputOf(algorithm: Algorithm, passes: readonly Pass[]): StepsInput {
  if (!long.ok) throw new Error(long.diagnostics[0].message);
  return {
    ...{ source: long.source, setting: long.assembly.setting, passes, algorithm, rules: ENGINE_RULES },
    ...{ rnd: () => 7, needsZext: true, layer: 'verifier', patchPoints: [] },
  };
}

describe.each(ALGORITHMS.map((one) => [one.id, one] as const))(
  'a distance too long, with %s',
  (_, algorithm) => {
    it('is refused as soon as a pass must be told of it, as when the list is linearized there', () => {
      const input = inputOf(algorithm, named('div_guard', 'nops'));
      const [shared, apart] = [runShared(input), runSteps(input)];
      expect(shared.refused).toMatchObject({ pass: { id: 'div_guard' }, error: { code: 'ERANGE', at: 1 } });
      expect(shared.refused?.error).toEqual(apart.refused?.error);
      expect([shared.done, apart.done]).toEqual([[], []]);
      expect(shared.program).toBe(input.source);
    });

    it('does not stop a pass that need not know, and counts if it is still too long at the end', () => {
      const shorten: Pass = {
        ...{ ...named('zext')[0], id: 'shorten', adds: false },
        run: () => editsFromOps([{ kind: 'remove', at: 10, cnt: 20 }]),
      };
      const [guard, zext] = named('div_guard', 'zext');
      const { program, refused, done } = runShared(inputOf(algorithm, [guard, shorten]));
      expect([refused, done.length]).toEqual([null, 2]);
      expect(program.insns[2] >> 16).toBe(32_766 + 3 - 20);
      expect(runSteps(inputOf(algorithm, [guard, shorten])).refused).toMatchObject({ pass: guard });
      // Told of the distance at the end: zero extension puts one insn more into the guard.
      const still = runShared(inputOf(algorithm, [guard, zext]));
      expect(still.refused).toMatchObject({ pass: zext, error: { code: 'ERANGE', at: 1, needed: 32_770 } });
      expect(still.done.map(({ pass }) => pass)).toEqual([guard]);
    });
  },
);

/**
 * Recipes over their whole range. Would catch: a program that depends on more than its spec, edits that cannot stand, an
 * algorithm that parts from the others on a shape, a text that is another program than the one that was built, and a spec
 * that throws or is read in two ways.
 */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { FLOW, flowOf } from '../../src/isa/flow.ts';
import { withOff } from '../../src/isa/insn.ts';
import { agree } from '../../src/patch/agree.ts';
import { applyEdits } from '../../src/patch/apply-edits.ts';
import { opAt } from '../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../src/patch/index.ts';
import type { EditList, PatchOp } from '../../src/patch/ops.ts';
import { resolveEdits } from '../../src/patch/resolve.ts';
import { readyOfRecipe } from '../../src/pipeline/recipe-run.ts';
import { run } from '../../src/pipeline/run.ts';
import { slotCnt } from '../../src/program/program.ts';
import { RECIPES } from '../../src/recipes/index.ts';
import type { Recipe, RecipeAsk } from '../../src/recipes/recipe.ts';
import { readSpec, SPEC_LENGTH_MAX, specOf } from '../../src/recipes/spec.ts';
import { expectSame } from './expect-same.ts';

/** Small enough for the algorithms that go over everything for each patch. */
const N_MAX = 700;

const asks = ({ n, params }: Recipe, max = N_MAX): fc.Arbitrary<RecipeAsk> =>
  fc.record({
    n: fc.integer({ min: n.min, max: Math.max(n.min, Math.min(n.max, max)) }),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    params: fc.tuple(
      ...params.map(({ min, max, standard }) =>
        fc.oneof(
          fc.constant(standard),
          fc.integer({ min, max }),
          fc.integer({ min, max: Math.min(max, min + 20) }),
        ),
      ),
    ),
  });

/** The edits as they are read, by slot; where the target of a jump is named, its distance says nothing. */
const opsOf = (edits: EditList): PatchOp[] =>
  Array.from({ length: edits.cnt }, (_, k) => {
    const op = opAt(edits, k);
    if (op.kind === 'remove') return op;
    for (const { slot } of op.exits ?? []) {
      const flow = flowOf(op.insns[2 * slot]);
      if (flow === FLOW.OFF) op.insns[2 * slot] = withOff(op.insns[2 * slot], 0);
      else op.insns[2 * slot + 1] = 0;
    }
    return op;
  }).toSorted((a, b) => a.at - b.at);

describe.each(RECIPES.map((recipe) => [recipe.id, recipe] as const))('%s', (_id, recipe) => {
  it('is decided by its spec, down to every column', () => {
    fc.assert(
      fc.property(asks(recipe), (ask) => {
        const spec = specOf(recipe, ask);
        const read = readSpec(spec);
        expect(spec.length).toBeLessThanOrEqual(SPEC_LENGTH_MAX);
        expect(read?.problems).toEqual([]);
        expect(read && specOf(read.recipe, read.ask)).toBe(spec);
        expectSame(read?.recipe.build(read.ask), recipe.build(ask));
      }),
      { numRuns: 10 },
    );
  });

  it('has edits that can stand, and of which all algorithms make the same', () => {
    fc.assert(
      fc.property(asks(recipe), (ask) => {
        const { program, edits } = recipe.build(ask);
        expect(resolveEdits(slotCnt(program), edits).ok).toBe(true);
        const results = ALGORITHMS.map((algorithm) => applyEdits(algorithm, program, edits, 'verifier'));
        const done = results.flatMap((result) => (result.ok ? [result.value] : []));
        expect([0, results.length]).toContain(done.length);
        if (done.length > 0) expect(agree(done)).toBeNull();
      }),
      { numRuns: 10 },
    );
  });

  it('is the same program and the same result as a text and without one', () => {
    fc.assert(
      fc.property(asks(recipe), (ask) => {
        const spec = specOf(recipe, ask);
        const input = { source: '', pass: recipe.pass, algorithm: 'list', seed: 1 };
        const made = readyOfRecipe(spec, 0);
        const text = readyOfRecipe(spec);
        if (!made.ok || !text.ok) throw new Error(made.ok ? text.diagnostics[0].message : 'not built');
        const output = run({ ...input, source: text.recipe.text ?? '' });
        if (!output.ok) throw new Error(output.diagnostics[0]?.message);
        expect(output.diagnostics.filter(({ code }) => code !== 'too-many-ways')).toEqual([]);
        const direct = applyEdits(ALGORITHMS[0], made.source, made.given ?? output.edits, 'verifier');
        const { edits } = recipe.build(ask);
        expectSame(opsOf(output.edits), opsOf(edits));
        expectSame(output.source.insns, made.source.insns);
        expect(output.result.ok).toBe(direct.ok);
        if (!output.result.ok || !direct.ok) return;
        const [a, b] = [output.result.value, direct.value];
        expectSame(a.program.insns, b.program.insns);
        expectSame(a.program.lineInfo.insnOff, b.program.lineInfo.insnOff);
        expectSame(a.program.lineInfo.line, b.program.lineInfo.line);
        expectSame(a.program.subprogs.start, b.program.subprogs.start);
        expectSame(a.remap, b.remap);
      }),
      { numRuns: 6 },
    );
  });
});

test('a spec never throws, is read as far as it makes sense, and comes out in one form', () => {
  const word = fc.oneof(
    fc.constantFrom(...RECIPES.map(({ id }) => id), '', '~', '1', '0', '-1', '1e9', '99999999999'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 7 }), (words) => {
      const read = readSpec(words.join('~'));
      if (read === null) return;
      const spec = specOf(read.recipe, read.ask);
      const again = readSpec(spec);
      expect(again?.problems).toEqual([]);
      expect(again && specOf(again.recipe, again.ask)).toBe(spec);
    }),
  );
});

test('what makes no sense is said, and a number beyond the range is the nearest one', () => {
  expect(readSpec('nothing~1')).toBeNull();
  expect(readSpec('constructor')).toBeNull();
  const read = readSpec('random~5000000~7~x~1~2~3');
  expect(read?.ask).toEqual({ n: 1_000_000, seed: 7, params: [13, 1, 2] });
  expect(read?.problems).toHaveLength(3);
  expect(readSpec('scale2')?.problems).toEqual([]);
});

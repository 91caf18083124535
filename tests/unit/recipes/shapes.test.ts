/**
 * The recipes against what is known of the shapes they copy. Would catch: a shape with an insn too many, a branch that leads
 * elsewhere than in the kernel's test, nops that are counted wrong, and a jump that is refused where the kernel takes it.
 */
import { describe, expect, it, test } from 'vitest';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { flowProblem } from '../../../src/program/check-flow.ts';
import { checkTables } from '../../../src/program/check-tables.ts';
import { slotCnt } from '../../../src/program/program.ts';
import { BENCH_SEED, benchProgram } from '../../../src/recipes/bench-mix.ts';
import { RECIPES, recipeById } from '../../../src/recipes/index.ts';
import type { RecipeAsk } from '../../../src/recipes/recipe.ts';
import { standardAsk } from '../../../src/recipes/spec.ts';

function built(id: string, ask: Partial<RecipeAsk> = {}) {
  const recipe = recipeById(id);
  if (!recipe) throw new Error(`no recipe ${id}`);
  return recipe.build({ ...standardAsk(recipe), ...ask });
}

/** Slots before and after. */
function sizes(id: string, ask: Partial<RecipeAsk> = {}): [number, number | string] {
  const { program, edits } = built(id, ask);
  const result = applyEdits(ALGORITHMS[0], program, edits, 'verifier');
  return [slotCnt(program), result.ok ? slotCnt(result.value.program) : result.error.code];
}

test.each([
  // Linux 6.18 makes of them what stands behind the arrow (tools/testing/selftests/bpf/test_verifier.c).
  ['vlan', 29_708, 32_258],
  ['jump-around', 4_681, 28_071],
  ['torturous-1', 259, 258],
  ['torturous-2', 4_100, 3_972],
  ['torturous-3', 4_364, 4_235],
  // Sizes as there and in lib/test_bpf.c; what is patched is ours.
  ['rand-ld-dw', 4_094, 2_730],
  ['scale1', 967_233, 986_577],
  ['scale2', 967_233, 986_577],
  ['max-jump', 32_772, 'ERANGE'],
  ['staggered', 32_773, 32_664],
  ['nops', 131_074, 2],
] as const)('%s: %i → %s', (id, before, after) => {
  expect(sizes(id)).toEqual([before, after]);
});

test.each([11, 515, 2_051, 999_998])('64-bit constants in %i slots, as the kernel has them', (n) => {
  expect(slotCnt(built('rand-ld-dw', { n }).program)).toBe(n);
});

test('a far jump spans a program of any size', () => {
  expect(sizes('jump-around-far', { n: 100_000 })).toEqual([100_000, 100_000 + 5 * 99_996]);
});

test('below the longest jump that still has room, an insn is taken', () => {
  expect(sizes('max-jump', { n: 32_771 })).toEqual([32_771, 32_772]);
});

test('scale2 begins with seven calls in each other', () => {
  expect([...built('scale2', { n: 1_000 }).program.subprogs.start]).toEqual([0, 2, 4, 6, 8, 10, 12, 14]);
});

describe('the mixes to measure on', () => {
  it.each([
    ['every', 10_000, 30_000],
    ['some', 10_000, 12_818],
  ] as const)('%s: %i insns become about %i', (mix, n, about) => {
    const { program, edits } = benchProgram(n, mix);
    const result = applyEdits(ALGORITHMS[0], program, edits, 'verifier');
    expect(slotCnt(program)).toBe(n);
    const after = result.ok ? slotCnt(result.value.program) : 0;
    expect(after).toBeGreaterThan(about * 0.97);
    expect(after).toBeLessThan(about * 1.09);
  });

  it('has jumps, calls, line entries and subprograms in the shares that it says', () => {
    const { program } = benchProgram(100_000, 'every');
    const share = (code: number): number =>
      program.insns.filter((word, i) => i % 2 === 0 && (word & 0xff) === code).length / 1_000;
    expect(share(0x15)).toBeCloseTo(14, 0);
    expect(share(0x85)).toBeCloseTo(1, 0);
    expect(program.subprogs.start.length).toBe(100);
    expect(program.lineInfo.insnOff.length).toBe(Math.ceil(100_000 / 3) + 66);
  });

  it('starts where the yardsticks in C do', () => {
    expect(benchProgram(1_000, 'some')).toEqual(benchProgram(1_000, 'some', BENCH_SEED));
  });
});

describe.each(RECIPES.map((recipe) => [recipe.id, recipe] as const))('%s', (_id, recipe) => {
  it('is a program that a kernel could read: jumps within functions, line and function tables in order', () => {
    for (const n of [recipe.n.min, recipe.n.min + 1, Math.min(recipe.n.max, 1_500)]) {
      const { program } = recipe.build({ ...standardAsk(recipe), n });
      expect(slotCnt(program)).toBeLessThanOrEqual(n);
      expect(flowProblem(program.insns, program.subprogs.start)).toBeNull();
      const { lineInfo, subprogs } = program;
      expect(checkTables(program.insns, subprogs.start, lineInfo.insnOff, subprogs.start)).toBeNull();
    }
  });

  it('says what it is in one line', () => {
    expect(recipe.label).toMatch(/^[A-Z0-9]/);
    expect(recipe.why).toMatch(/^[A-Z0-9].*\.$/);
    expect(recipe.why.length).toBeLessThan(140);
    expect(recipe.id).toMatch(/^[a-z0-9-]{1,16}$/);
  });

  it('can be moved to another thread: each buffer holds one column and nothing else', () => {
    const { program, edits } = recipe.build({ ...standardAsk(recipe), n: Math.min(recipe.n.max, 3_000) });
    const columns = [
      ...[program.insns, program.uid, ...Object.values(program.lineInfo), ...Object.values(program.subprogs)],
      ...[edits.kind, edits.at, edits.len, edits.first, edits.insns, edits.exits],
    ];
    for (const column of columns) expect(column.byteLength).toBe(column.buffer.byteLength);
  });
});

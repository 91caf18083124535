/** Nothing but packet loads under one jump from the beginning to the end: all of them grow to six insns below it. */
import { R1, R6 } from '../isa/registers.ts';
import { programOf } from './code.ts';
import { inlinedLoads, LOAD_SIZE } from './load-abs.ts';
import { RECIPE_N_MAX, type Recipe } from './recipe.ts';
import { Code, IF } from './words.ts';

const TAKEN = 10;
const NEAR_N_MAX = Math.floor(2 ** 15 / (LOAD_SIZE + 1));

function loadsBefore(code: Code, stop: number): void {
  while (code.at < stop) code.loadAbs(1);
  code.exit();
}

export const jumpAround: Recipe = {
  id: 'jump-around',
  label: 'One jump around everything',
  why: 'Every insn grows to six, and one jump spans them all: it grows by 23,390 and still fits its 16 bits.',
  source: 'bpf_fill_jump_around_ld_abs(), Linux 6.18, tools/testing/selftests/bpf/test_verifier.c',
  n: { min: 5, max: NEAR_N_MAX, standard: NEAR_N_MAX },
  ...{ isSeeded: false, params: [], pass: 'edits' },
  build({ n }) {
    const code = new Code(n);
    code.movReg(R6, R1);
    code.loadAbs(0);
    code.jumpIf(IF.EQ, 0, TAKEN, n - 1);
    loadsBefore(code, n - 1);
    return { program: programOf(code), edits: inlinedLoads(code.insns) };
  },
};

export const jumpAroundFar: Recipe = {
  id: 'jump-around-far',
  label: 'One far jump around everything',
  why: 'The same with a gotol, whose 32 bits hold any distance: a million insns become six million under it.',
  n: { min: 6, max: RECIPE_N_MAX, standard: 100_000 },
  ...{ isSeeded: false, params: [], pass: 'edits' },
  build({ n }) {
    const code = new Code(n);
    code.movReg(R6, R1);
    code.loadAbs(0);
    code.jumpIf(IF.NE, 0, TAKEN, code.at + 2);
    code.jumpFar(n - 1);
    loadsBefore(code, n - 1);
    return { program: programOf(code), edits: inlinedLoads(code.insns) };
  },
};

/** Every insn a jump, and all of them to one target. */
import { R0 } from '../isa/registers.ts';
import { programOf } from './code.ts';
import { grown } from './edits.ts';
import { RECIPE_N_MAX, type Recipe } from './recipe.ts';
import { Code } from './words.ts';

export const oneTarget: Recipe = {
  id: 'one-target',
  label: 'All jumps to one target',
  why: 'Whoever keeps lists of the jumps to an insn gets one list with everything in it.',
  n: { min: 3, max: RECIPE_N_MAX, standard: 10_000 },
  isSeeded: false,
  params: [{ id: 'every', label: 'Patched', unit: 'one insn in', min: 1, max: 100_000, standard: 10 }],
  pass: 'edits',
  build({ n, params: [every] }) {
    const code = new Code(n);
    code.mov(R0, 0);
    while (code.at < n - 1) code.jumpFar(n - 1);
    code.exit();
    return { program: programOf(code), edits: grown(code.insns, every) };
  },
};

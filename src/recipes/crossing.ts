/** Every insn a jump to the one at the mirrored place: all of them lead across the middle. */
import { programOf } from './code.ts';
import { grown } from './edits.ts';
import { RECIPE_N_MAX, type Recipe } from './recipe.ts';
import { Code } from './words.ts';

export const crossing: Recipe = {
  id: 'crossing',
  label: 'Every insn a jump across all',
  why: 'Each patch lies below nearly half of all jumps, so keeping distances up to date after each is as dear as it gets.',
  n: { min: 3, max: RECIPE_N_MAX, standard: 10_000 },
  isSeeded: false,
  params: [{ id: 'every', label: 'Patched', unit: 'one insn in', min: 1, max: 100_000, standard: 10 }],
  pass: 'edits',
  build({ n, params: [every] }) {
    const code = new Code(n);
    while (code.at < n - 1) code.jumpFar(n - 1 - code.at);
    code.exit();
    return { program: programOf(code), edits: grown(code.insns, every) };
  },
};

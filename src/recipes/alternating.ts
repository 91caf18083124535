/** Every other insn is deleted: no two neighbours stay neighbours, and nothing can be moved in bulk. */
import { R0 } from '../isa/registers.ts';
import { programOf } from './code.ts';
import { thinned } from './edits.ts';
import { RECIPE_N_MAX, type Recipe } from './recipe.ts';
import { Code, IF } from './words.ts';

/** Of so many insns one is a branch, over so many more. */
const JUMP_EVERY = 8;
const SPAN = 16;

export const alternating: Recipe = {
  id: 'alternating',
  label: 'Every other insn deleted',
  why: 'No run of insns is longer than one, so nothing moves in bulk, and half of the line entries lose their insn.',
  n: { min: 4, max: RECIPE_N_MAX, standard: 10_000 },
  ...{ isSeeded: false, params: [], pass: 'edits' },
  build({ n }) {
    const code = new Code(n);
    while (code.at < n - 1) {
      // The branches stand where nothing is deleted.
      if (code.at % JUMP_EVERY === JUMP_EVERY - 2)
        code.jumpIf(IF.EQ, R0, code.at, Math.min(n - 1, code.at + SPAN));
      else code.mov(R0, code.at);
    }
    code.exit();
    return { program: programOf(code), edits: thinned(code.insns, 2) };
  },
};

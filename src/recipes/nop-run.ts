/** Nothing but `goto +0`, all of which are removed. */
import { R0 } from '../isa/registers.ts';
import { programOf } from './code.ts';
import { withoutNops } from './edits.ts';
import { RECIPE_N_MAX, type Recipe } from './recipe.ts';
import { Code } from './words.ts';

/** What stands around them. */
const FRAME_SIZE = 2;
const NOP_CNT = 131_072;

export const nopRun: Recipe = {
  id: 'nops',
  label: 'A run of nops',
  why: '131,072 times goto +0: a kernel moves all that follows once for each, and hangs for minutes.',
  n: { min: FRAME_SIZE + 1, max: RECIPE_N_MAX, standard: FRAME_SIZE + NOP_CNT },
  ...{ isSeeded: false, params: [], pass: 'nops' },
  build({ n }) {
    const code = new Code(n);
    code.mov(R0, 0);
    while (code.at < n - 1) code.jump(code.at + 1);
    code.exit();
    return { program: programOf(code), edits: withoutNops(code.insns) };
  },
};

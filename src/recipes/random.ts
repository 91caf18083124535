/** A program of moves and branches, of which a person says how many there are and how far they reach. */
import { splitmix32 } from '../base/random.ts';
import { R0, R1 } from '../isa/registers.ts';
import { programOf } from './code.ts';
import { grown } from './edits.ts';
import { RECIPE_N_MAX, type Recipe } from './recipe.ts';
import { Code, IF } from './words.ts';

/** One branch in ten leads back, as in Cilium's programs. */
const BACK_EVERY = 10;

export const random: Recipe = {
  id: 'random',
  label: 'Random jumps',
  why: 'How dense the jumps are and how far they reach decides what re-targeting costs next to moving insns.',
  n: { min: 4, max: RECIPE_N_MAX, standard: 10_000 },
  isSeeded: true,
  params: [
    { id: 'density', label: 'Jumps', unit: 'of 100 insns', min: 0, max: 90, standard: 13 },
    // Where every insn grows to three, the longest still fits into 16 bits.
    { id: 'reach', label: 'Reach', unit: 'insns at most', min: 1, max: 10_000, standard: 100 },
    { id: 'every', label: 'Patched', unit: 'one insn in', min: 1, max: 100_000, standard: 10 },
  ],
  pass: 'edits',
  build({ n, seed, params: [density, reach, every] }) {
    const rnd = splitmix32(seed);
    const code = new Code(n);
    while (code.at < n - 1) {
      if (rnd() % 100 >= density) {
        code.mov(R1, rnd() | 0);
        continue;
      }
      const span = 1 + (rnd() % reach);
      const behind = code.at + 1;
      const to = rnd() % BACK_EVERY === 0 ? Math.max(0, behind - span) : Math.min(n - 1, behind + span);
      code.jumpIf(IF.EQ, R0, code.at, to);
    }
    code.exit();
    return { program: programOf(code), edits: grown(code.insns, every) };
  },
};

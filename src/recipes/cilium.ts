/**
 * A generated program to race on: a few numbers and a seed decide every insn of it. Jumps are as measured on programs of
 * Cilium (bpf_lxc, 32,296 insns; bpf_host, 38,602): 13 % of the insns, half of the spans up to 31, nine of ten up to
 * about 455, none above some 3,000; spans are log-normal within that. One jump in ten leads back. How often a line
 * entry stands is not measured: it is part of the recipe and said on the page.
 */
import { splitmix32 } from '../base/random.ts';
import { FLOW, flowOf, OP_EXIT } from '../isa/flow.ts';
import { offOf, word0 } from '../isa/insn.ts';
import { OP_MOV64_IMM } from '../isa/opcodes.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { programOf } from './code.ts';
import { grown } from './edits.ts';
import { type Built, RECIPE_N_MAX, type Recipe } from './recipe.ts';
import { IF } from './words.ts';

export interface RaceRecipe {
  /** Insns. */
  readonly n: number;
  /** Of so many insns one is patched: it becomes three, and stays the last of them. */
  readonly every: number;
  readonly seed: number;
}

const JUMP_SHARE = 0.13;
const BACK_SHARE = 0.1;
const SPAN = { median: 31, sigma: 2.09, max: 3_000 } as const;
/** Of so many insns one has a line entry. */
export const LINE_EVERY = 4;

/** How far a jump's target stands from the insn behind it. */
function spanOf(uniform: () => number): number {
  // Box and Muller's way from two uniform numbers to a normal one; what is too far is drawn again.
  const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const span = Math.max(1, Math.round(SPAN.median * Math.exp(SPAN.sigma * normal)));
  return span <= SPAN.max ? span : spanOf(uniform);
}

export function generateRace({ n, every, seed }: RaceRecipe): Built {
  const rnd = splitmix32(seed);
  const uniform = (): number => rnd() / 2 ** 32;
  const insns = new Int32Array(2 * n);
  for (let i = 0; i < n; i++) {
    insns[2 * i] = word0(OP_MOV64_IMM, 1, 0, 0);
    insns[2 * i + 1] = i;
    if (i === n - 1) {
      insns[2 * i] = word0(OP_EXIT, 0, 0, 0);
      insns[2 * i + 1] = 0;
    } else if (uniform() < JUMP_SHARE) {
      const span = spanOf(uniform);
      const to = uniform() < BACK_SHARE ? Math.max(0, i + 1 - span) : Math.min(n - 1, i + 1 + span);
      insns[2 * i] = word0(IF.EQ, 1, 0, to - i - 1);
      insns[2 * i + 1] = 0;
    }
  }
  return { program: programOf({ insns, lineEvery: LINE_EVERY }), edits: editsOf(insns, n, every) };
}

/** The insn itself is the last of its patch; where it jumps, its target is named, so that it stays the same one. */
function editsOf(insns: Int32Array, n: number, every: number): EditList {
  const edits = editBuilder({ insns });
  for (let i = every >> 1; i < n; i += every) {
    edits.replace(i);
    for (let s = 0; s < 2; s++) edits.put(word0(OP_MOV64_IMM, 2, 0, 0), s);
    edits.put(insns[2 * i], insns[2 * i + 1]);
    if (flowOf(insns[2 * i]) !== FLOW.NONE) edits.exit(2, i + 1 + offOf(insns[2 * i]));
  }
  return edits.finish();
}

/** One insn in so many is none, in the longest program too. */
export const NEVER = 2 * RECIPE_N_MAX + 1;

export const cilium: Recipe = {
  id: 'cilium',
  label: 'Jumps as in Cilium’s programs',
  why: 'Spans as compilers make them: most jumps are short, few lead far, so most patches touch few distances.',
  source: 'spans measured on bpf_lxc and bpf_host of Cilium',
  n: { min: 2, max: RECIPE_N_MAX, standard: 10_000 },
  isSeeded: true,
  params: [{ id: 'every', label: 'Patched', unit: 'one insn in', min: 1, max: NEVER, standard: 10 }],
  pass: 'edits',
  build({ n, seed, params: [every] }) {
    const { program } = generateRace({ n, every, seed });
    // A text that leaves a patch by a jump is warned of: here two insns are put before the jump instead.
    return { program, edits: grown(program.insns, every) };
  },
};

/**
 * As large as a program may be: up to 8,192 branches over two insns each, then moves to the end. The second one begins with
 * seven calls in each other, so that eight frames are open below them.
 */
import { splitmix32 } from '../base/random.ts';
import { FP, R0, R1, R6 } from '../isa/registers.ts';
import { counted, programOf } from './code.ts';
import { grown } from './edits.ts';
import type { Built, Recipe, RecipeAsk } from './recipe.ts';
import { RECIPE_N_MAX } from './recipe.ts';
import { Code, IF } from './words.ts';

const JUMP_CNT_MAX = 8_192;
/** Insns of a branch and what it jumps over. */
const JUMP_SIZE = 4;
/** Stack slots that all of it uses, and that eight frames leave to the innermost. */
const STACK_SLOTS = 64;
const KERNEL_N = 1_000_000 - JUMP_CNT_MAX * JUMP_SIZE + 1;
const RESULT = 42;

function build({ n, seed, params: [every] }: RecipeAsk, nested: number): Built {
  const rnd = splitmix32(seed);
  const code = new Code(n);
  for (let k = 0; k < nested; k++) {
    code.callSub(code.at + 2);
    code.exit();
  }
  code.movReg(R6, R1);
  const room = Math.floor((n - code.at - 2) / JUMP_SIZE);
  // As many branches as the kernel's test has; a small program keeps half of its room for moves.
  const jumpCnt = Math.min(JUMP_CNT_MAX, Math.ceil(room / 2));
  for (let k = 1; k <= jumpCnt; k++) {
    code.callHelper('get_prandom_u32');
    code.jumpIf(IF.EQ, R0, rnd() | 0, code.at + 3);
    code.movReg(R1, FP);
    code.store(R1, -8 * ((k % (STACK_SLOTS - 4 * nested)) + 1), R6);
  }
  code.fillTo(n - 1, RESULT);
  code.exit();
  const starts = counted(nested + 1);
  for (let k = 0; k <= nested; k++) starts[k] *= 2;
  return { program: programOf({ insns: code.insns, starts }), edits: grown(code.insns, every) };
}

const scale = (id: string, label: string, why: string, test: string, nested: number): Recipe => ({
  ...{ id, label, why },
  source: `${test}, Linux 6.18, tools/testing/selftests/bpf/test_verifier.c; the patches are ours`,
  n: { min: 2 * nested + 8, max: RECIPE_N_MAX, standard: KERNEL_N },
  isSeeded: true,
  params: [{ id: 'every', label: 'Patched', unit: 'one insn in', min: 1, max: 100_000, standard: 100 }],
  pass: 'edits',
  build: (ask) => build(ask, nested),
});

export const scale1 = scale(
  'scale1',
  'A million insns',
  'As large as a kernel loads: 8,192 branches, and a patch every 100 insns, which one after the other would move 10 billion insns.',
  'bpf_fill_scale1()',
  0,
);

export const scale2 = scale(
  'scale2',
  'A million insns, eight calls deep',
  'The same below seven calls in each other, so that subprograms move as well.',
  'bpf_fill_scale2()',
  7,
);

/** 64-bit constants, folded into one: every other insn has two slots. */
import { splitmix32 } from '../base/random.ts';
import { ALU_OP } from '../isa/code-parts.ts';
import { R0, R1 } from '../isa/registers.ts';
import { programOf } from './code.ts';
import { thinned } from './edits.ts';
import { RECIPE_N_MAX, type Recipe } from './recipe.ts';
import { Code } from './words.ts';

/** Slots of a constant and its use, and of what stands around them. */
const PAIR_SIZE = 3;
const FRAME_SIZE = 5;

export const constants: Recipe = {
  id: 'rand-ld-dw',
  label: '64-bit constants',
  why: 'Every other insn takes two slots, so that a deletion moves what follows by one or by two.',
  source:
    'bpf_fill_rand_ld_dw(), Linux 6.18, tools/testing/selftests/bpf/test_verifier.c; the deletions are ours',
  n: { min: FRAME_SIZE + PAIR_SIZE, max: RECIPE_N_MAX, standard: 4_094 },
  isSeeded: true,
  params: [{ id: 'every', label: 'Deleted', unit: 'one insn in', min: 2, max: 1_000, standard: 3 }],
  pass: 'edits',
  build({ n, seed, params: [every] }) {
    const rnd = splitmix32(seed);
    const pairCnt = Math.floor((n - FRAME_SIZE) / PAIR_SIZE);
    const code = new Code(FRAME_SIZE + PAIR_SIZE * pairCnt);
    code.mov32(R0, 0);
    for (let k = 0; k < pairCnt; k++) {
      code.mov64(R1, rnd() | 0, rnd() | 0);
      code.aluReg(ALU_OP.XOR, R0, R1);
    }
    code.movReg(R1, R0);
    code.alu(ALU_OP.RSH, R1, 32);
    code.aluReg(ALU_OP.XOR, R0, R1);
    code.exit();
    return { program: programOf(code), edits: thinned(code.insns, every) };
  },
};

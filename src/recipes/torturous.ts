/** Jumps that lead to jumps, of which those that have become `goto +0` are removed. */
import { FP, R0 } from '../isa/registers.ts';
import { programOf } from './code.ts';
import { withoutNops } from './edits.ts';
import type { Built, Recipe } from './recipe.ts';
import { Code, IF } from './words.ts';

const SOURCE = 'bpf_fill_torturous_jumps(), Linux 6.18, tools/testing/selftests/bpf/test_verifier.c';
const HALF_MAX = 2 ** 15 - 1;
/** Gotos of a block: they lead to its end. */
const BLOCK = 16;

/** `half` branches, each to the goto that stands `half` behind it, and those gotos all to one end. */
function crossing(code: Code, half: number): void {
  const end = code.at + 2 * half + 1;
  code.callHelper('get_prandom_u32');
  for (let i = 1; i <= half; i++) code.jumpIf(IF.EQ, R0, i, code.at + half + 1);
  for (let i = 1; i <= half; i++) code.jump(end);
  code.mov(R0, 1);
  code.exit();
}

/** `half` branches over as many gotos, which lead to the end of their block of 16. */
function blocks(code: Code, half: number): void {
  code.callHelper('get_prandom_u32');
  for (let i = 1; i <= half; i++) code.jumpIf(IF.EQ, R0, i, code.at + half + 1);
  code.jump(code.at + 1 + half);
  for (let k = 0; k < half; k += BLOCK) {
    const end = code.at + BLOCK;
    for (let j = 0; j < BLOCK; j++) code.jump(end);
  }
  code.mov(R0, 2);
  code.exit();
}

const CROSSING_FRAME = 3;
const BLOCKS_FRAME = 4;
const MAIN_SIZE = 5;
const CROSSING_HALF = 128;
const CROSSING_SIZE = 2 * CROSSING_HALF + CROSSING_FRAME;

const crossingHalf = (n: number): number => Math.min(HALF_MAX, (n - CROSSING_FRAME) >> 1);
/** A whole number of blocks. */
const blocksHalf = (n: number): number => {
  const half = Math.min(HALF_MAX, (n - BLOCKS_FRAME) >> 1);
  return half - (half % BLOCK);
};

const built = (code: Code, starts?: Int32Array): Built => ({
  program: programOf({ insns: code.insns, ...(starts && { starts }) }),
  edits: withoutNops(code.insns),
});

const common = { isSeeded: false, params: [], pass: 'nops', source: SOURCE } as const;

export const torturous1: Recipe = {
  ...common,
  id: 'torturous-1',
  label: 'Jumps to jumps',
  why: 'Each branch leads to a goto, and all gotos to one end: a single goto +0 is removed under all of them.',
  n: { min: CROSSING_FRAME + 2, max: CROSSING_FRAME + 2 * HALF_MAX, standard: CROSSING_SIZE },
  build({ n }) {
    const half = crossingHalf(n);
    const code = new Code(2 * half + CROSSING_FRAME);
    crossing(code, half);
    return built(code);
  },
};

export const torturous2: Recipe = {
  ...common,
  id: 'torturous-2',
  label: 'Jumps over jumps to jumps',
  why: 'One goto in 16 is a goto +0: they are removed under branches that cross hundreds of them.',
  n: { min: BLOCKS_FRAME + 2 * BLOCK, max: BLOCKS_FRAME + 2 * (HALF_MAX - (BLOCK - 1)), standard: 4_100 },
  build({ n }) {
    const half = blocksHalf(n);
    const code = new Code(2 * half + BLOCKS_FRAME);
    blocks(code, half);
    return built(code);
  },
};

export const torturous3: Recipe = {
  ...common,
  id: 'torturous-3',
  label: 'The same in two subprograms',
  why: 'Both in one program, called by a third function: subprograms start elsewhere when insns before them go.',
  n: {
    min: MAIN_SIZE + CROSSING_SIZE + torturous2.n.min,
    max: MAIN_SIZE + CROSSING_SIZE + torturous2.n.max,
    standard: MAIN_SIZE + CROSSING_SIZE + torturous2.n.standard,
  },
  build({ n }) {
    const half = blocksHalf(n - MAIN_SIZE - CROSSING_SIZE);
    const code = new Code(MAIN_SIZE + CROSSING_SIZE + 2 * half + BLOCKS_FRAME);
    const starts = Int32Array.of(0, MAIN_SIZE, MAIN_SIZE + CROSSING_SIZE);
    code.callSub(starts[1]);
    code.callSub(starts[2]);
    code.storeByte(FP, -32, 0);
    code.mov(R0, 3);
    code.exit();
    crossing(code, CROSSING_HALF);
    blocks(code, half);
    return built(code, starts);
  },
};

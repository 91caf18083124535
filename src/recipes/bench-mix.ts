/**
 * The programs that benchmarks measure on: of 100 insns 14 are conditional jumps within ±100 and one is a call, a subprogram
 * begins every 1,000 insns, a line entry stands every 3, and each insn has its record. What is patched grows as constant
 * blinding makes it grow: two insns that put a constant together, then the insn that uses it.
 */
import { ALU_OP, CLASS, SRC } from '../isa/code-parts.ts';
import { OP_CALL, OP_EXIT } from '../isa/flow.ts';
import { codeOf, dstOf, SLOT_WORDS, word0 } from '../isa/insn.ts';
import { PSEUDO_CALL } from '../isa/pseudo.ts';
import { R9 } from '../isa/registers.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import type { Program } from '../program/program.ts';
import { counted, programOf, wholeEdits } from './code.ts';
import type { Built, Recipe } from './recipe.ts';
import { RECIPE_N_MAX } from './recipe.ts';
import { IF } from './words.ts';

/** `every`: each insn grows to three. `some`: one in five does, and one in twenty is deleted. */
export type BenchMix = 'every' | 'some';

/** As the yardsticks in C have it, so that both measure the same insns. */
export const BENCH_SEED = 12_345;

const SHARE = { jump: 14, call: 1, patched: 20, deleted: 5 } as const;
const REACH = 100;
const SUBPROG_EVERY = 1_000;
const LINE_EVERY = 3;
const CONSTANT_MAX = 0xff;
/** r0 to r8 are the program's; r9 is the patches' scratch register, so that no value is lost. */
const REG_CNT = R9;
/** Knuth's multiplicative hash, 2^32 divided by the golden ratio: what is blinded with what. */
const HASH = 2_654_435_761;

const OP_ADD_IMM = CLASS.ALU64 | ALU_OP.ADD;
const MOV_SCRATCH = word0(CLASS.ALU64 | ALU_OP.MOV, R9, 0, 0);
const XOR_SCRATCH = word0(CLASS.ALU64 | ALU_OP.XOR, R9, 0, 0);

/** Marsaglia's xorshift with 13, 17, 5: simple enough to stand in a yardstick word for word. Never seeded with 0. */
function xorshift32(seed: number): () => number {
  let state = seed | 0 || BENCH_SEED;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** A program to measure on, and what is to become of each of its insns. */
export interface BenchSource {
  readonly program: Program;
  /** One of FATE, by slot. */
  readonly fates: Uint8Array;
}

/** What becomes of an insn. */
const FATE = { KEPT: 0, GROWN: 1, DELETED: 2, PREPENDED: 3 } as const;

const fateOf = (mix: BenchMix, isFlow: boolean, percent: number): number => {
  const isPatched = mix === 'every' || percent < SHARE.patched;
  if (isPatched) return isFlow ? FATE.PREPENDED : FATE.GROWN;
  return !isFlow && percent < SHARE.patched + SHARE.deleted ? FATE.DELETED : FATE.KEPT;
};

/**
 * The edits as a pass would make them in one walk. `knowsProgram`: the builder is given the program, and lays the edits out
 * while they come.
 */
export function benchEdits({ program, fates }: BenchSource, knowsProgram = true): EditList {
  const { insns } = program;
  const edits = knowsProgram ? editBuilder(program) : editBuilder();
  for (let i = 0; i < fates.length; i++) {
    const fate = fates[i];
    if (fate === FATE.KEPT) continue;
    if (fate === FATE.DELETED) {
      edits.remove(i, 1);
      continue;
    }
    if (fate === FATE.GROWN) edits.replace(i);
    else edits.prepend(i);
    const w0 = insns[SLOT_WORDS * i];
    const imm = insns[SLOT_WORDS * i + 1];
    const random = Math.imul(imm, HASH);
    edits.put(MOV_SCRATCH, imm ^ random);
    edits.put(XOR_SCRATCH, random);
    if (fate === FATE.PREPENDED) continue;
    if (codeOf(w0) === OP_EXIT) edits.put(w0, imm);
    else edits.put(blinded(w0), 0);
  }
  return edits.finish();
}

/** The same with the scratch register for the constant. */
const blinded = (w0: number): number => word0(codeOf(w0) | SRC.X, dstOf(w0), R9, 0);

/**
 * `n` insns (n >= 1) for the mix. The same arguments give the same program everywhere; jumps stay within their
 * subprogram, which ends in an exit. Random numbers are drawn as in the yardsticks, five or more an insn.
 */
export function benchSource(n: number, mix: BenchMix, seed: number = BENCH_SEED): BenchSource {
  const rnd = xorshift32(seed);
  const insns = new Int32Array(SLOT_WORDS * n);
  const fates = new Uint8Array(n);
  const subCnt = Math.ceil(n / SUBPROG_EVERY);
  for (let i = 0; i < n; i++) {
    let w0 = word0(OP_ADD_IMM, rnd() % REG_CNT, 0, 0);
    let imm = rnd() | 0;
    const kind = rnd() % 100;
    const start = i - (i % SUBPROG_EVERY);
    const last = Math.min(n, start + SUBPROG_EVERY) - 1;
    if (kind < SHARE.jump) {
      const to = i + 1 + (rnd() % (2 * REACH)) - REACH;
      w0 = word0(IF.EQ, dstOf(w0), 0, Math.min(last, Math.max(start, to)) - i - 1);
      imm = rnd() & CONSTANT_MAX;
    } else if (kind < SHARE.jump + SHARE.call) {
      w0 = word0(OP_CALL, 0, PSEUDO_CALL, 0);
      imm = (rnd() % subCnt) * SUBPROG_EVERY - i - 1;
    }
    if (i === last) [w0, imm] = [word0(OP_EXIT, 0, 0, 0), 0];
    insns[SLOT_WORDS * i] = w0;
    insns[SLOT_WORDS * i + 1] = imm;
    const isFlow = codeOf(w0) === IF.EQ || codeOf(w0) === OP_CALL;
    fates[i] = fateOf(mix, isFlow, rnd() % 100);
    // A deleted exit would let the subprogram run on into the next one.
    if (i === last && fates[i] === FATE.DELETED) fates[i] = FATE.KEPT;
  }
  const starts = counted(subCnt);
  for (let k = 0; k < subCnt; k++) starts[k] *= SUBPROG_EVERY;
  const seen = counted(n);
  const zextDst = new Uint8Array(n);
  for (let i = 0; i < n; i++) zextDst[i] = i & 1;
  const program = programOf({ insns, starts, lineEvery: LINE_EVERY, aux: { seen, zextDst } });
  return { program, fates };
}

/** The program and its edits, in buffers that can be moved. */
export function benchProgram(n: number, mix: BenchMix, seed: number = BENCH_SEED): Built {
  const source = benchSource(n, mix, seed);
  return { program: source.program, edits: wholeEdits(benchEdits(source, false)) };
}

const benchRecipe = (mix: BenchMix, label: string, why: string): Recipe => ({
  ...{ id: mix, label, why, isSeeded: true, params: [], pass: 'edits' },
  n: { min: 1, max: RECIPE_N_MAX, standard: 10_000 },
  build: ({ n, seed }) => benchProgram(n, mix, seed),
});

export const every: Recipe = benchRecipe(
  'every',
  'Every insn patched',
  'Each insn becomes three, as constant blinding makes it: the most that patching can be asked for.',
);

export const some: Recipe = benchRecipe(
  'some',
  'One in five patched',
  'One insn in five becomes three and one in twenty is deleted, as in a program that several passes went over.',
);

/**
 * What is measured: programs, and edits as something that walks the program makes them. Making the edits is part of what
 * is measured, because that is where a list gets its nodes and the batch its layout.
 */
import { type Facts, factsOfAux } from '../analysis/facts.ts';
import { blind } from '../passes/blind.ts';
import { deadCode } from '../passes/dead-code.ts';
import { nops } from '../passes/nops.ts';
import { type Pass, passContext } from '../passes/pass.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import { EDIT, type EditList } from '../patch/ops.ts';
import { auxColumns, makeProgram, type Program, slotCnt } from '../program/program.ts';
import { type BenchMix, benchEdits, benchSource } from '../recipes/bench-mix.ts';
import { RECIPES } from '../recipes/index.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { standardAsk } from '../recipes/spec.ts';

/** One program and what is done to it, over and over. */
export interface BenchWork {
  readonly program: Program;
  /** The same edits each time. */
  makeEdits(): EditList;
}

export interface Mix {
  /** One word. */
  readonly id: string;
  readonly label: string;
  /** Insns it is measured with when nothing is said; null: with any number. */
  readonly standardN: number | null;
  /** Whether it is measured when no mixes are named. */
  readonly isUsual: boolean;
  /** Patches are computed from the insn at hand as in `benchEdits`, so that others can compute the same. */
  readonly isComputed: boolean;
  /** A program of about `n` insns. */
  build(n: number): BenchWork;
}

const RND_SEED = 0x9e3779b9;

/** Numbers for blinding, from the beginning each time. */
function rndOf(): () => number {
  let state = RND_SEED;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function passWork(pass: Pass, program: Program): BenchWork {
  const facts: Facts | null = program.aux && factsOfAux(program.aux);
  if (facts === null) throw new Error(`${pass.id} is measured on a program with records`);
  return { program, makeEdits: () => pass.run(program, passContext({ facts, rnd: rndOf() })) };
}

/** Of every 40 insns 6 in a row were never seen by the verifier. */
const DEAD = { every: 40, from: 20, cnt: 6 } as const;

function withDeadRuns(program: Program): Program {
  const n = slotCnt(program);
  const seen = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const place = (i % DEAD.every) - DEAD.from;
    seen[i] = place >= 0 && place < DEAD.cnt ? 0 : 1;
  }
  const { insns, lineInfo, subprogs, strings } = program;
  return makeProgram({ insns, lineInfo, subprogs, strings, aux: auxColumns(n, { seen }) });
}

/** The edits of a recipe, made anew as by a pass that has them at hand. */
function remade(program: Program, given: EditList): EditList {
  const { cnt, kind, at, len, first, insns, exits } = given;
  const edits = editBuilder(program);
  let x = 0;
  for (let k = 0; k < cnt; k++) {
    if (kind[k] === EDIT.REMOVE) {
      edits.remove(at[k], len[k]);
      continue;
    }
    if (kind[k] === EDIT.REPLACE) edits.replace(at[k]);
    else edits.prepend(at[k]);
    const stop = 2 * (first[k] + len[k]);
    for (let word = 2 * first[k]; word < stop; word += 2) edits.put(insns[word], insns[word + 1]);
    for (; x < exits.length && exits[x] === k; x += 3) edits.exit(exits[x + 1], exits[x + 2]);
  }
  return edits.finish();
}

const computed = (mix: BenchMix, label: string): Mix => ({
  ...{ id: mix, label, standardN: null, isUsual: true, isComputed: true },
  build: (n) => {
    const source = benchSource(n, mix);
    return { program: source.program, makeEdits: () => benchEdits(source) };
  },
});

const ofPass = (
  pass: Pass,
  label: string,
  programOf: (n: number) => Program,
  standardN: number | null,
): Mix => ({
  ...{ id: pass.id, label, standardN, isUsual: true, isComputed: false },
  build: (n) => passWork(pass, programOf(n)),
});

/** Within what the recipe can make. */
const askOf = (recipe: Recipe, n: number) => ({
  ...standardAsk(recipe),
  n: Math.min(recipe.n.max, Math.max(recipe.n.min, n)),
});

const ofRecipe = (recipe: Recipe): Mix => ({
  ...{ id: recipe.id, label: recipe.label, standardN: recipe.n.standard, isUsual: false, isComputed: false },
  build: (n) => {
    const { program, edits } = recipe.build(askOf(recipe, n));
    return { program, makeEdits: () => remade(program, edits) };
  },
});

const nopProgram = (n: number): Program => {
  const recipe = RECIPES.find(({ id }) => id === 'nops');
  if (!recipe) throw new Error('there is a recipe of nops');
  return recipe.build(askOf(recipe, n)).program;
};

/** 131,072 and what stands around them. */
const NOP_PROGRAM_SIZE = 131_074;

const OWN: readonly Mix[] = [
  computed('every', 'every insn becomes three'),
  computed('some', '20 % patched, 5 % deleted'),
  ofPass(blind, 'constant blinding', (n) => benchSource(n, 'every').program, null),
  ofPass(deadCode, 'dead code cut', (n) => withDeadRuns(benchSource(n, 'some').program), null),
  ofPass(nops, 'a run of goto +0 removed', nopProgram, NOP_PROGRAM_SIZE),
];

/** The mixes of the benchmark, then every recipe by its name. */
export const MIXES: readonly Mix[] = [
  ...OWN,
  ...RECIPES.filter((recipe) => OWN.every(({ id }) => id !== recipe.id)).map(ofRecipe),
];

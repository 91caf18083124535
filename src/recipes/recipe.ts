/**
 * A recipe: a generated program that a few words and a seed decide, down to every insn, and the edits to carry out on it.
 * It is built of typed arrays only, so that a million insns take well under a second and no object each.
 */
import type { EditList } from '../patch/ops.ts';
import type { Program } from '../program/program.ts';

/** A number of a recipe beside its length, such as how dense the jumps are. */
export interface RecipeParam {
  /** One word, unique within the recipe. */
  readonly id: string;
  /** What a person reads, such as "Jumps". */
  readonly label: string;
  /** What is counted, such as "of 100 insns". */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly standard: number;
}

/** What decides a program; `params` in the order of the recipe's own. All are whole numbers within their ranges. */
export interface RecipeAsk {
  /** Insns asked for; a shape of blocks comes as near to it as it can from below. */
  readonly n: number;
  /** 32 bits. */
  readonly seed: number;
  readonly params: readonly number[];
}

export interface Built {
  /** With line info, subprograms and records of the verifier, each buffer whole and nobody else's. */
  readonly program: Program;
  readonly edits: EditList;
}

export interface Recipe {
  /** One word of lower case letters, digits and `-`: it stands in links and never changes. */
  readonly id: string;
  readonly label: string;
  /** One line: what it stresses. */
  readonly why: string;
  /** Where the shape comes from, where it is not made up here. */
  readonly source?: string;
  readonly n: { readonly min: number; readonly max: number; readonly standard: number };
  /** Whether the seed changes anything. */
  readonly isSeeded: boolean;
  readonly params: readonly RecipeParam[];
  /** The pass that makes these edits of this program: 'edits' (written by hand) or one that needs to know nothing more. */
  readonly pass: 'edits' | 'nops';
  build(ask: RecipeAsk): Built;
}

/** No recipe makes more: the kernel's own limit (BPF_COMPLEXITY_LIMIT_INSNS) is as many. */
export const RECIPE_N_MAX = 1_000_000;

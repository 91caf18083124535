/**
 * A recipe with its numbers in a few characters: `scale2~1000000~7` is id, insns, seed, then the recipe's own numbers. What
 * somebody wrote by hand is read as far as it makes sense, and what was made of it is said.
 */
import { group } from '../patch/errors.ts';
import { recipeById } from './index.ts';
import type { Recipe, RecipeAsk } from './recipe.ts';

const MARK = '~';
const SEED_MAX = 0xffffffff;
const STANDARD_SEED = 1;
/** No spec is longer. */
export const SPEC_LENGTH_MAX = 64;

export interface ReadSpec {
  readonly recipe: Recipe;
  readonly ask: RecipeAsk;
  /** What was made of the spec where it did not make sense, in sentences. */
  readonly problems: readonly string[];
}

interface Range {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly standard: number;
}

/** The number, or the nearest one that may be. */
function readNumber(
  word: string | undefined,
  { label, min, max, standard }: Range,
  problems: string[],
): number {
  if (word === undefined || word === '') return standard;
  const wanted = /^\d{1,12}$/.test(word) ? Number(word) : Number.NaN;
  if (Number.isNaN(wanted)) {
    problems.push(`“${word}” is no number for ${label}; it is ${group(standard)} now.`);
    return standard;
  }
  const number = Math.min(max, Math.max(min, wanted));
  if (number !== wanted)
    problems.push(
      `${label} can be ${group(min)} to ${group(max)}; it is ${group(number)} now, not ${group(wanted)}.`,
    );
  return number;
}

/** Null: there is no recipe of that name. Never throws, whatever stands there. */
export function readSpec(spec: string): ReadSpec | null {
  const [id, n, seed, ...rest] = spec.slice(0, SPEC_LENGTH_MAX).split(MARK);
  const recipe = recipeById(id);
  if (!recipe) return null;
  const problems: string[] = [];
  const ask: RecipeAsk = {
    n: readNumber(n, { label: 'the number of insns', ...recipe.n }, problems),
    seed: readNumber(seed, { label: 'the seed', min: 0, max: SEED_MAX, standard: STANDARD_SEED }, problems),
    params: recipe.params.map((param, k) =>
      readNumber(rest[k], { ...param, label: `“${param.label}”` }, problems),
    ),
  };
  if (rest.length > recipe.params.length)
    problems.push('There is more behind the recipe than it asks for, which is left out.');
  return { recipe, ask, problems };
}

/** The one way to write it: what the recipe does not ask for is left out. */
export function specOf({ id, isSeeded, params }: Recipe, ask: RecipeAsk): string {
  const words: (string | number)[] = [id, ask.n];
  if (isSeeded || params.length > 0) words.push(ask.seed, ...ask.params);
  return words.join(MARK);
}

/** A recipe as it is proposed. */
export const standardAsk = ({ n, params }: Recipe): RecipeAsk => ({
  ...{ n: n.standard, seed: STANDARD_SEED },
  params: params.map(({ standard }) => standard),
});

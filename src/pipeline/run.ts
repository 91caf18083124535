/** A run that may name everything there is. */
import { EVERYTHING } from './known.ts';
import { readyOfRecipe } from './recipe-run.ts';
import { type RunInput, type RunOutput, runWith } from './run-with.ts';

export const run = (input: RunInput): RunOutput => runWith({ ...EVERYTHING, readyOfRecipe }, input);

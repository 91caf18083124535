/**
 * Enough for a first visit: what a worker knows before it has loaded the rest, so that the first picture need not wait
 * for passes, recipes and algorithms that it does not show.
 */
import { err, ok } from '../base/result.ts';
import { blind } from '../passes/blind.ts';
import { divGuard } from '../passes/div-guard.ts';
import type { Pass } from '../passes/pass.ts';
import { ENGINE_RULES } from '../patch/rules.ts';
import { type KnownToRun, type RunInput, type RunOutput, runWith } from './run-with.ts';

const PASSES: readonly Pass[] = [divGuard, blind];

export const KNOWN_FIRST: KnownToRun = {
  passesNamed: (ids) => {
    const passes = ids.map((id) => PASSES.find((pass) => pass.id === id));
    const strange = passes.indexOf(undefined);
    return strange < 0 ? ok(passes.filter((pass) => pass !== undefined)) : err(ids[strange]);
  },
  passes: PASSES,
  algorithms: [
    { id: 'stream', style: 'batch' },
    { id: 'array', style: 'array' },
    { id: 'list', style: 'list' },
  ],
  profiles: [{ id: 'engine', rules: ENGINE_RULES }],
  readyOfRecipe: (spec) => {
    throw new Error(`bug: the recipe ${spec} is for who knows them all`);
  },
};

/** Does exactly what `run` (run.ts) does with what `isFirst` (first.ts) lets through. */
export const runFirst = (input: RunInput): RunOutput => runWith(KNOWN_FIRST, input);

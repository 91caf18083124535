/** What the engine is asked for: the part of the state that a run depends on. */
import type { RunInput } from '../pipeline/index.ts';
import type { State } from './store.ts';

/** What a run depends on. */
export const RUN_KEYS = [
  'text',
  'recipe',
  'pass',
  'step',
  'algorithm',
  'layer',
  'semantics',
  'seed',
] as const;

export const runInput = (s: Pick<State, (typeof RUN_KEYS)[number]>): RunInput => ({
  ...{ source: s.text, pass: s.pass, algorithm: s.algorithm, seed: s.seed },
  ...{ layer: s.layer, semantics: s.semantics },
  // Once it has been written out, the text is the program.
  ...(s.text === '' && s.recipe !== '' && { recipe: s.recipe }),
  ...(s.step !== null && { step: s.step }),
});

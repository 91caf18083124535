/** What a recipe has become comes with the answer of its run: the text, if it is one to edit, and what had to be said. */
import { EXAMPLES } from '../examples/index.ts';
import type { RunOutput } from '../pipeline/index.ts';
import type { State } from './store.ts';

/** What an answer changes beside the picture; nothing, if a text has taken the place of the recipe since. */
export function arrived({ diagnostics, ...output }: RunOutput, { text, recipe }: State): Partial<State> {
  if (recipe === '' || text !== '') return {};
  const said = diagnostics.filter(({ code }) => code === 'unknown-recipe' || code === 'recipe-numbers');
  const notices = said.length > 0 ? { notices: said.map(({ message }) => message) } : {};
  // Never an empty page.
  if (!output.ok) return { ...notices, recipe: '', text: EXAMPLES[0].source };
  return output.recipe ? { ...notices, recipe: output.recipe.spec, text: output.recipe.text ?? '' } : {};
}

/** Whether a change of the state is only that: then nothing has to be run again. */
export const isArrival = (s: State, old: State): boolean =>
  s.good !== old.good && s.recipe !== '' && s.good?.recipe?.spec === s.recipe && s.pass === old.pass;

/** There is no text behind what is shown: it is read, not edited. */
export const isListed = ({ recipe, text, good }: State): boolean =>
  recipe !== '' && text === '' && good?.isListed === true;

/** Opening a generated program. The recipes are not needed for the first picture, so they are fetched when one is wanted. */
import { DEFAULT_SCENE } from '../scene/scene.ts';
import { open } from './intents.ts';
import { initialState, set } from './store.ts';
import { NOT_LOADED, say } from './visit.ts';

/** By its spec (recipes/spec.ts), with the pass that makes its edits; what had to be changed in the spec is said. */
export async function openRecipe(spec: string): Promise<void> {
  const recipes = await import('../recipes/spec.ts').catch(() => null);
  if (recipes === null) return say(NOT_LOADED);
  const read = recipes.readSpec(spec);
  if (read === null) return set({ notices: [`There is no recipe “${spec}” here.`] });
  const { recipe, ask, problems } = read;
  open({
    ...{ text: '', recipe: recipes.specOf(recipe, ask), pass: recipe.pass },
    ...{ layer: initialState.layer, semantics: initialState.semantics },
  });
  if (problems.length > 0) set({ notices: problems });
}

/** Characters of the link that opens the recipe, and nothing else of what is on the page. */
export async function linkLength(recipe: string, pass: string): Promise<number> {
  const { encodeScene } = await import('../scene/codec.ts');
  const link = encodeScene({ ...DEFAULT_SCENE, recipe, pass });
  return location.origin.length + location.pathname.length + link.length;
}

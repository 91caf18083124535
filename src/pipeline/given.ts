import type { Pass } from '../passes/pass.ts';
import type { EditList } from '../patch/ops.ts';

/** What is told of a pass whose edits come from a recipe: no text says them. */
const GIVEN_WORDS = {
  label: 'Patches of the recipe',
  why: 'The recipe says where insns are to be replaced, put in front or removed; this does just that.',
} as const;

/** The passes, with edits that nobody wrote down put for those that somebody would have written. */
export const withGiven = (passes: readonly Pass[], given: EditList | null): readonly Pass[] =>
  given === null
    ? passes
    : passes.map((pass) => (pass.id === 'edits' ? { ...pass, ...GIVEN_WORDS, run: () => given } : pass));

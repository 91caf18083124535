/** The passes, in the order in which a kernel runs them; hand-written edits come first. One line each. */
import { blind } from './blind.ts';
import { divGuard } from './div-guard.ts';
import { edits } from './edits.ts';
import type { Pass } from './pass.ts';

export const PASSES: readonly Pass[] = [edits, divGuard, blind];

export const passById = (id: string): Pass | undefined => PASSES.find((pass) => pass.id === id);

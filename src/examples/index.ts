/** The gallery: one line an example. */
import { blinding } from './blinding.ts';
import { divmod } from './divmod.ts';
import type { Example } from './example.ts';
import { farJump } from './far-jump.ts';
import { loopCb } from './loop-cb.ts';
import { mean } from './mean.ts';

export type { Example } from './example.ts';

/** Those that are there from the start; scenes of known bugs come when the page stands (bugs/). */
export const EXAMPLES: readonly Example[] = [mean, blinding, divmod, loopCb, farJump];

export const exampleById = (id: string): Example | undefined => EXAMPLES.find((e) => e.id === id);

/** Names of the groups, in order. */
export const groupsOf = (examples: readonly Example[]): readonly string[] => [
  ...new Set(examples.flatMap(({ group }) => (group === undefined ? [] : [group]))),
];

/** The gallery: one line an example. */
import { blinding } from './blinding.ts';
import { divmod } from './divmod.ts';
import type { Example } from './example.ts';
import { loopCb } from './loop-cb.ts';
import { mean } from './mean.ts';

export type { Example } from './example.ts';

export const EXAMPLES: readonly Example[] = [mean, blinding, divmod, loopCb];

export const EXAMPLE_GROUPS: readonly string[] = [
  ...new Set(EXAMPLES.flatMap(({ group }) => (group === undefined ? [] : [group]))),
];

export const exampleById = (id: string): Example | undefined => EXAMPLES.find((e) => e.id === id);

/**
 * What a run or a chain may name. A worker that has yet to load the rest knows less (known-first.ts), and whoever names
 * more than it knows has to wait for the rest.
 */
import type { Result } from '../base/result.ts';
import { PASSES } from '../passes/index.ts';
import type { Pass } from '../passes/pass.ts';
import { PIPELINES, passesNamed } from '../passes/pipelines.ts';
import type { Algorithm } from '../patch/algorithm.ts';
import { ALGORITHMS } from '../patch/index.ts';
import { PROFILES, type Profile } from '../patch/profiles.ts';
import type { PassRules } from '../patch/rules.ts';

interface Named {
  readonly id: string;
}

/** As much of a profile as every run wants. */
export type Rules = Pick<Profile, 'id' | 'rules'>;

/** `Way` and `Whose`: as much of an algorithm and of a profile as is wanted. */
export interface Known<Way extends Named = Algorithm, Whose extends Rules = Profile> {
  /** The passes that ids of passes and pipelines stand for under `rules`, or the first id that names neither. */
  passesNamed(ids: readonly string[], rules?: PassRules): Result<readonly Pass[], string>;
  /** What can be chosen in place of an unknown pass. */
  readonly passes: readonly Named[];
  readonly algorithms: readonly Way[];
  /** The first counts unless another is asked for. */
  readonly profiles: readonly Whose[];
}

export const EVERYTHING: Known = {
  passesNamed,
  passes: [...PASSES, ...PIPELINES],
  algorithms: ALGORITHMS,
  profiles: PROFILES,
};

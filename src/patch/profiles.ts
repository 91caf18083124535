/**
 * Whose rules count. `engine` is what this project computes and what every algorithm agrees on (docs/SEMANTICS.md);
 * the others are what a kernel or the RFC really did, bugs included, for show and for comparison. Their edits are
 * carried out by one faithful algorithm each, and where a pass differs between them it asks `rules`.
 */
import type { Algorithm } from './algorithm.ts';
import type { PassRules } from './rules.ts';

export interface Profile {
  readonly id: string;
  readonly label: string;
  /** One sentence: whose behaviour, and what is different about it. */
  readonly why: string;
  readonly rules: PassRules;
  /** The algorithm that behaves so; null: any of ALGORITHMS. */
  readonly algorithm: Algorithm | null;
}

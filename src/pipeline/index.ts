/**
 * The app in one sentence, wherever it runs:
 *
 *   text ─assemble→ Program ─analyse→ Facts, aux ─passes→ edits ─algorithm→ result ─→ trace
 *
 * `run` does it for a page and keeps everything a picture of one pass needs; `chain` does it for a shell;
 * `comparison` lets every algorithm do the same work, and the kernel or the RFC whose rules count, and compares.
 */

export type { KernelFunctions } from '../kernel/functions.ts';
export type { Agreement } from '../patch/agreement.ts';
export type { Deviation } from '../patch/deviations.ts';
export { RECIPES } from '../recipes/index.ts';
export { CATALOG, type Catalog, type Choice } from './catalog.ts';
export { type ChainOutput, type ChainStep, chain } from './chain.ts';
export { agreement, type Comparison, comparison, deviations, type RuleCheck } from './comparison.ts';
export type { MapNumbers, MapNumbersByRef } from './kernel-dump.ts';
export { KERNEL_MODES, type KernelMode, type KernelRefused, kernelMakes } from './kernel-run.ts';
export type { Listing, ListingRow, SlotWords } from './listing.ts';
export { AUX_SOURCE, type RunStopped } from './prepare.ts';
export { type RaceInput, type RaceOutput, race } from './race.ts';
export type { RunRecipe } from './recipe-run.ts';
export { run } from './run.ts';
export type { RunDone, RunInput, RunOutput, StepSummary } from './run-with.ts';
export { type Sharing, sharingOf } from './sharing.ts';
export {
  type SweepInput,
  type SweepLane,
  type SweepSize,
  sweep,
} from './sweep.ts';

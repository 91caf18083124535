/**
 * What the page and the engine's worker say to each other. The page asks for a run, gets the result as soon as it
 * is there, and then asks how it compares (with what other algorithms, and those whose rules count, make of it), which
 * takes longer and is worth nothing once the text has changed. But for what there is to choose, the worker never speaks unasked, and each reply carries the id of the request.
 */
import type { Progress } from '../base/progress.ts';
import type {
  Catalog,
  Comparison,
  RaceInput,
  RaceOutput,
  RunInput,
  RunOutput,
  SweepInput,
  SweepSize,
} from '../pipeline/index.ts';

export type Request =
  | { readonly id: number; readonly kind: 'run'; readonly input: RunInput }
  /** Only ever for the run that was answered last, and only if it was done. */
  | { readonly id: number; readonly kind: 'compare' }
  /** These two are asked of workers of their own (solo-client.ts). */
  | { readonly id: number; readonly kind: 'race'; readonly input: RaceInput }
  | { readonly id: number; readonly kind: 'sweep'; readonly input: SweepInput };

export type Reply =
  /** Sent once, unasked, when the worker stands. */
  | { readonly id: 0; readonly kind: 'catalog'; readonly catalog: Catalog }
  | { readonly id: number; readonly kind: 'result'; readonly output: RunOutput }
  | { readonly id: number; readonly kind: 'comparison'; readonly comparison: Comparison }
  | { readonly id: number; readonly kind: 'race'; readonly output: RaceOutput }
  | { readonly id: number; readonly kind: 'sweep'; readonly output: SweepSize }
  | ({ readonly id: number; readonly kind: 'progress' } & Progress)
  /** A bug of ours: the request cannot be answered. */
  | { readonly id: number; readonly kind: 'crash'; readonly message: string };

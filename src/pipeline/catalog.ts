/** What there is to choose, as plain data: a page that asks a worker for it need not carry the code. */
import { PASSES } from '../passes/index.ts';
import { PIPELINES } from '../passes/pipelines.ts';
import { ALGORITHMS } from '../patch/index.ts';
import { PROFILES } from '../patch/profiles.ts';

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** One sentence. */
  readonly why: string;
}

export interface PipelineChoice extends Choice {
  /** Ids of its passes. */
  readonly passes: readonly string[];
}

export interface Catalog {
  readonly passes: readonly Choice[];
  /** Several passes by one name. */
  readonly pipelines: readonly PipelineChoice[];
  readonly algorithms: readonly Choice[];
  readonly semantics: readonly Choice[];
}

const choiceOf = ({ id, label, why }: Choice): Choice => ({ id, label, why });

export const CATALOG: Catalog = {
  passes: PASSES.map(choiceOf),
  pipelines: PIPELINES.map((pipeline) => ({ ...choiceOf(pipeline), passes: pipeline.passes })),
  algorithms: ALGORITHMS.map(choiceOf),
  semantics: PROFILES.map(choiceOf),
};

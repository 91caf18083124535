/**
 * What is asked of a run once its picture is there, because it takes longer: whether all algorithms agree on it, and
 * where the kernel or the RFC whose rules were asked for parts from it.
 */
import { assert } from '../base/assert.ts';
import type { Progress } from '../base/progress.ts';
import { err, ok, type Result } from '../base/result.ts';
import { passById } from '../passes/index.ts';
import { type Agreement, agreementOf, DEFAULT_BUDGET, whyNotRun } from '../patch/agreement.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import { type Deviations, deviationsOf } from '../patch/deviations.ts';
import { ALGORITHMS } from '../patch/index.ts';
import { profileById } from '../patch/profiles.ts';
import { kernelOf } from './profile-kernel.ts';
import { ruleDeviations } from './rule-deviations.ts';
import type { RunDone } from './run.ts';

/**
 * Let every algorithm do what was run, and compare. Those that would take too long are left out, and named.
 * `report` hears of each algorithm as it begins.
 */
export const agreement = (
  output: RunDone,
  report: (progress: Progress) => void = () => {},
  budget = DEFAULT_BUDGET,
): Agreement => agreementOf(ALGORITHMS, output.before, output.edits, output.layer, budget, report);

/** What was found, or why nobody looked; null: the rules are our own. */
export type RuleCheck = Result<Deviations, string> | null;

/**
 * Where a profile's pass asks for other edits than ours, and what its own algorithm makes of its edits, held against
 * the result. An array would take too long for many edits, and is left out then.
 */
export function deviations(output: RunDone, budget = DEFAULT_BUDGET): RuleCheck {
  const { before, edits, layer, result, assembly, source, step } = output;
  const profile = profileById(output.semantics);
  const pass = passById(output.pass);
  assert(profile !== undefined && pass !== undefined, 'what was run has a name');
  const { algorithm, rules } = profile;
  if (algorithm === null) return null;
  const reason = whyNotRun(algorithm, before, edits, budget);
  if (reason !== null) return err(reason);
  const done = deviationsOf(result, applyEdits(algorithm, before, edits, layer));
  const asked = ruleDeviations(pass, rules, {
    // The first pass reads the records of the source even where they are not carried along.
    source: step === 0 ? source : before,
    ...{ setting: assembly.setting, patchPoints: assembly.patchPoints },
    ...{ algorithm: ALGORITHMS[0], kernel: kernelOf(profile), layer, needsZext: true },
  });
  return ok({
    total: asked.total + done.total,
    rows: [...asked.rows, ...done.rows],
    refusal: asked.refusal ?? done.refusal,
  });
}

/** Both answers to a run that was done. */
export interface Comparison {
  readonly agreement: Agreement;
  readonly deviations: RuleCheck;
}

export const comparison = (output: RunDone, report?: (progress: Progress) => void): Comparison => ({
  deviations: deviations(output),
  agreement: agreement(output, report),
});

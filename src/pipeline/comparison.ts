/**
 * What is asked of a run once its picture is there, because it takes longer: whether all algorithms agree on it, and
 * where the kernel or the RFC whose rules were asked for parts from it.
 */
import { assert } from '../base/assert.ts';
import type { Progress } from '../base/progress.ts';
import { err, ok, type Result } from '../base/result.ts';
import { passById } from '../passes/index.ts';
import {
  type Agreement,
  type AgreementBudget,
  agreementOf,
  DEFAULT_BUDGET,
  whyNotRun,
} from '../patch/agreement.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import { type Deviations, deviationsOf } from '../patch/deviations.ts';
import { ALGORITHMS } from '../patch/index.ts';
import { profileById } from '../patch/profiles.ts';
import { withGiven } from './given.ts';
import { type Listing, listingOf } from './listing.ts';
import { kernelOf } from './profile-kernel.ts';
import { bothResults, ruleDeviations } from './rule-deviations.ts';
import type { RunDone } from './run-with.ts';

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

interface Checked {
  readonly check: RuleCheck;
  /** Null: there are no two results. */
  readonly listing: Listing | null;
}

/**
 * Where a profile's pass asks for other edits than ours, and what its own algorithm makes of its edits, held against
 * the result. An array would take too long for many edits, and is left out then.
 */
function checkRules(output: RunDone, budget: AgreementBudget): Checked {
  const { before, edits, layer, result, assembly, source, step } = output;
  const profile = profileById(output.semantics);
  const known = passById(output.pass);
  assert(profile !== undefined && known !== undefined, 'what was run has a name');
  const [pass] = withGiven([known], output.isListed ? edits : null);
  const { algorithm, rules } = profile;
  if (algorithm === null) return { check: null, listing: null };
  const reason = whyNotRun(algorithm, before, edits, budget);
  if (reason !== null) return { check: err(reason), listing: null };
  const theirs = applyEdits(algorithm, before, edits, layer);
  const done = deviationsOf(result, theirs);
  const input = {
    // The first pass reads the records of the source even where they are not carried along.
    source: step === 0 ? source : before,
    ...{ setting: assembly.setting, patchPoints: assembly.patchPoints },
    ...{ algorithm: ALGORITHMS[0], kernel: kernelOf(profile), layer, needsZext: true },
  };
  const asked = ruleDeviations(pass, rules, input);
  // The picture is of the edits that were asked for under the profile's rules: ours if they are the same.
  const isPictured = asked.total === 0;
  const pictured = result.ok && theirs.ok ? { want: result.value, got: theirs.value } : null;
  const both = isPictured ? pictured : bothResults(pass, { rules, algorithm }, input);
  const check = ok({
    total: asked.total + done.total,
    rows: [...asked.rows, ...done.rows],
    refusal: asked.refusal ?? done.refusal,
  });
  return { check, listing: both && listingOf(both.want, both.got, isPictured) };
}

export const deviations = (output: RunDone, budget = DEFAULT_BUDGET): RuleCheck =>
  checkRules(output, budget).check;

/** All answers to a run that was done. */
export interface Comparison {
  readonly agreement: Agreement;
  readonly deviations: RuleCheck;
  /** Both results where their insns differ; null: there are no two. */
  readonly listing: Listing | null;
}

export const comparison = (output: RunDone, report?: (progress: Progress) => void): Comparison => {
  const { check, listing } = checkRules(output, DEFAULT_BUDGET);
  return { deviations: check, listing, agreement: agreement(output, report) };
};

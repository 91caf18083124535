/**
 * One run, as the page shows it: the passes before the one shown are carried out, and of the one shown everything is
 * kept that a picture needs.
 */

import type { Assembly } from '../asm/assembly.ts';
import { assert } from '../base/assert.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Progress } from '../base/progress.ts';
import { splitmix32 } from '../base/random.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Pass } from '../passes/pass.ts';
import { type Agreement, agreementOf, DEFAULT_BUDGET } from '../patch/agreement.ts';
import type { Layer, PatchError, Patched } from '../patch/algorithm.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import { type Deviations, deviationsOf } from '../patch/deviations.ts';
import { ALGORITHMS } from '../patch/index.ts';
import type { EditList } from '../patch/ops.ts';
import type { Profile } from '../patch/profiles.ts';
import type { Remap } from '../patch/remap.ts';
import type { Trace } from '../patch/trace.ts';
import { traceOf } from '../patch/trace-build.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { askedFor, pointProblems } from './asked.ts';

import { prepare, type Ready, type RunStopped } from './prepare.ts';
import { runSteps, type Step, type Steps, throughOf } from './steps.ts';

export interface RunInput {
  readonly source: string;
  /** Ids of passes and pipelines with commas between, as they stand in links: what they name may be gone. */
  readonly pass: string;
  /** Which of the passes is shown, from 0; the last one unless said otherwise. */
  readonly step?: number;
  readonly algorithm: string;
  readonly seed: number;
  /**
   * 'verifier' unless said otherwise, whatever the pass: a page and `run` show a whole program with its aux. 'core'
   * is one function as older kernels give it to blinding (SEMANTICS 6, M2): aux and subprograms stay behind.
   */
  readonly layer?: Layer;
  /** Whose rules, by id; this project's unless said otherwise. */
  readonly semantics?: string;
}

/** One of the passes of a run, in short. */
export interface StepSummary {
  readonly pass: string;
  readonly label: string;
  /** Patches it makes and slots it leaves; null: not reached, because a pass before it was refused. */
  readonly editCnt: number | null;
  readonly slotCnt: number | null;
}

export interface RunDone {
  readonly ok: true;
  readonly assembly: Assembly;
  /** The assembled program with aux. */
  readonly source: Program;
  /** What the pass shown was given, which is `source` unless passes went before. */
  readonly before: Program;
  readonly auxSource: Ready['auxSource'];
  /** Warnings only. */
  readonly diagnostics: readonly Diagnostic[];
  /** The pass shown; ids, because a run crosses threads. */
  readonly pass: string;
  readonly step: number;
  readonly steps: readonly StepSummary[];
  /** The one shown; what is computed with is always the first of ALGORITHMS. */
  readonly algorithm: string;
  readonly layer: Layer;
  readonly semantics: string;
  readonly edits: EditList;
  /** A refusal is a result like any other: it has a trace, and is shown. Only -EINVAL of patch points stops the run. */
  readonly result: Result<Patched, PatchError>;
  /** Where the kernel or the RFC whose rules were asked for parts from the result; null: our own rules. */
  readonly deviations: Deviations | null;
  readonly trace: Trace;
  /** From slots of `source` to slots of what the pass shown leaves, if it was not refused. */
  readonly through: Remap | null;
  readonly rndUsed: number;
}
export type RunOutput = RunStopped | RunDone;

/** What a profile's own algorithm makes of the same edits, held against the result. */
function deviationsFor(
  profile: Profile,
  before: Program,
  edits: EditList,
  layer: Layer,
  result: Result<Patched, PatchError>,
): Deviations | null {
  if (profile.algorithm === null) return null;
  return deviationsOf(result, applyEdits(profile.algorithm, before, edits, layer));
}

const summaryOf = (pass: Pass, done: Step | undefined): StepSummary => ({
  ...{ pass: pass.id, label: pass.label, editCnt: done?.edits.cnt ?? null },
  slotCnt: done === undefined ? null : slotCnt(done.patched.program),
});

interface ShownStep extends Pick<Step, 'pass' | 'before' | 'edits' | 'rndUsed'> {
  readonly idx: number;
  readonly result: Result<Patched, PatchError>;
}

/** The step asked for, or the one that was refused before it was reached. */
function shownStep(steps: Steps, wanted: number): ShownStep {
  const { done, refused, program } = steps;
  const idx = Math.min(wanted, refused === null ? done.length - 1 : done.length);
  if (idx < done.length) return { ...done[idx], idx, result: ok(done[idx].patched) };
  assert(refused !== null, 'a step that was not done was refused');
  return { ...refused, before: program, idx, result: err(refused.error) };
}

export function run(input: RunInput): RunOutput {
  const ready = prepare(input.source);
  if (!ready.ok) return ready;
  const { assembly, source, auxSource } = ready;
  const { patchPoints, setting } = assembly;
  const names = { ...input, passes: input.pass.split(',') };
  const { asked, diagnostics: more } = askedFor(names, assembly, source);
  const diagnostics = [...ready.diagnostics, ...more];
  if (asked === null) return { ok: false, assembly, diagnostics };

  const { passes, algorithm, profile } = asked;
  const layer = input.layer ?? 'verifier';
  const steps = runSteps({
    ...{ source, setting, passes, layer, patchPoints, needsZext: true },
    ...{ algorithm: ALGORITHMS[0], rules: profile.rules, rnd: splitmix32(input.seed) },
  });
  const { idx, pass, edits, rndUsed, result, ...shown } = shownStep(steps, input.step ?? passes.length - 1);
  const wrong = result.ok ? null : pointProblems(pass, patchPoints, result.error);
  if (wrong) return { ok: false, assembly, diagnostics: [...diagnostics, ...wrong] };
  // The core layer carries no aux: what is shown before is what the algorithm is given.
  const before = layer === 'core' ? { ...shown.before, aux: null } : shown.before;
  return {
    ...{ ok: true, assembly, source, before, auxSource, diagnostics },
    ...{ pass: pass.id, step: idx, algorithm: algorithm.id, layer, semantics: profile.id },
    ...{ edits, result, rndUsed },
    steps: passes.map((one, k) => summaryOf(one, steps.done[k])),
    deviations: deviationsFor(profile, before, edits, layer, result),
    trace: traceOf(before, edits, algorithm.style, result.ok ? result.value : result.error, layer),
    through: result.ok ? throughOf(steps, idx) : null,
  };
}

/**
 * Let every algorithm do what was run, and compare. Those that would take too long are left out, and named.
 * `report` hears of each algorithm as it begins.
 */
export const agreement = (
  output: RunDone,
  report: (progress: Progress) => void = () => {},
  budget = DEFAULT_BUDGET,
): Agreement => agreementOf(ALGORITHMS, output.before, output.edits, output.layer, budget, report);

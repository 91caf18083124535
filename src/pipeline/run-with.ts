/**
 * One run, as the page shows it: the passes before the one shown are carried out, and of the one shown everything is
 * kept that a picture needs.
 */

import type { Assembly } from '../asm/assembly.ts';
import { assert } from '../base/assert.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { splitmix32 } from '../base/random.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Pass } from '../passes/pass.ts';
import type { Algorithm, Layer, PatchError, Patched } from '../patch/algorithm.ts';
import type { EditList } from '../patch/ops.ts';
import type { Remap } from '../patch/remap.ts';
import { stream } from '../patch/stream.ts';
import type { Trace } from '../patch/trace.ts';
import { traceOf } from '../patch/trace-build.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { askedFor, pointProblems } from './asked.ts';
import { withGiven } from './given.ts';
import type { Known, Rules } from './known.ts';
import { prepare, type Ready, type RunStopped } from './prepare.ts';
import type { RecipeReady, RunRecipe } from './recipe-run.ts';
import { type Sharing, sharingOf } from './sharing.ts';
import { runSteps, type Step, type Steps } from './steps.ts';

export interface RunInput {
  readonly source: string;
  /** A generated program by its recipe (recipes/spec.ts), which then counts in place of the source. */
  readonly recipe?: string;
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
  readonly why: string;
  /** Patches it makes and slots it leaves; null: not reached, because a pass before it was refused. */
  readonly editCnt: number | null;
  readonly slotCnt: number | null;
  /** Whether it could go on with the list of the pass before it, and why or why not; null: the first. */
  readonly sharing: Sharing | null;
}

export interface RunDone {
  readonly ok: true;
  /** What the program was made from; null: from the source. */
  readonly recipe: RunRecipe | null;
  /** There is no text behind the program: it can be read and not edited, and `assembly` knows no places. */
  readonly isListed: boolean;
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
  /** The one shown; what is computed with is always `stream`. */
  readonly algorithm: string;
  readonly layer: Layer;
  readonly semantics: string;
  readonly edits: EditList;
  /** A refusal is a result like any other: it has a trace, and is shown. Only -EINVAL of patch points stops the run. */
  readonly result: Result<Patched, PatchError>;
  readonly trace: Trace;
  /** For each of the passes that were carried out: where an insn of the source stands after it. */
  readonly throughs: readonly Pick<Remap, 'outer' | 'heir'>[];
  readonly rndUsed: number;
}
export type RunOutput = RunStopped | RunDone;

function summariesOf(passes: readonly Pass[], done: readonly Step[]): StepSummary[] {
  const sharing = sharingOf(passes);
  return passes.map(({ id, label, why }, k) => {
    const step = k < done.length ? done[k] : null;
    const editCnt = step?.edits.cnt ?? null;
    return {
      ...{ pass: id, label, why, editCnt, slotCnt: step && slotCnt(step.patched.program) },
      sharing: k > 0 ? sharing[k - 1] : null,
    };
  });
}

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

type ReadyToRun = Ready & (Pick<RecipeReady, 'recipe' | 'given'> | { recipe: null; given: null });

/** What a run needs of those it may name; its algorithm is only shown (see `RunDone`). */
export type KnownToRun = Known<Pick<Algorithm, 'id' | 'style'>, Rules> & {
  /** Built and made ready for a run, or what is wrong with the spec. */
  readyOfRecipe(spec: string): RecipeReady | RunStopped;
};

/** The program of the recipe, if one is asked for, or that of the text. */
export function readyOf(
  { source, recipe = '' }: Pick<RunInput, 'source' | 'recipe'>,
  known: Pick<KnownToRun, 'readyOfRecipe'>,
): ReadyToRun | RunStopped {
  if (recipe !== '') return known.readyOfRecipe(recipe);
  const ready = prepare(source);
  return ready.ok ? { ...ready, recipe: null, given: null } : ready;
}

/** Runs what `input` asks for, as far as it names things that are `known`. */
export function runWith(known: KnownToRun, input: RunInput): RunOutput {
  const ready = readyOf(input, known);
  if (!ready.ok) return ready;
  const { assembly, source, auxSource } = ready;
  const { patchPoints, setting } = assembly;
  const names = { ...input, passes: input.pass.split(',') };
  const { asked, diagnostics: more } = askedFor(known, names, assembly, source);
  const diagnostics = [...ready.diagnostics, ...more];
  if (asked === null) return { ok: false, assembly, diagnostics };

  const { algorithm, profile, kernel } = asked;
  const passes = withGiven(asked.passes, ready.given);
  const layer = input.layer ?? 'verifier';
  const steps = runSteps({
    ...{ source, setting, passes, layer, patchPoints, kernel, needsZext: true },
    ...{ algorithm: stream, rules: profile.rules, rnd: splitmix32(input.seed) },
  });
  const shown = shownStep(steps, input.step ?? passes.length - 1);
  const { idx, pass, edits, rndUsed, result } = shown;
  const wrong = result.ok ? null : pointProblems(pass, patchPoints, result.error);
  if (wrong) return { ok: false, assembly, diagnostics: [...diagnostics, ...wrong] };
  // The core layer carries no aux: what is shown before is what the algorithm is given.
  const before = layer === 'core' ? { ...shown.before, aux: null } : shown.before;
  return {
    ...{ ok: true, assembly, source, before, auxSource, diagnostics },
    ...{ recipe: ready.recipe, isListed: ready.recipe !== null && ready.recipe.text === null },
    ...{ pass: pass.id, step: idx, algorithm: algorithm.id, layer, semantics: profile.id },
    ...{ edits, result, rndUsed },
    steps: summariesOf(passes, steps.done),
    trace: traceOf(before, edits, algorithm.style, result.ok ? result.value : result.error, layer),
    throughs: steps.done.map(({ through: { outer, heir } }) => ({ outer, heir })),
  };
}

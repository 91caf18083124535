/** What a run or a chain asks for by name, looked up; an unknown name is a problem like any other. */
import type { Assembly } from '../asm/assembly.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { regTypeNumber } from '../kernel/reg-types.ts';
import { checkPatchPoints } from '../passes/check-points.ts';
import type { HandEdit, Pass } from '../passes/pass.ts';
import type { PatchError } from '../patch/algorithm.ts';
import type { Program } from '../program/program.ts';
import type { Known, Rules } from './known.ts';
import { hasErrors } from './prepare.ts';
import { kernelOf } from './profile-kernel.ts';

export interface Names {
  /** Ids of passes and pipelines. */
  readonly passes: readonly string[];
  readonly algorithm: string;
  /** A profile; 'engine' unless said otherwise. */
  readonly semantics?: string;
}

/** `Way` and `Whose`: as much of an algorithm and of a profile as is wanted. */
export interface Asked<Way, Whose> {
  readonly passes: readonly Pass[];
  readonly algorithm: Way;
  readonly profile: Whose;
  readonly kernel: Kernel;
}

const problem = (code: string, message: string, hint?: string): Diagnostic => ({
  ...{ code, severity: 'error', from: 0, to: 0, message },
  ...(hint === undefined ? {} : { hint }),
});

const unknown = (what: string, id: string, known: readonly { id: string }[]): Diagnostic =>
  problem(
    `unknown-${what}`,
    `there is no ${what} "${id}" here`,
    `choose one of ${known.map((one) => one.id).join(', ')}`,
  );

const NO_PROG_TYPE: Diagnostic = {
  ...{ code: 'no-prog-type', severity: 'warning', from: 0, to: 0 },
  message: 'the text does not say what type of program this is, so accesses to the context stay as they are',
  hint: 'begin with a line such as `.prog tc`',
};

const PTR_TO_CTX = regTypeNumber('ctx');
const readsCtx = ({ aux }: Program): boolean => aux?.records.ptrType.includes(PTR_TO_CTX) ?? false;

/** What is asked for of what is `known`, or the problems with it. */
export function askedFor<Way extends { readonly id: string }, Whose extends Rules>(
  known: Known<Way, Whose>,
  names: Names,
  { patchPoints, setting }: Assembly,
  source: Program,
): { readonly asked: Asked<Way, Whose> | null; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const { profiles, algorithms } = known;
  const semantics = names.semantics ?? profiles[0].id;
  const profile = profiles.find(({ id }) => id === semantics);
  if (!profile) diagnostics.push(unknown('semantics', semantics, profiles));
  const passes = known.passesNamed(names.passes, profile?.rules);
  if (!passes.ok) diagnostics.push(unknown('pass', passes.error, known.passes));
  else if (passes.value.some((pass, k) => k > 0 && pass.id === 'edits') && patchPoints.length > 0)
    diagnostics.push(
      problem('edits-first', 'the pass "edits" must come first: patch points name insns of the text'),
    );
  else if (passes.value[0]?.id === 'edits') diagnostics.push(...checkPatchPoints(source, patchPoints));
  const algorithm = algorithms.find(({ id }) => id === names.algorithm);
  if (!algorithm) diagnostics.push(unknown('algorithm', names.algorithm, algorithms));
  if (
    passes.ok &&
    passes.value.some(({ id }) => id === 'ctx_access') &&
    setting.progType === 0 &&
    readsCtx(source)
  )
    diagnostics.push(NO_PROG_TYPE);
  if (!passes.ok || !algorithm || !profile || hasErrors(diagnostics)) return { asked: null, diagnostics };
  return { asked: { passes: passes.value, algorithm, profile, kernel: kernelOf(profile) }, diagnostics };
}

/** A refusal of patch points is a mistake in the text, and said there; null: the refusal is not theirs. */
export function pointProblems(
  pass: Pass,
  points: readonly HandEdit[],
  error: PatchError,
): Diagnostic[] | null {
  if (pass.id !== 'edits' || error.code !== 'EINVAL') return null;
  // The pass makes one edit of each point, in order; the two points of a patched 64-bit constant are one directive.
  const asked = new Map<number, HandEdit>();
  for (const k of error.edits) if (points[k]) asked.set(points[k].from, points[k]);
  if (asked.size === 0) return null;
  const hint =
    asked.size > 1
      ? 'These patch points cannot stand together: keep one of them.'
      : 'Patch only insns that the program has, and jump only to those.';
  return Array.from(asked.values(), ({ from, to }) => ({
    ...{ code: 'einval', severity: 'error' as const, from, to, message: error.message, hint },
  }));
}

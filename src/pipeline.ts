/**
 * The app in one sentence, wherever it runs:
 *
 *   text ─assemble→ Program ─analyse→ Facts, aux ─pass→ edits ─algorithm→ result ─→ trace
 *
 * `run` does it for one pass and keeps everything a picture needs; `chain` does it for several passes in a row;
 * `agreement` lets every algorithm do the same work and compares.
 */
import { AUX_SOURCE, auxOf, type SourcedAux } from './analysis/aux.ts';
import { type Facts, factsOf, factsOfAux } from './analysis/facts.ts';
import { assemble } from './asm/assemble.ts';
import type { Assembly } from './asm/assembly.ts';
import type { Diagnostic } from './base/diagnostic.ts';
import type { Progress } from './base/progress.ts';
import { splitmix32 } from './base/random.ts';
import { ok, type Result } from './base/result.ts';
import { checkPatchPoints } from './passes/check-points.ts';
import { PASSES, passById } from './passes/index.ts';
import { countedRnd, type HandEdit, type Pass, passContext } from './passes/pass.ts';
import { type Agreement, agreementOf, DEFAULT_BUDGET } from './patch/agreement.ts';
import type { Layer, PatchError, Patched } from './patch/algorithm.ts';
import { applyEdits } from './patch/apply-edits.ts';
import { ALGORITHMS, algorithmById } from './patch/index.ts';
import type { EditList } from './patch/ops.ts';
import type { Trace } from './patch/trace.ts';
import { traceOf } from './patch/trace-build.ts';
import { makeProgram, type Program } from './program/program.ts';

export type { Agreement } from './patch/agreement.ts';
export { ALGORITHMS, AUX_SOURCE, PASSES };

/** What there is to choose, as plain data: a page that asks a worker for it need not carry the code. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** One sentence. */
  readonly why: string;
}
export interface Catalog {
  readonly passes: readonly Choice[];
  readonly algorithms: readonly Choice[];
}
const choiceOf = ({ id, label, why }: Choice): Choice => ({ id, label, why });
export const CATALOG: Catalog = { passes: PASSES.map(choiceOf), algorithms: ALGORITHMS.map(choiceOf) };

const DEFAULT_LAYER: Layer = 'verifier';

export interface RunInput {
  readonly source: string;
  /** Ids are strings as they stand in links: what they name may be gone. */
  readonly pass: string;
  readonly algorithm: string;
  readonly seed: number;
  /**
   * 'verifier' unless said otherwise, whatever the pass: a page and `run` show a whole program with its aux. 'core'
   * is one function as older kernels give it to blinding (SEMANTICS 6, M2): aux and subprograms stay behind.
   */
  readonly layer?: Layer;
}

/** The text, or what it asks for, is wrong: nothing behind the assembly was computed. */
export interface RunStopped {
  readonly ok: false;
  readonly assembly: Assembly;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RunDone {
  readonly ok: true;
  readonly assembly: Assembly;
  /** The assembled program with aux. */
  readonly before: Program;
  readonly auxSource: SourcedAux['source'];
  readonly facts: Facts;
  /** Warnings only. */
  readonly diagnostics: readonly Diagnostic[];
  /** Ids, because a run crosses threads. */
  readonly pass: string;
  /** The one shown; what is computed with is always the first of ALGORITHMS. */
  readonly algorithm: string;
  readonly layer: Layer;
  readonly edits: EditList;
  /** A refusal is a result like any other: it has a trace, and is shown. Only -EINVAL of patch points stops the run. */
  readonly result: Result<Patched, PatchError>;
  readonly trace: Trace;
  readonly rndUsed: number;
}
export type RunOutput = RunStopped | RunDone;

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

const unknown = (what: string, id: string, known: readonly { id: string }[]): Diagnostic => ({
  code: `unknown-${what}`,
  severity: 'error',
  from: 0,
  to: 0,
  message: `there is no ${what} "${id}" here`,
  hint: `choose one of ${known.map((one) => one.id).join(', ')}`,
});

interface Ready {
  readonly ok: true;
  readonly assembly: Assembly;
  readonly before: Program;
  readonly auxSource: SourcedAux['source'];
  readonly facts: Facts;
  readonly diagnostics: readonly Diagnostic[];
}

/** A refusal of patch points is a mistake in the text, and said there; null: the refusal is not theirs. */
function pointProblems(pass: Pass, points: readonly HandEdit[], error: PatchError): Diagnostic[] | null {
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

/** The verifier looks once: where there are records, what a pass asks about is what they say now. */
const factsNow = (program: Program): Facts => (program.aux ? factsOfAux(program.aux) : factsOf(program));

/** Assembled and analysed, or stopped by errors; limits on size are the assembler's. */
function prepare(source: string): Ready | RunStopped {
  const { value: assembly, diagnostics } = assemble(source);
  if (hasErrors(diagnostics)) return { ok: false, assembly, diagnostics };
  const facts = factsOf(assembly.program);
  const { columns, source: auxSource } = auxOf(assembly.program, facts, assembly.auxGiven);
  const { insns, lineInfo, subprogs, strings } = assembly.program;
  const before = makeProgram({ insns, lineInfo, subprogs, strings, aux: columns });
  return { ok: true, assembly, before, auxSource, facts: factsNow(before), diagnostics };
}

export function run(input: RunInput): RunOutput {
  const ready = prepare(input.source);
  if (!ready.ok) return ready;
  const { assembly, before, facts } = ready;
  const pass = passById(input.pass);
  const algorithm = algorithmById(input.algorithm);
  const diagnostics = [...ready.diagnostics];
  if (!pass) diagnostics.push(unknown('pass', input.pass, PASSES));
  else if (pass.id === 'edits') diagnostics.push(...checkPatchPoints(before, assembly.patchPoints));
  if (!algorithm) diagnostics.push(unknown('algorithm', input.algorithm, ALGORITHMS));
  if (!pass || !algorithm || hasErrors(diagnostics)) return { ok: false, assembly, diagnostics };

  const layer = input.layer ?? DEFAULT_LAYER;
  // The core layer carries no aux: what is shown before is what the algorithm is given.
  const shown = layer === 'core' ? { ...before, aux: null } : before;
  const { rnd, used } = countedRnd(splitmix32(input.seed));
  const { patchPoints, setting } = assembly;
  const edits = pass.run(before, passContext({ facts, rnd, setting, patchPoints }));
  const result = applyEdits(ALGORITHMS[0], shown, edits, layer);
  const wrong = result.ok ? null : pointProblems(pass, assembly.patchPoints, result.error);
  if (wrong) return { ok: false, assembly, diagnostics: [...diagnostics, ...wrong] };
  const trace = traceOf(shown, edits, algorithm.style, result.ok ? result.value : result.error, layer);
  const rndUsed = used();
  const ids = { pass: pass.id, algorithm: algorithm.id };
  return { ...ready, ...ids, before: shown, diagnostics, layer, edits, result, trace, rndUsed };
}

export interface ChainInput {
  readonly source: string;
  readonly passes: readonly string[];
  readonly algorithm: string;
  readonly seed: number;
  readonly layer?: Layer;
}

export interface ChainStep {
  readonly pass: string;
  readonly editCnt: number;
  readonly rndUsed: number;
}

export type ChainOutput =
  | RunStopped
  | {
      readonly ok: true;
      readonly assembly: Assembly;
      readonly before: Program;
      readonly diagnostics: readonly Diagnostic[];
      readonly steps: readonly ChainStep[];
      /** After the last pass, or why the pass behind `steps` was refused. */
      readonly result: Result<Program, PatchError>;
    };

/** The passes that a list of ids names, or what is wrong with the list. */
function passesOf(ids: readonly string[], points: readonly HandEdit[]): Pass[] | Diagnostic {
  const passes: Pass[] = [];
  for (const id of ids) {
    const pass = passById(id);
    if (!pass) return unknown('pass', id, PASSES);
    if (id === 'edits' && passes.length > 0 && points.length > 0) {
      const message = 'the pass "edits" must come first: patch points name insns of the text';
      return { code: 'edits-first', severity: 'error', from: 0, to: 0, message };
    }
    passes.push(pass);
  }
  return passes;
}

/** Several passes, each on what the one before it left; random numbers run on from pass to pass. */
export function chain(input: ChainInput): ChainOutput {
  const ready = prepare(input.source);
  if (!ready.ok) return ready;
  const { assembly, before } = ready;
  const diagnostics = [...ready.diagnostics];
  const passes = passesOf(input.passes, assembly.patchPoints);
  if (!Array.isArray(passes)) diagnostics.push(passes);
  else if (input.passes.includes('edits'))
    diagnostics.push(...checkPatchPoints(before, assembly.patchPoints));
  const algorithm = algorithmById(input.algorithm);
  if (!algorithm) diagnostics.push(unknown('algorithm', input.algorithm, ALGORITHMS));
  if (!Array.isArray(passes) || !algorithm || hasErrors(diagnostics))
    return { ok: false, assembly, diagnostics };

  const layer = input.layer ?? DEFAULT_LAYER;
  const random = splitmix32(input.seed);
  const steps: ChainStep[] = [];
  const done = { ok: true, assembly, before, diagnostics, steps } as const;
  let program = before;
  for (const pass of passes) {
    const { rnd, used } = countedRnd(random);
    const { patchPoints, setting } = assembly;
    const context = passContext({ facts: factsNow(program), rnd, setting, patchPoints });
    const edits = pass.run(program, context);
    const result = applyEdits(algorithm, program, edits, layer);
    if (!result.ok) {
      const wrong = pointProblems(pass, assembly.patchPoints, result.error);
      if (wrong) return { ok: false, assembly, diagnostics: [...diagnostics, ...wrong] };
      return { ...done, result };
    }
    program = result.value.program;
    steps.push({ pass: pass.id, editCnt: edits.cnt, rndUsed: used() });
  }
  return { ...done, result: ok(program) };
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

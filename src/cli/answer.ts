/** What `apply` answers to one case: the case run through an algorithm, and the result as one line of JSON. */
import { factsOfAux } from '../analysis/facts.ts';
import { err, ok, type Result } from '../base/result.ts';
import { PASSES } from '../passes/index.ts';
import { type CountedRnd, countedRnd, type Pass, type PassContext, passContext } from '../passes/pass.ts';
import { PIPELINES, passesNamed } from '../passes/pipelines.ts';
import type { Algorithm, OpenOptions, PatchError } from '../patch/algorithm.ts';
import { editsFromOps } from '../patch/edit-list.ts';
import { type Told, toldOf } from '../patch/faithful/faithful.ts';
import type { EditList } from '../patch/ops.ts';
import type { PassRules } from '../patch/rules.ts';
import { noWork, WORK_KINDS, type Work } from '../patch/work.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Case } from './case.ts';
import { auxRows, insnRows } from './rows.ts';

export interface Answer {
  readonly program: Program;
  readonly work: Work;
  readonly rndUsed: number | undefined;
  /** Of an algorithm that behaves as a kernel or the RFC did; null for those that follow our own rules. */
  readonly told: Told | null;
}

/** Refused by a rule, or nothing we can answer: then the command fails at its end. */
export type Refusal =
  | { readonly kind: 'refused'; readonly errno: number; readonly rndUsed: number | undefined }
  | { readonly kind: 'cannot'; readonly errno: number; readonly message: string };

const EOPNOTSUPP = 95;

/** What the verifier found out, as the case's records have it; without records every insn was seen. */
function factsOf(program: Program): PassContext['facts'] {
  if (program.aux !== null) return factsOfAux(program.aux);
  const cnt = slotCnt(program);
  return { seen: new Uint8Array(cnt).fill(1), zextDst: new Uint8Array(cnt) };
}

interface Run {
  program: Program;
  readonly work: Work;
  told: Told | null;
}

/** What several lists told one after the other; the map is that of the last one, and of several there is none. */
function toldTogether(before: Told | null, now: Told | null): Told | null {
  if (before === null || now === null) return now;
  return {
    ...now,
    idxMap: null,
    funcInfo: now.keepsFuncInfo ? before.funcInfo : now.funcInfo,
    overrun: before.overrun + now.overrun,
    oob: before.oob + now.oob,
  };
}

/** One list of edits, written out: the next pass reads a finished program. */
function runStep(one: Case, algorithm: Algorithm, run: Run, edits: EditList): PatchError | null {
  const { layer, linfoIdx } = one;
  const options: OpenOptions = linfoIdx === undefined ? { layer } : { layer, linfoIdx };
  const patching = algorithm.open(run.program, options);
  const applied = patching.apply(edits);
  if (!applied.ok) return applied.error;
  const patched = patching.finish();
  if (!patched.ok) return patched.error;
  run.program = patched.value.program;
  run.told = toldTogether(run.told, toldOf(patched.value));
  for (const kind of WORK_KINDS) run.work[kind] += patched.value.work[kind];
  return null;
}

const unknownPass = (id: string): string =>
  `there is no pass "${id}"; there are ${[...PASSES, ...PIPELINES].map((one) => one.id).join(', ')}`;

/** What the caller of a pass hears of a refusal: kernels have lost the reason by then. */
const errnoOfPass = (error: PatchError, pass: Pass, rules: PassRules): number =>
  error.code === 'ERANGE' && pass.layer === 'verifier' ? rules.rangeErrno : error.errno;

export function answerCase(one: Case, algorithm: Algorithm, rules: PassRules): Result<Answer, Refusal> {
  const run: Run = { program: one.program, work: noWork(), told: null };
  if (one.pass === undefined) {
    const refused = runStep(one, algorithm, run, editsFromOps(one.ops));
    return refused
      ? err({ kind: 'refused', errno: refused.errno, rndUsed: undefined })
      : ok({ ...run, rndUsed: undefined });
  }
  const passes = passesNamed([one.pass], rules);
  if (!Array.isArray(passes))
    return err({ kind: 'cannot', errno: -EOPNOTSUPP, message: unknownPass(passes.unknown) });
  const { rnd } = one;
  // Taken in order, and again from the first when they are used up.
  const numbers: CountedRnd = countedRnd(() =>
    rnd.length === 0 ? 0 : rnd[(numbers.used() - 1) % rnd.length],
  );
  const rndUsed = () => (rnd.length > 0 ? numbers.used() : undefined);
  for (const pass of passes) {
    const facts = factsOf(run.program);
    const { verifierZext, needsZext } = one;
    const context = passContext({ facts, rules, rnd: numbers.rnd, verifierZext, needsZext });
    const refused = runStep(one, algorithm, run, pass.run(run.program, context));
    if (refused)
      return err({ kind: 'refused', errno: errnoOfPass(refused, pass, rules), rndUsed: rndUsed() });
  }
  return ok({ ...run, rndUsed: rndUsed() });
}

/** What only faithful algorithms have to say. */
const toldJson = ({ idxMap, overrun, oob }: Told) => ({
  ...(idxMap !== null && { idx_map: [...idxMap] }),
  ...(overrun > 0 && { overrun }),
  ...(oob > 0 && { oob }),
});

/** In the form of the conformance cases: subprogram starts end with the marker, which has no entry in the tables. */
export function answerJson(one: Case, answer: Answer, withWork: boolean, semantics: string): string {
  const { program, told } = answer;
  const { insnOff, file, line, col } = program.lineInfo;
  const { start, ident, linfoIdx } = program.subprogs;
  return JSON.stringify({
    id: one.id,
    ok: true,
    insns: insnRows(program),
    line_info: Array.from(insnOff, (at, k) => [at, file[k], line[k], col[k]]),
    ...(one.layer === 'verifier' && {
      subprogs: [...start, slotCnt(program)],
      subprog_ident: [...ident],
      subprog_linfo_idx: [...linfoIdx, 0],
      func_info: [...(told?.funcInfo ?? ident)],
      aux: auxRows(program),
    }),
    ...(told !== null && toldJson(told)),
    rnd_used: answer.rndUsed,
    work: withWork ? answer.work : undefined,
    semantics,
  });
}

/** What `apply` answers to one case: the case run through an algorithm, and the result as one line of JSON. */
import { type Facts, factsOfAux } from '../analysis/facts.ts';
import { ERRNO } from '../base/errno.ts';
import { err, ok, type Result } from '../base/result.ts';
import { PASSES } from '../passes/index.ts';
import { PIPELINES, passesNamed } from '../passes/pipelines.ts';
import type { Algorithm } from '../patch/algorithm.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import { editsFromOps } from '../patch/edit-list.ts';
import { type Told, toldOf } from '../patch/faithful/faithful.ts';
import { errnoOf, type PassRules } from '../patch/rules.ts';
import type { Work } from '../patch/work.ts';
import { runSteps } from '../pipeline/steps.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { NO_SETTING } from '../program/setting.ts';
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

/** What the verifier found out, as the case's records have it; without records every insn was seen. */
function factsOf(program: Program): Facts {
  if (program.aux !== null) return factsOfAux(program.aux);
  const cnt = slotCnt(program);
  return { seen: new Uint8Array(cnt).fill(1), zextDst: new Uint8Array(cnt) };
}

const unknownPass = (id: string): string =>
  `there is no pass "${id}"; there are ${[...PASSES, ...PIPELINES].map((one) => one.id).join(', ')}`;

/** The case's numbers in their order, and again from the first when they are used up. */
function rndOf({ rnd }: Case): () => number {
  let drawn = 0;
  return () => (rnd.length === 0 ? 0 : rnd[drawn++ % rnd.length]);
}

function answerOps({ program, ops, layer, linfoIdx }: Case, algorithm: Algorithm): Result<Answer, Refusal> {
  const options = linfoIdx === undefined ? {} : { linfoIdx };
  const patched = applyEdits(algorithm, program, editsFromOps(ops), layer, options);
  if (!patched.ok) return err({ kind: 'refused', errno: patched.error.errno, rndUsed: undefined });
  const { value } = patched;
  return ok({ program: value.program, work: value.work, told: toldOf(value), rndUsed: undefined });
}

export function answerCase(one: Case, algorithm: Algorithm, rules: PassRules): Result<Answer, Refusal> {
  if (one.pass === undefined) return answerOps(one, algorithm);
  const passes = passesNamed([one.pass], rules);
  if (!passes.ok)
    return err({ kind: 'cannot', errno: -ERRNO.EOPNOTSUPP, message: unknownPass(passes.error) });
  const { layer, linfoIdx, verifierZext, needsZext } = one;
  const { done, refused, program, work, told } = runSteps({
    ...{ source: one.program, passes: passes.value, algorithm, rules, rnd: rndOf(one), layer },
    ...{ verifierZext, needsZext, setting: NO_SETTING, patchPoints: [], factsOf },
    ...(linfoIdx !== undefined && { linfoIdx }),
  });
  const drawn = [...done, ...(refused === null ? [] : [refused])];
  const rndUsed = one.rnd.length > 0 ? drawn.reduce((cnt, step) => cnt + step.rndUsed, 0) : undefined;
  if (refused === null) return ok({ program, work, told, rndUsed });
  return err({ kind: 'refused', errno: errnoOf(refused.error, refused.pass.layer, rules), rndUsed });
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

/** What `apply` answers to one case: the case run through an algorithm, and the result as one line of JSON. */
import { factsOfAux } from '../analysis/facts.ts';
import { err, ok, type Result } from '../base/result.ts';
import { passById } from '../passes/index.ts';
import { type CountedRnd, countedRnd, type Pass, type PassContext, passContext } from '../passes/pass.ts';
import type { Algorithm, PatchError, Patching } from '../patch/algorithm.ts';
import { editsFromOps } from '../patch/edit-list.ts';
import { noWork, WORK_KINDS, type Work } from '../patch/work.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Case } from './case.ts';
import { auxRows, insnRows } from './rows.ts';

/** What the conformance cases name as one pass and a kernel runs as several. */
const COMPOSITES = new Map([['pipeline', ['hard_wire', 'dead_code', 'nops']]]);

export interface Answer {
  readonly program: Program;
  readonly work: Work;
  readonly rndUsed: number | undefined;
}

/** Refused by a rule, or nothing we can answer: then the command fails at its end. */
export type Refusal =
  | { readonly kind: 'refused'; readonly error: PatchError }
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
}

/** One list of edits, written out: the next pass reads a finished program. */
function runStep(
  one: Case,
  algorithm: Algorithm,
  run: Run,
  edit: (patching: Patching) => ReturnType<Patching['apply']>,
): PatchError | null {
  const layer =
    one.linfoIdx === undefined ? { layer: one.layer } : { layer: one.layer, linfoIdx: one.linfoIdx };
  const patching = algorithm.open(run.program, layer);
  const applied = edit(patching);
  if (!applied.ok) return applied.error;
  const patched = patching.finish();
  if (!patched.ok) return patched.error;
  run.program = patched.value.program;
  for (const kind of WORK_KINDS) run.work[kind] += patched.value.work[kind];
  return null;
}

export function answerCase(one: Case, algorithm: Algorithm): Result<Answer, Refusal> {
  const run: Run = { program: one.program, work: noWork() };
  if (one.pass === undefined) {
    const refused = runStep(one, algorithm, run, (patching) => patching.apply(editsFromOps(one.ops)));
    return refused ? err({ kind: 'refused', error: refused }) : ok({ ...run, rndUsed: undefined });
  }
  const passes: Pass[] = [];
  for (const id of COMPOSITES.get(one.pass) ?? [one.pass]) {
    const pass = passById(id);
    if (!pass) return err({ kind: 'cannot', errno: -EOPNOTSUPP, message: `there is no pass ${id}` });
    passes.push(pass);
  }
  const { rnd } = one;
  // Taken in order, and again from the first when they are used up.
  const numbers: CountedRnd = countedRnd(() =>
    rnd.length === 0 ? 0 : rnd[(numbers.used() - 1) % rnd.length],
  );
  for (const pass of passes) {
    const facts = factsOf(run.program);
    const { verifierZext, needsZext } = one;
    const context = passContext({ facts, rnd: numbers.rnd, verifierZext, needsZext });
    const edits = pass.run(run.program, context);
    const refused = runStep(one, algorithm, run, (patching) => patching.apply(edits));
    if (refused) return err({ kind: 'refused', error: refused });
  }
  return ok({ ...run, rndUsed: one.rnd.length > 0 ? numbers.used() : undefined });
}

/** In the form of the conformance cases: subprogram starts end with the marker, which has no entry in the tables. */
export function answerJson(one: Case, answer: Answer, withWork: boolean): string {
  const { program } = answer;
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
      func_info: [...ident],
      aux: auxRows(program),
    }),
    rnd_used: answer.rndUsed,
    work: withWork ? answer.work : undefined,
  });
}

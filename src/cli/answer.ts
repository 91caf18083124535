/** What `apply` answers to one case: the case run through an algorithm, and the result as one line of JSON. */
import { err, ok, type Result } from '../base/result.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { passById } from '../passes/index.ts';
import { type CountedRnd, countedRnd, type Pass, type PassContext } from '../passes/pass.ts';
import type { Algorithm, PatchError, Patching } from '../patch/algorithm.ts';
import { editsFromOps } from '../patch/edit-list.ts';
import { noWork, WORK_KINDS, type Work } from '../patch/work.ts';
import { auxAt, type Program, slotCnt } from '../program/program.ts';
import type { Case } from './case.ts';

/** Passes of the conformance cases, as the steps they are made of. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  blind: ['blind'],
  zext: ['zext'],
  rnd_hi32: ['rnd_hi32'],
  dead_code: ['dead_code'],
  nops: ['nops'],
  hard_wire: ['hard_wire'],
  sanitize: ['sanitize'],
  pipeline: ['hard_wire', 'dead_code', 'nops'],
};

export interface Answer {
  readonly program: Program;
  readonly work: Work;
  readonly rndUsed: number | undefined;
}

/** Refused by a rule, or nothing we can answer: then the command fails at its end. */
export type Refusal =
  | { readonly kind: 'refused'; readonly error: PatchError }
  | { readonly kind: 'cannot'; readonly errno: number; readonly message: string };

const cannot = (errno: number, message: string) => err<Refusal>({ kind: 'cannot', errno, message });

/** What the verifier found out, as the case's records have it; without records every insn was seen. */
function factsOf(program: Program): PassContext['facts'] {
  const cnt = slotCnt(program);
  const { aux } = program;
  const seen = new Uint8Array(cnt).fill(1);
  if (aux === null) return { seen, zextDst: new Uint8Array(cnt) };
  for (let i = 0; i < cnt; i++) seen[i] = auxAt(aux, i).seen === 0 ? 0 : 1;
  return { seen, zextDst: aux.zextDst };
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
  const steps = STEPS[one.pass];
  if (steps === undefined) return cannot(-22, `there is no pass ${one.pass}`);
  const missing = steps.find((id) => passById(id) === undefined);
  if (missing !== undefined) return cannot(-95, `pass ${missing} is not built yet`);
  const { rnd } = one;
  // Taken in order, and again from the first when they are used up.
  const numbers: CountedRnd = countedRnd(() =>
    rnd.length === 0 ? 0 : rnd[(numbers.used() - 1) % rnd.length],
  );
  for (const id of steps) {
    const pass = passById(id) as Pass;
    const context = { facts: factsOf(run.program), rnd: numbers.rnd, verifierZext: one.verifierZext };
    const edits = pass.run(run.program, context);
    const refused = runStep(one, algorithm, run, (patching) => patching.apply(edits));
    if (refused) return err({ kind: 'refused', error: refused });
  }
  return ok({ ...run, rndUsed: one.rnd.length > 0 ? numbers.used() : undefined });
}

function insnsJson(insns: Int32Array): string {
  const items: string[] = new Array(insns.length / SLOT_WORDS);
  for (let w = 0; w < insns.length; w += SLOT_WORDS) {
    const w0 = insns[w];
    items[w / SLOT_WORDS] =
      `[${w0 & 0xff},${(w0 >>> 8) & 0xf},${(w0 >>> 12) & 0xf},${w0 >> 16},${insns[w + 1]}]`;
  }
  return `[${items.join(',')}]`;
}

function auxJson(program: Program): string {
  const { aux } = program;
  if (aux === null) return '[]';
  const items = Array.from({ length: slotCnt(program) }, (_, i) => {
    const one = auxAt(aux, i);
    return `[${one.origIdx},${one.seen},${one.zextDst},${one.ptrType},${one.ctxFieldSize},${one.aluState}]`;
  });
  return `[${items.join(',')}]`;
}

const column = (values: Int32Array, ...more: number[]): string => `[${[...values, ...more].join(',')}]`;

/** In the form of the conformance cases: subprogram starts end with the marker, which has no entry in the tables. */
export function answerJson(one: Case, answer: Answer, withWork: boolean): string {
  const { program } = answer;
  const { insnOff, file, line, col } = program.lineInfo;
  const lines = Array.from(insnOff, (at, k) => `[${at},${file[k]},${line[k]},${col[k]}]`);
  const { start, ident, linfoIdx } = program.subprogs;
  const parts = ['"ok":true', `"insns":${insnsJson(program.insns)}`, `"line_info":[${lines.join(',')}]`];
  if (one.id !== undefined) parts.unshift(`"id":${JSON.stringify(one.id)}`);
  if (one.layer === 'verifier') {
    parts.push(`"subprogs":${column(start, slotCnt(program))}`);
    parts.push(`"subprog_ident":${column(ident)}`);
    parts.push(`"subprog_linfo_idx":${column(linfoIdx, 0)}`);
    parts.push(`"func_info":${column(ident)}`);
    if (program.aux !== null) parts.push(`"aux":${auxJson(program)}`);
  }
  if (answer.rndUsed !== undefined) parts.push(`"rnd_used":${answer.rndUsed}`);
  if (withWork) parts.push(`"work":${JSON.stringify(answer.work)}`);
  return `{${parts.join(',')}}`;
}

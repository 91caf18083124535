/** One pass on insns and what the verifier is to have noted about them. */
import { factsOfAux } from '../../../src/analysis/facts.ts';
import { countedRnd, type Pass, type PassContext, passContext } from '../../../src/passes/pass.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { opAt } from '../../../src/patch/edit-list.ts';
import type { PatchOp } from '../../../src/patch/ops.ts';
import { stream } from '../../../src/patch/stream.ts';
import { type AuxColumns, auxColumns, makeProgram, type Program } from '../../../src/program/program.ts';

type Known = Partial<Pick<AuxColumns, 'seen' | 'zextDst' | 'ptrType'>>;

/** A program whose records say that all was seen, but for what `known` says. */
export function programWith(insns: Int32Array, known: Known = {}): Program {
  const n = insns.length / 2;
  return makeProgram({ insns, aux: auxColumns(n, { seen: new Int32Array(n).fill(1), ...known }) });
}

export interface Passed {
  readonly ops: readonly PatchOp[];
  readonly program: Program;
  readonly rndUsed: number;
}

export function passed(
  pass: Pass,
  program: Program,
  ctx: Partial<PassContext> & { readonly rnd?: () => number } = {},
): Passed {
  const { rnd, used } = countedRnd(ctx.rnd ?? (() => 0x5a5a5a5a));
  const facts = program.aux ? factsOfAux(program.aux) : null;
  if (facts === null) throw new Error('a program without records');
  const edits = pass.run(program, passContext({ facts, ...ctx, rnd }));
  const result = applyEdits(stream, program, edits, pass.layer);
  if (!result.ok) throw new Error(result.error.message);
  const ops = Array.from({ length: edits.cnt }, (_, k) => opAt(edits, k));
  return { ops, program: result.value.program, rndUsed: used() };
}

/**
 * Several passes over one list. Would catch: a list that gives another program than linearizing between, a pass that
 * asks for more than it says or puts insns though it says it does not, and a look at a list that changes it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOfAux } from '../../src/analysis/facts.ts';
import { FLOW, flowOf } from '../../src/isa/flow.ts';
import { PASSES, passById } from '../../src/passes/index.ts';
import { passContext } from '../../src/passes/pass.ts';
import { agree } from '../../src/patch/agree.ts';
import { applyEdits } from '../../src/patch/apply-edits.ts';
import { composeRemap, identityRemap } from '../../src/patch/compose.ts';
import { editsFromOps, opAt } from '../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../src/patch/index.ts';
import { EDIT, type EditList } from '../../src/patch/ops.ts';
import { noWork } from '../../src/patch/work.ts';
import { runShared } from '../../src/pipeline/shared-steps.ts';
import { addsInsns, needsOf } from '../../src/pipeline/sharing.ts';
import { runSteps } from '../../src/pipeline/steps.ts';
import { auxColumns, type Program, slotCnt } from '../../src/program/program.ts';
import { aim, opsOf, programOf, rawOps, rawProgram } from './patch-cases.ts';
import { inputFor, pipelineCase } from './pipeline-cases.ts';

/** What the edits do; where their insns lie, and what lies between, may differ. */
const opsIn = (edits: EditList) => Array.from({ length: edits.cnt }, (_, k) => opAt(edits, k));

describe.each(ALGORITHMS.map((one) => [one.id, one] as const))('%s', (_, algorithm) => {
  it('gives the same program for one list as for one each', () => {
    const together = new Set<string>();
    fc.assert(
      fc.property(pipelineCase, (one) => {
        const apart = runSteps(inputFor(one, algorithm));
        const shared = runShared(inputFor(one, algorithm));
        expect(shared.refused).toBeNull();
        expect(apart.refused).toBeNull();
        expect(shared.done.map(({ edits }) => opsIn(edits))).toEqual(
          apart.done.map(({ edits }) => opsIn(edits)),
        );
        const results = [apart, shared].map((done) => ({
          ...done,
          work: noWork(),
        }));
        expect(agree(results)).toBeNull();
        for (const [k, { pass, list, edits }] of shared.done.entries()) {
          const before = shared.done[k - 1];
          if (before?.list === list && before.edits.cnt > 0 && edits.cnt > 0) together.add(pass.id);
        }
      }),
      { numRuns: 40 },
    );
    // Passes that edited a list another one had edited.
    expect(together.size).toBeGreaterThan(2);
  });

  it('shows the program that it would give, and is not changed by being looked at', () => {
    fc.assert(
      fc.property(rawProgram, fc.array(rawOps, { maxLength: 3 }), (raw, lists) => {
        const source = programOf(raw);
        const seen = algorithm.open(source);
        const unseen = algorithm.open(source);
        let chain = { program: source, remap: identityRemap(slotCnt(source)), work: noWork() };
        for (const rawList of lists) {
          const { program, tooFar } = seen.peek();
          expect(tooFar).toBeNull();
          expect(agree([chain, { ...chain, program }])).toBeNull();
          const edits = editsFromOps(opsOf(rawList, chain.program));
          const single = applyEdits(algorithm, chain.program, edits, 'verifier');
          expect([seen.apply(edits).ok, unseen.apply(edits).ok]).toEqual([single.ok, single.ok]);
          if (single.ok) chain = { ...single.value, remap: composeRemap(chain.remap, single.value.remap) };
        }
        expect(seen.peek()).toEqual(seen.peek());
        const [one, two] = [seen.finish(), unseen.finish()];
        if (!one.ok || !two.ok) throw new Error('nothing here is too far');
        expect(agree([chain, one.value, two.value])).toBeNull();
      }),
      { numRuns: 80 },
    );
  });
});

/** The program with records that say something else, and marks as they were. */
function withOtherRecords(program: Program): Program {
  const { aux } = program;
  if (aux === null) throw new Error('a program without records');
  const n = slotCnt(program);
  return {
    ...program,
    aux: { ...aux, home: Int32Array.from({ length: n }, (_, i) => i), records: auxColumns(n) },
  };
}

/** The program with every jump leading to the insn behind the next, wherever it led. */
function withOtherDistances(program: Program): Program {
  const insns = program.insns.slice();
  for (let w = 0; w < insns.length; w += 2)
    if (flowOf(insns[w]) !== FLOW.NONE) insns.set(aim(insns[w], insns[w + 1], 1), w);
  return { ...program, insns };
}

const modest = PASSES.filter((pass) => needsOf(pass) !== 'records' || !addsInsns(pass));

describe.each(modest.map((pass) => [pass.id, pass] as const))('%s', (id, pass) => {
  const needs = needsOf(pass);
  const forms: ((program: Program) => Program)[] = [
    ...(needs === 'records' ? [] : [withOtherRecords]),
    ...(needs === 'insns' ? [withOtherDistances] : []),
  ];

  it('asks for no more than it says, and puts no insn if it says so', () => {
    let edited = 0;
    fc.assert(
      fc.property(pipelineCase, ({ source, setting, rules, patchPoints }) => {
        const editsFor = (program: Program): EditList => {
          const facts = { ...factsOfAux(program.aux!), zextDst: source.aux!.zextDst };
          const known = { facts, setting, rules, patchPoints };
          return passById(id)!.run(program, passContext({ ...known, rnd: () => 0x12345678 }));
        };
        const edits = editsFor(source);
        edited += edits.cnt;
        for (const form of forms) expect(opsIn(editsFor(form(source)))).toEqual(opsIn(edits));
        if (addsInsns(pass)) return;
        expect([...edits.kind]).not.toContain(EDIT.PREPEND);
        for (const [k, kind] of edits.kind.entries()) if (kind === EDIT.REPLACE) expect(edits.len[k]).toBe(1);
      }),
      { numRuns: 60 },
    );
    expect(edited).toBeGreaterThan(0);
  });
});

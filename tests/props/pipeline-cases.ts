/** Random pipelines: a program with the verifier's notes, some passes in any order, and what a run is told beside. */
import fc from 'fast-check';
import { splitmix32 } from '../../src/base/random.ts';
import { edits } from '../../src/passes/edits.ts';
import { PASSES } from '../../src/passes/index.ts';
import type { HandEdit, Pass } from '../../src/passes/pass.ts';
import { passesNamed } from '../../src/passes/pipelines.ts';
import type { PatchOp } from '../../src/patch/ops.ts';
import { PROFILES } from '../../src/patch/profiles.ts';
import { prepare } from '../../src/pipeline/prepare.ts';
import type { StepsInput } from '../../src/pipeline/steps.ts';
import { opsOf, type RawOp, rawOps } from './patch-cases.ts';
import { programText } from './program-texts.ts';

/** All that a run takes but the algorithm; random numbers begin anew with each. */
export type PipelineCase = Omit<StepsInput, 'algorithm' | 'rnd'> & { readonly seed: number };

/** A whole insn of 64 bits may come apart here: no pass minds, and blinding does it, too. */
const byHand = (op: PatchOp): HandEdit => ({
  ...{ kind: op.kind, at: op.at, from: 0, to: 0 },
  ...(op.kind === 'remove'
    ? { cnt: op.cnt, insns: new Int32Array(0), exits: [] }
    : { cnt: 0, insns: op.insns, exits: op.exits ?? [] }),
});

const others = PASSES.filter((pass) => pass !== edits);

/** Any order, each as often as it comes; the same ids are what one could ask for by name. */
function passesOf(ids: readonly string[], rules: PipelineCase['rules']): readonly Pass[] {
  const passes = passesNamed(ids, rules);
  if (!passes.ok) throw new Error(passes.error);
  return passes.value;
}

interface RawCase {
  readonly text: string;
  readonly ids: readonly string[];
  readonly hand: readonly RawOp[] | null;
  readonly profile: number;
  readonly seed: number;
  readonly needsZext: boolean;
}

function caseOf({ text, ids, hand, profile, seed, needsZext }: RawCase): PipelineCase {
  const ready = prepare(text);
  if (!ready.ok) throw new Error(text);
  const { rules } = PROFILES[profile];
  const ops = opsOf(hand ?? [], ready.source);
  return {
    source: ready.source,
    setting: ready.assembly.setting,
    passes: passesOf(hand ? [edits.id, ...ids] : ids, rules),
    ...{ rules, seed, needsZext, layer: 'verifier', patchPoints: ops.map(byHand) },
  };
}

/** One in four begins with edits by hand, which make of the program what no verifier would let pass. */
export const pipelineCase: fc.Arbitrary<PipelineCase> = fc
  .record({
    text: programText,
    ids: fc.array(fc.constantFrom(...others.map(({ id }) => id)), { minLength: 1, maxLength: 5 }),
    hand: fc.tuple(fc.nat(3), rawOps).map(([roll, ops]) => (roll === 0 ? ops : null)),
    profile: fc.nat(PROFILES.length - 1),
    seed: fc.nat(1000),
    needsZext: fc.boolean(),
  })
  .map(caseOf);

export const inputFor = (one: PipelineCase, algorithm: StepsInput['algorithm']): StepsInput => ({
  ...one,
  algorithm,
  rnd: splitmix32(one.seed),
});

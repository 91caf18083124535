/**
 * Passes over one list where they may share it (sharing.ts); elsewhere it is linearized between them. The program that
 * comes out is that of runSteps, which always linearizes. A pass is shown no more of a list than it says it needs, so
 * that one which says too little gives other edits here, and a test sees it.
 */
import type { Facts } from '../analysis/facts.ts';
import { err, type Result } from '../base/result.ts';
import type { Pass } from '../passes/pass.ts';
import type { PatchError, Patched } from '../patch/algorithm.ts';
import { composeRemap, identityRemap } from '../patch/compose.ts';
import type { EditList } from '../patch/ops.ts';
import type { Remap } from '../patch/remap.ts';
import { emptyLineInfo, type Program, slotCnt } from '../program/program.ts';
import { factsNow } from './prepare.ts';
import { listsOf, needsOf } from './sharing.ts';
import { editsOfPass, type StepsInput } from './steps.ts';

export interface SharedStep {
  readonly pass: Pass;
  readonly edits: EditList;
  readonly rndUsed: number;
  /** Number of the list that it worked on, from 0. */
  readonly list: number;
}

export interface SharedSteps {
  readonly done: readonly SharedStep[];
  /** Of the lists that were linearized: what came out, and where slots of the source went. */
  readonly program: Program;
  readonly remap: Remap;
  /** The pass whose edits were refused, or behind which the list could not be linearized. */
  readonly refused: (SharedStep & { readonly error: PatchError }) | null;
}

interface Shown {
  readonly program: Program;
  readonly facts: Facts;
}

/** In the core layer there are no records, and a static look stands in for them as always. */
function shownTo(pass: Pass, program: Program): Shown {
  const { aux } = program;
  if (needsOf(pass) === 'records' || aux === null) return { program, facts: factsNow(program) };
  const seen = new Uint8Array(slotCnt(program)).fill(1);
  return {
    program: { ...program, aux: null, lineInfo: emptyLineInfo(), places: [] },
    facts: { seen, zextDst: aux.zextDst },
  };
}

interface OneList {
  readonly done: readonly SharedStep[];
  readonly result: Result<Patched, PatchError>;
}

/** A distance too long for its field is refused when a pass must be told of it, else at the end, if it still is. */
function runList(input: StepsInput, source: Program, passes: readonly Pass[], list: number): OneList {
  const patching = input.algorithm.open(source, { layer: input.layer });
  const done: SharedStep[] = [];
  for (const pass of passes) {
    let shown: Shown = { program: source, facts: factsNow(source) };
    if (done.length > 0) {
      const { program, tooFar } = patching.peek();
      if (tooFar !== null && needsOf(pass) !== 'insns') return { done, result: err(tooFar) };
      shown = shownTo(pass, program);
    }
    const step = { pass, ...editsOfPass(input, pass, shown.program, shown.facts), list };
    done.push(step);
    const applied = patching.apply(step.edits);
    if (!applied.ok) return { done, result: applied };
  }
  return { done, result: patching.finish() };
}

export function runShared(input: StepsInput): SharedSteps {
  let program = input.source;
  let remap = identityRemap(slotCnt(program));
  const all: SharedStep[] = [];
  for (const [k, passes] of listsOf(input.passes).entries()) {
    const { done, result } = runList(input, program, passes, k);
    if (!result.ok) {
      const refused = { ...done[done.length - 1], error: result.error };
      return { done: [...all, ...done.slice(0, -1)], program, remap, refused };
    }
    all.push(...done);
    program = result.value.program;
    remap = composeRemap(remap, result.value.remap);
  }
  return { done: all, program, remap, refused: null };
}

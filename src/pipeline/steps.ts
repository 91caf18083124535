/**
 * Passes one after the other: each sees what the one before it left, and the random numbers run on. The remaps are
 * put together on the way, so that an insn of the source can be followed to the end.
 */
import { countedRnd, type HandEdit, type Pass, passContext } from '../passes/pass.ts';
import type { Algorithm, Layer, PatchError, Patched } from '../patch/algorithm.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import { composeRemap, identityRemap } from '../patch/compose.ts';
import type { EditList } from '../patch/ops.ts';
import type { Remap } from '../patch/remap.ts';
import type { PassRules } from '../patch/rules.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Setting } from '../program/setting.ts';
import { factsNow } from './prepare.ts';

export interface StepsInput {
  readonly source: Program;
  readonly setting: Setting;
  readonly passes: readonly Pass[];
  readonly algorithm: Algorithm;
  readonly rules: PassRules;
  readonly rnd: () => number;
  readonly needsZext: boolean;
  readonly layer: Layer;
  readonly patchPoints: readonly HandEdit[];
}

export interface Step {
  readonly pass: Pass;
  readonly before: Program;
  readonly edits: EditList;
  readonly rndUsed: number;
  readonly patched: Patched;
}

export interface Steps {
  readonly source: Program;
  readonly done: readonly Step[];
  /** The pass that was refused, behind those done. */
  readonly refused: (Pick<Step, 'pass' | 'edits' | 'rndUsed'> & { readonly error: PatchError }) | null;
  /** What the last pass done left. */
  readonly program: Program;
}

export function runSteps(input: StepsInput): Steps {
  const { setting, rules, needsZext, patchPoints } = input;
  const done: Step[] = [];
  let program = input.source;
  for (const pass of input.passes) {
    const { rnd, used } = countedRnd(input.rnd);
    const context = passContext({ facts: factsNow(program), setting, rules, rnd, needsZext, patchPoints });
    const edits = pass.run(program, context);
    const result = applyEdits(input.algorithm, program, edits, input.layer);
    const step = { pass, edits, rndUsed: used() };
    if (!result.ok) return { source: input.source, done, refused: { ...step, error: result.error }, program };
    done.push({ ...step, before: program, patched: result.value });
    program = result.value.program;
  }
  return { source: input.source, done, refused: null, program };
}

/** From slots of the source to slots of what step `idx` left. */
export function throughOf({ source, done }: Steps, idx: number): Remap {
  const remaps = done.slice(0, idx + 1).map(({ patched }) => patched.remap);
  return remaps.reduce(composeRemap, identityRemap(slotCnt(source)));
}

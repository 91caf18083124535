/**
 * Passes one after the other: each sees what the one before it left, and the random numbers run on. The remaps are
 * put together on the way, so that an insn of the source can be followed to the end.
 */
import type { Facts } from '../analysis/facts.ts';
import { type Kernel, LINUX_6_18_X86_64 } from '../kernel/kernel.ts';
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
  /** The kernel that loads the program; the one named in `kernel/` unless said otherwise. */
  readonly kernel?: Kernel;
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

/** What a pass makes of the program it is shown. */
export function editsOfPass(
  input: StepsInput,
  pass: Pass,
  program: Program,
  facts: Facts,
): Pick<Step, 'edits' | 'rndUsed'> {
  const { setting, rules, kernel = LINUX_6_18_X86_64, needsZext, patchPoints } = input;
  const { rnd, used } = countedRnd(input.rnd);
  const context = passContext({ facts, setting, rules, kernel, rnd, needsZext, patchPoints });
  return { edits: pass.run(program, context), rndUsed: used() };
}

export function runSteps(input: StepsInput): Steps {
  const done: Step[] = [];
  let program = input.source;
  for (const pass of input.passes) {
    const step = { pass, ...editsOfPass(input, pass, program, factsNow(program)) };
    const result = applyEdits(input.algorithm, program, step.edits, input.layer);
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

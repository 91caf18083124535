/**
 * Passes one after the other: each sees what the one before it left, and the random numbers run on. The remaps are
 * put together on the way, so that an insn of the source can be followed to the end.
 */
import type { Facts } from '../analysis/facts.ts';
import { type Kernel, LINUX_6_18_X86_64 } from '../kernel/kernel.ts';
import { countedRnd, type HandEdit, type Pass, passContext } from '../passes/pass.ts';
import type { Algorithm, Layer, OpenOptions, PatchError, Patched } from '../patch/algorithm.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import { composeRemap, identityRemap } from '../patch/compose.ts';
import { type Told, toldOf, toldTogether } from '../patch/faithful/faithful.ts';
import type { EditList } from '../patch/ops.ts';
import type { Remap } from '../patch/remap.ts';
import type { PassRules } from '../patch/rules.ts';
import { noWork, sumOfWork, type Work } from '../patch/work.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Setting } from '../program/setting.ts';
import { factsNow } from './prepare.ts';

export interface StepsInput extends Omit<OpenOptions, 'layer'> {
  readonly source: Program;
  readonly setting: Setting;
  readonly passes: readonly Pass[];
  readonly algorithm: Algorithm;
  readonly rules: PassRules;
  /** The kernel that loads the program; the one named in `kernel/` unless said otherwise. */
  readonly kernel?: Kernel;
  readonly rnd: () => number;
  readonly needsZext: boolean;
  /** Whether the verifier put zero extensions already, as blinding is told. */
  readonly verifierZext?: boolean;
  readonly layer: Layer;
  readonly patchPoints: readonly HandEdit[];
  /** What is known of a program that has no records; found by a static look unless said otherwise. */
  readonly factsOf?: (program: Program) => Facts;
}

export interface Step {
  readonly pass: Pass;
  readonly before: Program;
  readonly edits: EditList;
  readonly rndUsed: number;
  readonly patched: Patched;
  /** From slots of the source to slots of what this pass left. */
  readonly through: Remap;
}

export interface Steps {
  readonly source: Program;
  readonly done: readonly Step[];
  /** The pass that was refused, behind those done. */
  readonly refused: (Pick<Step, 'pass' | 'edits' | 'rndUsed'> & { readonly error: PatchError }) | null;
  /** What the last pass done left. */
  readonly program: Program;
  readonly remap: Remap;
  readonly work: Work;
  /** Of an algorithm that behaves as a kernel or the RFC did; null: of those that follow our own rules. */
  readonly told: Told | null;
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
  const { verifierZext = false } = input;
  const context = passContext({ facts, setting, rules, kernel, rnd, needsZext, verifierZext, patchPoints });
  return { edits: pass.run(program, context), rndUsed: used() };
}

export function runSteps(input: StepsInput): Steps {
  const { source, algorithm, layer, linfoIdx, factsOf = factsNow } = input;
  const options = linfoIdx === undefined ? {} : { linfoIdx };
  const done: Step[] = [];
  let program = source;
  let refused: Steps['refused'] = null;
  for (const pass of input.passes) {
    const step = { pass, ...editsOfPass(input, pass, program, factsOf(program)) };
    const result = applyEdits(algorithm, program, step.edits, layer, options);
    if (!result.ok) {
      refused = { ...step, error: result.error };
      break;
    }
    const patched = result.value;
    const last = done.at(-1);
    const through = last === undefined ? patched.remap : composeRemap(last.through, patched.remap);
    done.push({ ...step, before: program, patched, through });
    program = patched.program;
  }
  return {
    ...{ source, done, refused, program },
    remap: done.at(-1)?.through ?? identityRemap(slotCnt(source)),
    work: done.reduce((sum, { patched }) => sumOfWork(sum, patched.work), noWork()),
    told: done.reduce<Told | null>((told, { patched }) => toldTogether(told, toldOf(patched)), null),
  };
}

/** Several passes on one program, for a shell: what comes out, and what each did. */
import { splitmix32 } from '../base/random.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { Layer, PatchError } from '../patch/algorithm.ts';
import type { Remap } from '../patch/remap.ts';
import type { Program } from '../program/program.ts';
import { askedFor, pointProblems } from './asked.ts';
import { withGiven } from './given.ts';
import { EVERYTHING } from './known.ts';
import type { Ready, RunStopped } from './prepare.ts';
import { readyOfRecipe } from './recipe-run.ts';
import { readyOf } from './run-with.ts';
import { runShared, type SharedSteps } from './shared-steps.ts';
import { runSteps, type Step, type StepsInput } from './steps.ts';

export interface ChainInput {
  readonly source: string;
  /** A generated program by its recipe, which then counts in place of the source. */
  readonly recipe?: string;
  /** Ids of passes and pipelines, in order. */
  readonly passes: readonly string[];
  readonly algorithm: string;
  readonly seed: number;
  readonly layer?: Layer;
  readonly semantics?: string;
  readonly needsZext?: boolean;
  /** Go on with one list where passes may (sharing.ts); the program that comes out is the same. */
  readonly share?: boolean;
}

export interface ChainStep {
  readonly pass: string;
  readonly editCnt: number;
  readonly rndUsed: number;
  /** Number of the list that it worked on, from 0: every pass has its own, unless they share. */
  readonly list: number;
}

export type ChainOutput =
  | RunStopped
  | (Omit<Ready, 'source' | 'auxSource'> & {
      readonly before: Program;
      readonly semantics: string;
      readonly steps: readonly ChainStep[];
      /** After the last pass, or why the pass behind `steps` was refused. */
      readonly result: Result<{ readonly program: Program; readonly remap: Remap }, PatchError>;
    });

/** Every pass on a list of its own. */
function runApart(input: StepsInput): SharedSteps {
  const { done, refused, program, remap } = runSteps(input);
  const stepOf = ({ pass, edits, rndUsed }: Pick<Step, 'pass' | 'edits' | 'rndUsed'>, list: number) => {
    return { pass, edits, rndUsed, list };
  };
  return {
    done: done.map(stepOf),
    ...{ program, remap },
    refused: refused && { ...stepOf(refused, done.length), error: refused.error },
  };
}

export function chain(input: ChainInput): ChainOutput {
  const ready = readyOf(input, { readyOfRecipe });
  if (!ready.ok) return ready;
  const { assembly, source } = ready;
  const { asked, diagnostics: more } = askedFor(EVERYTHING, input, assembly, source);
  const diagnostics = [...ready.diagnostics, ...more];
  if (asked === null) return { ok: false, assembly, diagnostics };

  const { done, refused, program, remap } = (input.share ? runShared : runApart)({
    ...{ source, passes: withGiven(asked.passes, ready.given) },
    ...{ setting: assembly.setting, patchPoints: assembly.patchPoints },
    ...{
      algorithm: asked.profile.algorithm ?? asked.algorithm,
      rules: asked.profile.rules,
      kernel: asked.kernel,
    },
    rnd: splitmix32(input.seed),
    needsZext: input.needsZext ?? true,
    layer: input.layer ?? 'verifier',
  });
  const wrong = refused && pointProblems(refused.pass, assembly.patchPoints, refused.error);
  if (wrong) return { ok: false, assembly, diagnostics: [...diagnostics, ...wrong] };
  return {
    ...{ ok: true, assembly, before: source, diagnostics, semantics: asked.profile.id },
    steps: done.map(({ pass, edits, rndUsed, list }) => ({
      pass: pass.id,
      editCnt: edits.cnt,
      rndUsed,
      list,
    })),
    result: refused === null ? ok({ program, remap }) : err(refused.error),
  };
}

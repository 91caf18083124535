/**
 * A generated program on its way into a run. A small one becomes a text like any other, so that everything one can do with
 * a text can be done with it. A big one is taken as it was built: no text is written or read, and its records are the
 * recipe's own.
 */
import { assemble } from '../asm/assemble.ts';
import type { Assembly } from '../asm/assembly.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { EditList } from '../patch/ops.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { RECIPES } from '../recipes/index.ts';
import { EDITOR_SLOTS_MAX } from '../recipes/size.ts';
import { readSpec, specOf } from '../recipes/spec.ts';
import { AUX_SOURCE, prepare, type Ready, type RunStopped } from './prepare.ts';
import { recipeText } from './recipe-text.ts';

/** The recipe that a run was made from. */
export interface RunRecipe {
  /** As it is written, whatever was asked for. */
  readonly spec: string;
  readonly label: string;
  /** One line: what it stresses. */
  readonly why: string;
  /** The whole program as a text with its patch points; null: it is too big for the editor, and only listed. */
  readonly text: string | null;
}

export interface RecipeReady extends Ready {
  readonly recipe: RunRecipe;
  /** What the pass "edits" makes, where no text says it. */
  readonly given: EditList | null;
}

const said = (
  severity: Diagnostic['severity'],
  code: string,
  message: string,
  hint?: string,
): Diagnostic => ({
  ...{ code, severity, from: 0, to: 0, message },
  ...(hint === undefined ? {} : { hint }),
});

const stopped = (spec: string): RunStopped => ({
  ok: false,
  assembly: assemble('').value,
  diagnostics: [
    said(
      'error',
      'unknown-recipe',
      `there is no recipe “${spec.split('~', 1)[0]}” here`,
      `choose one of ${RECIPES.map(({ id }) => id).join(', ')}`,
    ),
  ],
});

/** No text stands behind this program, so no insn has a place in one. */
function assemblyOf(program: Program): Assembly {
  const { value } = assemble('');
  return { ...value, program };
}

/** Records that the recipe states; columns of one kind share a buffer. */
function sourceOf(program: Program): Ready['auxSource'] {
  const given = new Uint8Array(slotCnt(program)).fill(AUX_SOURCE.GIVEN);
  const unknown = new Uint8Array(slotCnt(program));
  return {
    ...{ origIdx: given, seen: given, zextDst: given, ptrType: unknown, ctxFieldSize: unknown },
    ...{ aluState: unknown, aluLimit: unknown, mapIdx: unknown, callArg: unknown },
  };
}

/** Built and made ready for a run, or what is wrong with the spec. `slotsMax`: up to here there is a text. */
export function readyOfRecipe(spec: string, slotsMax = EDITOR_SLOTS_MAX): RecipeReady | RunStopped {
  const read = readSpec(spec);
  if (read === null) return stopped(spec);
  const { recipe, ask, problems } = read;
  const { label, why } = recipe;
  const built = recipe.build(ask);
  const about = { spec: specOf(recipe, ask), label, why };
  const warnings = problems.map((message) => said('warning', 'recipe-numbers', message));
  if (slotCnt(built.program) > slotsMax) {
    const { program } = built;
    return {
      ...{ ok: true, assembly: assemblyOf(program), source: program, auxSource: sourceOf(program) },
      ...{ diagnostics: warnings, recipe: { ...about, text: null }, given: built.edits },
    };
  }
  const text = recipeText(built, recipe.pass === 'edits');
  const ready = prepare(text);
  const diagnostics = [...warnings, ...ready.diagnostics];
  if (!ready.ok) return { ...ready, diagnostics };
  return { ...ready, diagnostics, recipe: { ...about, text }, given: null };
}

/**
 * The race: three algorithms do the same edits on the same program. *Array* is what mainline Linux does today, *list*
 * what the RFC of 2019 proposed, and *batch* keeps the array and goes through it once with all edits beside it.
 */
import { assert } from '../base/assert.ts';
import type { Progress } from '../base/progress.ts';
import type { Algorithm, Layer, PatchError } from '../patch/algorithm.ts';
import { array } from '../patch/array.ts';
import { group } from '../patch/errors.ts';
import { list } from '../patch/list.ts';
import type { EditList } from '../patch/ops.ts';
import { type Race, raceOf } from '../patch/race.ts';
import { stream } from '../patch/stream.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { generateRace, LINE_EVERY, type RaceRecipe } from '../recipes/cilium.ts';
import { run } from './run.ts';
import type { RunInput } from './run-with.ts';

/** A generated program, or that of the page with the edits of the pass that it shows. */
export type RaceInput =
  | { readonly kind: 'generated'; readonly recipe: RaceRecipe }
  | { readonly kind: 'run'; readonly input: RunInput };

export type RaceOutput =
  | {
      readonly ok: true;
      readonly race: Race /** What was raced on, in a sentence. */;
      readonly about: string;
    }
  | { readonly ok: false /** Why there is no race, in a sentence. */; readonly reason: string };

const RACERS: readonly Algorithm[] = [array, list, stream];

/** Touches that an algorithm may take before it is stopped: about a second of the array's. */
export const RACE_BUDGET = 400_000_000;

const refusedText = ({ message }: PatchError): string => `These patches are refused: ${message}.`;

interface Task {
  readonly program: Program;
  readonly edits: EditList;
  readonly layer: Layer;
  readonly about: string;
}

function taskOf(input: RaceInput): Task | string {
  if (input.kind === 'generated') {
    const { n } = input.recipe;
    const generated = generateRace(input.recipe);
    const about =
      `${group(n)} insns, of them 13 % jumps with spans as in Cilium's programs, a line entry every ${LINE_EVERY}; ` +
      `${group(generated.edits.cnt)} patches of one insn to three.`;
    return { ...generated, layer: 'verifier', about };
  }
  const output = run(input.input);
  if (!output.ok) {
    const error = output.diagnostics.find(({ severity }) => severity === 'error');
    return `The program cannot be patched: ${error?.message ?? 'it has mistakes'}.`;
  }
  const { before, edits, layer, result, steps, step } = output;
  if (!result.ok) return refusedText(result.error);
  const patches = edits.cnt === 1 ? '1 patch' : `${group(edits.cnt)} patches`;
  const about = `The program of the page, ${group(slotCnt(before))} slots, and ${patches} by “${steps[step].label}”.`;
  return { program: before, edits, layer, about };
}

/** `report` hears of each algorithm while it works. */
export function race(
  input: RaceInput,
  report: (progress: Progress) => void = () => {},
  budget = RACE_BUDGET,
): RaceOutput {
  const task = taskOf(input);
  if (typeof task === 'string') return { ok: false, reason: task };
  const { program, edits, layer, about } = task;
  const raced = raceOf(RACERS, program, edits, layer, budget, report);
  assert(raced.ok, 'what was run is not refused');
  return { ok: true, race: raced.value, about };
}

/**
 * The same edits by several algorithms, side by side on one clock of touches. What each counted, part by part, is
 * taken down while it works; nothing is estimated. One that would go on beyond the budget is cut there.
 */
import { assert } from '../base/assert.ts';
import type { Progress } from '../base/progress.ts';
import { err, ok, type Result } from '../base/result.ts';
import { distanceOf, FLOW, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { agree } from './agree.ts';
import type { Algorithm, Layer, PatchError, Patched } from './algorithm.ts';
import { applyEdits } from './apply-edits.ts';
import { group } from './errors.ts';
import { type Laps, type OnLap, recordLaps } from './laps.ts';
import type { EditList } from './ops.ts';
import type { Remap } from './remap.ts';
import { type ResolvedEdits, resolveEdits } from './resolve.ts';
import { noWork, touchesOf, type Work } from './work.ts';

export interface RaceLane {
  /** Id and name of the algorithm. */
  readonly id: string;
  readonly label: string;
  readonly laps: Laps;
  /** Counters at the end, or where it was cut. */
  readonly work: Work;
  /** All touches of it. */
  readonly total: number;
  /** It was stopped at the budget before it was done, so that `total` is less than it needs. */
  readonly isCut: boolean;
}

/** Jumps and calls of the program, ascending by slot. */
export interface RaceJumps {
  readonly slot: Int32Array;
  /** Slot of the program that it leads to, at most that behind the last one. */
  readonly to: Int32Array;
  /** Slot in the result, -1: it was removed. */
  readonly pos: Int32Array;
  /** 1: its distance is another one in the result. */
  readonly changed: Uint8Array;
}

/** Everything a picture of the race needs; a plain value that crosses threads. */
export interface Race {
  /** Slots of the program before and after. */
  readonly slotCnt: number;
  readonly newSlotCnt: number;
  /** The edits in the order of the program: EDIT kind, slot, number of slots put or removed. */
  readonly edits: Pick<ResolvedEdits, 'cnt' | 'kind' | 'at' | 'len'>;
  readonly jumps: RaceJumps;
  readonly lanes: readonly RaceLane[];
  /** Touches after which an algorithm is stopped. */
  readonly budget: number;
  /** Names of the algorithms that were done and came to the same result in every column. */
  readonly same: readonly string[];
}

/** Thrown by the observer of an algorithm that has used up its budget; its state is thrown away with it. */
class Spent extends Error {}

/** What an algorithm counted, and its result; null: it was stopped before it was done. */
export interface Counted {
  readonly work: Work;
  readonly patched: Patched | null;
}

/** Runs an algorithm while it tells of its work; once `isSpent` says so, it is stopped and its state thrown away. */
export function countedRun(
  algorithm: Algorithm,
  program: Program,
  edits: EditList,
  layer: Layer,
  onLap: OnLap,
  isSpent: (work: Work) => boolean,
): Result<Counted, PatchError> {
  let counted = noWork();
  const watch: OnLap = (lap, edit, work) => {
    onLap(lap, edit, work);
    counted = work;
    if (isSpent(work)) throw new Spent();
  };
  try {
    const result = applyEdits(algorithm, program, edits, layer, { onLap: watch });
    return result.ok ? ok({ work: result.value.work, patched: result.value }) : result;
  } catch (error) {
    if (!(error instanceof Spent)) throw error;
    return ok({ work: counted, patched: null });
  }
}

interface Ran {
  readonly lane: RaceLane;
  /** Null: it was cut. */
  readonly patched: Patched | null;
}

function runLane(
  algorithm: Algorithm,
  program: Program,
  edits: EditList,
  layer: Layer,
  budget: number,
  onEdit: (edit: number) => void,
): Result<Ran, PatchError> {
  const { id, label } = algorithm;
  const recorder = recordLaps();
  const onLap: OnLap = (lap, edit, work) => {
    recorder.onLap(lap, edit, work);
    onEdit(edit);
  };
  const isSpent = (work: Work): boolean => touchesOf(work) > budget;
  const ran = countedRun(algorithm, program, edits, layer, onLap, isSpent);
  if (!ran.ok) return ran;
  const { work, patched } = ran.value;
  const lane = { id, label, laps: recorder.take(), work, total: touchesOf(work), isCut: patched === null };
  return ok({ lane, patched });
}

function jumpsOf(program: Program, { outer, inner, heir }: Remap): RaceJumps {
  const { insns } = program;
  const end = slotCnt(program);
  const slots: number[] = [];
  for (let t = 0; t < end; t++) if (flowOf(insns[t * SLOT_WORDS]) !== FLOW.NONE) slots.push(t);
  const slot = Int32Array.from(slots);
  const to = new Int32Array(slot.length);
  const pos = slot.map((t) => heir[t]);
  const changed = new Uint8Array(slot.length);
  for (const [j, t] of slots.entries()) {
    const word = t * SLOT_WORDS;
    const flow = flowOf(insns[word]);
    const distance = distanceOf(insns[word], insns[word + 1], flow);
    to[j] = Math.max(0, Math.min(end, t + 1 + distance));
    const target = (flow === FLOW.CALL ? outer : inner)[to[j]];
    changed[j] = pos[j] >= 0 && target - pos[j] !== to[j] - t ? 1 : 0;
  }
  return { slot, to, pos, changed };
}

/** `report` hears of each algorithm as it comes along. Refused edits are refused. */
export function raceOf(
  algorithms: readonly Algorithm[],
  program: Program,
  edits: EditList,
  layer: Layer,
  budget: number,
  report: (progress: Progress) => void = () => {},
): Result<Race, PatchError> {
  const resolved = resolveEdits(slotCnt(program), edits);
  if (!resolved.ok) return resolved;
  const { cnt, kind, at, len, newSlotCnt } = resolved.value;
  const lanes: RaceLane[] = [];
  const done: { readonly label: string; readonly patched: Patched }[] = [];
  for (const algorithm of algorithms) {
    const { label } = algorithm;
    const onEdit = (edit: number): void =>
      report({
        // Put together only when somebody reads it, which is once in many laps.
        get name() {
          return `${label}: patch ${group(Math.max(0, edit) + 1)} of ${group(cnt)}`;
        },
        ...{ done: lanes.length + (edit < 0 ? 0 : edit / cnt), total: algorithms.length },
      });
    const ran = runLane(algorithm, program, edits, layer, budget, onEdit);
    if (!ran.ok) return err(ran.error);
    lanes.push(ran.value.lane);
    if (ran.value.patched !== null) done.push({ label, patched: ran.value.patched });
  }
  assert(done.length > 0, 'the budget is enough for an algorithm that goes through once');
  const difference = agree(done.map(({ patched }) => patched));
  assert(difference === null, 'all algorithms come to the same result');
  return ok({
    ...{ slotCnt: slotCnt(program), newSlotCnt, lanes, budget },
    edits: { cnt, kind: kind.slice(0, cnt), at: at.slice(0, cnt), len: len.slice(0, cnt) },
    jumps: jumpsOf(program, done[0].patched.remap),
    same: done.map(({ label }) => label),
  });
}

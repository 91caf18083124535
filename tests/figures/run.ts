/** A run and what a figure needs of it, for tests of figures. */
import {
  FIRST_PICTURE,
  geometryFor,
  halfDoneAt,
  type Picture,
  type Place,
  type StageInput,
  type StepContext,
  stageInput,
} from '../../src/figures/index.ts';
import type { TableSource } from '../../src/figures/tables.ts';
import { secondSlots } from '../../src/isa/pairs.ts';
import { retargetedBy } from '../../src/patch/jump-at.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { type RunDone, run } from '../../src/pipeline/index.ts';

export function runOf(source: string, pass: string, algorithm = 'list', semantics = 'engine'): RunDone {
  const output = run({ source, pass, algorithm, seed: 1, semantics });
  if (!output.ok) throw new Error(output.diagnostics.map((d) => d.message).join('\n'));
  return output;
}

export function tableSourceOf(output: RunDone): TableSource {
  return { trace: output.trace, moments: momentsOf(output.trace), before: output.before };
}

/** What sentences about a run are made from. */
export function stepContextOf(output: RunDone, picture: Picture): StepContext {
  const { trace } = output;
  return {
    picture,
    source: tableSourceOf(output),
    ...{ passLabel: 'Pass', passWhy: 'Why.', insnAt: () => 'insn' },
    resultCnt: trace.inputCnt + trace.growth.reduce((a, b) => a + b, 0),
    retargetedBy: (op) => retargetedBy(trace, op),
  };
}

/** The stage at a place in time, all rows of it unless a window is given. */
export function stageAt(
  output: RunDone,
  place: number | Place,
  width = 820,
  window = { firstRow: 0, rowCnt: output.trace.nodeCnt },
  picture: Picture = FIRST_PICTURE,
): StageInput {
  const { trace, before } = output;
  const at = typeof place === 'number' ? { op: place, micro: 0 } : place;
  const inputSecond = secondSlots(before.insns);
  const geometry = geometryFor(width, trace.nodeCnt, 900);
  return stageInput(
    { ...tableSourceOf(output), picture, inputInsns: before.insns, inputSecond, kfuncs: before.kfuncs },
    { op: at.op, halfDone: halfDoneAt(picture, trace, at) },
    { geometry, ...window, focusUid: null, hoverUid: null },
  );
}

/** A run and what a figure needs of it, for tests of figures. */
import { geometryFor, type StageInput, stageInput } from '../../src/figures/index.ts';
import type { TableSource } from '../../src/figures/tables.ts';
import { secondSlots } from '../../src/isa/pairs.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { type RunDone, run } from '../../src/pipeline/index.ts';

export function runOf(source: string, pass: string, algorithm = 'list'): RunDone {
  const output = run({ source, pass, algorithm, seed: 1 });
  if (!output.ok) throw new Error(output.diagnostics.map((d) => d.message).join('\n'));
  return output;
}

export function tableSourceOf(output: RunDone): TableSource {
  return { trace: output.trace, moments: momentsOf(output.trace), before: output.before };
}

/** The stage at a moment, all rows of it unless a window is given. */
export function stageAt(
  { trace, before }: RunDone,
  op: number,
  width = 820,
  window = { firstRow: 0, rowCnt: trace.nodeCnt },
): StageInput {
  const moments = momentsOf(trace);
  const inputSecond = secondSlots(before.insns);
  const geometry = geometryFor(width, trace.nodeCnt, 900);
  return stageInput(
    { trace, moments, inputInsns: before.insns, inputSecond, kfuncs: before.kfuncs },
    { op, halfDone: null },
    { geometry, ...window, focusUid: null, hoverUid: null },
  );
}

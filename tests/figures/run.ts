/** A run and what a figure needs of it, for tests of figures. */
import { geometryFor, newNumberOf, type StageInput } from '../../src/figures/index.ts';
import type { TableSource } from '../../src/figures/tables.ts';
import { frameAt } from '../../src/patch/frame.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { OP } from '../../src/patch/trace.ts';
import { type RunDone, run } from '../../src/pipeline.ts';

export function runOf(source: string, pass: string, algorithm = 'list'): RunDone {
  const output = run({ source, pass, algorithm, seed: 1 });
  if (!output.ok) throw new Error(output.diagnostics.map((d) => d.message).join('\n'));
  return output;
}

export function tableSourceOf(output: RunDone): TableSource {
  return { trace: output.trace, moments: momentsOf(output.trace), before: output.before };
}

export function stageInput(
  output: RunDone,
  moment: number,
  width = 820,
  rows?: { first: number; cnt: number },
): StageInput {
  const { trace, before } = output;
  const moments = momentsOf(trace);
  const kind = moment > 0 ? trace.opKind[moment - 1] : -1;
  const isEdit = kind === OP.REPLACE || kind === OP.PREPEND || kind === OP.REMOVE;
  const second = new Uint8Array(before.insns.length / 2);
  for (let i = 1; i < second.length; i++)
    if ((before.insns[i * 2 - 2] & 0xff) === 0x18 && !second[i - 1]) second[i] = 1;
  return {
    frame: frameAt(trace, moments, moment, rows?.first ?? 0, rows?.cnt ?? moments.bornCnt(moment)),
    geometry: geometryFor(width, trace.nodeCnt, 900),
    afterRows: null,
    halfDone: null,
    inputInsns: before.insns,
    inputSecond: second,
    style: trace.style,
    currentEdit: isEdit ? trace.opRef[moment - 1] : -1,
    currentJumpNode: kind === OP.RETARGET ? trace.jumps.node[trace.opRef[moment - 1]] : -1,
    numbered: trace.style === 'array' || trace.opKind.subarray(0, moment).includes(OP.LINEARIZE),
    newNumber: (node, edit) => newNumberOf(trace, node, edit),
    focusUid: null,
    hoverUid: null,
  };
}

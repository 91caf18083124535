/** The array as a program: what stands in memory and in the tables, copied out. */
import { distanceOf, FLOW, type Flow, fitsFlow } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Program } from '../program/program.ts';
import type { PatchError } from './algorithm.ts';
import type { Tables } from './array-tables.ts';
import { rangeError } from './errors.ts';
import type { Memory } from './memory.ts';
import { putDistance } from './put-distance.ts';

/** The refusal of a distance that insn c cannot hold. */
export function tooFarAt(memory: Memory, c: number): PatchError {
  const { insns, anchor, origIdx, dist } = memory;
  const flow = memory.flow[c] as Flow;
  const before = distanceOf(insns[c * SLOT_WORDS], insns[c * SLOT_WORDS + 1], flow);
  return rangeError(anchor[c], origIdx[c] < 0, flow, before, dist[c]);
}

export function firstTooFar(memory: Memory): PatchError | null {
  const { cnt, flow, dist } = memory;
  for (let c = 0; c < cnt; c++) {
    if (flow[c] !== FLOW.NONE && !fitsFlow(dist[c], flow[c] as Flow)) return tooFarAt(memory, c);
  }
  return null;
}

/** A distance that does not fit its field stays as it was written. */
export function programOf(program: Program, memory: Memory, tables: Tables): Program {
  const { cnt, flow, dist } = memory;
  const insns = memory.insns.slice(0, cnt * SLOT_WORDS);
  for (let c = 0; c < cnt; c++) {
    const field = flow[c] as Flow;
    if (field !== FLOW.NONE && fitsFlow(dist[c], field)) putDistance(insns, c, field, dist[c]);
  }
  const aux = memory.hasAux ? program.aux : null;
  return {
    insns,
    uid: memory.uid.slice(0, cnt),
    nextUid: memory.nextUid,
    origIdx: memory.origIdx.slice(0, cnt),
    lineInfo: tables.lineInfo(),
    subprogs: tables.subprogs(),
    places: tables.places.map((table) => ({ ...table, at: table.at.slice() })),
    aux: aux && {
      records: aux.records,
      home: memory.home.slice(0, cnt),
      zextDst: memory.zextDst.slice(0, cnt),
    },
    strings: program.strings,
    kfuncs: program.kfuncs,
  };
}

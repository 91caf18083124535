/**
 * The columns of the batch's result. What belongs to an insn comes from the program alone, and the maps say which slots
 * are its own; so each column is computed when somebody reads it, which for a program between two passes may be never.
 */
import { takeI32, takeU8 } from '../base/buffers.ts';
import { withLazy } from '../base/lazy.ts';
import { defines32 } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Aux, Program } from '../program/program.ts';
import { type Draft, placeOf } from './draft.ts';
import { EDIT } from './ops.ts';
import type { Remap } from './remap.ts';
import type { ResolvedEdits } from './resolve.ts';

/** The two columns of a remap that the others follow from. */
export type Ways = Pick<Remap, 'outer' | 'inner'>;

/** An insn that is removed has no slot between its own place and that of the next one. */
function deadOf(outer: Int32Array): Uint8Array {
  const dead = takeU8(outer.length - 1);
  for (let t = 0; t < dead.length; t++) dead[t] = outer[t] === outer[t + 1] ? 1 : 0;
  return dead;
}

/** The last slot that stands for an insn inherits its record. */
function heirOf(outer: Int32Array): Int32Array {
  const heir = takeI32(outer.length - 1);
  for (let t = 0; t < heir.length; t++) heir[t] = outer[t] === outer[t + 1] ? -1 : outer[t + 1] - 1;
  return heir;
}

export const remapOf = ({ outer, inner }: Ways): Remap =>
  withLazy({ outer, inner }, { heir: () => heirOf(outer), dead: () => deadOf(outer) });

export function movedProgram(
  program: Program,
  insns: Int32Array,
  edits: ResolvedEdits,
  remap: Remap,
  tables: Pick<Program, 'lineInfo' | 'subprogs' | 'places'>,
): Program {
  const { aux, strings, kfuncs } = program;
  const nextUid = program.nextUid + edits.bornCnt;
  return withLazy(
    { insns, nextUid, ...tables, strings, kfuncs, aux: aux && movedAux(aux, insns, edits, remap) },
    { uid: () => writeUids(program, remap), origIdx: () => writeOrigIdx(program, remap) },
  );
}

function movedAux(aux: Aux, insns: Int32Array, edits: ResolvedEdits, remap: Remap): Aux {
  return withLazy(
    { records: aux.records },
    { home: () => writeHomes(aux, remap), zextDst: () => writeZext(aux, insns, edits, remap) },
  );
}

/** The first slot of a replace keeps the identity, which is where jumps to it land; others are born. */
function writeUids({ uid: old, nextUid }: Program, { outer, inner }: Ways): Uint32Array {
  const end = outer.length - 1;
  const uid = new Uint32Array(takeI32(outer[end]).buffer, 0, outer[end]);
  let next = nextUid;
  let pos = 0;
  for (let t = 0; t < end; t++) {
    const stop = outer[t + 1];
    if (stop === pos) continue;
    while (pos < inner[t]) uid[pos++] = next++;
    uid[pos++] = old[t];
    while (pos < stop) uid[pos++] = next++;
  }
  return uid;
}

/** The last one keeps the place in the source. */
function writeOrigIdx({ origIdx: old }: Program, { outer }: Ways): Int32Array {
  const end = outer.length - 1;
  const origIdx = takeI32(outer[end]);
  let pos = 0;
  for (let t = 0; t < end; t++) {
    const heir = outer[t + 1] - 1;
    if (heir < pos) continue;
    while (pos < heir) origIdx[pos++] = -1;
    origIdx[pos++] = old[t];
  }
  return origIdx;
}

/** Between two lists: the slot of the opened program that each new slot stands for. */
export function anchorsOf(draft: Draft, { outer }: Remap): Int32Array {
  const end = outer.length - 1;
  const anchor = new Int32Array(outer[end]);
  for (let t = 0; t < end; t++) anchor.fill(placeOf(draft, t), outer[t], outer[t + 1]);
  return anchor;
}

/** `zextDst` of the touched slots [pos, stop) is computed from the insns there. */
function computeZext(zextDst: Uint8Array, insns: Int32Array, pos: number, stop: number): void {
  for (let i = pos; i < stop; i++) zextDst[i] = defines32(insns[i * SLOT_WORDS], insns[i * SLOT_WORDS + 1]);
}

/** The last slot for an insn inherits its record; others take `seen` from it, and nothing else. */
function writeHomes({ home: old }: Aux, { outer }: Ways): Int32Array {
  const end = outer.length - 1;
  const home = takeI32(outer[end]);
  let pos = 0;
  for (let t = 0; t < end; t++) {
    const heir = outer[t + 1] - 1;
    if (heir < pos) continue;
    const record = old[t];
    const fresh = record < 0 ? record : ~record;
    while (pos < heir) home[pos++] = fresh;
    home[pos++] = record;
  }
  return home;
}

/** The kept value, but for what an edit touched, also by only putting insns before it: that is computed. */
function writeZext(aux: Aux, insns: Int32Array, edits: ResolvedEdits, { outer }: Ways): Uint8Array {
  const end = outer.length - 1;
  const zextDst = takeU8(outer[end]);
  for (let t = 0; t < end; t++) if (outer[t + 1] > outer[t]) zextDst[outer[t + 1] - 1] = aux.zextDst[t];
  const { cnt, kind, at } = edits;
  for (let e = 0; e < cnt; e++) {
    if (kind[e] === EDIT.REMOVE) continue;
    const from = outer[at[e]];
    while (e + 1 < cnt && at[e + 1] <= at[e] + 1 && kind[e + 1] !== EDIT.REMOVE) e++;
    computeZext(zextDst, insns, from, outer[at[e] + 1]);
  }
  return zextDst;
}

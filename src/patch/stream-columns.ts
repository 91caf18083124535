/**
 * The columns of the batch's result, one at a time. Insns come from two places and move in runs; what belongs to an
 * insn comes from the program alone, and the maps say which slots are its own.
 */
import { defines32 } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Aux, Program } from '../program/program.ts';
import { type Draft, placeOf } from './draft.ts';
import { EDIT } from './ops.ts';
import type { Remap } from './remap.ts';
import type { ResolvedEdits } from './resolve.ts';

/** Up to this many elements a loop is quicker than a bulk copy. */
const BULK_CNT = 48;

/** dst[pos ..] = src[from .. stop). */
function copyRun<T extends Int32Array | Uint32Array | Uint8Array>(
  dst: T,
  pos: number,
  src: T,
  from: number,
  stop: number,
): void {
  if (stop - from > BULK_CNT) dst.set(src.subarray(from, stop), pos);
  else for (let i = from, to = pos; i < stop; i++, to++) dst[to] = src[i];
}

/** First edit behind e that does not go on where the one before it ends, in the program and in the arena. */
function endOfChain({ cnt, kind, at, len, first }: ResolvedEdits, e: number): number {
  let next = e + 1;
  for (; next < cnt && kind[next] === EDIT.REPLACE && at[next] === at[next - 1] + 1; next++) {
    if (first[next] !== first[next - 1] + len[next - 1]) break;
  }
  return next;
}

export function writeInsns(program: Program, edits: ResolvedEdits): Int32Array {
  const { cnt, kind, at, len, first } = edits;
  const out = new Int32Array(edits.newSlotCnt * SLOT_WORDS);
  let word = 0;
  let t = 0;
  for (let e = 0; e < cnt; e++) {
    copyRun(out, word, program.insns, t * SLOT_WORDS, at[e] * SLOT_WORDS);
    word += (at[e] - t) * SLOT_WORDS;
    t = at[e];
    if (kind[e] === EDIT.REMOVE) {
      t += len[e];
      continue;
    }
    const from = first[e] * SLOT_WORDS;
    if (kind[e] === EDIT.REPLACE) {
      e = endOfChain(edits, e) - 1;
      t = at[e] + 1;
    }
    const stop = (first[e] + len[e]) * SLOT_WORDS;
    copyRun(out, word, edits.insns, from, stop);
    word += stop - from;
  }
  copyRun(out, word, program.insns, t * SLOT_WORDS, edits.slotCnt * SLOT_WORDS);
  return out;
}

/** The first slot of a replace keeps the identity, the last one the place in the source; others are born. */
export function writeIds(program: Program, { inner, heir, dead }: Remap, newSlotCnt: number) {
  const uid = new Uint32Array(newSlotCnt);
  const origIdx = new Int32Array(newSlotCnt).fill(-1);
  let { nextUid } = program;
  let pos = 0;
  for (let t = 0; t < heir.length; t++) {
    if (dead[t] === 1) continue;
    while (pos < inner[t]) uid[pos++] = nextUid++;
    uid[pos++] = program.uid[t];
    origIdx[heir[t]] = program.origIdx[t];
  }
  while (pos < newSlotCnt) uid[pos++] = nextUid++;
  return { uid, origIdx, nextUid };
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
export function writeAux(
  aux: Aux,
  insns: Int32Array,
  edits: ResolvedEdits,
  { outer, heir, dead }: Remap,
): Aux {
  const home = new Int32Array(edits.newSlotCnt);
  const zextDst = new Uint8Array(edits.newSlotCnt);
  let pos = 0;
  for (let t = 0; t < heir.length; t++) {
    if (dead[t] === 1) continue;
    const record = aux.home[t];
    const fresh = record < 0 ? record : ~record;
    while (pos < heir[t]) home[pos++] = fresh;
    zextDst[pos] = aux.zextDst[t];
    home[pos++] = record;
  }
  // What an edit touched, also by only putting insns before it; of neighbours in one go.
  const { cnt, kind, at } = edits;
  for (let e = 0; e < cnt; e++) {
    if (kind[e] === EDIT.REMOVE) continue;
    const from = outer[at[e]];
    while (e + 1 < cnt && at[e + 1] <= at[e] + 1 && kind[e + 1] !== EDIT.REMOVE) e++;
    computeZext(zextDst, insns, from, outer[at[e] + 1]);
  }
  return { records: aux.records, home, zextDst };
}

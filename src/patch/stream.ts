/**
 * Ours: one pass over the array with the edits beside it, no node for any insn.
 *
 *     program   [ a ][ b ][ c ][ d ]            maps     where a, b, c, d begin in the result
 *     edits          ^ replace   ^ remove       jumps    every new distance, checked before a word is written
 *     result    [ a ][ x ][ y ][ c ]            columns  one at a time: runs without edits move in bulk
 *
 * Jumps are collected in buffers that are used again by the next run.
 */
import { enlarged } from '../base/grow.ts';
import { err, ok } from '../base/result.ts';
import { distanceOf, FLOW, fitsFlow, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Algorithm, PatchError } from './algorithm.ts';
import { beyond, type Draft, placeOf, writtenDistances } from './draft.ts';
import { rangeError } from './errors.ts';
import { LAP } from './laps.ts';
import { EDIT } from './ops.ts';
import { patchingBy, type Step } from './patching.ts';
import { putDistance } from './put-distance.ts';
import type { Remap } from './remap.ts';
import type { ResolvedEdits } from './resolve.ts';
import { anchorsOf, writeAux, writeIds, writeInsns } from './stream-columns.ts';
import { moveTables } from './tables.ts';

function mapsOf(edits: ResolvedEdits): Remap {
  const { slotCnt: end, cnt, kind, at, len } = edits;
  const outer = new Int32Array(end + 1);
  const inner = new Int32Array(end + 1);
  const heir = new Int32Array(end);
  const dead = new Uint8Array(end);
  let t = 0;
  let pos = 0;
  for (let e = 0; e <= cnt; e++) {
    const stop = e < cnt ? at[e] : end;
    for (; t < stop; t++, pos++) outer[t] = inner[t] = heir[t] = pos;
    if (e === cnt) break;
    if (kind[e] === EDIT.REMOVE) {
      for (const hole = t + len[e]; t < hole; t++) {
        outer[t] = inner[t] = pos;
        heir[t] = -1;
        dead[t] = 1;
      }
      continue;
    }
    outer[t] = pos;
    if (kind[e] === EDIT.PREPEND) {
      pos += len[e];
      if (e + 1 < cnt && at[e + 1] === t) e++;
    }
    inner[t] = pos;
    pos += kind[e] === EDIT.REPLACE ? len[e] : 1;
    heir[t] = pos - 1;
    t++;
  }
  outer[end] = inner[end] = pos;
  return { outer, inner, heir, dead };
}

/** New distances of all jumps and calls whose target may have moved, in order; reused by the next run. */
const scratch = { cnt: 0, pos: new Int32Array(1024), needed: new Float64Array(1024) };

function note(pos: number, needed: number): void {
  if (scratch.cnt === scratch.pos.length) {
    scratch.pos = enlarged(scratch.pos, scratch.cnt * 2);
    scratch.needed = enlarged(scratch.needed, scratch.cnt * 2);
  }
  scratch.pos[scratch.cnt] = pos;
  scratch.needed[scratch.cnt++] = needed;
}

/** A distance that does not fit, and where its insn comes to stand: of several, the first one is told. */
interface TooFar {
  readonly pos: number;
  readonly error: PatchError;
}

/** Where the jumps of the kept insns [run, stop) lead now; with `check`, the first that does not fit. */
function retargetRun(
  draft: Draft,
  edits: ResolvedEdits,
  { outer, inner }: Remap,
  check: boolean,
  run: number,
  stop: number,
): TooFar | null {
  const { insns, origIdx } = draft.program;
  const { dist } = draft;
  const end = edits.slotCnt;
  for (let t = run; t < stop; t++) {
    const w0 = insns[t * SLOT_WORDS];
    const flow = flowOf(w0);
    if (flow === FLOW.NONE) continue;
    const written = distanceOf(w0, insns[t * SLOT_WORDS + 1], flow);
    const target = t + 1 + (dist === null ? written : dist[t]);
    const inside = target >= 0 && target <= end;
    const to = inside ? (flow === FLOW.CALL ? outer : inner)[target] : beyond(target, end, edits.newSlotCnt);
    const pos = inner[t];
    const needed = to - pos - 1;
    if (check && !fitsFlow(needed, flow))
      return { pos, error: rangeError(placeOf(draft, t), origIdx[t] < 0, flow, written, needed) };
    note(pos, needed);
  }
  return null;
}

/** The runs between edits; the insn behind a prepend is kept, unless a replace of it follows. */
function retargetKept(draft: Draft, edits: ResolvedEdits, remap: Remap, check: boolean): TooFar | null {
  const { cnt, kind, at, len } = edits;
  let t = 0;
  for (let e = 0; e < cnt; e++) {
    const tooFar = t < at[e] ? retargetRun(draft, edits, remap, check, t, at[e]) : null;
    if (tooFar !== null) return tooFar;
    t = kind[e] === EDIT.REMOVE ? at[e] + len[e] : kind[e] === EDIT.REPLACE ? at[e] + 1 : at[e];
  }
  return retargetRun(draft, edits, remap, check, t, edits.slotCnt);
}

/** The same of the jumps that leave their patch. */
function retargetLeaves(
  draft: Draft,
  edits: ResolvedEdits,
  { outer, inner }: Remap,
  check: boolean,
): TooFar | null {
  const { leaveCnt, leaveEdit, leaveSlot, leaveTo, kind, at, len, first, insns } = edits;
  for (let j = 0; j < leaveCnt; j++) {
    const e = leaveEdit[j];
    const slot = leaveSlot[j];
    const t = at[e];
    const word = (first[e] + slot) * SLOT_WORDS;
    const flow = flowOf(insns[word]);
    const replace = kind[e] === EDIT.REPLACE;
    const pos = (replace ? inner : outer)[t] + slot;
    const needed = (flow === FLOW.CALL ? outer : inner)[leaveTo[j]] - pos - 1;
    if (check && !fitsFlow(needed, flow)) {
      const heir = replace && slot === len[e] - 1;
      const written = distanceOf(insns[word], insns[word + 1], flow);
      const born = !heir || draft.program.origIdx[t] < 0;
      return { pos, error: rangeError(placeOf(draft, t), born, flow, written, needed) };
    }
    note(pos, needed);
  }
  return null;
}

function retarget(draft: Draft, edits: ResolvedEdits, remap: Remap, check: boolean): PatchError | null {
  scratch.cnt = 0;
  const kept = retargetKept(draft, edits, remap, check);
  const leaving = retargetLeaves(draft, edits, remap, check);
  if (kept === null || leaving === null) return (kept ?? leaving)?.error ?? null;
  return kept.pos < leaving.pos ? kept.error : leaving.error;
}

/** The distances: into the insns when they are the last ones, else beside them. */
function writeDistances(insns: Int32Array, last: boolean): Float64Array | null {
  const { cnt, pos, needed } = scratch;
  if (last) {
    for (let j = 0; j < cnt; j++) putDistance(insns, pos[j], flowOf(insns[pos[j] * SLOT_WORDS]), needed[j]);
    return null;
  }
  const dist = writtenDistances(insns);
  for (let j = 0; j < cnt; j++) dist[pos[j]] = needed[j];
  return dist;
}

const step: Step = (draft, edits, { options, last, work }) => {
  const { program } = draft;
  const { onLap } = options;
  const remap = mapsOf(edits);
  work.map += edits.slotCnt;
  onLap?.(LAP.NUMBER, -1, work);
  const refused = retarget(draft, edits, remap, last);
  work.alloc += 4;
  work.scan += edits.slotCnt - edits.removedCnt + edits.putCnt;
  work.jump += scratch.cnt;
  onLap?.(LAP.RETARGET, -1, work);
  if (refused !== null) return err(refused);

  const insns = writeInsns(program, edits);
  work.insn += edits.newSlotCnt;
  work.bytes += edits.newSlotCnt * 8;
  onLap?.(LAP.COPY, -1, work);
  const { uid, origIdx, nextUid } = writeIds(program, remap, edits.newSlotCnt);
  const aux = program.aux && writeAux(program.aux, insns, edits, remap);
  work.aux += aux === null ? 0 : edits.newSlotCnt;
  onLap?.(LAP.AUX, -1, work);
  const dist = writeDistances(insns, last);
  const tables = moveTables(program, remap, edits.removedCnt, options, work);
  work.alloc += aux === null ? 4 : 6;
  onLap?.(LAP.TABLES, -1, work);
  const anchor = last ? null : anchorsOf(draft, remap);
  return ok({
    draft: { program: { ...program, ...tables, insns, uid, nextUid, origIdx, aux }, dist, anchor },
    remap,
  });
};

export const stream: Algorithm = {
  id: 'stream',
  label: 'batch',
  style: 'batch',
  readsAllPerEdit: false,
  bound: 'O(n + p)',
  why: 'Keeps the edits beside the array and walks both once, so each insn is moved once however many edits there are.',
  open: (program, options) => patchingBy(step, program, options),
};

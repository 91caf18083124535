/**
 * Ours: one pass over the array with the edits beside it, no node for any insn.
 *
 *     program   [ a ][ b ][ c ][ d ]            layout   where a, b, c, d begin in the result, and all its insns
 *     edits          ^ replace   ^ remove       jumps    every new distance, checked before a word is written
 *     result    [ a ][ x ][ y ][ c ]            columns  what belongs to an insn is computed when it is read
 *
 * The layout is made while the edits are (edit-builder.ts), so what is left is a copy and the jumps.
 */
import { assert } from '../base/assert.ts';
import { takeI32 } from '../base/buffers.ts';
import { err, ok } from '../base/result.ts';
import { distanceOf, FLOW, type Flow, fitsFlow, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Program } from '../program/program.ts';
import type { Algorithm, PatchError } from './algorithm.ts';
import { beyond, type Draft, placeOf, writtenDistances } from './draft.ts';
import { editBuilder } from './edit-builder.ts';
import { rangeError } from './errors.ts';
import { LAP } from './laps.ts';
import { type Layout, layoutOf } from './layout.ts';
import { EDIT } from './ops.ts';
import { patchingBy, type Step } from './patching.ts';
import { putDistance } from './put-distance.ts';
import type { ResolvedEdits } from './resolve.ts';
import { anchorsOf, movedProgram, remapOf, type Ways } from './stream-columns.ts';
import { moveTables } from './tables.ts';

/** Edits that came without a layout, laid out now. */
function layOut(program: Program, edits: ResolvedEdits): Layout {
  const { cnt, kind, at, len, first, insns } = edits;
  const builder = editBuilder(program);
  for (let e = 0; e < cnt; e++) {
    if (kind[e] === EDIT.REMOVE) {
      builder.remove(at[e], len[e]);
      continue;
    }
    if (kind[e] === EDIT.REPLACE) builder.replace(at[e]);
    else builder.prepend(at[e]);
    const stop = (first[e] + len[e]) * SLOT_WORDS;
    for (let word = first[e] * SLOT_WORDS; word < stop; word += SLOT_WORDS)
      builder.put(insns[word], insns[word + 1]);
  }
  const layout = layoutOf(builder.finish());
  assert(layout !== null, 'resolved edits can be laid out');
  return layout;
}

/** Behind what was prepended; where nothing was, the outer map serves. */
function innerOf({ outer, leads, leadPos }: Layout): Int32Array {
  if (leads.length === 0) return outer;
  const inner = takeI32(outer.length);
  inner.set(outer);
  for (let k = 0; k < leads.length; k++) inner[leads[k]] = leadPos[k];
  return inner;
}

/** New distances of the jumps and calls whose target may have moved. */
interface Distances {
  cnt: number;
  readonly pos: Int32Array;
  readonly flow: Uint8Array;
  readonly needed: Float64Array;
}

/** Room for all that there may be; used again by the next run. */
let scratch: Distances = distancesFor(1024);

function distancesFor(cnt: number): Distances {
  return { cnt: 0, pos: new Int32Array(cnt), flow: new Uint8Array(cnt), needed: new Float64Array(cnt) };
}

/** A distance that does not fit, and where its insn comes to stand: of several, the first one is told. */
interface TooFar {
  readonly pos: number;
  readonly error: PatchError;
}

/** Where the jumps of kept insns lead now; with `check`, the first that does not fit. */
function retargetKept(
  draft: Draft,
  edits: ResolvedEdits,
  { keptJumps, keptJumpCnt }: Layout,
  { outer, inner }: Ways,
  check: boolean,
): TooFar | null {
  const { insns } = draft.program;
  const { dist } = draft;
  const { pos: poss, flow: flows, needed: distances } = scratch;
  const end = edits.slotCnt;
  let cnt = 0;
  for (let j = 0; j < keptJumpCnt; j++) {
    const t = keptJumps[j];
    const w0 = insns[t * SLOT_WORDS];
    const flow = flowOf(w0);
    if (flow === FLOW.NONE) continue;
    const written = distanceOf(w0, insns[t * SLOT_WORDS + 1], flow);
    const target = t + 1 + (dist === null ? written : dist[t]);
    const inside = target >= 0 && target <= end;
    const to = inside ? (flow === FLOW.CALL ? outer : inner)[target] : beyond(target, end, edits.newSlotCnt);
    const pos = inner[t];
    const needed = to - pos - 1;
    if (check && !fitsFlow(needed, flow)) {
      const isBorn = draft.program.origIdx[t] < 0;
      return { pos, error: rangeError(placeOf(draft, t), isBorn, flow, written, needed) };
    }
    poss[cnt] = pos;
    flows[cnt] = flow;
    distances[cnt++] = needed;
  }
  scratch.cnt = cnt;
  return null;
}

/** The same of the jumps that leave their patch. */
function retargetLeaves(
  draft: Draft,
  edits: ResolvedEdits,
  { outer, inner }: Ways,
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
    scratch.pos[scratch.cnt] = pos;
    scratch.flow[scratch.cnt] = flow;
    scratch.needed[scratch.cnt++] = needed;
  }
  return null;
}

function retarget(
  draft: Draft,
  edits: ResolvedEdits,
  layout: Layout,
  ways: Ways,
  check: boolean,
): PatchError | null {
  const cnt = layout.keptJumpCnt + edits.leaveCnt;
  if (scratch.pos.length < cnt) scratch = distancesFor(cnt);
  scratch.cnt = 0;
  const kept = retargetKept(draft, edits, layout, ways, check);
  const leaving = retargetLeaves(draft, edits, ways, check);
  if (kept === null || leaving === null) return (kept ?? leaving)?.error ?? null;
  return kept.pos < leaving.pos ? kept.error : leaving.error;
}

/** The distances: into the insns when they are the last ones, else beside them. */
function writeDistances(insns: Int32Array, last: boolean): Float64Array | null {
  const { cnt, pos, flow, needed } = scratch;
  if (last) {
    for (let j = 0; j < cnt; j++) putDistance(insns, pos[j], flow[j] as Flow, needed[j]);
    return null;
  }
  const dist = writtenDistances(insns);
  for (let j = 0; j < cnt; j++) dist[pos[j]] = needed[j];
  return dist;
}

const step: Step = (draft, edits, { options, last, work }) => {
  const { program } = draft;
  const { onLap } = options;
  const layout = edits.layout?.source === program.insns ? edits.layout : layOut(program, edits);
  const ways = { outer: layout.outer, inner: innerOf(layout) };
  work.map += edits.slotCnt;
  onLap?.(LAP.NUMBER, -1, work);
  const refused = retarget(draft, edits, layout, ways, last);
  work.alloc += 4;
  work.scan += edits.slotCnt - edits.removedCnt + edits.putCnt;
  work.jump += scratch.cnt;
  onLap?.(LAP.RETARGET, -1, work);
  if (refused !== null) return err(refused);

  const insns = takeI32(layout.words.length);
  insns.set(layout.words);
  work.insn += edits.newSlotCnt;
  work.bytes += edits.newSlotCnt * 8;
  onLap?.(LAP.COPY, -1, work);
  work.aux += program.aux === null ? 0 : edits.newSlotCnt;
  onLap?.(LAP.AUX, -1, work);
  const dist = writeDistances(insns, last);
  const remap = remapOf(ways);
  const tables = moveTables(program, remap, edits.removedCnt, options, work);
  work.alloc += program.aux === null ? 4 : 6;
  onLap?.(LAP.TABLES, -1, work);
  const moved = movedProgram(program, insns, edits, remap, tables);
  return ok({ draft: { program: moved, dist, anchor: last ? null : anchorsOf(draft, remap) }, remap });
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

/**
 * Ours: one pass over the array with the edits beside it, no node for any insn.
 *
 *     program   [ a ][ b ][ c ][ d ]            layout   where a, b, c, d begin in the result, and all its insns
 *     edits          ^ replace   ^ remove       jumps    every new distance, written into the copy
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
import { anchorsOf, movedProgram, remapOf } from './stream-columns.ts';
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

/** Words that are copied before their jumps are written: a bigger copy leaves the cache again, and each write waits for memory. */
const CHUNK_WORDS = 32_768;

/** A distance that does not fit, and where its insn comes to stand: of several, the first one is told. */
interface TooFar {
  readonly pos: number;
  readonly error: PatchError;
}

/** The jumps, ascending by where they come to stand, each looked at once. */
interface Retargeting {
  readonly insns: Int32Array;
  /** Distances are written here, where any fits; null: into the insns, where they must. */
  readonly beside: Float64Array | null;
  /** The next of the kept jumps, and of those that leave their patch. */
  kept: number;
  leaving: number;
  /** Distances written. */
  cnt: number;
  keptTooFar: TooFar | null;
  leavingTooFar: TooFar | null;
}

function write(to: Retargeting, pos: number, flow: Flow, needed: number): void {
  to.cnt++;
  if (to.beside === null) putDistance(to.insns, pos, flow, needed);
  else to.beside[pos] = needed;
}

/** Where the jumps of kept insns lead now, of those that come to stand before `stop`. */
function retargetKept(
  draft: Draft,
  edits: ResolvedEdits,
  { keptJumps, keptJumpCnt, outer, inner }: Layout,
  to: Retargeting,
  stop: number,
): void {
  const { insns } = draft.program;
  const { dist } = draft;
  const end = edits.slotCnt;
  const mustFit = to.beside === null;
  let j = to.kept;
  for (; j < keptJumpCnt; j++) {
    const t = keptJumps[j];
    const pos = inner[t];
    if (pos >= stop) break;
    const w0 = insns[t * SLOT_WORDS];
    const flow = flowOf(w0);
    if (flow === FLOW.NONE) continue;
    const written = distanceOf(w0, insns[t * SLOT_WORDS + 1], flow);
    const target = t + 1 + (dist === null ? written : dist[t]);
    const inside = target >= 0 && target <= end;
    const lands = inside
      ? (flow === FLOW.CALL ? outer : inner)[target]
      : beyond(target, end, edits.newSlotCnt);
    const needed = lands - pos - 1;
    if (mustFit && !fitsFlow(needed, flow)) {
      const isBorn = draft.program.origIdx[t] < 0;
      to.keptTooFar = { pos, error: rangeError(placeOf(draft, t), isBorn, flow, written, needed) };
      return;
    }
    write(to, pos, flow, needed);
  }
  to.kept = j;
}

/** The same of the jumps that leave their patch. */
function retargetLeaves(
  draft: Draft,
  edits: ResolvedEdits,
  { outer, inner }: Layout,
  to: Retargeting,
  stop: number,
): void {
  const { leaveCnt, leaveEdit, leaveSlot, leaveTo, kind, at, len, first, insns } = edits;
  let j = to.leaving;
  for (; j < leaveCnt; j++) {
    const e = leaveEdit[j];
    const slot = leaveSlot[j];
    const t = at[e];
    const replace = kind[e] === EDIT.REPLACE;
    const pos = (replace ? inner : outer)[t] + slot;
    if (pos >= stop) break;
    const word = (first[e] + slot) * SLOT_WORDS;
    const flow = flowOf(insns[word]);
    const needed = (flow === FLOW.CALL ? outer : inner)[leaveTo[j]] - pos - 1;
    if (to.beside === null && !fitsFlow(needed, flow)) {
      const heir = replace && slot === len[e] - 1;
      const written = distanceOf(insns[word], insns[word + 1], flow);
      const isBorn = !heir || draft.program.origIdx[t] < 0;
      to.leavingTooFar = { pos, error: rangeError(placeOf(draft, t), isBorn, flow, written, needed) };
      return;
    }
    write(to, pos, flow, needed);
  }
  to.leaving = j;
}

const refusalOf = ({ keptTooFar, leavingTooFar }: Retargeting): PatchError | null =>
  ((leavingTooFar?.pos ?? Number.POSITIVE_INFINITY) < (keptTooFar?.pos ?? Number.POSITIVE_INFINITY)
    ? leavingTooFar
    : keptTooFar
  )?.error ?? null;

const step: Step = (draft, edits, { options, last, work }) => {
  const { program } = draft;
  const { onLap } = options;
  const layout = edits.layout?.source === program.insns ? edits.layout : layOut(program, edits);
  work.map += edits.slotCnt;
  onLap?.(LAP.NUMBER, -1, work);
  const { words } = layout;
  const insns = takeI32(words.length);
  const dist = last ? null : writtenDistances(words);
  const to: Retargeting = {
    ...{ insns, beside: dist, kept: 0, leaving: 0, cnt: 0, keptTooFar: null, leavingTooFar: null },
  };
  for (let from = 0; from < words.length && refusalOf(to) === null; from += CHUNK_WORDS) {
    const stop = Math.min(from + CHUNK_WORDS, words.length);
    insns.set(words.subarray(from, stop), from);
    retargetKept(draft, edits, layout, to, stop / SLOT_WORDS);
    retargetLeaves(draft, edits, layout, to, stop / SLOT_WORDS);
  }
  const refused = refusalOf(to);
  work.alloc += 4;
  work.scan += edits.slotCnt - edits.removedCnt + edits.putCnt;
  work.jump += to.cnt;
  onLap?.(LAP.RETARGET, -1, work);
  if (refused !== null) return err(refused);

  work.insn += edits.newSlotCnt;
  work.bytes += edits.newSlotCnt * 8;
  onLap?.(LAP.COPY, -1, work);
  work.aux += program.aux === null ? 0 : edits.newSlotCnt;
  onLap?.(LAP.AUX, -1, work);
  const remap = remapOf(layout);
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

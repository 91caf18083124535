/**
 * A program between two lists of edits. Its insns still carry the distances their author wrote; what the distances
 * have become stands beside them in a column wide enough for any, because only the last ones must fit (SEMANTICS 7.6).
 */
import { distanceOf, FLOW, fitsFlow, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Program } from '../program/program.ts';
import type { PatchError, Peeked } from './algorithm.ts';
import { rangeError } from './errors.ts';
import { putDistance } from './put-distance.ts';
import type { Work } from './work.ts';

export interface Draft {
  readonly program: Program;
  /** Distance of each jump or call; null: as the insns say. */
  readonly dist: Float64Array | null;
  /** Slot of the opened program that an insn born in a patch stands for; null: its own. */
  readonly anchor: Int32Array | null;
}

/** Which insn to name when slot t is the matter. */
export function placeOf(draft: Draft, t: number): number {
  const orig = draft.program.origIdx[t];
  return orig >= 0 ? orig : draft.anchor === null ? t : draft.anchor[t];
}

/** A target outside of the program keeps its distance to the program's edge: nothing of ours lies between. */
export const beyond = (target: number, slotCnt: number, newSlotCnt: number): number =>
  target < 0 ? target : target + newSlotCnt - slotCnt;

/** The distances that insns say, for those that jump or call. */
export function writtenDistances(insns: Int32Array): Float64Array {
  const dist = new Float64Array(insns.length / SLOT_WORDS);
  for (let i = 0; i < dist.length; i++) {
    const flow = flowOf(insns[i * SLOT_WORDS]);
    if (flow !== FLOW.NONE) dist[i] = distanceOf(insns[i * SLOT_WORDS], insns[i * SLOT_WORDS + 1], flow);
  }
  return dist;
}

/** The draft as a program: distances are written where they fit. */
export function peekedDraft(draft: Draft, work: Work): Peeked {
  const { program, dist } = draft;
  if (dist === null) return { program, tooFar: null };
  const insns = program.insns.slice();
  work.alloc += 1;
  work.insn += dist.length;
  work.scan += dist.length;
  work.bytes += dist.length * 8;
  let tooFar: PatchError | null = null;
  for (let i = 0; i < dist.length; i++) {
    const w0 = insns[i * SLOT_WORDS];
    const flow = flowOf(w0);
    if (flow === FLOW.NONE) continue;
    work.jump++;
    if (fitsFlow(dist[i], flow)) putDistance(insns, i, flow, dist[i]);
    else if (tooFar === null) {
      const written = distanceOf(w0, insns[i * SLOT_WORDS + 1], flow);
      tooFar = rangeError(placeOf(draft, i), program.origIdx[i] < 0, flow, written, dist[i]);
    }
  }
  return { program: { ...program, insns }, tooFar };
}

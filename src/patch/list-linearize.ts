/**
 * What becomes of a list of one set of edits when it is linearized, however its nodes are kept. The list is walked
 * once and laid down in order; numbers, distances and records are then worked out on what lies there:
 *
 *     list      [a]-->[x]-->[y]-->[c]
 *     laid      | a | x | y | c |     insns, flags, slot each stands for, slot each jump of a patch leaves for
 *     remap       0   1       3       where each slot begins and ends
 */
import { err, ok, type Result } from '../base/result.ts';
import { defines32, distanceOf, FLOW, type Flow, fitsFlow, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Aux, Program } from '../program/program.ts';
import type { PatchError } from './algorithm.ts';
import { beyond, type Draft, placeOf } from './draft.ts';
import { rangeError } from './errors.ts';
import { LAP } from './laps.ts';
import type { StepContext, Stepped } from './patching.ts';
import { putDistance } from './put-distance.ts';
import type { Remap } from './remap.ts';
import type { ResolvedEdits } from './resolve.ts';
import { moveTables } from './tables.ts';
import type { Work } from './work.ts';

/** Instead of a slot: the jump of a patch stays inside, as written. */
export const STAYS = -1;
/** What edits did to a node. LEAD: put before the insn of its slot, not for it. */
export const FLAG = { PATCHED: 1, REMOVED: 2, FRESH: 4, LEAD: 8 } as const;

const NO_SLOT = -1;

/** The list as far as it has been walked. */
export interface Laid {
  cnt: number;
  /** Slot of the node walked last. */
  slotNow: number;
  /** Two words a slot. */
  readonly insns: Int32Array;
  readonly flags: Uint8Array;
  readonly slot: Int32Array;
  readonly to: Int32Array;
  readonly remap: Remap;
}

export function layDown(edits: ResolvedEdits, work: Work): Laid {
  const { slotCnt: end, newSlotCnt: size } = edits;
  work.alloc += 8;
  return {
    cnt: 0,
    slotNow: NO_SLOT,
    insns: new Int32Array(size * SLOT_WORDS),
    flags: new Uint8Array(size),
    slot: new Int32Array(size),
    to: new Int32Array(size),
    remap: {
      outer: new Int32Array(end + 1),
      inner: new Int32Array(end + 1),
      heir: new Int32Array(end),
      dead: new Uint8Array(end),
    },
  };
}

/** The next node of the list, removed or not. */
export function layNode(laid: Laid, slot: number, flags: number, w0: number, imm: number, to: number): void {
  const { remap, cnt } = laid;
  if (laid.slotNow !== slot) {
    remap.outer[slot] = cnt;
    laid.slotNow = slot;
  }
  if ((flags & FLAG.FRESH) === 0) remap.inner[slot] = cnt;
  if ((flags & FLAG.REMOVED) !== 0) {
    remap.heir[slot] = -1;
    remap.dead[slot] = 1;
    return;
  }
  if ((flags & FLAG.LEAD) === 0) remap.heir[slot] = cnt;
  laid.insns[cnt * SLOT_WORDS] = w0;
  laid.insns[cnt * SLOT_WORDS + 1] = imm;
  laid.flags[cnt] = flags;
  laid.slot[cnt] = slot;
  laid.to[cnt] = to;
  laid.cnt = cnt + 1;
}

/** What the distance of the insn at `idx` must be; `written` is what it says. */
function distanceAt(draft: Draft, laid: Laid, idx: number, flow: Flow, written: number): number {
  const { remap } = laid;
  const map = flow === FLOW.CALL ? remap.outer : remap.inner;
  if ((laid.flags[idx] & (FLAG.FRESH | FLAG.PATCHED)) !== 0) {
    const to = laid.to[idx];
    return to === STAYS ? written : map[to] - idx - 1;
  }
  const end = map.length - 1;
  const t = laid.slot[idx];
  const target = t + 1 + (draft.dist === null ? written : draft.dist[t]);
  const inside = target >= 0 && target <= end;
  return (inside ? map[target] : beyond(target, end, map[end])) - idx - 1;
}

/** Every jump's distance: the last ones are checked, before any is written. */
function distances(draft: Draft, laid: Laid, last: boolean, work: Work): Result<Float64Array, PatchError> {
  const dist = new Float64Array(laid.cnt);
  work.alloc += 1;
  for (let idx = 0; idx < laid.cnt; idx++) {
    const w0 = laid.insns[idx * SLOT_WORDS];
    const flow = flowOf(w0);
    if (flow === FLOW.NONE) continue;
    const written = distanceOf(w0, laid.insns[idx * SLOT_WORDS + 1], flow);
    const needed = distanceAt(draft, laid, idx, flow, written);
    work.jump++;
    if (last && !fitsFlow(needed, flow)) {
      const t = laid.slot[idx];
      const born = laid.remap.heir[t] !== idx || draft.program.origIdx[t] < 0;
      return err(rangeError(placeOf(draft, t), born, flow, written, needed));
    }
    dist[idx] = needed;
  }
  return ok(dist);
}

/** The first slot of a replace keeps the identity, the last one the place in the source; others are born. */
function identities({ program }: Draft, { cnt, slot, flags, remap }: Laid) {
  const uid = new Uint32Array(cnt);
  const origIdx = new Int32Array(cnt);
  let { nextUid } = program;
  for (let idx = 0; idx < cnt; idx++) {
    const t = slot[idx];
    uid[idx] = (flags[idx] & FLAG.FRESH) === 0 ? program.uid[t] : nextUid++;
    origIdx[idx] = remap.heir[t] === idx ? program.origIdx[t] : -1;
  }
  return { uid, origIdx, nextUid };
}

/** Records go to the last insn of what stands for a slot; the others begin with `seen` alone. */
function auxOf(aux: Aux, { cnt, slot, flags, insns, remap }: Laid): Aux {
  const home = new Int32Array(cnt);
  const zextDst = new Uint8Array(cnt);
  for (let idx = 0; idx < cnt; idx++) {
    const t = slot[idx];
    const record = aux.home[t];
    home[idx] = remap.heir[t] === idx || record < 0 ? record : ~record;
    const led = remap.outer[t] !== remap.inner[t];
    zextDst[idx] =
      led || (flags[idx] & (FLAG.FRESH | FLAG.PATCHED)) !== 0
        ? defines32(insns[idx * SLOT_WORDS], insns[idx * SLOT_WORDS + 1])
        : aux.zextDst[t];
  }
  return { records: aux.records, home, zextDst };
}

/** The list has been walked to its end. */
export function linearized(
  draft: Draft,
  edits: ResolvedEdits,
  laid: Laid,
  { options, last, work }: StepContext,
): Result<Stepped, PatchError> {
  const { program } = draft;
  const { cnt, insns, remap, slot } = laid;
  const { onLap } = options;
  remap.outer[edits.slotCnt] = remap.inner[edits.slotCnt] = cnt;
  // Numbers and insns were written in one walk; they are told apart because they are different touches.
  work.map += edits.slotCnt;
  onLap?.(LAP.NUMBER, -1, work);
  work.insn += cnt;
  work.bytes += cnt * 8;
  onLap?.(LAP.COPY, -1, work);
  const dist = distances(draft, laid, last, work);
  work.scan += cnt;
  if (!dist.ok) return dist;
  if (last)
    for (let idx = 0; idx < cnt; idx++) {
      const flow = flowOf(insns[idx * SLOT_WORDS]);
      if (flow !== FLOW.NONE) putDistance(insns, idx, flow, dist.value[idx]);
    }
  onLap?.(LAP.RETARGET, -1, work);
  const { uid, origIdx, nextUid } = identities(draft, laid);
  const aux = program.aux && auxOf(program.aux, laid);
  work.alloc += aux === null ? 2 : 4;
  work.aux += aux === null ? 0 : cnt;
  onLap?.(LAP.AUX, -1, work);
  const tables = moveTables(program, remap, edits.removedCnt, options, work);
  onLap?.(LAP.TABLES, -1, work);
  const out: Program = { ...program, ...tables, insns, uid, nextUid, origIdx, aux };
  const anchor = last ? null : slot.map((t) => placeOf(draft, t));
  return ok({ draft: { program: out, dist: last ? null : dist.value, anchor }, remap });
}

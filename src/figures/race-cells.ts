/**
 * One cell an insn: what a lane holds at a moment, and how far the sweep over it has come. An array's cells touch; a
 * list's are apart. Built anew for each picture, as bits in one typed array.
 */
import { LAP } from '../patch/laps.ts';
import { EDIT } from '../patch/ops.ts';
import type { Race } from '../patch/race.ts';
import type { LaneState } from './lane-state.ts';

/** TOUCHED: by the sweep going on; GONE: removed, its node still there; MARK: an edit waits for it; EMPTY: not there yet. */
export const CELL = { TOUCHED: 1, NEW: 2, JUMP: 4, RET: 8, GONE: 16, MARK: 32, EMPTY: 64 } as const;

export interface LaneCells {
  readonly cnt: number;
  /** CELL bits. */
  readonly bits: Uint8Array;
  /** Cell at which the sweep stands, -1: nothing is swept. */
  readonly head: number;
  /** Cells of the patch being done, [from, to). */
  readonly frame: readonly [number, number] | null;
  /** Jumps that the scan has given another distance so far; null: there is no scan. */
  readonly retargeted: number | null;
}

/** Most cells a lane ever has. */
export function roomOf({ slotCnt, edits }: Race): number {
  let room = slotCnt;
  for (let e = 0; e < edits.cnt; e++) if (edits.kind[e] !== EDIT.REMOVE) room += grownBy(edits, e);
  return room;
}

const grownBy = ({ kind, len }: Race['edits'], e: number): number =>
  kind[e] === EDIT.PREPEND ? len[e] : len[e] - 1;

interface Laid {
  cnt: number;
  readonly bits: Uint8Array;
  /** Cell of each slot of the program, -1: none. */
  readonly pos: Int32Array;
  /** Cells of the edit asked for. */
  frame: readonly [number, number] | null;
}

/** The program with some of the edits done. `keepsGone`: nodes of removed insns are still there. */
function layOut(race: Race, isDone: (e: number) => boolean, current: number, keepsGone: boolean): Laid {
  const { slotCnt, edits, jumps } = race;
  const bits = new Uint8Array(roomOf(race));
  const pos = new Int32Array(slotCnt);
  const laid: Laid = { cnt: 0, bits, pos, frame: null };
  let e = 0;
  for (let t = 0; t < slotCnt; t++) {
    for (; e < edits.cnt && edits.at[e] === t && edits.kind[e] !== EDIT.REMOVE; e++) {
      const born = isDone(e) ? grownBy(edits, e) : 0;
      if (e === current) laid.frame = [laid.cnt, laid.cnt + born + 1];
      bits.fill(CELL.NEW, laid.cnt, laid.cnt + born);
      laid.cnt += born;
    }
    if (e < edits.cnt && edits.at[e] === t && edits.kind[e] === EDIT.REMOVE) {
      const stop = t + edits.len[e];
      const stays = keepsGone || !isDone(e);
      const hole = laid.cnt;
      for (; t < stop; t++) {
        pos[t] = stays ? laid.cnt : -1;
        if (stays) bits[laid.cnt++] = isDone(e) ? CELL.GONE : 0;
      }
      if (e === current) laid.frame = [hole, Math.max(hole + 1, laid.cnt)];
      t--;
      e++;
    } else pos[t] = laid.cnt++;
  }
  for (let j = 0; j < jumps.slot.length; j++) {
    const at = pos[jumps.slot[j]];
    if (at >= 0) bits[at] |= CELL.JUMP;
  }
  return laid;
}

/** Rank of each edit in the order in which the array does them: first all that add, then all that remove. */
function arrayRanks({ edits }: Race): Int32Array {
  const ranks = new Int32Array(edits.cnt);
  let rank = 0;
  for (const removes of [false, true]) {
    for (let e = 0; e < edits.cnt; e++) if ((edits.kind[e] === EDIT.REMOVE) === removes) ranks[e] = rank++;
  }
  return ranks;
}

/** Where slot x comes to stand when edit e alone is done. */
function shifted({ kind, at, len }: Race['edits'], e: number, x: number): number {
  if (kind[e] === EDIT.REMOVE) return x >= at[e] + len[e] ? x - len[e] : Math.min(x, at[e]);
  if (kind[e] === EDIT.PREPEND) return x >= at[e] ? x + len[e] : x;
  return x > at[e] ? x + len[e] - 1 : x;
}

function markSwept(bits: Uint8Array, from: number, to: number): void {
  for (let c = from; c < to; c++) bits[c] |= CELL.TOUCHED;
}

/** Mark the jumps before `head` that are another distance now. Returns how many. */
function markRetargeted(
  race: Race,
  { bits, pos }: Laid,
  head: number,
  isChanged = (j: number): boolean => race.jumps.changed[j] === 1,
): number {
  let cnt = 0;
  for (let j = 0; j < race.jumps.slot.length; j++) {
    const at = pos[race.jumps.slot[j]];
    if (at < 0 || at >= head || !isChanged(j)) continue;
    bits[at] |= CELL.RET;
    cnt++;
  }
  return cnt;
}

const cellsOf = ({ cnt, bits, frame }: Laid, rest: Partial<LaneCells> = {}): LaneCells => ({
  ...{ cnt, bits, frame, head: -1, retargeted: null },
  ...rest,
});

/** The result, with all jumps whose distance is another one. */
function resultCells(race: Race): LaneCells {
  const laid = layOut(race, () => true, -1, false);
  markRetargeted(race, laid, laid.cnt);
  return cellsOf(laid);
}

export function arrayCells(race: Race, { lap, edit, nth, share, lane, isOver }: LaneState): LaneCells {
  if (isOver && !lane.isCut) return resultCells(race);
  const ranks = arrayRanks(race);
  const isWritten = lap === LAP.WRITE || lap === LAP.SCAN || lap === LAP.TABLES;
  const done = isWritten || isOver ? nth : nth - 1;
  const laid = layOut(race, (e) => ranks[e] < done, edit, false);
  const head = Math.floor(laid.cnt * share);
  if (lap === LAP.SCAN || lap === LAP.TABLES) {
    const seen = lap === LAP.SCAN ? head : laid.cnt;
    markSwept(laid.bits, 0, seen);
    const { slot, to } = race.jumps;
    const retargeted = markRetargeted(race, laid, seen, (j) => {
      const [from, target] = [shifted(race.edits, edit, slot[j]), shifted(race.edits, edit, to[j])];
      return target - from !== to[j] - slot[j];
    });
    return cellsOf(laid, { retargeted, head: lap === LAP.SCAN ? head : -1 });
  }
  if (lap === LAP.MOVE) {
    const tail = laid.frame?.[1] ?? 0;
    // To make room the last one moves first.
    const moved = laid.cnt - Math.floor((laid.cnt - tail) * share);
    markSwept(laid.bits, moved, laid.cnt);
    return cellsOf(laid, { head: moved });
  }
  if (lap === LAP.CHECK || lap === LAP.GROW) {
    markSwept(laid.bits, 0, head);
    return cellsOf(laid, { head });
  }
  return cellsOf(laid);
}

export function listCells(race: Race, { lap, edit, nth, share, isOver }: LaneState): LaneCells {
  if (isOver || lap === LAP.TABLES) return resultCells(race);
  if (lap === LAP.CREATE) {
    const laid = layOut(race, () => false, -1, false);
    // The last node is made first, because each one points to the one behind it.
    const head = laid.cnt - Math.floor(laid.cnt * share);
    laid.bits.fill(CELL.EMPTY, 0, head);
    return cellsOf(laid, { head });
  }
  if (lap === LAP.PATCH) {
    const laid = layOut(race, (e) => e < nth - 1, edit, true);
    const before = nth > 1 ? race.edits.at[nth - 2] : 0;
    const slot = Math.floor(before + (race.edits.at[edit] - before) * share);
    return cellsOf(laid, { head: laid.pos[slot] });
  }
  const laid = layOut(race, () => true, -1, lap === LAP.NUMBER);
  const head = Math.floor(laid.cnt * share);
  markSwept(laid.bits, 0, head);
  if (lap === LAP.NUMBER || lap === LAP.COPY) return cellsOf(laid, { head });
  const seen = lap === LAP.RETARGET ? head : laid.cnt;
  const retargeted = markRetargeted(race, laid, seen);
  return cellsOf(laid, { head, retargeted: lap === LAP.RETARGET ? retargeted : null });
}

export function batchCells(race: Race, { lap, share, isOver }: LaneState): LaneCells {
  if (isOver || lap === LAP.TABLES) return resultCells(race);
  if (lap === LAP.NUMBER || lap === LAP.RETARGET) {
    const laid = layOut(race, () => false, -1, false);
    const head = Math.floor(laid.cnt * share);
    for (let e = 0; e < race.edits.cnt; e++) laid.bits[race.edits.at[e]] |= CELL.MARK;
    markSwept(laid.bits, 0, head);
    if (lap === LAP.NUMBER) return cellsOf(laid, { head });
    return cellsOf(laid, { head, retargeted: markRetargeted(race, laid, head) });
  }
  const laid = layOut(race, () => true, -1, false);
  const head = Math.floor(laid.cnt * share);
  const written = lap === LAP.COPY ? head : laid.cnt;
  markRetargeted(race, laid, written);
  if (lap === LAP.COPY) laid.bits.fill(CELL.EMPTY, head, laid.cnt);
  else markSwept(laid.bits, 0, head);
  return cellsOf(laid, { head });
}

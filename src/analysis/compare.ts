/**
 * Whether a state need not be gone on with, because one that was kept at the same insn says as much or less
 * (states_equal() and regsafe() of Linux 6.18).
 */

import { POINT } from './points.ts';
import { covers, sameScalar, UNKNOWN } from './scalar.ts';
import { BYTE, baseOf, CELL, CELL_WORDS, type Frame, IS_SUM, REG, REG_CNT, type State } from './state.ts';
import type { Walk } from './walk.ts';

/** How equal: numbers nobody relied on do not count; ranges have to fit; everything the same. */
export const EQUAL = { WHERE_USED: 0, IN_RANGE: 1, EXACTLY: 2 } as const;
export type Equal = (typeof EQUAL)[keyof typeof EQUAL];

/** Which ID of the new state stands for which of the old one. */
class Ids {
  readonly #old: number[] = [];
  readonly #cur: number[] = [];
  #next = 1 << 29;

  matches(old: number, cur: number): boolean {
    if ((old !== 0) !== (cur !== 0)) return false;
    if (old === 0) return true;
    for (let k = 0; k < this.#old.length; k++) {
      if (this.#old[k] === old) return this.#cur[k] === cur;
      if (this.#cur[k] === cur) return false;
    }
    this.#old.push(old);
    this.#cur.push(cur);
    return true;
  }
  /** An old number that stood for itself may be tied to others now; one that was tied has to be. */
  matchesScalars(old: number, cur: number): boolean {
    return old === 0 || this.matches(old, cur || ++this.#next);
  }
}

interface Comparison {
  readonly ids: Ids;
  readonly how: Equal;
}

const sameWords = (old: Frame, a: number, cur: Frame, b: number, words: readonly number[]): boolean =>
  words.every((word) => old.words[a * CELL_WORDS + word] === cur.words[b * CELL_WORDS + word]);

function exactCell({ ids }: Comparison, old: Frame, cur: Frame, cell: number): boolean {
  return (
    sameWords(old, cell, cur, cell, [CELL.TYPE, CELL.OFF, CELL.WHAT]) &&
    sameScalar(old.values[cell], cur.values[cell]) &&
    ids.matches(old.get(cell, CELL.ID), cur.get(cell, CELL.ID)) &&
    ids.matches(old.get(cell, CELL.REF), cur.get(cell, CELL.REF))
  );
}

function scalarSafe({ ids, how }: Comparison, old: Frame, cur: Frame, cell: number): boolean {
  if (how === EQUAL.WHERE_USED && !old.get(cell, CELL.PRECISE)) return true;
  const [a, b] = [old.get(cell, CELL.ID), cur.get(cell, CELL.ID)];
  if (a !== 0 && (a & IS_SUM) === 0 && (b & IS_SUM) !== 0) return false;
  if ((a & IS_SUM) !== 0 && (b & IS_SUM) === 0) return false;
  if (a & IS_SUM && old.get(cell, CELL.DELTA) !== cur.get(cell, CELL.DELTA)) return false;
  return ids.matchesScalars(a, b) && covers(old.values[cell], cur.values[cell]);
}

function packetSafe({ ids }: Comparison, old: Frame, cur: Frame, cell: number): boolean {
  return (
    old.get(cell, CELL.WHAT) <= cur.get(cell, CELL.WHAT) &&
    old.get(cell, CELL.OFF) === cur.get(cell, CELL.OFF) &&
    ids.matches(old.get(cell, CELL.ID), cur.get(cell, CELL.ID)) &&
    covers(old.values[cell], cur.values[cell])
  );
}

function memorySafe({ ids }: Comparison, old: Frame, cur: Frame, cell: number): boolean {
  return (
    sameWords(old, cell, cur, cell, [CELL.OFF, CELL.WHAT]) &&
    covers(old.values[cell], cur.values[cell]) &&
    ids.matches(old.get(cell, CELL.ID), cur.get(cell, CELL.ID)) &&
    ids.matches(old.get(cell, CELL.REF), cur.get(cell, CELL.REF))
  );
}

type CellRule = typeof exactCell;
/** By type; what is not in here has to be the same. A type with flags is another type. */
const RULES: Readonly<Record<number, CellRule | undefined>> = {
  [REG.SCALAR]: scalarSafe,
  [REG.MAP_KEY]: memorySafe,
  [REG.MAP_VALUE]: memorySafe,
  [REG.MEM]: memorySafe,
  [REG.BUF]: memorySafe,
  [REG.PACKET]: packetSafe,
  [REG.PACKET_META]: packetSafe,
};

function cellSafe(comparison: Comparison, old: Frame, cur: Frame, cell: number): boolean {
  if (comparison.how === EQUAL.EXACTLY) return exactCell(comparison, old, cur, cell);
  const type = old.type(cell);
  if (type === REG.NONE) return true;
  if (type !== cur.type(cell)) return false;
  return (RULES[baseOf(type)] ?? exactCell)(comparison, old, cur, cell);
}

const isByteOpen = (byte: number): boolean => byte === BYTE.NONE || byte === BYTE.MISC;

/** Whether the slot, read in full, gives a number: spilled, or nothing known of any byte. */
function isNumber(frame: Frame, spi: number): boolean {
  if (frame.isSpilledScalar64(spi)) return true;
  for (let k = 0; k < 8; k++) if (!isByteOpen(frame.bytes[8 * spi + k])) return false;
  return true;
}

/** Compares two slots of which each is a number, spilled or unknown. */
function numberSafe(comparison: Comparison, old: Frame, cur: Frame, spi: number): boolean {
  const cell = REG_CNT + spi;
  const [a, b] = [asNumber(old, spi), asNumber(cur, spi)];
  return (comparison.how === EQUAL.EXACTLY ? exactCell : scalarSafe)(comparison, a, b, cell);
}
function asNumber(frame: Frame, spi: number): Frame {
  if (frame.isSpilledScalar64(spi)) return frame;
  const fake = frame.copy();
  fake.set(REG_CNT + spi, CELL.DEF, 0);
  fake.putScalar(REG_CNT + spi, UNKNOWN);
  return fake;
}

function slotSafe(comparison: Comparison, old: Frame, cur: Frame, spi: number): boolean {
  const from = 8 * spi;
  const isThere = spi < cur.slotCnt;
  if (comparison.how !== EQUAL.WHERE_USED)
    for (let k = 0; k < 8; k++) if (!isThere || old.bytes[from + k] !== cur.bytes[from + k]) return false;
  let k = 0;
  while (k < 8 && isByteOpen(old.bytes[from + k])) k++;
  if (k === 8) return true;
  if (!isThere) return false;
  if (isNumber(old, spi) && isNumber(cur, spi)) return numberSafe(comparison, old, cur, spi);
  for (; k < 8; k++) {
    const [a, b] = [old.bytes[from + k], cur.bytes[from + k]];
    if (!isByteOpen(a) && a !== b) return false;
  }
  if (old.bytes[from + 7] !== BYTE.SPILL) return true;
  return cellSafe(comparison, old, cur, REG_CNT + spi);
}

function frameSafe(comparison: Comparison, old: Frame, cur: Frame, live: number): boolean {
  if (old.callbackDepth > cur.callbackDepth) return false;
  for (let reg = 0; reg < REG_CNT; reg++)
    if (live & (1 << reg) && !cellSafe(comparison, old, cur, reg)) return false;
  for (let spi = 0; spi < old.slotCnt; spi++) if (!slotSafe(comparison, old, cur, spi)) return false;
  return true;
}

export function statesEqual(walk: Walk, old: State, cur: State, how: Equal): boolean {
  if (old.frames.length !== cur.frames.length || old.refs.length !== cur.refs.length) return false;
  const comparison: Comparison = { ids: new Ids(), how };
  for (let k = 0; k < old.refs.length; k++)
    if (!comparison.ids.matches(old.refs[k], cur.refs[k])) return false;
  for (let f = 0; f < old.frames.length; f++) {
    if (old.frames[f].callsite !== cur.frames[f].callsite) return false;
    const live = walk.live[old.idxOf(f)] ?? 0;
    if (!frameSafe(comparison, old.frames[f], cur.frames[f], live)) return false;
  }
  return true;
}

/** Registers that hold the very same: a quick look before EXACTLY. */
export function mayLoop(old: State, cur: State): boolean {
  if (old.frames.length !== cur.frames.length) return false;
  const [a, b] = [old.frame, cur.frame];
  for (let reg = 0; reg < REG_CNT; reg++)
    if (
      !sameWords(a, reg, b, reg, [CELL.TYPE, CELL.OFF, CELL.ID, CELL.WHAT, CELL.REF]) ||
      !sameScalar(a.values[reg], b.values[reg])
    )
      return false;
  return true;
}

/** Forgets slots of a finished state that nobody reads behind it, so that they do not tell it from others. */
export function forgetDeadSlots(walk: Walk, state: State): void {
  if (state.isClean) return;
  state.isClean = true;
  const callsBack = (idx: number): boolean => (walk.points[idx] & POINT.CALLS_BACK) !== 0;
  for (let f = 0; f < state.frames.length; f++) {
    const frame = state.frames[f];
    for (let spi = 0; spi < frame.slotCnt; spi++) {
      if (walk.stackLive.isAlive(state, f, spi, callsBack)) continue;
      frame.put(REG_CNT + spi, REG.NONE, UNKNOWN);
      frame.bytes.fill(BYTE.NONE, 8 * spi, 8 * spi + 8);
    }
  }
}

/**
 * Loads and stores that go to the stack: what is spilled in full comes back as what it was
 * (check_stack_write_fixed_off() and check_stack_read_fixed_off() of Linux 6.18).
 */

import { relyOn, relyOnSlot } from './precision.ts';
import { isConst, isZero, knownImm, type Scalar, UNKNOWN, ZERO } from './scalar.ts';
import { loaded } from './scalar-width.ts';
import { BYTE, CELL, type Frame, IS_SUM, REG, REG_CNT, SLOTS_MAX, type State, stepCell } from './state.ts';
import { bitLength } from './tnum.ts';
import type { Walk } from './walk.ts';

/** Whether the number has no bits above so many bytes. */
export const fitsIn = (a: Scalar, bytes: number): boolean => bytes === 8 || bitLength(a.umax) <= 8 * bytes;

/** A number is about to be copied: both copies get one ID, so that what is learned of one is learned of the other. */
export function identify(walk: Walk, frame: Frame, cell: number): void {
  if (!frame.isScalar(cell)) return;
  if (frame.get(cell, CELL.ID) & IS_SUM) {
    frame.set(cell, CELL.ID, 0);
    frame.set(cell, CELL.DELTA, 0);
  }
  if (frame.get(cell, CELL.ID) === 0 && !isConst(frame.values[cell])) frame.set(cell, CELL.ID, walk.newId());
}

/** Where a pointer to the stack points: bytes below the frame pointer it belongs to. */
interface Place {
  readonly f: number;
  readonly frame: Frame;
  /** Negative. The lowest and the highest place, if it is not known exactly. */
  readonly min: number;
  readonly max: number;
}

/** null: outside of the stack, which the real verifier refuses. */
export function placeOf(state: State, reg: number, off: number, size: number): Place | null {
  const base = state.frame;
  const f = base.get(reg, CELL.WHAT);
  const frame = state.frames[f];
  const { smin, smax } = base.values[reg];
  const from = BigInt(base.get(reg, CELL.OFF) + off);
  const [min, max] = [from + smin, from + smax];
  if (!frame || min < BigInt(-8 * SLOTS_MAX) || max + BigInt(size) > 0n) return null;
  return { f, frame, min: Number(min), max: Number(max) };
}

/** Slot that holds the byte, and the byte's entry in `Frame.bytes`. */
const slotAt = (off: number): number => (-off - 1) >> 3;
const byteAt = (off: number): number => -off - 1;

/** Notes how deep the frame is touched. */
export function touch(walk: Walk, { frame, min }: Place): void {
  frame.grow(slotAt(min) + 1);
  const { subprog } = frame;
  if (walk.depth[subprog] < -min) walk.depth[subprog] = -min;
}

/** A spilled register that is overwritten in part is a number nobody knows. */
function scrub(frame: Frame, spi: number): void {
  for (let k = 8 * spi; k < 8 * spi + 8; k++) if (frame.bytes[k] === BYTE.SPILL) frame.bytes[k] = BYTE.MISC;
}

function spill(frame: Frame, spi: number, size: number): void {
  for (let k = 0; k < 8; k++) {
    const at = 8 * spi + 7 - k;
    if (k < size) frame.bytes[at] = BYTE.SPILL;
    else if (frame.bytes[at] !== BYTE.ZERO && frame.bytes[at] !== BYTE.NONE) frame.bytes[at] = BYTE.MISC;
  }
}

/** What a store writes: a register (-1: none, but `imm`; null: nobody knows). */
export interface Stored {
  readonly reg: number;
  readonly imm: number | null;
}

const isZeroStored = (walk: Walk, { reg, imm }: Stored): boolean =>
  reg >= 0 ? walk.state.frame.isScalar(reg) && isZero(walk.state.frame.values[reg]) : imm === 0;

function writeAt(walk: Walk, place: Place, size: number, stored: Stored): void {
  const { frame, f, min } = place;
  const spi = slotAt(min);
  const cell = REG_CNT + spi;
  const isAligned = min % 8 === 0;
  const source = walk.state.frame;
  if (isAligned && size === 8) walk.stackLive.wrote(f, spi);
  const type = stored.reg >= 0 ? source.type(stored.reg) : REG.NONE;
  if (isAligned && type === REG.SCALAR) {
    const fits = fitsIn(source.values[stored.reg], size);
    if (fits) identify(walk, source, stored.reg);
    frame.move(cell, source, stored.reg);
    spill(frame, spi, size);
    if (!fits) frame.set(cell, CELL.ID, 0);
  } else if (isAligned && stored.reg < 0 && stored.imm !== null) {
    frame.set(cell, CELL.DEF, 0);
    frame.putScalar(cell, knownImm(stored.imm));
    spill(frame, spi, size);
  } else if (isAligned && size === 8 && type !== REG.NONE) {
    frame.move(cell, source, stored.reg);
    spill(frame, spi, size);
  } else {
    scrub(frame, spi);
    frame.put(cell, REG.NONE, UNKNOWN);
    const isZero = isZeroStored(walk, stored);
    if (isZero && stored.reg >= 0) relyOn(walk, stored.reg);
    for (let k = 0; k < size; k++) frame.bytes[byteAt(min + k)] = isZero ? BYTE.ZERO : BYTE.MISC;
    return;
  }
  walk.note(stepCell(f, spi), null);
}

/** A store somewhere into a range may have hit any byte of it. */
function writeSomewhere(walk: Walk, { frame, min, max }: Place, size: number, stored: Stored): void {
  const isZero = isZeroStored(walk, stored);
  let zeroCounts = false;
  for (let off = min; off < max + size; off++) {
    const at = byteAt(off);
    const cell = REG_CNT + slotAt(off);
    const isSpilledZero = frame.bytes[at] === BYTE.SPILL && frame.isScalar(cell) && isZeroValue(frame, cell);
    if (isZero && isSpilledZero) {
      zeroCounts = true;
      continue;
    }
    frame.put(cell, REG.NONE, UNKNOWN);
    const stays = isZero && frame.bytes[at] === BYTE.ZERO;
    if (stays) zeroCounts = true;
    frame.bytes[at] = stays ? BYTE.ZERO : BYTE.MISC;
  }
  if (zeroCounts && stored.reg >= 0) relyOn(walk, stored.reg);
}
const isZeroValue = (frame: Frame, cell: number): boolean => isZero(frame.values[cell]);

export function storeToStack(walk: Walk, reg: number, off: number, size: number, stored: Stored): void {
  const place = placeOf(walk.state, reg, off, size);
  if (place === null) return;
  touch(walk, place);
  if (place.min === place.max && slotAt(place.min) === slotAt(place.min + size - 1))
    writeAt(walk, place, size, stored);
  else writeSomewhere(walk, place, size, stored);
}

/** What bytes that hold no register give. */
function bytesGive(frame: Frame, min: number, cnt: number): Scalar {
  for (let off = min; off < min + cnt; off++) if (frame.bytes[byteAt(off)] !== BYTE.ZERO) return UNKNOWN;
  return ZERO;
}

/** A load of part of a spilled number that begins where the number begins. */
function fillPart(walk: Walk, place: Place, size: number, spillSize: number, dst: number): boolean {
  const { frame, f, min } = place;
  const spi = slotAt(min);
  const cell = REG_CNT + spi;
  const to = walk.state.frame;
  const from = frame.values[cell];
  if (size <= spillSize && min % 8 === 0) {
    const def = to.get(dst, CELL.DEF);
    if (size === 4 && spillSize === 4 && fitsIn(from, 4)) identify(walk, frame, cell);
    to.move(dst, frame, cell);
    to.set(dst, CELL.DEF, def);
    if (!fitsIn(from, size)) to.set(dst, CELL.ID, 0);
    walk.note(stepCell(f, spi), null);
    return true;
  }
  let spillCnt = 0;
  for (let k = 0; k < size; k++) if (frame.bytes[byteAt(min + k)] === BYTE.SPILL) spillCnt++;
  if (spillCnt === size && isZero(from)) {
    to.putScalar(dst, ZERO);
    walk.note(stepCell(f, spi), null);
  } else to.putScalar(dst, bytesGive(frame, min, size));
  return true;
}

function readAt(walk: Walk, place: Place, size: number, dst: number): void {
  const { frame, f, min } = place;
  const spi = slotAt(min);
  walk.stackLive.read(walk.state, walk.idx, f, spi);
  const to = walk.state.frame;
  if (!frame.isSpilled(spi)) {
    to.putScalar(dst, bytesGive(frame, min, size));
    return;
  }
  let spillSize = 1;
  for (let k = 7; k > 0 && frame.bytes[8 * spi + k - 1] === BYTE.SPILL; k--) spillSize++;
  if (size === 8 && spillSize === 8) {
    identify(walk, frame, REG_CNT + spi);
    to.move(dst, frame, REG_CNT + spi);
    walk.note(stepCell(f, spi), null);
  } else if (frame.isScalar(REG_CNT + spi)) fillPart(walk, place, size, spillSize, dst);
  else to.putScalar(dst, loaded(size, false));
}

/** The number, or the pointer, that a load from the stack gives to register `dst`; still as wide as it was stored. */
export function loadFromStack(walk: Walk, reg: number, off: number, size: number, dst: number): void {
  const place = placeOf(walk.state, reg, off, size);
  if (place === null) {
    walk.state.frame.putScalar(dst, UNKNOWN);
    return;
  }
  touch(walk, place);
  if (place.min === place.max && slotAt(place.min) === slotAt(place.min + size - 1))
    readAt(walk, place, size, dst);
  else {
    const cnt = place.max - place.min + size;
    readSpan(walk, place, cnt);
    walk.state.frame.putScalar(dst, bytesGive(place.frame, place.min, cnt));
  }
}

const readSpan = (walk: Walk, { f, min }: Place, cnt: number): void => {
  for (let spi = slotAt(min + cnt - 1); spi <= slotAt(min); spi++)
    walk.stackLive.read(walk.state, walk.idx, f, spi);
};

/** A helper is given `size` bytes of stack to read, or to write whatever it likes. */
export function lendStack(
  walk: Walk,
  reg: number,
  size: number,
  isWritten: boolean,
  isFilled: boolean,
): void {
  const place = placeOf(walk.state, reg, 0, size);
  if (place === null || size <= 0) return;
  touch(walk, place);
  if (isFilled && place.min === place.max) {
    // Room to be filled is filled byte by byte.
    for (let k = 0; k < size; k++)
      writeAt(walk, { ...place, min: place.min + k, max: place.min + k }, 1, { reg: -1, imm: null });
    return;
  }
  const cnt = place.max - place.min + size;
  readSpan(walk, place, cnt);
  if (!isWritten) return;
  const { frame } = place;
  for (let off = place.min; off < place.min + cnt; off++) {
    const spi = slotAt(off);
    if (frame.isSpilled(spi)) {
      frame.put(REG_CNT + spi, REG.NONE, UNKNOWN);
      scrub(frame, spi);
    }
    frame.bytes[byteAt(off)] = BYTE.MISC;
  }
}

const KEY_BYTES = 4;

/** Four-byte constant in the stack, -1: not known. Array maps are looked up with one. */
export function constKey(walk: Walk, reg: number): number {
  const place = placeOf(walk.state, reg, 0, KEY_BYTES);
  if (place === null || place.min !== place.max) return -1;
  const { frame, f, min } = place;
  const spi = slotAt(min);
  const cell = REG_CNT + spi;
  if (spi >= frame.slotCnt) return -1;
  if (isZero(bytesGive(frame, min, KEY_BYTES))) return 0;
  let spillSize = 0;
  for (let k = byteAt(min); k >= 8 * spi && frame.bytes[k] === BYTE.SPILL; k--) spillSize++;
  // Only a spill of just the key counts.
  if (!frame.isSpilled(spi) || spillSize !== KEY_BYTES || !frame.isScalar(cell)) return -1;
  const value = frame.values[cell];
  if (!isConst(value)) return -1;
  relyOnSlot(walk, f, spi);
  return Number(value.value & 0xffffffffn);
}

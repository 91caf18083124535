/**
 * What is known of a number in a register: its bits, and bounds read as 64 and 32 bits, signed and unsigned. Each of
 * the five says something that the others cannot, and `synced` lets them learn from one another in the order in which
 * Linux 6.18 does (reg_bounds_sync() in kernel/bpf/verifier.c).
 *
 * A Scalar that somebody else may hold is never changed: work on a `copy`.
 */
import { type Tnum, tnumIn, tnumIntersect, tnumLow, tnumRange, U32, U64 } from './tnum.ts';

export const S64_MIN = -(1n << 63n);
export const S64_MAX = (1n << 63n) - 1n;
export const S32_MIN = -0x80000000;
export const S32_MAX = 0x7fffffff;
export const U32_MAX = 0xffffffff;

let serial = 0;

export class Scalar {
  value = 0n;
  mask = U64;
  umin = 0n;
  umax = U64;
  smin = S64_MIN;
  smax = S64_MAX;
  umin32 = 0;
  umax32 = U32_MAX;
  smin32 = S32_MIN;
  smax32 = S32_MAX;
  /** For tables that remember results; equal numbers may have different serials. */
  readonly serial = serial++;
}

export const lowNumber = (x: bigint): number => Number(BigInt.asIntN(32, x));

export function copy(a: Scalar): Scalar {
  const b = new Scalar();
  b.value = a.value;
  b.mask = a.mask;
  b.umin = a.umin;
  b.umax = a.umax;
  b.smin = a.smin;
  b.smax = a.smax;
  b.umin32 = a.umin32;
  b.umax32 = a.umax32;
  b.smin32 = a.smin32;
  b.smax32 = a.smax32;
  return b;
}

/** A number known in full; `value` is unsigned. */
export function known(value: bigint): Scalar {
  const a = new Scalar();
  a.value = a.umin = a.umax = value;
  a.mask = 0n;
  a.smin = a.smax = BigInt.asIntN(64, value);
  a.smin32 = a.smax32 = lowNumber(value);
  a.umin32 = a.umax32 = a.smin32 >>> 0;
  return a;
}

export const UNKNOWN = new Scalar();
export const ZERO = known(0n);

const smallKnown = new Map<number, Scalar>();
const SMALL_CNT_MAX = 4096;

/** A signed 32-bit constant, as 64 bits. The most frequent ones are shared. */
export function knownImm(imm: number): Scalar {
  let a = smallKnown.get(imm);
  if (a === undefined) {
    a = known(BigInt.asUintN(64, BigInt(imm)));
    if (smallKnown.size < SMALL_CNT_MAX) smallKnown.set(imm, a);
  }
  return a;
}

export const isConst = (a: Scalar): boolean => a.mask === 0n;
export const isConst32 = (a: Scalar): boolean => a.mask === 0n || (a.mask & U32) === 0n;
export const isZero = (a: Scalar): boolean => a.mask === 0n && a.value === 0n;

export function setTnum(a: Scalar, t: Tnum): void {
  a.value = t.value;
  a.mask = t.mask;
}
export function unbound64(a: Scalar): void {
  a.umin = 0n;
  a.umax = U64;
  a.smin = S64_MIN;
  a.smax = S64_MAX;
}
export function unbound32(a: Scalar): void {
  a.umin32 = 0;
  a.umax32 = U32_MAX;
  a.smin32 = S32_MIN;
  a.smax32 = S32_MAX;
}

const maxOf = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const minOf = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const signed = (x: bigint): bigint => BigInt.asIntN(64, x);
const unsigned = (x: bigint): bigint => BigInt.asUintN(64, x);

const SIGN32 = 0x80000000n;
const SIGN64 = 1n << 63n;

/** Bounds learn from bits. */
export function updateBounds32(a: Scalar): void {
  const value = a.value & U32;
  const mask = a.mask & U32;
  a.smin32 = Math.max(a.smin32, lowNumber(value | (mask & SIGN32)));
  a.smax32 = Math.min(a.smax32, lowNumber(value | (mask & ~SIGN32)));
  a.umin32 = Math.max(a.umin32, Number(value));
  a.umax32 = Math.min(a.umax32, Number(value | mask));
}
export function updateBounds(a: Scalar): void {
  updateBounds32(a);
  a.smin = maxOf(a.smin, signed(a.value | (a.mask & SIGN64)));
  a.smax = minOf(a.smax, signed(a.value | (a.mask & (SIGN64 - 1n))));
  a.umin = maxOf(a.umin, a.value);
  a.umax = minOf(a.umax, a.value | a.mask);
}

const tightenS32 = (a: Scalar, min: number, max: number): void => {
  a.smin32 = Math.max(a.smin32, min);
  a.smax32 = Math.min(a.smax32, max);
};
const tightenU32 = (a: Scalar, min: number, max: number): void => {
  a.umin32 = Math.max(a.umin32, min);
  a.umax32 = Math.min(a.umax32, max);
};

/** 32-bit bounds learn from 64-bit bounds whose upper halves agree, or follow one another over the sign. */
function deduce32From(a: Scalar, min: bigint, max: bigint, isSigned: boolean): void {
  const [low, high] = [lowNumber(min), lowNumber(max)];
  if (min >> 32n === max >> 32n) {
    if (!isSigned || low >>> 0 <= high >>> 0) tightenU32(a, low >>> 0, high >>> 0);
    if (low <= high) tightenS32(a, low, high);
  }
}

const upperHalvesFollow = (min: bigint, max: bigint): boolean =>
  BigInt.asUintN(32, (min >> 32n) + 1n) === BigInt.asUintN(32, max >> 32n) &&
  lowNumber(min) < 0 &&
  lowNumber(max) >= 0;

function deduce32(a: Scalar): void {
  deduce32From(a, a.umin, a.umax, false);
  deduce32From(a, a.smin, a.smax, true);
  if (upperHalvesFollow(a.umin, a.umax)) tightenS32(a, lowNumber(a.umin), lowNumber(a.umax));
  if (upperHalvesFollow(a.smin, a.smax)) tightenS32(a, lowNumber(a.smin), lowNumber(a.smax));
  if ((a.umin32 | 0) <= (a.umax32 | 0)) tightenS32(a, a.umin32 | 0, a.umax32 | 0);
  const [low, high] = [a.smin32 >>> 0, a.smax32 >>> 0];
  if (low <= high) tightenU32(a, low, high);
  else if (a.umax32 < low) {
    // The signed range goes over the sign, and the unsigned one only meets its positive part ...
    a.smin32 = a.umin32 | 0;
    a.umax32 = Math.min(a.umax32, high);
  } else if (high < a.umin32) {
    // ... or its negative part.
    a.smax32 = a.umax32 | 0;
    a.umin32 = Math.max(a.umin32, low);
  }
}

function deduce64(a: Scalar): void {
  if (signed(a.umin) <= signed(a.umax)) {
    a.smin = maxOf(a.smin, signed(a.umin));
    a.smax = minOf(a.smax, signed(a.umax));
  }
  const [low, high] = [unsigned(a.smin), unsigned(a.smax)];
  if (low <= high) {
    a.umin = maxOf(low, a.umin);
    a.umax = minOf(high, a.umax);
  } else if (a.umax < low) {
    a.smin = signed(a.umin);
    a.umax = minOf(a.umax, high);
  } else if (high < a.umin) {
    a.smax = signed(a.umax);
    a.umin = maxOf(a.umin, low);
  }
}

/** 64-bit bounds learn from 32-bit ones. */
function deduceMixed(a: Scalar): void {
  const [low, high] = [BigInt(a.umin32), BigInt(a.umax32)];
  a.umin = maxOf(a.umin, (a.umin & ~U32) | low);
  a.umax = minOf(a.umax, (a.umax & ~U32) | high);
  a.smin = maxOf(a.smin, (a.smin & ~U32) | low);
  a.smax = minOf(a.smax, (a.smax & ~U32) | high);
  if (a.smin32 >= 0 && a.smin >= BigInt(S32_MIN) && a.smax <= BigInt(S32_MAX)) {
    a.smin = a.umin = BigInt(a.smin32);
    a.smax = a.umax = BigInt(a.smax32);
    setTnum(a, tnumIntersect(a, tnumRange(a.umin, a.umax)));
  }
}

/** Bits learn from bounds. */
function boundBits(a: Scalar): void {
  const wide = tnumIntersect(a, tnumRange(a.umin, a.umax));
  const low = tnumIntersect(tnumLow(wide), tnumRange(BigInt(a.umin32), BigInt(a.umax32)));
  a.value = (wide.value & ~U32) | (low.value & U32);
  a.mask = (wide.mask & ~U32) | (low.mask & U32);
}

const isBroken = (a: Scalar): boolean =>
  a.umin > a.umax || a.smin > a.smax || a.umin32 > a.umax32 || a.smin32 > a.smax32;

/** The number itself, after all that is known of it has been put together. Contradictions (dead ways) stay bounded. */
export function synced(a: Scalar): Scalar {
  updateBounds(a);
  for (let round = 0; round < 3; round++) {
    deduce32(a);
    deduce64(a);
    deduceMixed(a);
  }
  boundBits(a);
  updateBounds(a);
  return a;
}

/** The kernel gives up on bounds that contradict one another; what it knows of bits stays. */
export function sane(a: Scalar): Scalar {
  const constIsOff = a.mask === 0n && (a.umin !== a.value || a.umax !== a.value);
  const low = a.value & U32;
  const lowIsOff =
    (a.mask & U32) === 0n && (BigInt(a.umin32) !== low || BigInt(a.umax32) !== low || a.smin32 !== a.smax32);
  if (isBroken(a) || constIsOff || lowIsOff) {
    unbound64(a);
    unbound32(a);
  }
  return a;
}

/** Upper half zero, 64-bit bounds out of the 32-bit ones. */
export function zeroExtend32(a: Scalar): Scalar {
  a.value &= U32;
  a.mask &= U32;
  a.umin = BigInt(a.umin32);
  a.umax = BigInt(a.umax32);
  const isPositive = a.smin32 >= 0 && a.smax32 >= 0;
  a.smin = isPositive ? BigInt(a.smin32) : 0n;
  a.smax = isPositive ? BigInt(a.smax32) : U32;
  return a;
}

/** The lower half of a number, as 64 bits. */
export const widened = (from: Scalar): Scalar =>
  isConst(from) && from.umax <= U32 ? from : shared(synced(zeroExtend32(copy(from))));

/** A number of which the lower half is known in full. */
export function withLow(from: Scalar, low: number): Scalar {
  const a = copy(from);
  a.value = (a.value & ~U32) | BigInt(low >>> 0);
  a.mask &= ~U32;
  a.smin32 = a.smax32 = low | 0;
  a.umin32 = a.umax32 = low >>> 0;
  return a;
}

/** A load of `size` bytes out of a number, zero-extended. */
export function truncated(from: Scalar, size: number): Scalar {
  if (size === 8) return from;
  const a = copy(from);
  const mask = (1n << BigInt(8 * size)) - 1n;
  a.value &= mask;
  a.mask &= mask;
  if ((a.umin & ~mask) === (a.umax & ~mask)) {
    a.umin &= mask;
    a.umax &= mask;
  } else {
    a.umin = 0n;
    a.umax = mask;
  }
  a.smin = a.umin;
  a.smax = a.umax;
  // Smaller than a half register: the 32-bit bounds are worth nothing.
  if (size < 4) unbound32(a);
  return shared(synced(a));
}

/** The same, sign-extended to 64 bits, or to 32 (and the upper half zero). */
export function signExtended(from: Scalar, size: number, to32: boolean): Scalar {
  const bits = 8 * size;
  const sx = (x: bigint): bigint => BigInt.asIntN(bits, x);
  const [oldMin, oldMax] = to32 ? [BigInt(from.smin32), BigInt(from.smax32)] : [from.smin, from.smax];
  if (isConst(from)) {
    const value = sx(from.value);
    return known(to32 ? BigInt.asUintN(32, value) : unsigned(value));
  }
  const a = copy(from);
  let [min, max] = [-(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n];
  if (oldMin >> BigInt(bits) === oldMax >> BigInt(bits)) {
    const [x, y] = [sx(oldMin), sx(oldMax)];
    const [smaller, greater] = [minOf(x, y), maxOf(x, y)];
    // Both ends on the same side of the new sign bit: the range stays one piece.
    if (smaller >= 0n === greater >= 0n) [min, max] = [smaller, greater];
  }
  const range = tnumRange(unsigned(min), unsigned(max));
  if (to32) {
    a.smin32 = Number(min);
    a.smax32 = Number(max);
    a.umin32 = Number(min) >>> 0;
    a.umax32 = Number(max) >>> 0;
    if (a.umin32 > a.umax32) [a.umin32, a.umax32] = [0, U32_MAX];
    setTnum(a, tnumLow(range));
    return a;
  }
  a.smin = min;
  a.smax = max;
  [a.umin, a.umax] = unsigned(min) <= unsigned(max) ? [unsigned(min), unsigned(max)] : [0n, U64];
  a.smin32 = Number(min < BigInt(S32_MIN) ? BigInt(S32_MIN) : min);
  a.smax32 = Number(max > BigInt(S32_MAX) ? BigInt(S32_MAX) : max);
  a.umin32 = a.smin32 >>> 0;
  a.umax32 = a.smax32 >>> 0;
  if (a.umin32 > a.umax32) [a.umin32, a.umax32] = [0, U32_MAX];
  setTnum(a, range);
  return a;
}

export function sameScalar(a: Scalar, b: Scalar): boolean {
  if (a === b) return true;
  return (
    a.value === b.value &&
    a.mask === b.mask &&
    a.umin === b.umin &&
    a.umax === b.umax &&
    a.smin === b.smin &&
    a.smax === b.smax &&
    a.umin32 === b.umin32 &&
    a.umax32 === b.umax32 &&
    a.smin32 === b.smin32 &&
    a.smax32 === b.smax32
  );
}

/** Equal numbers as one object, as far as a small table goes, so that what is remembered of one serves all. */
const SHARED_BITS = 12;
const sharedScalars: Scalar[] = new Array(1 << SHARED_BITS).fill(UNKNOWN);
export function shared(a: Scalar): Scalar {
  if (a.mask === U64 && sameScalar(a, UNKNOWN)) return UNKNOWN;
  const parts = [lowNumber(a.mask), lowNumber(a.umax), lowNumber(a.umin), lowNumber(a.umax >> 32n), a.smax32];
  let hash = 0;
  for (const part of parts) hash = Math.imul(hash ^ part, 0x9e3779b1);
  const at = hash >>> (32 - SHARED_BITS);
  if (sameScalar(sharedScalars[at], a)) return sharedScalars[at];
  sharedScalars[at] = a;
  return a;
}

/** A load from memory of which nothing is known. */
const LOADED: Readonly<Record<number, Scalar>> = {
  1: truncated(UNKNOWN, 1),
  2: truncated(UNKNOWN, 2),
  4: truncated(UNKNOWN, 4),
  8: UNKNOWN,
};
const LOADED_SIGNED: Readonly<Record<number, Scalar>> = {
  1: signExtended(UNKNOWN, 1, false),
  2: signExtended(UNKNOWN, 2, false),
  4: signExtended(UNKNOWN, 4, false),
  8: UNKNOWN,
};
export const loaded = (size: number, isSigned: boolean): Scalar => (isSigned ? LOADED_SIGNED : LOADED)[size];

/** Whether every number that `b` may be is one that `a` may be, in all five ways of saying it. */
export function covers(a: Scalar, b: Scalar): boolean {
  if (a === b) return true;
  return (
    a.umin <= b.umin &&
    a.umax >= b.umax &&
    a.smin <= b.smin &&
    a.smax >= b.smax &&
    a.umin32 <= b.umin32 &&
    a.umax32 >= b.umax32 &&
    a.smin32 <= b.smin32 &&
    a.smax32 >= b.smax32 &&
    tnumIn(a, b)
  );
}

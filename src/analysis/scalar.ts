/**
 * What is known of a number in a register: its bits, and bounds read as 64 and 32 bits, signed and unsigned. Each of
 * the five says something that the others cannot. They learn from one another in scalar-bounds.ts.
 *
 * A Scalar that somebody else may hold is never changed: work on a `copy`.
 */

import { type Tnum, tnumIn, U32, U64 } from './tnum.ts';

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
  /**
   * All bounds are one range within 0..SMALL_MAX, and so are the bits; scalar-small.ts reckons with these. Only said of
   * numbers that are not changed any more: a copy is not small, until it is said to be.
   */
  isSmall = false;
  smallValue = 0;
  smallMask = 0;
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

export const SMALL_MAX = 0x7fff_ffff;
const SMALL_MAX_BIG = BigInt(SMALL_MAX);

/** Says of a number that will not be changed any more whether it is small. */
export function finished(a: Scalar): Scalar {
  if (a.isSmall || a.umax32 > SMALL_MAX || a.umin32 !== a.smin32 || a.umax32 !== a.smax32) return a;
  if (a.umax > SMALL_MAX_BIG || a.smin !== a.umin || a.smax !== a.umax || (a.value | a.mask) > SMALL_MAX_BIG)
    return a;
  if (a.umin !== BigInt(a.umin32) || a.umax !== BigInt(a.umax32)) return a;
  a.isSmall = true;
  a.smallValue = Number(a.value);
  a.smallMask = Number(a.mask);
  return a;
}

/** A number in 0..SMALL_MAX known in full. */
export function knownSmall(value: number): Scalar {
  const a = new Scalar();
  a.value = a.umin = a.umax = a.smin = a.smax = BigInt(value);
  a.mask = 0n;
  a.umin32 = a.umax32 = a.smin32 = a.smax32 = a.smallValue = value;
  a.isSmall = true;
  return a;
}

/** A number known in full; `value` is unsigned. */
export function known(value: bigint): Scalar {
  if (value <= SMALL_MAX_BIG) return knownSmall(Number(value));
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

/** Constants met last, by their bits: the frequent ones are one object. */
const IMM_BITS = 12;
const immOf = new Int32Array(1 << IMM_BITS);
const immScalars: Scalar[] = new Array(1 << IMM_BITS).fill(ZERO);

/** A signed 32-bit constant, as 64 bits. */
export function knownImm(imm: number): Scalar {
  const at = Math.imul(imm, 0x9e3779b1) >>> (32 - IMM_BITS);
  if (immOf[at] !== imm) {
    immOf[at] = imm;
    immScalars[at] = imm >= 0 ? knownSmall(imm) : known(BigInt.asUintN(64, BigInt(imm)));
  }
  return immScalars[at];
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

export const maxOf = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const minOf = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const signed = (x: bigint): bigint => BigInt.asIntN(64, x);
export const unsigned = (x: bigint): bigint => BigInt.asUintN(64, x);

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

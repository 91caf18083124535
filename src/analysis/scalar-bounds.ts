/**
 * The five ways of bounding a number learn from one another, in the order in which Linux 6.18 has it (reg_bounds_sync() in
 * kernel/bpf/verifier.c).
 */
import {
  copy,
  lowNumber,
  maxOf,
  minOf,
  S32_MAX,
  S32_MIN,
  type Scalar,
  sameScalar,
  setTnum,
  signed,
  U32_MAX,
  unbound32,
  unbound64,
  unsigned,
} from './scalar.ts';
import { tnumConst, tnumIntersect, tnumLow, tnumRange, tnumStep, U32 } from './tnum.ts';

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
  const only = onlyNumber(a);
  if (only !== null) become(a, only);
}

/**
 * The one number that bits and unsigned range have in common, as far as the kernel looks: the least of the range, the
 * greatest that the bits allow (which it takes even where it is not in the range, on ways that cannot be), or one
 * between. null: there are more.
 */
function onlyNumber(a: Scalar): bigint | null {
  const next = tnumStep(a, a.umin);
  if ((a.umin & ~a.mask) === a.value) return next > a.umax ? a.umin : null;
  if (next === (a.value | a.mask)) return next;
  return next <= a.umax && tnumStep(a, next) > a.umax ? next : null;
}

function become(a: Scalar, value: bigint): void {
  setTnum(a, tnumConst(value));
  a.umin = a.umax = value;
  a.smin = a.smax = signed(value);
  a.smin32 = a.smax32 = lowNumber(value);
  a.umin32 = a.umax32 = a.smin32 >>> 0;
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
  const [upperMin, upperMax] = [min >> 32n, max >> 32n];
  const isSame = upperMin === upperMax;
  if (!isSame && BigInt.asUintN(32, upperMin + 1n) !== BigInt.asUintN(32, upperMax)) return;
  const [low, high] = [lowNumber(min), lowNumber(max)];
  if (isSame) {
    if (!isSigned || low >>> 0 <= high >>> 0) tightenU32(a, low >>> 0, high >>> 0);
    if (low <= high) tightenS32(a, low, high);
  } else if (low < 0 && high >= 0) tightenS32(a, low, high);
}

function deduce32(a: Scalar): void {
  deduce32From(a, a.umin, a.umax, false);
  deduce32From(a, a.smin, a.smax, true);
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
  // Nothing is learnt of a lower half that may be anything.
  if (a.umin32 !== 0 || a.umax32 !== U32_MAX) {
    const [low, high] = [BigInt(a.umin32), BigInt(a.umax32)];
    a.umin = maxOf(a.umin, (a.umin & ~U32) | low);
    a.umax = minOf(a.umax, (a.umax & ~U32) | high);
    a.smin = maxOf(a.smin, (a.smin & ~U32) | low);
    a.smax = minOf(a.smax, (a.smax & ~U32) | high);
  }
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
  a.isSmall = false;
  updateBounds(a);
  // The kernel goes three rounds. One that changes nothing is followed by others that change nothing.
  for (let round = 0; round < 3; round++) {
    const before = copy(a);
    deduce32(a);
    deduce64(a);
    deduceMixed(a);
    if (sameScalar(before, a)) break;
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

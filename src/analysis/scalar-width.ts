/** Numbers in another width: the lower half, parts of it, and what loads of so many bytes give. */
import {
  copy,
  isConst,
  known,
  maxOf,
  minOf,
  S32_MAX,
  S32_MIN,
  type Scalar,
  setTnum,
  shared,
  U32_MAX,
  UNKNOWN,
  unbound32,
  unsigned,
} from './scalar.ts';
import { synced } from './scalar-bounds.ts';
import { tnumLow, tnumRange, U32, U64 } from './tnum.ts';

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

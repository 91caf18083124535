/**
 * Numbers of which only some bits are known: `value` has the known ones, `mask` a 1 for each unknown bit. The rules of
 * arithmetic on them are those of Linux 6.18 (kernel/bpf/tnum.c), because whoever knows a bit more or less than the
 * verifier finds other code dead.
 */

export interface Tnum {
  readonly value: bigint;
  readonly mask: bigint;
}

export const U32 = 0xffffffffn;
export const U64 = 0xffffffffffffffffn;

/** Bits that an unsigned number takes, 0 for 0. */
export function bitLength(x: bigint): number {
  if (x <= U32) return 32 - Math.clz32(Number(x));
  return 64 - Math.clz32(Number(x >> 32n));
}

const tnum = (value: bigint, mask: bigint): Tnum => ({ value, mask });
const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);

export const tnumConst = (value: bigint): Tnum => tnum(value, 0n);

export function tnumAdd(a: Tnum, b: Tnum): Tnum {
  const sum = u64(a.value + b.value);
  const chi = u64(a.value + b.value + a.mask + b.mask) ^ sum;
  const mask = chi | a.mask | b.mask;
  return tnum(sum & ~mask & U64, mask);
}

export function tnumSub(a: Tnum, b: Tnum): Tnum {
  const difference = u64(a.value - b.value);
  const chi = u64(difference + a.mask) ^ u64(difference - b.mask);
  const mask = chi | a.mask | b.mask;
  return tnum(difference & ~mask & U64, mask);
}

export function tnumAnd(a: Tnum, b: Tnum): Tnum {
  const value = a.value & b.value;
  return tnum(value, (a.value | a.mask) & (b.value | b.mask) & ~value);
}

export function tnumOr(a: Tnum, b: Tnum): Tnum {
  const value = a.value | b.value;
  return tnum(value, (a.mask | b.mask) & ~value);
}

export function tnumXor(a: Tnum, b: Tnum): Tnum {
  const mask = a.mask | b.mask;
  return tnum((a.value ^ b.value) & ~mask, mask);
}

/** The next greater number with these known bits; the greatest one where there is none. */
export function tnumStep({ value, mask }: Tnum, from: bigint): bigint {
  const max = value | mask;
  if (from >= max) return max;
  if (from < value) return value;
  const more = from - value;
  // A bit that is no unknown one has to be carried over, with all below it.
  const stray = more & ~mask & U64;
  const carry = (1n << BigInt(bitLength(stray))) - 1n;
  const filled = more | carry | (~mask & U64);
  return value | (u64(filled + 1n) & mask);
}

export const tnumLsh = (a: Tnum, shift: bigint): Tnum => tnum(u64(a.value << shift), u64(a.mask << shift));
export const tnumRsh = (a: Tnum, shift: bigint): Tnum => tnum(a.value >> shift, a.mask >> shift);

/** Arithmetic shift of a number of `bits` (32 or 64) bits. */
export const tnumArsh = (a: Tnum, shift: bigint, bits: number): Tnum =>
  tnum(
    BigInt.asUintN(bits, BigInt.asIntN(bits, a.value) >> shift),
    BigInt.asUintN(bits, BigInt.asIntN(bits, a.mask) >> shift),
  );

/** Both, when each of them is true. They must not contradict one another in a known bit, or the result is none. */
export function tnumIntersect(a: Tnum, b: Tnum): Tnum {
  const mask = a.mask & b.mask;
  return tnum((a.value | b.value) & ~mask, mask);
}

/** Either of them. */
function tnumUnion(a: Tnum, b: Tnum): Tnum {
  const mask = a.mask | b.mask | (a.value ^ b.value);
  return tnum(a.value & b.value & ~mask, mask);
}

/** Long multiplication; for an unknown bit of `a` both ways are taken together. */
export function tnumMul(a: Tnum, b: Tnum): Tnum {
  let sum = tnumConst(0n);
  let { value, mask } = a;
  for (let row = b; (value | mask) !== 0n; value >>= 1n, mask >>= 1n, row = tnumLsh(row, 1n)) {
    if (value & 1n) sum = tnumAdd(sum, row);
    else if (mask & 1n) sum = tnumUnion(sum, tnumAdd(sum, row));
  }
  return sum;
}

/** What all numbers from `min` to `max` have in common. */
export function tnumRange(min: bigint, max: bigint): Tnum {
  const chi = min ^ max;
  if (chi > U64 >> 1n) return tnum(0n, U64);
  const delta = (1n << BigInt(bitLength(chi))) - 1n;
  return tnum(min & ~delta, delta);
}

/** Whether every number that `b` may be is one that `a` may be. */
export const tnumIn = (a: Tnum, b: Tnum): boolean =>
  (b.mask & ~a.mask) === 0n && a.value === (b.value & ~a.mask);

/** Whether there is a number that both may be. */
export const tnumOverlap = (a: Tnum, b: Tnum): boolean => ((a.value ^ b.value) & ~(a.mask | b.mask)) === 0n;

function swapped(x: bigint, bytes: number): bigint {
  let y = 0n;
  for (let k = 0; k < bytes; k++) y = (y << 8n) | ((x >> BigInt(8 * k)) & 0xffn);
  return y;
}
/** The lowest `bytes` bytes in the other order, and nothing above them. */
export const tnumSwap = (a: Tnum, bytes: number): Tnum =>
  tnum(swapped(a.value, bytes), swapped(a.mask, bytes));

export const tnumLow = (a: Tnum): Tnum => tnum(a.value & U32, a.mask & U32);

/** `low` in place of the lower 32 bits of `a`. */
export const tnumWithLow = (a: Tnum, low: Tnum): Tnum =>
  tnum((a.value & ~U32) | (low.value & U32), (a.mask & ~U32) | (low.mask & U32));

/**
 * Arithmetic on what is known of numbers, op by op as Linux 6.18 does it (adjust_scalar_min_max_vals() in
 * kernel/bpf/verifier.c). One row an op; results are remembered, because programs repeat themselves.
 */

import { ALU_OP, OP_MASK } from '../isa/code-parts.ts';
import {
  copy,
  finished,
  isConst,
  isConst32,
  known,
  S32_MAX,
  S32_MIN,
  S64_MAX,
  S64_MIN,
  type Scalar,
  setTnum,
  shared,
  U32_MAX,
  UNKNOWN,
  unbound32,
  unbound64,
} from './scalar.ts';
import { sane, synced, updateBounds, updateBounds32 } from './scalar-bounds.ts';
import { smallAlu } from './scalar-small.ts';
import { truncated, zeroExtend32 } from './scalar-width.ts';
import {
  type Tnum,
  tnumAdd,
  tnumAnd,
  tnumArsh,
  tnumConst,
  tnumLow,
  tnumLsh,
  tnumMul,
  tnumOr,
  tnumRsh,
  tnumSub,
  tnumSwap,
  tnumXor,
  U32,
  U64,
} from './tnum.ts';

/** Changes `a`, which is the caller's own, to what `a op b` is. */
type Op = (a: Scalar, b: Scalar, is32: boolean) => void;

const overflows64 = (x: bigint): boolean => x < S64_MIN || x > S64_MAX;
const overflows32 = (x: number): boolean => x < S32_MIN || x > S32_MAX;

/** Sum or difference of ranges, by `sign`; for a difference the bounds of `b` change places. */
function shiftRange(a: Scalar, b: Scalar, sign: 1 | -1): void {
  const wide = BigInt(sign);
  const [sLow, sHigh] = sign === 1 ? [b.smin, b.smax] : [b.smax, b.smin];
  const [smin, smax] = [a.smin + wide * sLow, a.smax + wide * sHigh];
  [a.smin, a.smax] = overflows64(smin) || overflows64(smax) ? [S64_MIN, S64_MAX] : [smin, smax];
  const [uLow, uHigh] = sign === 1 ? [b.umin, b.umax] : [b.umax, b.umin];
  const [umin, umax] = [a.umin + wide * uLow, a.umax + wide * uHigh];
  const [minOver, maxOver] = [umin < 0n || umin > U64, umax < 0n || umax > U64];
  // Where only one end wraps around, the range is in two pieces.
  [a.umin, a.umax] = minOver !== maxOver ? [0n, U64] : [BigInt.asUintN(64, umin), BigInt.asUintN(64, umax)];
}

function shiftRange32(a: Scalar, b: Scalar, sign: 1 | -1): void {
  const [sLow, sHigh] = sign === 1 ? [b.smin32, b.smax32] : [b.smax32, b.smin32];
  const [smin, smax] = [a.smin32 + sign * sLow, a.smax32 + sign * sHigh];
  [a.smin32, a.smax32] = overflows32(smin) || overflows32(smax) ? [S32_MIN, S32_MAX] : [smin, smax];
  const [uLow, uHigh] = sign === 1 ? [b.umin32, b.umax32] : [b.umax32, b.umin32];
  const [umin, umax] = [a.umin32 + sign * uLow, a.umax32 + sign * uHigh];
  const [minOver, maxOver] = [umin < 0 || umin > U32_MAX, umax < 0 || umax > U32_MAX];
  [a.umin32, a.umax32] = minOver !== maxOver ? [0, U32_MAX] : [umin >>> 0, umax >>> 0];
}

const sum =
  (sign: 1 | -1, bits: (a: Tnum, b: Tnum) => Tnum): Op =>
  (a, b) => {
    shiftRange32(a, b, sign);
    shiftRange(a, b, sign);
    setTnum(a, bits(a, b));
  };

const minOf = (xs: readonly bigint[]): bigint => xs.reduce((x, y) => (y < x ? y : x));
const maxOf = (xs: readonly bigint[]): bigint => xs.reduce((x, y) => (y > x ? y : x));

const mul: Op = (a, b) => {
  setTnum(a, tnumMul(a, b));
  const [umin32, umax32] = [a.umin32 * b.umin32, a.umax32 * b.umax32];
  const products32 = [a.smin32 * b.smin32, a.smin32 * b.smax32, a.smax32 * b.smin32, a.smax32 * b.smax32];
  [a.umin32, a.umax32] = umax32 > U32_MAX || umin32 > U32_MAX ? [0, U32_MAX] : [umin32, umax32];
  [a.smin32, a.smax32] = products32.some(overflows32)
    ? [S32_MIN, S32_MAX]
    : [Math.min(...products32) + 0, Math.max(...products32) + 0];
  const [umin, umax] = [a.umin * b.umin, a.umax * b.umax];
  const products = [a.smin * b.smin, a.smin * b.smax, a.smax * b.smin, a.smax * b.smax];
  [a.umin, a.umax] = umax > U64 || umin > U64 ? [0n, U64] : [umin, umax];
  [a.smin, a.smax] = products.some(overflows64) ? [S64_MIN, S64_MAX] : [minOf(products), maxOf(products)];
};

/** Signed bounds out of the unsigned ones, where these do not cross the sign. */
function signedFromUnsigned(a: Scalar): void {
  const [low, high] = [BigInt.asIntN(64, a.umin), BigInt.asIntN(64, a.umax)];
  [a.smin, a.smax] = low <= high ? [low, high] : [S64_MIN, S64_MAX];
}
function signedFromUnsigned32(a: Scalar): void {
  const [low, high] = [a.umin32 | 0, a.umax32 | 0];
  [a.smin32, a.smax32] = low <= high ? [low, high] : [S32_MIN, S32_MAX];
}

/** And, or, xor: bits first, then what they say of the ranges `umin` and `umax`. */
const bitwise =
  (
    bits: (a: Tnum, b: Tnum) => Tnum,
    low: (a: Scalar, b: Scalar, value: bigint) => bigint,
    high: (a: Scalar, b: Scalar, value: bigint) => bigint,
  ): Op =>
  (a, b) => {
    const lowKnown = isConst32(a) && isConst32(b);
    const wideKnown = isConst(a) && isConst(b);
    const before = copy(a);
    setTnum(a, bits(a, b));
    const [narrow, narrowB] = [halfOf(before), halfOf(b)];
    if (lowKnown) {
      a.smin32 = a.smax32 = Number(BigInt.asIntN(32, a.value));
      a.umin32 = a.umax32 = a.smin32 >>> 0;
    } else {
      a.umin32 = Number(low(narrow, narrowB, a.value & U32));
      a.umax32 = Number(high(narrow, narrowB, (a.value | a.mask) & U32));
      signedFromUnsigned32(a);
    }
    if (wideKnown) {
      const value = known(a.value);
      Object.assign(a, { umin: value.umin, umax: value.umax, smin: value.smin, smax: value.smax });
      Object.assign(a, {
        umin32: value.umin32,
        umax32: value.umax32,
        smin32: value.smin32,
        smax32: value.smax32,
      });
      return;
    }
    a.umin = low(before, b, a.value);
    a.umax = high(before, b, a.value | a.mask);
    signedFromUnsigned(a);
    updateBounds(a);
  };

/** The 32-bit bounds in the place of the 64-bit ones, so that one rule serves both. */
function halfOf(a: Scalar): Scalar {
  const half = copy(a);
  half.umin = BigInt(a.umin32);
  half.umax = BigInt(a.umax32);
  return half;
}

const atLeast = (x: bigint, y: bigint): bigint => (x > y ? x : y);
const atMost = (x: bigint, y: bigint): bigint => (x < y ? x : y);

function lshRange32(a: Scalar, shift: number): void {
  a.smin32 = S32_MIN;
  a.smax32 = S32_MAX;
  const tooFar = shift > 31 || a.umax32 > 2 ** (31 - shift);
  [a.umin32, a.umax32] = tooFar ? [0, U32_MAX] : [(a.umin32 << shift) >>> 0, (a.umax32 << shift) >>> 0];
}

const lsh: Op = (a, b, is32) => {
  const shift = b.umin;
  if (is32) {
    lshRange32(a, Number(shift));
    setTnum(a, tnumLow(tnumLsh(tnumLow(a), shift)));
    unbound64(a);
    updateBounds32(a);
    return;
  }
  [a.smin, a.smax] = shift === 32n ? [BigInt(a.smin32) << 32n, BigInt(a.smax32) << 32n] : [S64_MIN, S64_MAX];
  [a.umin, a.umax] = a.umax > 1n << (63n - shift) ? [0n, U64] : [a.umin << shift, a.umax << shift];
  lshRange32(a, Number(shift));
  setTnum(a, tnumLsh(a, shift));
  updateBounds(a);
};

const rsh: Op = (a, b, is32) => {
  const shift = b.umin;
  if (is32) {
    a.smin32 = S32_MIN;
    a.smax32 = S32_MAX;
    setTnum(a, tnumRsh(tnumLow(a), shift));
    a.umin32 >>>= Number(shift);
    a.umax32 >>>= Number(shift);
    unbound64(a);
    updateBounds32(a);
    return;
  }
  a.smin = S64_MIN;
  a.smax = S64_MAX;
  setTnum(a, tnumRsh(a, shift));
  a.umin >>= shift;
  a.umax >>= shift;
  unbound32(a);
  updateBounds(a);
};

const arsh: Op = (a, b, is32) => {
  const shift = b.umin;
  if (is32) {
    a.smin32 >>= Number(shift);
    a.smax32 >>= Number(shift);
    setTnum(a, tnumArsh(tnumLow(a), shift, 32));
    a.umin32 = 0;
    a.umax32 = U32_MAX;
    unbound64(a);
    updateBounds32(a);
    return;
  }
  a.smin >>= shift;
  a.smax >>= shift;
  setTnum(a, tnumArsh(a, shift, 64));
  a.umin = 0n;
  a.umax = U64;
  unbound32(a);
  updateBounds(a);
};

const neg: Op = (a) => {
  const from = copy(a);
  Object.assign(a, known(0n), { serial: a.serial });
  shiftRange32(a, from, -1);
  shiftRange(a, from, -1);
  setTnum(a, tnumSub(tnumConst(0n), from));
};

const OPS: Readonly<Record<number, Op | undefined>> = {
  [ALU_OP.ADD]: sum(1, tnumAdd),
  [ALU_OP.SUB]: sum(-1, tnumSub),
  [ALU_OP.NEG]: neg,
  [ALU_OP.MUL]: mul,
  [ALU_OP.AND]: bitwise(
    tnumAnd,
    (_a, _b, value) => value,
    (a, b) => atMost(a.umax, b.umax),
  ),
  [ALU_OP.OR]: bitwise(
    tnumOr,
    (a, b) => atLeast(a.umin, b.umin),
    (_a, _b, most) => most,
  ),
  [ALU_OP.XOR]: bitwise(
    tnumXor,
    (_a, _b, value) => value,
    (_a, _b, most) => most,
  ),
  [ALU_OP.LSH]: lsh,
  [ALU_OP.RSH]: rsh,
  [ALU_OP.ARSH]: arsh,
};

const SHIFTS: ReadonlySet<number> = new Set([ALU_OP.LSH, ALU_OP.RSH, ALU_OP.ARSH]);

/** Shifts say something only when their width is known; divisions never do. */
function isComputable(op: number, b: Scalar, is32: boolean): boolean {
  if (OPS[op] === undefined) return false;
  if (!SHIFTS.has(op)) return true;
  return (is32 ? isConst32(b) : isConst(b)) && b.umax < (is32 ? 32n : 64n);
}

/** Two constants: plain arithmetic, cut to size by who asks. Shifts are known to be in range. */
const EXACT: Readonly<Record<number, ((a: bigint, b: bigint, bits: number) => bigint) | undefined>> = {
  [ALU_OP.ADD]: (a, b) => a + b,
  [ALU_OP.SUB]: (a, b) => a - b,
  [ALU_OP.NEG]: (a) => -a,
  [ALU_OP.MUL]: (a, b) => a * b,
  [ALU_OP.AND]: (a, b) => a & b,
  [ALU_OP.OR]: (a, b) => a | b,
  [ALU_OP.XOR]: (a, b) => a ^ b,
  [ALU_OP.LSH]: (a, b) => a << b,
  [ALU_OP.RSH]: (a, b, bits) => BigInt.asUintN(bits, a) >> b,
  [ALU_OP.ARSH]: (a, b, bits) => BigInt.asIntN(bits, a) >> b,
};

function compute(op: number, a: Scalar, b: Scalar, is32: boolean): Scalar {
  if (!isComputable(op, b, is32)) return UNKNOWN;
  const bits = is32 ? 32 : 64;
  const exact = EXACT[op];
  if (exact && isConst(a) && isConst(b)) return known(BigInt.asUintN(bits, exact(a.value, b.value, bits)));
  const result = copy(a);
  OPS[op]?.(result, b, is32);
  if (is32) zeroExtend32(result);
  return finished(shared(sane(synced(result))));
}

/** Of a sum or a difference with a number that may be any there is nothing to know. */
const spreads = (op: number): boolean => op === ALU_OP.ADD || op === ALU_OP.SUB || op === ALU_OP.XOR;

/** Bytes in another order (or cut off, where the order is already the wanted one); `bits`: 16, 32 or 64. */
export function scalarSwap(from: Scalar, bits: number, isSwapped: boolean): Scalar {
  const bytes = bits / 8;
  const a = copy(from);
  if (isSwapped) {
    setTnum(a, tnumSwap(a, bytes));
    unbound64(a);
    unbound32(a);
  }
  return sane(synced(bytes < 8 ? truncated(a, bytes) : a));
}

/** Results by operands, direct-mapped: a collision only costs the computation. */
const CACHE_BITS = 13;
const CACHE_CNT = 1 << CACHE_BITS;
const cachedKey = new Int32Array(CACHE_CNT).fill(-1);
const cachedA: Scalar[] = new Array(CACHE_CNT).fill(UNKNOWN);
const cachedB: Scalar[] = new Array(CACHE_CNT).fill(UNKNOWN);
const cachedResult: Scalar[] = new Array(CACHE_CNT).fill(UNKNOWN);

/** What `a op b` is; `code` is the opcode, of class ALU or ALU64. 32-bit results have a zero upper half. */
export function scalarAlu(code: number, a: Scalar, b: Scalar, is32: boolean): Scalar {
  const op = code & OP_MASK;
  if ((a === UNKNOWN || b === UNKNOWN) && !is32 && spreads(op)) return UNKNOWN;
  // Sooner worked out than looked up, and what is not remembered is not kept alive.
  const small = a.isSmall && b.isSmall ? smallAlu(op, a, b) : null;
  if (small !== null) return small;
  const key = is32 ? op | 1 : op;
  const at = (Math.imul(a.serial, 0x9e3779b1) ^ Math.imul(b.serial, 0x85ebca6b) ^ key) >>> (32 - CACHE_BITS);
  if (cachedKey[at] === key && cachedA[at] === a && cachedB[at] === b) return cachedResult[at];
  const result = compute(op, a, b, is32);
  cachedKey[at] = key;
  cachedA[at] = a;
  cachedB[at] = b;
  cachedResult[at] = result;
  return result;
}

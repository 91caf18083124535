/**
 * Comparisons of numbers of which something is known: whether the answer is, and what either answer teaches. As Linux
 * 6.18 does it (is_scalar_branch_taken() and regs_refine_cond_op() in kernel/bpf/verifier.c).
 */

import { JMP_OP } from '../isa/code-parts.ts';
import { copy, isConst, isConst32, type Scalar, setTnum, unbound32, unbound64 } from './scalar.ts';
import { sane, synced } from './scalar-bounds.ts';
import {
  type Tnum,
  tnumAnd,
  tnumConst,
  tnumIntersect,
  tnumLow,
  tnumOr,
  tnumOverlap,
  tnumWithLow,
  U32,
  U64,
} from './tnum.ts';

/** What a comparison answers: always no, always yes, or nobody knows. */
export const TAKEN = { NO: 0, YES: 1, UNKNOWN: -1 } as const;
export type Taken = (typeof TAKEN)[keyof typeof TAKEN];

/** One number, as a comparison of 64 or 32 bits sees it. */
interface Side {
  readonly bits: Tnum;
  readonly umin: bigint;
  readonly umax: bigint;
  readonly smin: bigint;
  readonly smax: bigint;
}

const sideOf = (a: Scalar, is32: boolean): Side =>
  is32
    ? {
        bits: tnumLow(a),
        umin: BigInt(a.umin32),
        umax: BigInt(a.umax32),
        smin: BigInt(a.smin32),
        smax: BigInt(a.smax32),
      }
    : { bits: a, umin: a.umin, umax: a.umax, smin: a.smin, smax: a.smax };

const isApart = (a: Side, b: Side): boolean =>
  !tnumOverlap(a.bits, b.bits) || a.umin > b.umax || a.umax < b.umin || a.smin > b.smax || a.smax < b.smin;

const isApart32 = (a: Scalar, b: Scalar): boolean =>
  a.umin32 > b.umax32 || a.umax32 < b.umin32 || a.smin32 > b.smax32 || a.smax32 < b.smin32;

function equality(a: Scalar, b: Scalar, is32: boolean): Taken {
  const [x, y] = [sideOf(a, is32), sideOf(b, is32)];
  if (x.bits.mask === 0n && y.bits.mask === 0n) return x.bits.value === y.bits.value ? TAKEN.YES : TAKEN.NO;
  return isApart(x, y) || (!is32 && isApart32(a, b)) ? TAKEN.NO : TAKEN.UNKNOWN;
}

const inverse = (taken: Taken): Taken => (taken === TAKEN.UNKNOWN ? taken : ((1 - taken) as Taken));

function anyBitSet(a: Scalar, b: Scalar, is32: boolean): Taken {
  let [x, y] = [sideOf(a, is32).bits, sideOf(b, is32).bits];
  if (y.mask !== 0n) [x, y] = [y, x];
  if (y.mask !== 0n) return TAKEN.UNKNOWN;
  if ((x.value & y.value) !== 0n) return TAKEN.YES;
  return ((x.value | x.mask) & y.value) === 0n ? TAKEN.NO : TAKEN.UNKNOWN;
}

type Answer = (a: Scalar, b: Scalar, is32: boolean) => Taken;

const greater: Answer = (a, b, is32) => {
  const [x, y] = [sideOf(a, is32), sideOf(b, is32)];
  if (x.umin > y.umax) return TAKEN.YES;
  return x.umax <= y.umin ? TAKEN.NO : TAKEN.UNKNOWN;
};
const greaterSigned: Answer = (a, b, is32) => {
  const [x, y] = [sideOf(a, is32), sideOf(b, is32)];
  if (x.smin > y.smax) return TAKEN.YES;
  return x.smax <= y.smin ? TAKEN.NO : TAKEN.UNKNOWN;
};
const swapped =
  (answer: Answer): Answer =>
  (a, b, is32) =>
    answer(b, a, is32);
const not =
  (answer: Answer): Answer =>
  (a, b, is32) =>
    inverse(answer(a, b, is32));

const ANSWERS: Readonly<Record<number, Answer | undefined>> = {
  [JMP_OP.JEQ]: equality,
  [JMP_OP.JNE]: not(equality),
  [JMP_OP.JSET]: anyBitSet,
  [JMP_OP.JGT]: greater,
  [JMP_OP.JLE]: not(greater),
  [JMP_OP.JLT]: swapped(greater),
  [JMP_OP.JGE]: not(swapped(greater)),
  [JMP_OP.JSGT]: greaterSigned,
  [JMP_OP.JSLE]: not(greaterSigned),
  [JMP_OP.JSLT]: swapped(greaterSigned),
  [JMP_OP.JSGE]: not(swapped(greaterSigned)),
};

export const scalarTaken = (op: number, a: Scalar, b: Scalar, is32: boolean): Taken =>
  ANSWERS[op]?.(a, b, is32) ?? TAKEN.UNKNOWN;

/** Not an op of the instruction set: the answer "no bit is set", which is what JSET leaves when it does not jump. */
const NO_BIT_SET = -1;

const REVERSE: Readonly<Record<number, number>> = {
  [JMP_OP.JEQ]: JMP_OP.JNE,
  [JMP_OP.JNE]: JMP_OP.JEQ,
  [JMP_OP.JSET]: NO_BIT_SET,
  [JMP_OP.JGE]: JMP_OP.JLT,
  [JMP_OP.JGT]: JMP_OP.JLE,
  [JMP_OP.JLE]: JMP_OP.JGT,
  [JMP_OP.JLT]: JMP_OP.JGE,
  [JMP_OP.JSGE]: JMP_OP.JSLT,
  [JMP_OP.JSGT]: JMP_OP.JSLE,
  [JMP_OP.JSLE]: JMP_OP.JSGT,
  [JMP_OP.JSLT]: JMP_OP.JSGE,
};

const FLIP: Readonly<Record<number, number>> = {
  [JMP_OP.JGE]: JMP_OP.JLE,
  [JMP_OP.JGT]: JMP_OP.JLT,
  [JMP_OP.JLE]: JMP_OP.JGE,
  [JMP_OP.JLT]: JMP_OP.JGT,
  [JMP_OP.JSGE]: JMP_OP.JSLE,
  [JMP_OP.JSGT]: JMP_OP.JSLT,
  [JMP_OP.JSLE]: JMP_OP.JSGE,
  [JMP_OP.JSLT]: JMP_OP.JSGT,
};

/** The op that says the same with its operands swapped. */
export const flipped = (op: number): number => FLIP[op] ?? op;

type Refine = (a: Scalar, b: Scalar, is32: boolean) => void;

const big = (x: bigint, y: bigint): bigint => (x > y ? x : y);
const small = (x: bigint, y: bigint): bigint => (x < y ? x : y);

const equal: Refine = (a, b, is32) => {
  if (is32) {
    a.umin32 = b.umin32 = Math.max(a.umin32, b.umin32);
    a.umax32 = b.umax32 = Math.min(a.umax32, b.umax32);
    a.smin32 = b.smin32 = Math.max(a.smin32, b.smin32);
    a.smax32 = b.smax32 = Math.min(a.smax32, b.smax32);
    const low = tnumIntersect(tnumLow(a), tnumLow(b));
    setTnum(a, tnumWithLow(a, low));
    setTnum(b, tnumWithLow(b, low));
    return;
  }
  a.umin = b.umin = big(a.umin, b.umin);
  a.umax = b.umax = small(a.umax, b.umax);
  a.smin = b.smin = big(a.smin, b.smin);
  a.smax = b.smax = small(a.smax, b.smax);
  setTnum(a, tnumIntersect(a, b));
  setTnum(b, a);
};

/** A constant cut off an end of the range. */
function cutOff(a: Scalar, value: bigint, is32: boolean): void {
  if (is32) {
    const unsigned = Number(value & U32);
    const signed = unsigned | 0;
    if (a.umin32 === unsigned) a.umin32++;
    if (a.umax32 === unsigned) a.umax32--;
    if (a.smin32 === signed) a.smin32++;
    if (a.smax32 === signed) a.smax32--;
    return;
  }
  const signed = BigInt.asIntN(64, value);
  if (a.umin === value) a.umin++;
  if (a.umax === value) a.umax--;
  if (a.smin === signed) a.smin++;
  if (a.smax === signed) a.smax--;
}

const isKnown = (a: Scalar, is32: boolean): boolean => (is32 ? isConst32(a) : isConst(a));

/** The constant one of two, and the other; null: neither is constant. */
function withConst(a: Scalar, b: Scalar, is32: boolean): readonly [other: Scalar, value: bigint] | null {
  if (isKnown(b, is32)) return [a, is32 ? b.value & U32 : b.value];
  return isKnown(a, is32) ? [b, is32 ? a.value & U32 : a.value] : null;
}

const different: Refine = (a, b, is32) => {
  const pair = withConst(a, b, is32);
  if (pair) cutOff(pair[0], pair[1], is32);
};

const someBit: Refine = (a, b, is32) => {
  const pair = withConst(a, b, is32);
  if (!pair) return;
  const [other, value] = pair;
  // Of several bits nobody knows which one it is.
  if (value === 0n || (value & (value - 1n)) !== 0n) return;
  setTnum(other, tnumOr(other, tnumConst(value)));
};

const noBit: Refine = (a, b, is32) => {
  const pair = withConst(a, b, is32);
  if (!pair) return;
  const [other, value] = pair;
  // Ranges are found anew out of the bits, which keeps them apart from those of a way that cannot be.
  unbound64(other);
  unbound32(other);
  const kept = tnumConst(~value & U64);
  setTnum(other, is32 ? tnumWithLow(other, tnumAnd(tnumLow(other), kept)) : tnumAnd(other, kept));
};

/** a <= b, or a < b when `apart` is 1. */
const atMost =
  (apart: 0 | 1): Refine =>
  (a, b, is32) => {
    if (is32) {
      const [max, min] = [b.umax32 - apart, a.umin32 + apart];
      a.umax32 = Math.min(a.umax32, max >>> 0);
      b.umin32 = Math.max(min >>> 0, b.umin32);
      return;
    }
    const [max, min] = [b.umax - BigInt(apart), a.umin + BigInt(apart)];
    a.umax = small(a.umax, BigInt.asUintN(64, max));
    b.umin = big(BigInt.asUintN(64, min), b.umin);
  };
const atMostSigned =
  (apart: 0 | 1): Refine =>
  (a, b, is32) => {
    if (is32) {
      const [max, min] = [b.smax32 - apart, a.smin32 + apart];
      a.smax32 = Math.min(a.smax32, max | 0);
      b.smin32 = Math.max(min | 0, b.smin32);
      return;
    }
    const [max, min] = [b.smax - BigInt(apart), a.smin + BigInt(apart)];
    a.smax = small(a.smax, BigInt.asIntN(64, max));
    b.smin = big(BigInt.asIntN(64, min), b.smin);
  };

const flip =
  (refine: Refine): Refine =>
  (a, b, is32) =>
    refine(b, a, is32);

const REFINE: Readonly<Record<number, Refine | undefined>> = {
  [JMP_OP.JEQ]: equal,
  [JMP_OP.JNE]: different,
  [JMP_OP.JSET]: someBit,
  [NO_BIT_SET]: noBit,
  [JMP_OP.JLE]: atMost(0),
  [JMP_OP.JLT]: atMost(1),
  [JMP_OP.JGE]: flip(atMost(0)),
  [JMP_OP.JGT]: flip(atMost(1)),
  [JMP_OP.JSLE]: atMostSigned(0),
  [JMP_OP.JSLT]: atMostSigned(1),
  [JMP_OP.JSGE]: flip(atMostSigned(0)),
  [JMP_OP.JSGT]: flip(atMostSigned(1)),
};

/** What both numbers are known to be where `a op b` is true, or false. */
export function refined(
  op: number,
  a: Scalar,
  b: Scalar,
  is32: boolean,
  isTrue: boolean,
  isSelf: boolean,
): readonly [Scalar, Scalar] {
  const x = copy(a);
  // A register compared with itself is changed as both sides at once, as in the kernel.
  const y = isSelf ? x : copy(b);
  REFINE[isTrue ? op : (REVERSE[op] ?? op)]?.(x, y, is32);
  return [sane(synced(x)), sane(synced(y))];
}

/**
 * The same arithmetic for numbers of which all bounds are one range within 0..2^31-1, which most are: whole numbers in place
 * of BigInt, and some ten times as fast. Each function gives what the rules of scalar-alu.ts and scalar-bounds.ts
 * give, or null where a result leaves that range or a rule is not worth having twice; a property holds the two together.
 */
import { ALU_OP } from '../isa/code-parts.ts';
import { knownSmall, Scalar, SMALL_MAX } from './scalar.ts';

/** Scratch: known and unknown bits, and the range, of the number that is being worked out. */
let value = 0;
let mask = 0;
let min = 0;
let max = 0;

/** The next greater number with the known bits at hand (tnumStep()). */
function step(from: number): number {
  const greatest = value | mask;
  if (from >= greatest) return greatest;
  if (from < value) return value;
  const more = from - value;
  const stray = more & ~mask;
  const carry = stray === 0 ? 0 : 2 ** (32 - Math.clz32(stray)) - 1;
  return value | (((more | carry | ~mask) + 1) & mask);
}

/** Bounds learn from bits (updateBounds()); true: there is only one number left, and it is in all four. */
function learnsOnly(): boolean {
  const greatest = value | mask;
  if (min < value) min = value;
  if (max > greatest) max = greatest;
  const next = step(min);
  let only = -1;
  if ((min & ~mask) === value) only = next > max ? min : -1;
  else if (next === greatest || (next <= max && step(next) > max)) only = next;
  if (only < 0) return false;
  value = min = max = only;
  mask = 0;
  return true;
}

/** The number at hand after synced(), or null. */
function settled(): Scalar | null {
  if (learnsOnly()) return knownSmall(value);
  if (min > max) return null;
  // Bits learn from the range: those above the highest one in which its ends differ.
  const differing = min ^ max;
  const open = differing === 0 ? 0 : 2 ** (32 - Math.clz32(differing)) - 1;
  const both = mask & open;
  value = (value | (min & ~open)) & ~both;
  mask = both;
  if (learnsOnly()) return knownSmall(value);
  return min > max ? null : smallRange();
}

/** Equal numbers are one object as far as a small table goes, as in shared(). */
const SHARED_BITS = 12;
const sharedRanges: (Scalar | undefined)[] = new Array(1 << SHARED_BITS).fill(undefined);

function smallRange(): Scalar {
  const hash = Math.imul(Math.imul(Math.imul(mask, 0x9e3779b1) ^ max, 0x85ebca6b) ^ min, 0x9e3779b1);
  const at = hash >>> (32 - SHARED_BITS);
  const known = sharedRanges[at];
  if (
    known !== undefined &&
    known.smallMask === mask &&
    known.umax32 === max &&
    known.umin32 === min &&
    known.smallValue === value
  )
    return known;
  const a = new Scalar();
  a.value = BigInt(value);
  a.mask = BigInt(mask);
  a.umin = a.smin = BigInt(min);
  a.umax = a.smax = BigInt(max);
  a.umin32 = a.smin32 = min;
  a.umax32 = a.smax32 = max;
  a.isSmall = true;
  a.smallValue = value;
  a.smallMask = mask;
  sharedRanges[at] = a;
  return a;
}

/** `a op b` for two numbers that are small, or null. Of 32 bits or of 64 is all the same to them. */
export function smallAlu(op: number, a: Scalar, b: Scalar): Scalar | null {
  const { smallValue: x, smallMask: xm } = a;
  const { smallValue: y, smallMask: ym } = b;
  switch (op) {
    case ALU_OP.ADD: {
      const sum = x + y;
      // Below 2^32, so that nothing is lost above.
      const unknown = ((sum + xm + ym) ^ sum) | xm | ym;
      if (sum > SMALL_MAX || unknown < 0) return null;
      mask = unknown;
      value = sum & ~mask;
      min = a.umin32 + b.umin32;
      max = a.umax32 + b.umax32;
      break;
    }
    case ALU_OP.SUB: {
      const difference = x - y;
      if (difference - ym < 0) return null;
      mask = ((difference + xm) ^ (difference - ym)) | xm | ym;
      if (mask < 0) return null;
      value = difference & ~mask;
      min = a.umin32 - b.umax32;
      max = a.umax32 - b.umin32;
      break;
    }
    case ALU_OP.AND:
      value = x & y;
      mask = (x | xm) & (y | ym) & ~value;
      min = value;
      max = Math.min(a.umax32, b.umax32);
      break;
    case ALU_OP.OR:
      value = x | y;
      mask = (xm | ym) & ~value;
      min = Math.max(a.umin32, b.umin32);
      max = value | mask;
      break;
    case ALU_OP.XOR:
      mask = xm | ym;
      value = (x ^ y) & ~mask;
      min = value;
      max = value | mask;
      break;
    case ALU_OP.LSH:
      if (ym !== 0 || y > 30 || Math.max(x | xm, a.umax32) > SMALL_MAX >>> y) return null;
      value = x << y;
      mask = xm << y;
      min = a.umin32 << y;
      max = a.umax32 << y;
      break;
    case ALU_OP.RSH:
      if (ym !== 0 || y > 31) return null;
      value = x >> y;
      mask = xm >> y;
      min = a.umin32 >> y;
      max = a.umax32 >> y;
      break;
    default:
      return null;
  }
  return min < 0 || max > SMALL_MAX || min > max ? null : settled();
}

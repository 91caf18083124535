/**
 * Small numbers are reckoned with in whole numbers of JavaScript, all others in BigInt, and both must say the same of every
 * op. A copy of a number is never taken for small, so that the same op on copies goes the long way. Would catch a short
 * way that knows more or less than the long one, and a number called small that is not.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  copy,
  known,
  knownImm,
  type Scalar,
  SMALL_MAX,
  sameScalar,
  UNKNOWN,
} from '../../src/analysis/scalar.ts';
import { scalarAlu } from '../../src/analysis/scalar-alu.ts';
import { loaded } from '../../src/analysis/scalar-width.ts';
import { ALU_OP } from '../../src/isa/code-parts.ts';

const imms = fc.oneof(
  fc.integer({ min: 0, max: 70 }),
  fc.integer({ min: 0, max: 1 << 20 }),
  fc.integer(),
  fc.constantFrom(SMALL_MAX, SMALL_MAX - 1, 1 << 30, 255, 256, -1),
);
const OPS = Object.values(ALU_OP);
const steps = fc.record({
  op: fc.constantFrom(...OPS),
  imm: imms,
  is32: fc.boolean(),
  withSelf: fc.boolean(),
});
const starts = fc.oneof(
  imms.map(knownImm),
  fc.constantFrom(UNKNOWN, loaded(1, false), loaded(2, false), loaded(4, false), loaded(2, true)),
);

function isWhatItSays(a: Scalar): boolean {
  if (!a.isSmall) return true;
  const { smallValue, smallMask, umin32, umax32 } = a;
  const [min, max] = [BigInt(umin32), BigInt(umax32)];
  return (
    a.value === BigInt(smallValue) &&
    a.mask === BigInt(smallMask) &&
    [a.umin, a.smin].every((bound) => bound === min) &&
    [a.umax, a.smax].every((bound) => bound === max) &&
    a.smin32 === umin32 &&
    a.smax32 === umax32
  );
}

test('the short way and the long way say the same', () => {
  let shortCnt = 0;
  fc.assert(
    fc.property(starts, fc.array(steps, { minLength: 1, maxLength: 12 }), (start, ops) => {
      let a = start;
      for (const { op, imm, is32, withSelf } of ops) {
        const b = withSelf ? a : knownImm(imm);
        const short = scalarAlu(op, a, b, is32);
        expect(sameScalar(short, scalarAlu(op, copy(a), copy(b), is32)), `op ${op}`).toBe(true);
        expect(isWhatItSays(short)).toBe(true);
        if (a.isSmall && b.isSmall && short.isSmall) shortCnt++;
        a = short;
      }
    }),
    { numRuns: 3000 },
  );
  expect(shortCnt).toBeGreaterThan(1000);
});

test('constants, small or not, are what they were made of', () => {
  fc.assert(
    fc.property(imms, (imm) => {
      const value = BigInt.asUintN(64, BigInt(imm));
      expect(sameScalar(knownImm(imm), known(value))).toBe(true);
      expect(knownImm(imm).value).toBe(value);
      expect(isWhatItSays(knownImm(imm))).toBe(true);
    }),
  );
});

/**
 * What is known of a number must be true of it: whatever two numbers are, the result of an op on them is one of those
 * that the analysis allows, and a comparison teaches nothing that is not so. Would catch a wrong rule of bits or bounds.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, known, type Scalar, UNKNOWN } from '../../src/analysis/scalar.ts';
import { scalarAlu, scalarSwap } from '../../src/analysis/scalar-alu.ts';
import { refined, scalarTaken, TAKEN } from '../../src/analysis/scalar-cond.ts';
import { loaded, signExtended, truncated } from '../../src/analysis/scalar-width.ts';
import { ALU_OP, JMP_OP } from '../../src/isa/code-parts.ts';

const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);
const s64 = (x: bigint): bigint => BigInt.asIntN(64, x);
const u32 = (x: bigint): bigint => BigInt.asUintN(32, x);
const s32 = (x: bigint): bigint => BigInt.asIntN(32, x);

const numbers = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  fc.bigInt({ min: -300n, max: 300n }).map(u64),
  fc.constantFrom(
    0n,
    1n,
    (1n << 31n) - 1n,
    1n << 31n,
    (1n << 32n) - 1n,
    1n << 32n,
    1n << 63n,
    (1n << 64n) - 1n,
  ),
);

/** A number, and something true that is known of it: nothing, everything, its size, a mask, or a comparison. */
const KNOWINGS: readonly ((value: bigint, other: bigint) => readonly [bigint, Scalar])[] = [
  (value) => [value, UNKNOWN],
  (value) => [value, known(value)],
  (value) => [u32(value), loaded(4, false)],
  (value) => [value & 0xffn, loaded(1, false)],
  (value) => [u64(BigInt.asIntN(16, value)), loaded(2, true)],
  (value, other) => [value & other, scalarAlu(ALU_OP.AND, UNKNOWN, known(other), false)],
  (value, other) => [value | other, scalarAlu(ALU_OP.OR, UNKNOWN, known(other), false)],
  (value, other) => {
    const isTrue = value <= other;
    return [value, refined(JMP_OP.JLE, UNKNOWN, known(other), false, isTrue, false)[0]];
  },
  (value, other) => {
    const isTrue = s32(value) > s32(other);
    return [value, refined(JMP_OP.JSGT, UNKNOWN, known(other), true, isTrue, false)[0]];
  },
];
const knowns = fc
  .record({ value: numbers, other: numbers, how: fc.constantFrom(...KNOWINGS) })
  .map(({ value, other, how }) => how(value, other));

const ALU: readonly (readonly [number, (a: bigint, b: bigint, bits: number) => bigint])[] = [
  [ALU_OP.ADD, (a, b) => a + b],
  [ALU_OP.SUB, (a, b) => a - b],
  [ALU_OP.MUL, (a, b) => a * b],
  [ALU_OP.AND, (a, b) => a & b],
  [ALU_OP.OR, (a, b) => a | b],
  [ALU_OP.XOR, (a, b) => a ^ b],
  [ALU_OP.NEG, (a) => -a],
  [ALU_OP.LSH, (a, b, bits) => a << (b % BigInt(bits))],
  [ALU_OP.RSH, (a, b, bits) => BigInt.asUintN(bits, a) >> (b % BigInt(bits))],
  [ALU_OP.ARSH, (a, b, bits) => BigInt.asIntN(bits, a) >> (b % BigInt(bits))],
];
const SHIFTS: readonly number[] = [ALU_OP.LSH, ALU_OP.RSH, ALU_OP.ARSH];

test('the generator only says what is true', () => {
  fc.assert(fc.property(knowns, ([value, scalar]) => covers(scalar, known(value))));
});

test.each([false, true])('arithmetic, of 32 bits: %s', (is32) => {
  const bits = is32 ? 32 : 64;
  fc.assert(
    fc.property(knowns, knowns, fc.constantFrom(...ALU), ([a, A], [b, B], [op, exact]) => {
      const isShift = SHIFTS.includes(op);
      const by = isShift ? b % BigInt(bits) : b;
      const result = BigInt.asUintN(bits, exact(a, by, bits));
      const allowed = scalarAlu(op, A, isShift ? known(by) : B, is32);
      expect(covers(allowed, known(result))).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('parts of numbers, and bytes in another order', () => {
  fc.assert(
    fc.property(knowns, fc.constantFrom(1, 2, 4), ([a, A], size) => {
      const cut = BigInt.asUintN(8 * size, a);
      expect(covers(truncated(A, size), known(cut))).toBe(true);
      expect(covers(signExtended(A, size, false), known(u64(BigInt.asIntN(8 * size, a))))).toBe(true);
      const bytes = Array.from({ length: 2 * size }, (_, k) => (a >> BigInt(8 * k)) & 0xffn);
      const swapped = bytes.reduce((sum, byte) => (sum << 8n) | byte, 0n);
      expect(covers(scalarSwap(A, 16 * size, true), known(swapped))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

type Compare = (a: bigint, b: bigint, sa: bigint, sb: bigint) => boolean;
const COMPARE: readonly (readonly [number, Compare])[] = [
  [JMP_OP.JEQ, (a, b) => a === b],
  [JMP_OP.JNE, (a, b) => a !== b],
  [JMP_OP.JGT, (a, b) => a > b],
  [JMP_OP.JGE, (a, b) => a >= b],
  [JMP_OP.JLT, (a, b) => a < b],
  [JMP_OP.JLE, (a, b) => a <= b],
  [JMP_OP.JSGT, (_a, _b, a, b) => a > b],
  [JMP_OP.JSGE, (_a, _b, a, b) => a >= b],
  [JMP_OP.JSLT, (_a, _b, a, b) => a < b],
  [JMP_OP.JSLE, (_a, _b, a, b) => a <= b],
  [JMP_OP.JSET, (a, b) => (a & b) !== 0n],
];

test.each([false, true])('comparisons, of 32 bits: %s', (is32) => {
  const [u, s] = is32 ? [u32, s32] : [u64, s64];
  fc.assert(
    fc.property(knowns, knowns, fc.constantFrom(...COMPARE), ([a, A], [b, B], [op, exact]) => {
      const isTrue = exact(u(a), u(b), s(a), s(b));
      const taken = scalarTaken(op, A, B, is32);
      if (taken !== TAKEN.UNKNOWN) {
        expect(taken === TAKEN.YES).toBe(isTrue);
        return;
      }
      const [x, y] = refined(op, A, B, is32, isTrue, false);
      expect(covers(x, known(a))).toBe(true);
      expect(covers(y, known(b))).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

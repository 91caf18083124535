/** The binary searches. Would catch an index off by one at either end, and a part of a buffer read beyond its count. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lowerBound, partitionPoint, upperBound } from '../../../src/base/lower-bound.ts';

it('finds the first that is not below, in any part and at any stride', () => {
  const numbers = fc.array(fc.integer({ min: -5, max: 20 }), { maxLength: 30 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: -7, max: 22 }), fc.nat(30), (unordered, value, part) => {
      const sorted = unordered.toSorted((a, b) => a - b);
      const first = (among: readonly number[]): number => among.filter((one) => one < value).length;
      expect(lowerBound(Int32Array.from(sorted), value)).toBe(first(sorted));
      const cnt = Math.min(part, sorted.length);
      const spare = Int32Array.from([...sorted.slice(0, cnt), ...sorted.slice(cnt).map(() => -99)]);
      expect(lowerBound(spare, value, cnt)).toBe(first(sorted.slice(0, cnt)));
      const triples = Int32Array.from(sorted.flatMap((one) => [one, 99, -99]));
      expect(lowerBound(triples, value, sorted.length, 3)).toBe(first(sorted));
    }),
  );
});

it('finds the first that is above, and the first of a range at which it is so', () => {
  const numbers = fc.array(fc.integer({ min: -5, max: 20 }), { maxLength: 30 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: -7, max: 22 }), fc.nat(30), (unordered, value, part) => {
      const sorted = unordered.toSorted((a, b) => a - b);
      const above = sorted.findIndex((one) => one > value);
      const end = above < 0 ? sorted.length : above;
      expect(upperBound(Int32Array.from(sorted), value)).toBe(end);
      const from = Math.min(part, sorted.length);
      const isAbove = (i: number): boolean => sorted[i] > value;
      expect(partitionPoint(0, sorted.length, isAbove)).toBe(end);
      expect(partitionPoint(from, sorted.length, isAbove)).toBe(Math.max(from, end));
      expect(partitionPoint(0, from, isAbove)).toBe(Math.min(from, end));
    }),
  );
});

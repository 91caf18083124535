/** Would catch a path that bends where it should glide: it must come out as d3 itself would have it, at every time. */
import { interpolateString } from 'd3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { between } from '../../../src/views/stage/between.ts';

const number = fc.oneof(fc.integer({ min: -2000, max: 2000 }), fc.double({ min: -99, max: 99, noNaN: true }));
const path = fc
  .array(fc.tuple(fc.constantFrom('M', 'h', ' ', 'q3.5 0 ', ',', 'v-', 'z', 'translate('), number), {
    maxLength: 8,
  })
  .map((parts) => parts.map(([word, n]) => `${word}${n}`).join(''));

test('numbers travel as in d3', () => {
  fc.assert(
    fc.property(path, path, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, t) => {
      expect(between(from, to)(t)).toBe(interpolateString(from, to)(t));
    }),
  );
});

test('a rail glides to its new place and arrives', () => {
  const at = between('translate(0,24)', 'translate(0,72)');
  expect([0, 0.5, 1].map(at)).toEqual(['translate(0,24)', 'translate(0,48)', 'translate(0,72)']);
});

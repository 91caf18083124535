import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/**
 * As `expect(got).toEqual(want)`, whose own comparison of long arrays is slow: what is the same by the stricter rule of
 * Node is not looked at a second time, and about anything else the slow one decides and says what differs.
 */
export function expectSame(got: unknown, want: unknown): void {
  if (!isDeepStrictEqual(got, want)) expect(got).toEqual(want);
}

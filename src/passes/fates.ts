/** What hand-written patch points, taken together, make of each slot of a program. */
import type { HandEdit } from './pass.ts';

export const FATE = { KEPT: 0, REPLACED: 1, REMOVED: 2 } as const;

export function fatesOf(n: number, points: readonly HandEdit[]): Uint8Array {
  const fates = new Uint8Array(n);
  for (const { kind, at, cnt } of points) {
    if (kind === 'replace' && at >= 0 && at < n) fates[at] = FATE.REPLACED;
    if (kind === 'remove') fates.fill(FATE.REMOVED, Math.max(0, at), Math.max(0, at + cnt));
  }
  return fates;
}

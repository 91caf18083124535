/** Programs and maps for tests of the analysis. */
import { distanceOf, FLOW, flowOf } from '../../../src/isa/flow.ts';
import { secondSlots } from '../../../src/isa/pairs.ts';
import type { Subprogs } from '../../../src/program/program.ts';
import type { MapInfo } from '../../../src/program/setting.ts';

export const mapOf = (known: Partial<MapInfo> & { readonly ref: number }): MapInfo => ({
  ...{ name: '', type: 0, keySize: 4, valueSize: 8, maxEntries: 1, flags: 0, frozen: null, inner: null },
  ...known,
});

/** Functions that start at these slots. */
export function subprogsAt(starts: readonly number[]): Subprogs {
  const start = Int32Array.from(starts);
  return {
    start,
    ident: start.map((_, k) => k),
    name: start.map(() => -1),
    linfoIdx: new Int32Array(start.length),
    stackDepth: start.map(() => -1),
  };
}

/** Functions that start at slot 0 and wherever one is called or named. */
export function subprogsFrom(insns: Int32Array): Subprogs {
  const second = secondSlots(insns);
  const starts = new Set([0]);
  for (let i = 0; i < second.length; i++) {
    const flow = flowOf(insns[2 * i]);
    if (second[i] === 0 && flow === FLOW.CALL)
      starts.add(i + 1 + distanceOf(insns[2 * i], insns[2 * i + 1], flow));
  }
  return subprogsAt([...starts].sort((a, b) => a - b));
}

/** Memory for nodes: columns of one length, one allocation for all of them. */
import type { Work } from './work.ts';

/** A pool of `cnt` columns for `size` nodes, beginning with what the old columns hold. */
export function poolOf(
  old: readonly Int32Array[],
  cnt: number,
  size: number,
  work: Work,
): readonly Int32Array[] {
  const memory = new Int32Array(cnt * size);
  work.alloc += 1;
  return Array.from({ length: cnt }, (_, k) => {
    const column = memory.subarray(k * size, (k + 1) * size);
    if (k < old.length) {
      column.set(old[k]);
      work.bytes += old[k].byteLength;
    }
    return column;
  });
}

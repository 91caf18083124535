/** Which of some things in a row may stay where they are when they are put in another order. */

/**
 * Marks the longest run of `places` that ascends already: what stands there need not be moved. A place below 0 is of
 * something that stands nowhere yet. O(n log n), and O(n) where all ascend.
 */
export function staying(places: readonly number[]): Uint8Array {
  const cnt = places.length;
  const stays = new Uint8Array(cnt);
  /** Of each length of a run, the index of the least place that ends one; and what stands before each in its run. */
  const ends: number[] = [];
  const before = new Int32Array(cnt).fill(-1);
  for (let i = 0; i < cnt; i++) {
    if (places[i] < 0) continue;
    let lo = 0;
    let hi = ends.length;
    if (hi > 0 && places[ends[hi - 1]] < places[i]) lo = hi;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      if (places[ends[mid]] < places[i]) lo = mid + 1;
      else hi = mid;
    }
    if (lo > 0) before[i] = ends[lo - 1];
    ends[lo] = i;
  }
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]) stays[i] = 1;
  return stays;
}

/**
 * First index of an ascending column whose value is not below `value`; `cnt` when there is none. Of rows that are
 * several numbers wide, `stride` numbers each, the first number is compared and the index is the row's.
 */
export function lowerBound(
  column: Int32Array,
  value: number,
  cnt: number = column.length,
  stride: number = 1,
): number {
  let lo = 0;
  let hi = cnt;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (column[mid * stride] < value) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** The binary searches. Everything that looks for a place in an ascending order does it here. */

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

/** First index of an ascending column whose value is above `value`; `cnt` when there is none. */
export const upperBound = (column: Int32Array, value: number, cnt: number = column.length): number =>
  lowerBound(column, value + 1, cnt);

/** First of the numbers [from, to) that is behind what is looked for; `to` when none is. Behind one that is, all are. */
export function partitionPoint(from: number, to: number, isBehind: (i: number) => boolean): number {
  let lo = from;
  let hi = to;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (isBehind(mid)) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

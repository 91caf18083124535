/** Columns that grow: filled without knowing their length, no object per row. */

/** A copy with room for `size` elements. */
export function enlarged<T extends Int32Array | Uint32Array | Uint8Array | Float64Array>(
  old: T,
  size: number,
): T {
  const bigger = new (old.constructor as new (len: number) => T)(size);
  bigger.set(old);
  return bigger;
}

export interface GrowI32 {
  data: Int32Array;
  cnt: number;
}

export const growI32 = (capacity = 16): GrowI32 => ({ data: new Int32Array(capacity), cnt: 0 });

export function pushI32(column: GrowI32, value: number): void {
  if (column.cnt === column.data.length) column.data = enlarged(column.data, column.cnt * 2);
  column.data[column.cnt++] = value;
}

/** What was pushed, in a buffer of its own. */
export const takeI32 = (column: GrowI32): Int32Array => column.data.slice(0, column.cnt);

/** What was pushed, in the buffer that it was pushed to. */
export const viewI32 = (column: GrowI32): Int32Array => column.data.subarray(0, column.cnt);

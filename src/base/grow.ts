/** An Int32Array that grows: columns filled without knowing their length, no object per row. */
export interface GrowI32 {
  data: Int32Array;
  cnt: number;
}

export const growI32 = (capacity = 16): GrowI32 => ({ data: new Int32Array(capacity), cnt: 0 });

export function pushI32(column: GrowI32, value: number): void {
  if (column.cnt === column.data.length) {
    const bigger = new Int32Array(column.data.length * 2);
    bigger.set(column.data);
    column.data = bigger;
  }
  column.data[column.cnt++] = value;
}

export const takeI32 = (column: GrowI32): Int32Array => column.data.slice(0, column.cnt);

/**
 * Which buffers of a value may be moved to the page. Moving is free, copying costs a memcpy; but what was moved is
 * gone here, so only buffers that are big and belong to nobody else go.
 */

/** Below this a copy costs less than to think about it, and constants that modules share are small. */
const MOVED_SIZE_MIN = 1 << 16;

/** Every typed array reachable from `value`, each object visited once. */
function* arraysIn(value: unknown, seen: Set<object>): Generator<ArrayBufferView> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (ArrayBuffer.isView(value)) yield value;
  else for (const part of Array.isArray(value) ? value : Object.values(value)) yield* arraysIn(part, seen);
}

export interface Freight {
  /** Bytes of all buffers, each once. */
  readonly size: number;
  /** Buffers to move: big, and seen whole (a part of a buffer is somebody's scratch space). */
  readonly buffers: readonly ArrayBuffer[];
}

export function freightOf(value: unknown): Freight {
  const all = new Set<ArrayBufferLike>();
  const partly = new Set<ArrayBufferLike>();
  for (const view of arraysIn(value, new Set())) {
    all.add(view.buffer);
    if (view.byteLength !== view.buffer.byteLength) partly.add(view.buffer);
  }
  const buffers: ArrayBuffer[] = [];
  let size = 0;
  for (const buffer of all) {
    size += buffer.byteLength;
    if (buffer instanceof ArrayBuffer && buffer.byteLength >= MOVED_SIZE_MIN && !partly.has(buffer))
      buffers.push(buffer);
  }
  return { size, buffers };
}

/**
 * Big buffers that are done with, kept for who needs one next. Fresh memory is handed out by the system page by page
 * and zeroed, which at a million insns costs more than to fill it; what is used again is warm.
 */

/** Smaller ones come as quickly from the allocator. */
const KEPT_SIZE_MIN = 1 << 18;
/** Bytes kept at most, in all. */
const KEPT_SIZE_MAX = 192 << 20;

/** Ascending by size. */
const kept: ArrayBuffer[] = [];
let keptSize = 0;

function take(size: number): ArrayBuffer {
  if (size >= KEPT_SIZE_MIN) {
    const k = kept.findIndex(({ byteLength }) => byteLength >= size);
    // One much too big would be missing where it is needed.
    if (k >= 0 && kept[k].byteLength <= 2 * size) {
      const [buffer] = kept.splice(k, 1);
      keptSize -= buffer.byteLength;
      return buffer;
    }
  }
  return new ArrayBuffer(size);
}

/** Columns whose contents are whatever was there before: to be written whole before they are read. */
export const takeI32 = (cnt: number): Int32Array<ArrayBuffer> => new Int32Array(take(4 * cnt), 0, cnt);
export const takeU8 = (cnt: number): Uint8Array<ArrayBuffer> => new Uint8Array(take(cnt), 0, cnt);

/** Nobody reads this column or another one in its buffer any more. */
export function give({ buffer }: Int32Array | Uint32Array | Uint8Array): void {
  const size = buffer.byteLength;
  if (!(buffer instanceof ArrayBuffer) || size < KEPT_SIZE_MIN || keptSize + size > KEPT_SIZE_MAX) return;
  if (kept.includes(buffer)) return;
  const k = kept.findIndex(({ byteLength }) => byteLength >= size);
  kept.splice(k < 0 ? kept.length : k, 0, buffer);
  keptSize += size;
}

/** Let go of all that is kept, so that whoever counts memory sees what a first run needs. */
export function forgetKept(): void {
  kept.length = 0;
  keptSize = 0;
}

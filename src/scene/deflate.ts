/**
 * Raw deflate (RFC 1951), both ways. fflate does it, and not the platform's streams, because a link must have the
 * same bytes in every browser, and a damaged one must show all that can be read.
 */
import { deflateSync, Inflate } from 'fflate';

export const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: 9 });

export interface Inflated {
  readonly bytes: Uint8Array;
  /** How it ended: with the stream, at the limit, or where it was cut or made no more sense. */
  readonly end: 'whole' | 'limit' | 'damaged';
}

/** What is put in at once; it can become a thousand times as much before the limit is looked at. */
const SLICE_SIZE = 1024;
/** No block takes more than this without giving anything, so nothing more will come of what follows. */
const SILENT_SIZE_MAX = 0x10000 + 2 * SLICE_SIZE;

/** A stream that has ended takes no notice of it; to any other it is a block that is none, or something to unpack. */
const NOISE = new Uint8Array(8).fill(0xff);

/** A stream and what came out of it so far. */
function opened() {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate((part) => {
    parts.push(part);
    size += part.length;
  });
  return {
    size: () => size,
    put: (slice: Uint8Array, isLast = false) => stream.push(slice, isLast),
    first: (cnt: number): Uint8Array => {
      const bytes = new Uint8Array(Math.min(cnt, size));
      let at = 0;
      for (const part of parts) {
        bytes.set(part.subarray(0, bytes.length - at), at);
        at = Math.min(bytes.length, at + part.length);
      }
      return bytes;
    },
  };
}
type Opened = ReturnType<typeof opened>;

/** Puts in `from` slice by slice; answers where the slice begins that makes no sense, -1: all did. */
function feed(to: Opened, from: Uint8Array, limit: number): number {
  let [silent, size] = [0, 0];
  for (let at = 0; at < from.length && size <= limit && silent <= SILENT_SIZE_MAX; at += SLICE_SIZE) {
    try {
      to.put(from.subarray(at, at + SLICE_SIZE));
    } catch {
      return at;
    }
    silent = to.size() > size ? 0 : silent + SLICE_SIZE;
    size = to.size();
  }
  return -1;
}

/** All bytes up to the first that makes no sense: what a slice gave before it is lost, unless it is one byte long. */
function salvage(from: Uint8Array, badAt: number, limit: number): Uint8Array {
  const to = opened();
  feed(to, from.subarray(0, badAt), limit);
  try {
    for (let at = badAt; at < from.length && to.size() <= limit; at++) to.put(from.subarray(at, at + 1));
  } catch {
    // This is the byte.
  }
  return to.first(limit);
}

function hasEnded(stream: Opened): boolean {
  const size = stream.size();
  try {
    stream.put(NOISE, true);
  } catch {
    return false;
  }
  return stream.size() === size;
}

/** Never gives more than `limit` bytes, whatever the stream promises. */
export function inflate(from: Uint8Array, limit: number): Inflated {
  const stream = opened();
  const badAt = feed(stream, from, limit);
  if (badAt >= 0) return { bytes: salvage(from, badAt, limit), end: 'damaged' };
  const size = stream.size();
  if (size > limit) return { bytes: stream.first(limit), end: 'limit' };
  return { end: hasEnded(stream) ? 'whole' : 'damaged', bytes: stream.first(size) };
}

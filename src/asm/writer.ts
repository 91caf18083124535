/**
 * A text while it is written, as bytes: a number goes straight to its digits, and a line makes no string. A million lines
 * as strings that are joined in the end took more than four times as long, a third of it for collecting the garbage.
 */

/** In every runtime, though not in the language's own library. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
const decoder = new TextDecoder();

export interface Writer {
  /** ASCII only, from the last part on. */
  readonly bytes: Uint8Array;
  /** Where the next byte goes. */
  at: number;
  /** What was written before them. */
  readonly parts: string[];
}

/** Bytes that become a part together: they stay in the cache while they are written. */
const FULL = 65_536;
/** What has a bounded length is written without asking for room: at most this much between two `endLine` or `writeText`. */
const MARGIN = 256;

export const makeWriter = (): Writer => ({ bytes: new Uint8Array(FULL + MARGIN), at: 0, parts: [] });

function flush(out: Writer): void {
  if (out.at > 0) out.parts.push(decoder.decode(out.bytes.subarray(0, out.at)));
  out.at = 0;
}

/** All that was written; the writer is empty then. */
export function takeText(out: Writer): string {
  flush(out);
  const [first = ''] = out.parts;
  const text = out.parts.length > 1 ? out.parts.join('') : first;
  out.parts.length = 0;
  return text;
}

export function writeByte(out: Writer, byte: number): void {
  out.bytes[out.at++] = byte;
}

/** A few letters that were turned into bytes before, because they are written often. */
export function writeBytes(out: Writer, letters: Uint8Array): void {
  const { bytes, at } = out;
  for (let i = 0; i < letters.length; i++) bytes[at + i] = letters[i];
  out.at = at + letters.length;
}

/** Any text of any length. What is not ASCII becomes a part of its own, unit for unit. */
export function writeText(out: Writer, text: string): void {
  const { length } = text;
  if (out.at + length > FULL) flush(out);
  const { bytes, at } = out;
  let i = 0;
  if (length <= FULL)
    for (; i < length; i++) {
      const c = text.charCodeAt(i);
      if (c >= 128) break;
      bytes[at + i] = c;
    }
  if (i === length) {
    out.at = at + length;
    return;
  }
  flush(out);
  out.parts.push(text);
}

const [NEWLINE, MINUS, ZERO, X] = [10, 45, 48, 120];

export function endLine(out: Writer): void {
  writeByte(out, NEWLINE);
  if (out.at > FULL) flush(out);
}

export function writeLine(out: Writer, text: string): void {
  writeText(out, text);
  endLine(out);
}

/** Decimal; `value` is in -2^31 .. 2^32 - 1. */
export function writeDec(out: Writer, value: number): void {
  const { bytes } = out;
  let rest = value >>> 0;
  if (value < 0) {
    bytes[out.at++] = MINUS;
    rest = -value >>> 0;
  }
  let at = out.at + 1;
  for (let bound = 10; rest >= bound; bound *= 10) at++;
  out.at = at;
  do {
    const tens = (rest / 10) >>> 0;
    bytes[--at] = ZERO + rest - 10 * tens;
    rest = tens;
  } while (rest > 0);
}

const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** The lowest `cnt` hexadecimal digits. */
function writeNibbles(out: Writer, value: number, cnt: number): void {
  for (let shift = 4 * (cnt - 1); shift >= 0; shift -= 4) out.bytes[out.at++] = HEX[(value >>> shift) & 15];
}

/** Hexadecimal with `0x` and at least `least` digits; the sign of a negative value is not looked at. */
export function writeHex(out: Writer, value: number, least = 1): void {
  out.bytes[out.at++] = ZERO;
  out.bytes[out.at++] = X;
  writeNibbles(out, value, Math.max(least, (35 - Math.clz32(value)) >> 2));
}

/** The 64 bits of two words. */
export function writeHex64(out: Writer, hi: number, lo: number): void {
  writeHex(out, hi === 0 ? lo : hi);
  if (hi !== 0) writeNibbles(out, lo, 8);
}

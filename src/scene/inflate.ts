/**
 * Raw deflate (RFC 1951), reading. Written out because a link must open everywhere and, when it is damaged, show
 * all that can be read: the platform's streams throw such output away. Output is counted as it is made.
 *
 *   block   final:1  kind:2    0 stored  size:16 ~size:16 bytes     1 fixed codes     2 own codes, sent first
 *   symbol  < 256 a byte       256 end of block       > 256 length, followed by a distance
 */
export interface Inflated {
  readonly bytes: Uint8Array;
  /** How it ended: with the stream, at the limit, or where it made no more sense. */
  readonly end: 'whole' | 'limit' | 'damaged';
}

const CODE_BITS_MAX = 15;
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
/** Order in which the lengths of the code for code lengths are sent. */
const SENT_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical code: how many words of each length, and the symbols in order of their words. */
interface Code {
  readonly cnt: Uint16Array;
  readonly symbols: Uint16Array;
}

/** null when the lengths promise more words than there are. */
function codeFrom(lengths: Uint8Array): Code | null {
  const cnt = new Uint16Array(CODE_BITS_MAX + 1);
  for (const length of lengths) cnt[length]++;
  cnt[0] = 0;
  const at = new Uint16Array(CODE_BITS_MAX + 2);
  let left = 1;
  for (let bits = 1; bits <= CODE_BITS_MAX; bits++) {
    left = 2 * left - cnt[bits];
    if (left < 0) return null;
    at[bits + 1] = at[bits] + cnt[bits];
  }
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++)
    if (lengths[symbol] > 0) symbols[at[lengths[symbol]]++] = symbol;
  return { cnt, symbols };
}

const FIXED_LENGTHS = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
const FIXED_SYMBOLS = codeFrom(FIXED_LENGTHS)!;
const FIXED_DISTANCES = codeFrom(new Uint8Array(30).fill(5))!;

/** Where reading and writing stand; `stop` says why to go no further. */
interface State {
  readonly from: Uint8Array;
  readonly limit: number;
  pos: number;
  bits: number;
  bitCnt: number;
  out: Uint8Array;
  size: number;
  stop: 'limit' | 'damaged' | null;
}

function takeBits(state: State, cnt: number): number {
  while (state.bitCnt < cnt) {
    if (state.pos >= state.from.length) {
      state.stop = 'damaged';
      return 0;
    }
    state.bits |= state.from[state.pos++] << state.bitCnt;
    state.bitCnt += 8;
  }
  const value = state.bits & ((1 << cnt) - 1);
  state.bits >>>= cnt;
  state.bitCnt -= cnt;
  return value;
}

/** Words are sent highest bit first; one bit at a time is fast enough for a link. */
function takeSymbol(state: State, { cnt, symbols }: Code): number {
  let word = 0;
  let first = 0;
  let index = 0;
  for (let bits = 1; bits <= CODE_BITS_MAX && !state.stop; bits++) {
    word |= takeBits(state, 1);
    if (word - first < cnt[bits]) return symbols[index + word - first];
    index += cnt[bits];
    first = (first + cnt[bits]) << 1;
    word <<= 1;
  }
  state.stop = 'damaged';
  return 0;
}

function putByte(state: State, byte: number): void {
  if (state.size >= state.limit) {
    state.stop = 'limit';
    return;
  }
  if (state.size === state.out.length) {
    const bigger = new Uint8Array(2 * state.out.length);
    bigger.set(state.out);
    state.out = bigger;
  }
  state.out[state.size++] = byte;
}

function readStored(state: State): void {
  state.bits = state.bitCnt = 0;
  const size = takeBits(state, 16);
  const check = takeBits(state, 16);
  if (!state.stop && (size ^ check) !== 0xffff) state.stop = 'damaged';
  for (let i = 0; i < size && !state.stop; i++) {
    if (state.pos >= state.from.length) state.stop = 'damaged';
    else putByte(state, state.from[state.pos++]);
  }
}

function readCoded(state: State, symbols: Code, distances: Code): void {
  for (;;) {
    const symbol = takeSymbol(state, symbols);
    if (state.stop || symbol === 256) return;
    if (symbol < 256) {
      putByte(state, symbol);
      continue;
    }
    const lengthAt = symbol - 257;
    if (lengthAt >= LENGTH_BASE.length) {
      state.stop = 'damaged';
      return;
    }
    const length = LENGTH_BASE[lengthAt] + takeBits(state, LENGTH_BITS[lengthAt]);
    const distanceAt = takeSymbol(state, distances);
    const distance =
      (DISTANCE_BASE[distanceAt] ?? Infinity) + takeBits(state, DISTANCE_BITS[distanceAt] ?? 0);
    if (distance > state.size) state.stop = 'damaged';
    for (let i = 0; i < length && !state.stop; i++) putByte(state, state.out[state.size - distance]);
    if (state.stop) return;
  }
}

/** Both codes of a block that brings its own, or null. */
function readCodes(state: State): readonly [Code, Code] | null {
  const symbolCnt = takeBits(state, 5) + 257;
  const distanceCnt = takeBits(state, 5) + 1;
  const sentCnt = takeBits(state, 4) + 4;
  const sent = new Uint8Array(19);
  for (let i = 0; i < sentCnt; i++) sent[SENT_ORDER[i]] = takeBits(state, 3);
  const lengthCode = codeFrom(sent);
  if (!lengthCode) return null;
  const lengths = new Uint8Array(symbolCnt + distanceCnt);
  for (let i = 0; i < lengths.length; ) {
    const symbol = takeSymbol(state, lengthCode);
    if (state.stop || (symbol === 16 && i === 0)) return null;
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    const value = symbol === 16 ? lengths[i - 1] : 0;
    const cnt =
      symbol === 16
        ? 3 + takeBits(state, 2)
        : symbol === 17
          ? 3 + takeBits(state, 3)
          : 11 + takeBits(state, 7);
    if (i + cnt > lengths.length) return null;
    lengths.fill(value, i, i + cnt);
    i += cnt;
  }
  const symbols = codeFrom(lengths.subarray(0, symbolCnt));
  const distances = codeFrom(lengths.subarray(symbolCnt));
  return symbols && distances && [symbols, distances];
}

export function inflate(from: Uint8Array, limit: number): Inflated {
  const out = new Uint8Array(1024);
  const state: State = { from, limit, pos: 0, bits: 0, bitCnt: 0, out, size: 0, stop: null };
  for (let isFinal = 0; !isFinal && !state.stop; ) {
    isFinal = takeBits(state, 1);
    const kind = takeBits(state, 2);
    if (state.stop) break;
    if (kind === 0) readStored(state);
    else if (kind === 1) readCoded(state, FIXED_SYMBOLS, FIXED_DISTANCES);
    else {
      const codes = kind === 2 ? readCodes(state) : null;
      if (codes) readCoded(state, codes[0], codes[1]);
      else state.stop = 'damaged';
    }
  }
  return { bytes: state.out.subarray(0, state.size), end: state.stop ?? 'whole' };
}

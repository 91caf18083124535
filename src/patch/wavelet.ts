/**
 * A wavelet matrix: a sequence of numbers that answers "how many of the first j are at most x" in one step per bit.
 * Each level holds one bit of every number, high bits first; numbers with a 0 there go to the front of the next level.
 */
export interface Wavelet {
  readonly cnt: number;
  /** How many of the first j numbers are <= x. */
  countUpTo(j: number, x: number): number;
}

interface Level {
  readonly bits: Uint32Array;
  /** Ones before each word of `bits`. */
  readonly ones: Int32Array;
  readonly zeroCnt: number;
}

function popCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

const zerosBefore = ({ bits, ones }: Level, i: number): number =>
  i - ones[i >>> 5] - popCount(bits[i >>> 5] & ((1 << (i & 31)) - 1));

/** One level, and the numbers in the order of the next. */
function levelOf(values: Int32Array, next: Int32Array, bit: number): Level {
  const cnt = values.length;
  const bits = new Uint32Array((cnt >>> 5) + 1);
  const ones = new Int32Array((cnt >>> 5) + 1);
  let oneCnt = 0;
  for (let i = 0; i < cnt; i++) {
    if ((i & 31) === 0) ones[i >>> 5] = oneCnt;
    const one = (values[i] >>> bit) & 1;
    oneCnt += one;
    bits[i >>> 5] |= one << (i & 31);
  }
  if ((cnt & 31) === 0) ones[cnt >>> 5] = oneCnt;
  const zeroCnt = cnt - oneCnt;
  let zero = 0;
  let one = zeroCnt;
  for (let i = 0; i < cnt; i++) {
    if (((values[i] >>> bit) & 1) === 1) next[one++] = values[i];
    else next[zero++] = values[i];
  }
  return { bits, ones, zeroCnt };
}

/** Numbers from 0 on. */
export function waveletOf(numbers: Int32Array): Wavelet {
  const cnt = numbers.length;
  const most = numbers.reduce((a, b) => Math.max(a, b), 0);
  const bitCnt = 32 - Math.clz32(most);
  const levels: Level[] = [];
  let values = numbers.slice();
  let next = new Int32Array(cnt);
  for (let bit = bitCnt - 1; bit >= 0; bit--) {
    levels.push(levelOf(values, next, bit));
    [values, next] = [next, values];
  }
  return {
    cnt,
    countUpTo(j, x) {
      if (x < 0) return 0;
      if (x >= most) return j;
      // Strictly below x + 1, which has no more bits than `most`.
      const bound = x + 1;
      let below = 0;
      let from = 0;
      let to = j;
      for (let i = 0; i < bitCnt; i++) {
        const level = levels[i];
        const zerosFrom = zerosBefore(level, from);
        const zerosTo = zerosBefore(level, to);
        if (((bound >>> (bitCnt - 1 - i)) & 1) === 1) {
          below += zerosTo - zerosFrom;
          from = level.zeroCnt + from - zerosFrom;
          to = level.zeroCnt + to - zerosTo;
        } else {
          from = zerosFrom;
          to = zerosTo;
        }
      }
      return below;
    },
  };
}

/**
 * Any moment of a run, in both directions, without replaying it: how many nodes before a position are there at
 * moment k, and which node is number i. Edits are carried out in the order of their places, first those that add where
 * those that delete come later; so births come in the final order, and deaths, too. How many of those before a position
 * have happened by k is then the smaller of two numbers: how many ever happen before the position, and how many happen
 * by k anywhere. Ranks take the same time however long the run is, selects one rank per bit of the number of nodes.
 *
 * Half a byte a node, eight bytes an op. Positions outside of the final order count on: they stand for targets outside
 * of the program.
 */
import { assert } from '../base/assert.ts';
import { NEVER, type Trace } from './trace.ts';

export interface Moments {
  /** Nodes at positions < pos that are born by moment k, dead ones included: rows of the shared grid. */
  rankBorn(k: number, pos: number): number;
  /** Position of row i; the number of nodes if there is no such row. */
  selectBorn(k: number, i: number): number;
  bornCnt(k: number): number;
  /** The same of the nodes alive at moment k: slots of the program as it would be. */
  rankAlive(k: number, pos: number): number;
  selectAlive(k: number, i: number): number;
  aliveCnt(k: number): number;
}

/** Things that happen to some of the nodes: where, and when. */
interface Events {
  /** Of every 32 positions two words: how many events stand before them, and a bit for each event among them. */
  readonly marks: Int32Array;
  /** How many happen by each moment. */
  readonly upTo: Int32Array;
  readonly cnt: number;
}

/** Time of the last one, -1: nothing happens. Times from `first` to before NEVER are events. */
function lastTime(times: Int32Array, first: number): number {
  for (let i = times.length - 1; i >= 0; i--) if (times[i] >= first && times[i] < NEVER) return times[i];
  return -1;
}

function eventsOf(times: Int32Array, first: number): Events {
  const marks = new Int32Array(2 * ((times.length >>> 5) + 1));
  const upTo = new Int32Array(lastTime(times, first) + 1);
  let cnt = 0;
  /** Moments before this one are counted. */
  let counted = 0;
  for (let from = 0, at = 0; at < marks.length; from += 32, at += 2) {
    const end = Math.min(from + 32, times.length);
    let bits = 0;
    marks[at] = cnt;
    for (let i = from; i < end; i++) {
      const time = times[i];
      if (time < first || time === NEVER) continue;
      assert(time >= counted, 'births and deaths come in the order of their places');
      while (counted < time) upTo[counted++] = cnt;
      bits |= 1 << (i & 31);
      cnt++;
    }
    marks[at + 1] = bits;
  }
  if (counted < upTo.length) upTo[counted] = cnt;
  return { marks, upTo, cnt };
}

function popCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** How many of the events before a position happen by moment k. */
function happened({ marks, upTo, cnt }: Events, k: number, pos: number): number {
  const at = (pos >>> 5) << 1;
  const before = at < marks.length ? marks[at] + popCount(marks[at + 1] & ((1 << (pos & 31)) - 1)) : cnt;
  return Math.min(before, k < 0 ? 0 : k < upTo.length ? upTo[k] : cnt);
}

const known = new WeakMap<Int32Array, Moments>();

/** Made once for a trace. */
export function momentsOf(trace: Pick<Trace, 'nodeCnt' | 'birth' | 'death'>): Moments {
  let moments = known.get(trace.birth);
  if (!moments) {
    moments = makeMoments(trace);
    known.set(trace.birth, moments);
  }
  return moments;
}

function makeMoments({ nodeCnt, birth, death }: Pick<Trace, 'nodeCnt' | 'birth' | 'death'>): Moments {
  const births = eventsOf(birth, 1);
  const deaths = eventsOf(death, 0);

  const rankBorn = (k: number, pos: number): number =>
    pos <= 0 ? pos : pos - happened(births, NEVER, pos) + happened(births, k, pos);
  const rankAlive = (k: number, pos: number): number =>
    pos <= 0 ? pos : rankBorn(k, pos) - happened(deaths, k, pos);
  const select = (rank: (k: number, pos: number) => number, k: number, i: number): number => {
    let lo = 0;
    let hi = nodeCnt;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      if (rank(k, mid + 1) > i) hi = mid;
      else lo = mid + 1;
    }
    return lo;
  };
  return {
    rankBorn,
    selectBorn: (k, i) => select(rankBorn, k, i),
    bornCnt: (k) => rankBorn(k, nodeCnt),
    rankAlive,
    selectAlive: (k, i) => select(rankAlive, k, i),
    aliveCnt: (k) => rankAlive(k, nodeCnt),
  };
}

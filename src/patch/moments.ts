/**
 * Any moment of a run, in both directions, without replaying it: how many nodes before a position are there at
 * moment k, and which node is number i. Ranks are O(log n), selects O(log² n), whatever the order of births.
 *
 * Positions outside of the final order count on: they stand for targets outside of the program.
 */
import { lowerBound, partitionPoint } from '../base/lower-bound.ts';
import { NEVER, type Trace } from './trace.ts';
import { type Wavelet, waveletOf } from './wavelet.ts';

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
  readonly pos: Int32Array;
  readonly when: Wavelet;
}

function eventsOf(times: Int32Array, happens: (time: number) => boolean): Events {
  let cnt = 0;
  for (let i = 0; i < times.length; i++) if (happens(times[i])) cnt++;
  const pos = new Int32Array(cnt);
  const when = new Int32Array(cnt);
  cnt = 0;
  for (let i = 0; i < times.length; i++) {
    if (!happens(times[i])) continue;
    pos[cnt] = i;
    when[cnt++] = times[i];
  }
  return { pos, when: waveletOf(when) };
}

/** How many events stand before a position. */
const eventsBefore = ({ pos }: Events, position: number): number => lowerBound(pos, position);

export function momentsOf({ nodeCnt, birth, death }: Pick<Trace, 'nodeCnt' | 'birth' | 'death'>): Moments {
  const births = eventsOf(birth, (time) => time > 0);
  const deaths = eventsOf(death, (time) => time < NEVER);

  function rankBorn(k: number, pos: number): number {
    if (pos <= 0) return pos;
    const before = eventsBefore(births, pos);
    return pos - before + births.when.countUpTo(before, k);
  }
  function rankAlive(k: number, pos: number): number {
    if (pos <= 0) return pos;
    return rankBorn(k, pos) - deaths.when.countUpTo(eventsBefore(deaths, pos), k);
  }
  const select = (rank: (k: number, pos: number) => number, k: number, i: number): number =>
    partitionPoint(0, nodeCnt, (pos) => rank(k, pos + 1) > i);
  return {
    rankBorn,
    selectBorn: (k, i) => select(rankBorn, k, i),
    bornCnt: (k) => rankBorn(k, nodeCnt),
    rankAlive,
    selectAlive: (k, i) => select(rankAlive, k, i),
    aliveCnt: (k) => rankAlive(k, nodeCnt),
  };
}

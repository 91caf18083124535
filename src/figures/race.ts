/** The clock of the race, and the times at which a step on it stops. */
import type { Race, RaceLane } from '../patch/race.ts';
import { lapAt } from './lane-state.ts';

/** Where the clock ends: when the slowest is over. */
export const raceEnd = ({ lanes }: Race): number => Math.max(0, ...lanes.map(({ total }) => total));

export type RacerId = 'array' | 'list' | 'stream';

/** Of an algorithm that did not race: the first lane. */
export const laneOf = ({ lanes }: Race, racer: RacerId): RaceLane =>
  lanes.find(({ id }) => id === racer) ?? lanes[0];

/** The lane of the algorithm that goes through the program for each patch. */
export const arrayLane = (race: Race): RaceLane => laneOf(race, 'array');

/** The next (previous) time at which the array is through with a patch; the ends of the race count as such. */
export function nextPatch(race: Race, t: number, by: 1 | -1): number {
  const { laps } = arrayLane(race);
  const isLast = (at: number): boolean => at + 1 === laps.cnt || laps.nth[at + 1] !== laps.nth[at];
  if (by > 0) {
    for (let at = lapAt(laps, t); at < laps.cnt; at++) if (isLast(at)) return laps.end[at];
    return raceEnd(race);
  }
  for (let at = lapAt(laps, t - 1) - 1; at >= 0; at--) if (isLast(at)) return laps.end[at];
  return 0;
}

/** The next (previous) time at which any of them is through with a part of its work. */
export function nextLap({ lanes }: Race, t: number, by: 1 | -1): number {
  const times = lanes.map(({ laps }) => {
    const at = lapAt(laps, by > 0 ? t : t - 1);
    if (by > 0) return at < laps.cnt ? laps.end[at] : Number.POSITIVE_INFINITY;
    return at === 0 ? 0 : laps.end[at - 1];
  });
  const next = by > 0 ? Math.min(...times) : Math.max(0, ...times);
  return Number.isFinite(next) ? next : t;
}

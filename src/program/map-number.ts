/**
 * How records name a map (`mapIdx`): its place in the setting, counted from 1, perhaps with a flag; 0 is none, and below 0
 * it is now one and now another.
 */
import type { MapInfo } from './setting.ts';

/** Flag of the number: not the map itself, but one of those that it holds. */
export const INNER_MAP = 0x10000;

/** The number without its flag. */
export const plainMapNumber = (number: number): number => number & ~INNER_MAP;

/** undefined: none, not described, or not always the same. */
export function mapOfNumber(maps: readonly MapInfo[], number: number): MapInfo | undefined {
  if (number <= 0) return undefined;
  const map = maps[plainMapNumber(number) - 1];
  return number & INNER_MAP ? (map?.inner ?? undefined) : map;
}

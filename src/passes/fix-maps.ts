/** The map that a call is given, as the verifier noted it. */
import { INNER_MAP } from '../analysis/notes.ts';
import type { MapInfo } from '../program/setting.ts';
import { noted, type Site } from './fix-site.ts';

/** Number of the map in the setting + 1, perhaps with INNER_MAP; 0: not known, or now one and now another. */
export const mapNumberAt = (site: Site): number => Math.max(0, noted(site, 'mapIdx'));

/** undefined: not known, not described, or not always the same. */
export function mapAt(site: Site): MapInfo | undefined {
  const number = mapNumberAt(site);
  const map = site.ctx.setting.maps[(number & ~INNER_MAP) - 1];
  return number & INNER_MAP ? (map?.inner ?? undefined) : map;
}

/** All bits that an index below `maxEntries` may have. */
export const indexMask = (maxEntries: number): number =>
  maxEntries <= 1 ? 0 : (2 ** (32 - Math.clz32(maxEntries - 1)) - 1) | 0;

/** The map that a call is given, as the verifier noted it. */

import { mapOfNumber } from '../../program/map-number.ts';
import type { MapInfo } from '../../program/setting.ts';
import { noted, type Site } from './site.ts';

/** As records have it (program/map-number.ts); 0: not known, or now one and now another. */
export const mapNumberAt = (site: Site): number => Math.max(0, noted(site, 'mapIdx'));

/** undefined: not known, not described, or not always the same. */
export const mapAt = (site: Site): MapInfo | undefined =>
  mapOfNumber(site.ctx.setting.maps, mapNumberAt(site));

/** All bits that an index below `maxEntries` may have. */
export const indexMask = (maxEntries: number): number =>
  maxEntries <= 1 ? 0 : (2 ** (32 - Math.clz32(maxEntries - 1)) - 1) | 0;

/** The maps of a program by small numbers: those of the setting first, then what insns name beside them. */
import { F_RDONLY_PROG } from '../kernel/map-flags.ts';
import { mapTypeNumber } from '../kernel/map-types.ts';
import { mapOfNumber, plainMapNumber } from '../program/map-number.ts';
import type { MapInfo, Setting } from '../program/setting.ts';

/** Map types that the analysis asks for. */
export const MAP_TYPE = {
  ARRAY: mapTypeNumber('array'),
  PERCPU_ARRAY: mapTypeNumber('percpu_array'),
  ARRAY_OF_MAPS: mapTypeNumber('array_of_maps'),
  HASH_OF_MAPS: mapTypeNumber('hash_of_maps'),
  SOCKMAP: mapTypeNumber('sockmap'),
  XSKMAP: mapTypeNumber('xskmap'),
  SOCKHASH: mapTypeNumber('sockhash'),
} as const;

export class MapTable {
  readonly #infos: readonly MapInfo[];
  readonly #byRef = new Map<number, number>();

  constructor(setting: Setting) {
    this.#infos = setting.maps;
    for (const [k, { ref }] of setting.maps.entries()) if (!this.#byRef.has(ref)) this.#byRef.set(ref, k + 1);
  }

  /** Number of the map that an ld_imm64 names, from 1 on. */
  numberOf(ref: number): number {
    let number = this.#byRef.get(ref);
    if (number === undefined) {
      number = Math.max(this.#infos.length, this.#byRef.size) + 1;
      this.#byRef.set(ref, number);
    }
    return number;
  }
  /** undefined: nobody described it. */
  infoOf(number: number): MapInfo | undefined {
    return mapOfNumber(this.#infos, number);
  }
  /** The number as records have it: 0 for a map that nobody described. */
  recordOf(number: number): number {
    return plainMapNumber(number) <= this.#infos.length ? number : 0;
  }
  /** Contents that no program and no user can change any more. */
  frozenOf(number: number): Uint8Array | null {
    const info = this.infoOf(number);
    return info && (info.flags & F_RDONLY_PROG) !== 0 ? info.frozen : null;
  }
}

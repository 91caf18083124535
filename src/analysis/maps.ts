/** The maps of a program by small numbers: those of the setting first, then what insns name beside them. */
import { mapTypeNumber } from '../kernel/map-types.ts';
import type { MapInfo, Setting } from '../program/setting.ts';

/** Flag of a map's number: not the map itself, but one of those that it holds. */
export const INNER_MAP = 0x10000;

/** BPF_F_RDONLY_PROG in map_flags (linux/bpf.h). */
const RDONLY_PROG = 1 << 7;

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
    const info = this.#infos[(number & ~INNER_MAP) - 1];
    return number & INNER_MAP ? (info?.inner ?? undefined) : info;
  }
  /** The number as records have it: 0 for a map that nobody described. */
  recordOf(number: number): number {
    return (number & ~INNER_MAP) <= this.#infos.length ? number : 0;
  }
  /** Contents that no program and no user can change any more. */
  frozenOf(number: number): Uint8Array | null {
    const info = this.infoOf(number);
    return info && (info.flags & RDONLY_PROG) !== 0 ? info.frozen : null;
  }
}

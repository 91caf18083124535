/**
 * bpf_map_lookup_elem() of a map whose type is known, written into the program. r1 is the map, r2 points to the key.
 *
 *   array           per-cpu array, array of maps     hash                          LRU hash
 *   r1 += value     as on the left; before goto:     call __htab_map_lookup_elem   call __htab_map_lookup_elem
 *   r0 = u32[r2]    r0 = u64[r0]                     if r0 == 0 goto +1            if r0 == 0 goto +4
 *   if r0 >= max    r0 += this cpu's base, or        r0 += value                   r1 = u8[r0 + ref]
 *     goto +3       if r0 == 0 goto +1               per-cpu hash, hash of maps    if r1 != 0 goto +1
 *   r0 <<= k                                         also load u64[r0]             u8[r0 + ref] = 1
 *   r0 += r1                                                                       r0 += value
 *   goto +1
 *   r0 = 0
 *
 * Elements of an array are multiples of 8 bytes; a size that is no power of two is multiplied. Maps of somebody without
 * privileges get `w0 &= mask` behind the test. As array_map_gen_lookup() and its like, Linux 6.18: kernel/bpf/arraymap.c,
 * kernel/bpf/hashtab.c, net/xdp/xskmap.c.
 */

import { ALU_OP, JMP_OP, SIZE } from '../../isa/code-parts.ts';
import { R0, R1, R2 } from '../../isa/registers.ts';
import { F_INNER_MAP } from '../../kernel/map-flags.ts';
import { mapTypeNumber } from '../../kernel/map-types.ts';
import type { MapInfo } from '../../program/setting.ts';
import {
  putAlu32K,
  putAluK,
  putAluX,
  putCallTo,
  putGoto,
  putIfK,
  putLoad,
  putMovK,
  putPerCpu,
  putStoreK,
} from '../put.ts';
import { indexMask, mapAt } from './maps.ts';
import type { Fix, KnownFix, Site } from './site.ts';

const roundedUp = (size: number): number => Math.ceil(size / 8) * 8;
const isPowerOf2 = (size: number): boolean => (size & (size - 1)) === 0;

type Put = (site: Site, map: MapInfo) => void;

/** Test and address of an element of `size` bytes; `rest` more insns stand between it and the last two. */
function putElement({ edits, ctx }: Site, map: MapInfo, size: number, rest: number): void {
  const masks = ctx.setting.unprivileged === true;
  putAluK(edits, ALU_OP.ADD, R1, ctx.kernel.maps.bpf_array.value);
  putLoad(edits, SIZE.W, R0, R2, 0);
  putIfK(edits, JMP_OP.JGE, R0, map.maxEntries | 0, rest + (masks ? 4 : 3));
  if (masks) putAlu32K(edits, ALU_OP.AND, R0, indexMask(map.maxEntries));
  if (isPowerOf2(size)) putAluK(edits, ALU_OP.LSH, R0, 31 - Math.clz32(size));
  else putAluK(edits, ALU_OP.MUL, R0, size);
  putAluX(edits, ALU_OP.ADD, R0, R1);
}

/** Behind what is found: not found. */
function putElse({ edits }: Site): void {
  putGoto(edits, 1);
  putMovK(edits, R0, 0);
}

const array: Put = (site, map) => {
  putElement(site, map, roundedUp(map.valueSize), 0);
  putElse(site);
};

const perCpuArray: Put = (site, map) => {
  putElement(site, map, 8, 2);
  putLoad(site.edits, SIZE.DW, R0, R0, 0);
  putPerCpu(site.edits, R0);
  putElse(site);
};

const arrayOfMaps: Put = (site, map) => {
  putElement(site, map, roundedUp(map.valueSize), 2);
  putLoad(site.edits, SIZE.DW, R0, R0, 0);
  putIfK(site.edits, JMP_OP.JEQ, R0, 0, 1);
  putElse(site);
};

const valueInElement = ({ ctx }: Site, { keySize }: MapInfo): number =>
  ctx.kernel.maps.htab_elem.key + roundedUp(keySize);

/** The call; what follows, `rest` insns and the step to the value, is only done when something was found. */
function putHashLookup({ edits, ctx }: Site, rest: number): void {
  putCallTo(edits, ctx.kernel.functions, '__htab_map_lookup_elem');
  putIfK(edits, JMP_OP.JEQ, R0, 0, rest + 1);
}

const hash: Put = (site, map) => {
  putHashLookup(site, 0);
  putAluK(site.edits, ALU_OP.ADD, R0, valueInElement(site, map));
};

const lruHash: Put = (site, map) => {
  const { edits, ctx } = site;
  const { ref } = ctx.kernel.maps.lru_elem;
  putHashLookup(site, 3);
  putLoad(edits, SIZE.B, R1, R0, ref);
  putIfK(edits, JMP_OP.JNE, R1, 0, 1);
  putStoreK(edits, SIZE.B, R0, ref, 1);
  putAluK(edits, ALU_OP.ADD, R0, valueInElement(site, map));
};

const perCpuHash: Put = (site, map) => {
  putHashLookup(site, 2);
  putAluK(site.edits, ALU_OP.ADD, R0, valueInElement(site, map));
  putLoad(site.edits, SIZE.DW, R0, R0, 0);
  putPerCpu(site.edits, R0);
};

const hashOfMaps: Put = (site, map) => {
  putHashLookup(site, 1);
  putAluK(site.edits, ALU_OP.ADD, R0, valueInElement(site, map));
  putLoad(site.edits, SIZE.DW, R0, R0, 0);
};

const xskMap: Put = (site, map) => {
  const { edits, ctx } = site;
  putLoad(edits, SIZE.W, R0, R2, 0);
  putIfK(edits, JMP_OP.JGE, R0, map.maxEntries | 0, 5);
  putAluK(edits, ALU_OP.LSH, R0, 3);
  putAluK(edits, ALU_OP.ADD, R1, ctx.kernel.maps.xsk_map.xsk_map);
  putAluX(edits, ALU_OP.ADD, R0, R1);
  putLoad(edits, SIZE.DW, R0, R0, 0);
  putElse(site);
};

interface Lookup {
  /** First version of Linux that writes it into programs, as in PassRules.linux. */
  readonly since: number;
  readonly put: Put;
  /** Not for maps that others may stand in for. */
  readonly isFixed?: boolean;
}

const LOOKUPS: ReadonlyMap<number, Lookup> = new Map(
  Object.entries({
    array: { since: 410, put: array, isFixed: true },
    percpu_array: { since: 610, put: perCpuArray, isFixed: true },
    array_of_maps: { since: 415, put: arrayOfMaps },
    hash: { since: 411, put: hash },
    lru_hash: { since: 414, put: lruHash },
    percpu_hash: { since: 610, put: perCpuHash },
    hash_of_maps: { since: 415, put: hashOfMaps },
    xskmap: { since: 503, put: xskMap },
  } satisfies Record<string, Lookup>).map(([type, lookup]) => [mapTypeNumber(type), lookup]),
);

const fixLookup: Fix = (site) => {
  const map = mapAt(site);
  const lookup: Lookup | undefined = map && LOOKUPS.get(map.type);
  if (map === undefined || lookup === undefined || site.ctx.rules.linux < lookup.since) return false;
  if (lookup.isFixed && (map.flags & F_INNER_MAP) !== 0) return false;
  site.edits.replace(site.at);
  lookup.put(site, map);
  return true;
};

export const MAP_LOOKUP_FIXES: Readonly<Record<string, KnownFix>> = {
  map_lookup_elem: { since: 410, fix: fixLookup },
};

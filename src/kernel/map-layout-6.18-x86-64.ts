/** Maps in Linux 6.18.44 for x86-64, as its dumps of programs with lookups show them. */
import type { MapLayout } from './map-layout.ts';

export const MAPS_6_18_X86_64: MapLayout = {
  bpf_array: { value: 312 },
  htab_elem: { key: 48 },
  lru_elem: { ref: 35 },
  xsk_map: { xsk_map: 304 },
};

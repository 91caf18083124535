/**
 * Names of the map types by number. Source: enum bpf_map_type in linux/include/uapi/linux/bpf.h of 6.18, in lower case
 * and without its prefix; `insn_array` is the one of 6.19, for which 6.18 has no number yet. 19 and 21 are the names
 * without `_deprecated`.
 */
const NAMES =
  'unspec hash array prog_array perf_event_array percpu_hash percpu_array stack_trace cgroup_array lru_hash ' +
  'lru_percpu_hash lpm_trie array_of_maps hash_of_maps devmap sockmap cpumap xskmap sockhash cgroup_storage ' +
  'reuseport_sockarray percpu_cgroup_storage queue stack sk_storage devmap_hash struct_ops ringbuf inode_storage ' +
  'task_storage bloom_filter user_ringbuf cgrp_storage arena insn_array';

/** The index is the number. */
export const MAP_TYPES: readonly string[] = NAMES.split(' ');

const byName = new Map(MAP_TYPES.map((name, number) => [name, number]));

/** Number of a map type; -1 when there is none of that name. */
export const mapTypeNumber = (name: string): number => byName.get(name) ?? -1;

/** Maps that one program may use (MAX_USED_MAPS in linux/include/linux/bpf_verifier.h of 6.18). */
export const MAX_USED_MAPS = 64;

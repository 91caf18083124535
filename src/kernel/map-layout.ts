/**
 * Where a kernel keeps what is in its maps, as far as a lookup written into the program has to know. Offsets in bytes;
 * names as in the kernel's sources.
 */
export interface MapLayout {
  /** First value of an array; in the same place the pointers of a per-cpu array or of an array of maps. */
  readonly bpf_array: { readonly value: number };
  /** Key of an element of a hash; behind it, at the next multiple of 8, stands the value. */
  readonly htab_elem: { readonly key: number };
  /** Mark of an element of an LRU hash that was looked at lately: `lru_node.ref` of htab_elem. */
  readonly lru_elem: { readonly ref: number };
  /** First pointer to a socket. */
  readonly xsk_map: { readonly xsk_map: number };
}

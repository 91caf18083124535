/**
 * Which function of the kernel a helper's id stands for. Read off programs that Linux 6.18.44 loaded; the names are those
 * of its symbol table.
 */
import { FUNCTIONS_6_18_X86_64 } from './functions-6.18-x86-64.ts';
import { HELPERS, helperId } from './helpers.ts';
import { mapTypeNumber } from './map-types.ts';
import { progTypeNumber } from './prog-types.ts';

type Symbols = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where a kernel knows the map it calls the map's own function: by helper and type of map. */
const OWN: Symbols = {
  map_lookup_elem: {
    lru_percpu_hash: 'htab_lru_percpu_map_lookup_elem',
    lpm_trie: 'trie_lookup_elem',
    devmap: 'dev_map_lookup_elem',
    devmap_hash: 'dev_map_hash_lookup_elem',
  },
  map_update_elem: {
    hash: 'htab_map_update_elem',
    array: 'array_map_update_elem',
    percpu_hash: 'htab_percpu_map_update_elem',
    percpu_array: 'array_map_update_elem',
    lru_hash: 'htab_lru_map_update_elem',
    lru_percpu_hash: 'htab_lru_percpu_map_update_elem',
    lpm_trie: 'trie_update_elem',
  },
  map_delete_elem: {
    hash: 'htab_map_delete_elem',
    array: 'array_map_delete_elem',
    percpu_hash: 'htab_map_delete_elem',
    percpu_array: 'array_map_delete_elem',
    lru_hash: 'htab_lru_map_delete_elem',
    lru_percpu_hash: 'htab_lru_map_delete_elem',
    lpm_trie: 'trie_delete_elem',
    sockmap: 'sock_map_delete_elem',
    sockhash: 'sock_hash_delete_elem',
  },
  map_lookup_percpu_elem: {
    percpu_hash: 'htab_percpu_map_lookup_percpu_elem',
    percpu_array: 'percpu_array_map_lookup_percpu_elem',
    lru_percpu_hash: 'htab_lru_percpu_map_lookup_percpu_elem',
  },
  map_push_elem: {
    queue: 'queue_stack_map_push_elem',
    stack: 'queue_stack_map_push_elem',
    bloom_filter: 'bloom_map_push_elem',
  },
  map_pop_elem: { queue: 'queue_map_pop_elem', stack: 'stack_map_pop_elem' },
  map_peek_elem: {
    queue: 'queue_map_peek_elem',
    stack: 'stack_map_peek_elem',
    bloom_filter: 'bloom_map_peek_elem',
  },
  redirect_map: {
    devmap: 'dev_map_redirect',
    devmap_hash: 'dev_hash_map_redirect',
    cpumap: 'cpu_map_redirect',
    xskmap: 'xsk_map_redirect',
  },
  for_each_map_elem: {
    hash: 'bpf_for_each_hash_elem',
    percpu_hash: 'bpf_for_each_hash_elem',
    lru_hash: 'bpf_for_each_hash_elem',
    lru_percpu_hash: 'bpf_for_each_hash_elem',
    array: 'bpf_for_each_array_elem',
    percpu_array: 'bpf_for_each_array_elem',
  },
};

/** Helpers whose function is not called as they are. */
const OTHER_NAMES = new Map([
  [helperId('get_prandom_u32'), 'bpf_user_rnd_u32'],
  [helperId('probe_read'), 'bpf_probe_read_compat'],
  [helperId('probe_read_str'), 'bpf_probe_read_compat_str'],
]);

/** By type of program: helpers that have a function of their own there. */
const BY_PROG_TYPE: Symbols = {
  sched_cls: {
    sk_lookup_tcp: 'bpf_tc_sk_lookup_tcp',
    sk_lookup_udp: 'bpf_tc_sk_lookup_udp',
    skc_lookup_tcp: 'bpf_tc_skc_lookup_tcp',
  },
  sk_skb: { skb_pull_data: 'sk_skb_pull_data' },
  tracepoint: { get_stack: 'bpf_get_stack_tp' },
};

/** Two names in a row as two numbers in a row. */
const numbered = (table: Symbols, outer: (name: string) => number, inner: (name: string) => number) =>
  new Map(
    Object.entries(table).map(([name, symbols]) => [
      outer(name),
      new Map(Object.entries(symbols).map(([other, symbol]) => [inner(other), symbol])),
    ]),
  );

const byHelper = numbered(OWN, helperId, mapTypeNumber);
const byProgType = numbered(BY_PROG_TYPE, progTypeNumber, helperId);

/** Symbol of the function; `mapType` 0: the call is given no map, or nobody knows of what type. */
export const symbolOfHelper = (id: number, mapType: number, progType: number): string | undefined =>
  byHelper.get(id)?.get(mapType) ?? byProgType.get(progType)?.get(id) ?? OTHER_NAMES.get(id) ?? HELPERS[id];

const SYMBOLS: ReadonlySet<string> = new Set([
  ...[OWN, BY_PROG_TYPE].flatMap((table) =>
    Object.values(table).flatMap((symbols) => Object.values(symbols)),
  ),
  ...OTHER_NAMES.values(),
  ...Object.keys(FUNCTIONS_6_18_X86_64.calls),
]);

/** Whether a call by this name is one of a helper, or of a function that rewritten programs call in its place. */
export const isCalledAsHelper = (name: string): boolean => helperId(name) >= 0 || SYMBOLS.has(name);

/**
 * Names of the program types by number. Source: enum bpf_prog_type in linux/include/uapi/linux/bpf.h of 6.18, in lower
 * case and without its prefix; the last one came with 6.4.
 */
const NAMES =
  'unspec socket_filter kprobe sched_cls sched_act tracepoint xdp perf_event cgroup_skb cgroup_sock lwt_in lwt_out ' +
  'lwt_xmit sock_ops sk_skb cgroup_device sk_msg raw_tracepoint cgroup_sock_addr lwt_seg6local lirc_mode2 ' +
  'sk_reuseport flow_dissector cgroup_sysctl raw_tracepoint_writable cgroup_sockopt tracing struct_ops ext lsm ' +
  'sk_lookup syscall netfilter';

/** The index is the number. */
export const PROG_TYPES: readonly string[] = NAMES.split(' ');

/** What object files call their sections, where that is another word (libbpf 1.6, section_defs in libbpf.c). */
const SECTION_WORDS = {
  socket: 'socket_filter',
  tc: 'sched_cls',
  classifier: 'sched_cls',
  action: 'sched_act',
  tp: 'tracepoint',
  raw_tp: 'raw_tracepoint',
  fentry: 'tracing',
  fexit: 'tracing',
  fmod_ret: 'tracing',
  freplace: 'ext',
  sockops: 'sock_ops',
} as const;

const byWord = new Map([
  ...PROG_TYPES.map((name, number) => [name, number] as const),
  ...Object.entries(SECTION_WORDS).map(([word, name]) => [word, PROG_TYPES.indexOf(name)] as const),
]);

/** Every word that names a type. */
export const progTypeWords = (): Iterable<string> => byWord.keys();

/** Number of a program type, by its own name or that of a section; -1 when there is none. */
export const progTypeNumber = (word: string): number => byWord.get(word) ?? -1;

/** Of programs of these types the section says what they attach to, which changes what becomes of them. */
const SAYS_MORE: ReadonlySet<string> = new Set(['fentry', 'fexit', 'fmod_ret']);

/** What a word says beside the type; '': nothing. */
export const attachOfWord = (word: string): string => (SAYS_MORE.has(word) ? word : '');

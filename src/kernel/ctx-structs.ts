/**
 * The structs that programs see, as data: linux/include/uapi/linux/bpf.h of 6.18. They are ABI: fields are added behind,
 * none ever moves. One word a field, in the order of the struct, `name` or `name:kind`.
 */

/**
 * A field of a struct, before a program type has its say. `off` and `size` in bytes; narrower loads inside of it read a
 * part.
 */
export interface StructField {
  readonly name: string;
  readonly off: number;
  readonly size: number;
  /** Verifier's type of what a load gives (reg-types.ts): 1 a number, 8 packet, 12 sock_common ... */
  readonly reg: number;
  /** The verifier says "or null" of it. */
  readonly maybeNull: boolean;
  /** Bytes that the verifier notes of a load as ctx_field_size; 0: nothing, as every load has its own size there. */
  readonly whole: number;
  /** Sizes (1, 2, 4, 8, added up) of loads that begin where the field begins, and of those that begin inside. */
  readonly loads: number;
  readonly loadsInside: number;
  /** Whether a load may sign-extend. */
  readonly signed: boolean;
}

interface Struct {
  readonly size: number;
  readonly fields: readonly StructField[];
}

/** How a field is read: size and alignment in bytes, the rest as in StructField. */
interface Kind {
  readonly size: number;
  readonly align: number;
  readonly loads: number;
  readonly loadsInside: number;
  readonly whole: number;
  readonly signed: boolean;
  readonly reg: number;
  readonly maybeNull: boolean;
}

const SCALAR = 1;
const word: Kind = {
  ...{ size: 4, align: 4, loads: 4, loadsInside: 0, whole: 0 },
  ...{ signed: true, reg: SCALAR, maybeNull: false },
};
const narrow: Kind = { ...word, loads: 7, loadsInside: 3, whole: 4 };
/** A pointer, in a field of 4 bytes where the context is older than 64-bit thinking. */
const pointer = (size: 4 | 8, reg: number, maybeNull = false): Kind => ({
  ...word,
  ...{ size, align: size, loads: size, signed: false, reg, maybeNull },
});

const KINDS = {
  /** Four bytes, or any part of them. */
  narrow,
  /** Four bytes, or as many of the first of them. */
  first: { ...narrow, loadsInside: 0 },
  /** Four bytes as a whole. */
  word,
  /** IPv6 addresses: one word at a time, any part of one, and two at once where they are aligned. */
  words: { ...word, size: 16, loadsInside: 4 },
  narrowWords: { ...narrow, size: 16, loadsInside: 7 },
  wideWords: { ...narrow, size: 16, loads: 15, loadsInside: 15 },
  args: { ...word, size: 12, loadsInside: 4 },
  quad: { ...word, size: 8, align: 8, loads: 8, signed: false },
  narrowQuad: { ...narrow, size: 8, align: 8, loads: 15, loadsInside: 7, whole: 8 },
  /** Registers of the machine (pt_regs of x86-64), one at a time. */
  registers: { ...word, size: 168, align: 8, loads: 8, loadsInside: 8, signed: false },
  byte: { ...word, size: 1, align: 1, loads: 1 },
  /** Ports of two bytes that used to be four. */
  port: { ...narrow, size: 2, loadsInside: 1, whole: 2 },
  port0: { ...narrow, size: 2, align: 2, loads: 3, loadsInside: 1, whole: 2 },
  etherType: { ...narrow, loads: 6, loadsInside: 2 },
  gap2: { ...word, size: 2, align: 2, loads: 0 },
  gap3: { ...word, size: 3, align: 1, loads: 0 },
  cb: { ...word, size: 20, loads: 15, loadsInside: 15 },
  pkt: pointer(4, 8),
  pkt_end: pointer(4, 9),
  pkt_meta: pointer(4, 7),
  pkt64: pointer(8, 8),
  pkt_end64: pointer(8, 9),
  flow_keys: pointer(8, 10),
  sock: pointer(8, 11),
  sockOrNull: pointer(8, 11, true),
  commonOrNull: pointer(8, 12, true),
} as const satisfies Record<string, Kind>;

const LAYOUTS = {
  __sk_buff:
    'len pkt_type mark queue_mapping protocol vlan_present vlan_tci vlan_proto priority ingress_ifindex ifindex ' +
    'tc_index cb:cb hash tc_classid data:pkt data_end:pkt_end napi_id family remote_ip4:word local_ip4:word ' +
    'remote_ip6:words local_ip6:words remote_port local_port data_meta:pkt_meta flow_keys:flow_keys tstamp:quad ' +
    'wire_len gso_segs sk:commonOrNull gso_size tstamp_type:byte pad:gap3 hwtstamp:quad',
  xdp_md:
    'data:pkt data_end:pkt_end data_meta:pkt_meta ingress_ifindex:word rx_queue_index:word egress_ifindex:word',
  bpf_sock:
    'bound_dev_if:word family:first type:first protocol:first mark:word priority:word src_ip4 src_ip6:narrowWords ' +
    'src_port:first dst_port:port pad:gap2 dst_ip4 dst_ip6:narrowWords state:first rx_queue_mapping:first',
  bpf_tcp_sock:
    'snd_cwnd:word srtt_us:word rtt_min:word snd_ssthresh:word rcv_nxt:word snd_nxt:word snd_una:word ' +
    'mss_cache:word ecn_flags:word rate_delivered:word rate_interval_us:word packets_out:word retrans_out:word ' +
    'total_retrans:word segs_in:word data_segs_in:word segs_out:word data_segs_out:word lost_out:word ' +
    'sacked_out:word bytes_received:quad bytes_acked:quad dsack_dups:word delivered:word delivered_ce:word ' +
    'icsk_retransmits:word',
  bpf_xdp_sock: 'queue_id:word',
  bpf_sock_ops:
    'op:word reply:word args:args family:word remote_ip4:word local_ip4:word remote_ip6:words local_ip6:words ' +
    'remote_port:word local_port:word is_fullsock:word snd_cwnd:word srtt_us:word bpf_sock_ops_cb_flags:word ' +
    'state:word rtt_min:word snd_ssthresh:word rcv_nxt:word snd_nxt:word snd_una:word mss_cache:word ecn_flags:word ' +
    'rate_delivered:word rate_interval_us:word packets_out:word retrans_out:word total_retrans:word segs_in:word ' +
    'data_segs_in:word segs_out:word data_segs_out:word lost_out:word sacked_out:word sk_txhash:word ' +
    'bytes_received:quad bytes_acked:quad sk:sockOrNull skb_data:pkt64 skb_data_end:pkt_end64 skb_len:word ' +
    'skb_tcp_flags:first skb_hwtstamp:quad',
  bpf_sock_addr:
    'user_family:word user_ip4 user_ip6:wideWords user_port family:word type:word protocol:word msg_src_ip4 ' +
    'msg_src_ip6:wideWords sk:sock',
  sk_msg_md:
    'data:pkt64 data_end:pkt_end64 family:word remote_ip4:word local_ip4:word remote_ip6:words local_ip6:words ' +
    'remote_port:word local_port:word size:word sk:sock',
  sk_reuseport_md:
    'data:pkt64 data_end:pkt_end64 len eth_protocol:etherType ip_protocol bind_inany hash:word sk:sock ' +
    'migrating_sk:commonOrNull',
  bpf_sk_lookup:
    'sk:sockOrNull family protocol remote_ip4 remote_ip6:narrowWords remote_port:port pad:port0 local_ip4 ' +
    'local_ip6:narrowWords local_port ingress_ifindex',
  bpf_sysctl: 'write file_pos',
  bpf_sockopt: 'sk:sock optval:pkt64 optval_end:pkt_end64 level:word optname:word optlen:word retval:word',
  bpf_cgroup_dev_ctx: 'access_type major:word minor:word',
  bpf_perf_event_data: 'regs:registers sample_period:narrowQuad addr:narrowQuad',
} as const;

export type StructName = keyof typeof LAYOUTS;

const roundUp = (off: number, align: number): number => Math.ceil(off / align) * align;

function structOf(layout: string): Struct {
  const fields: StructField[] = [];
  let end = 0;
  let widest = 1;
  for (const text of layout.split(' ')) {
    const [name, kindName = 'narrow'] = text.split(':');
    const { align, ...kind } = KINDS[kindName as keyof typeof KINDS];
    const off = roundUp(end, align);
    end = off + kind.size;
    widest = Math.max(widest, align);
    fields.push({ name, off, ...kind });
  }
  return { size: roundUp(end, widest), fields };
}

export const CTX_STRUCTS = Object.fromEntries(
  Object.entries(LAYOUTS).map(([name, layout]) => [name, structOf(layout)]),
) as Readonly<Record<StructName, Struct>>;

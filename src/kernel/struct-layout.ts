/**
 * What the rewriting of context accesses asks of a kernel: where its own structs keep what a context shows. All of it
 * as one value, so that another build is another value and nothing else.
 */

/** Byte offset in the struct and size in bytes. */
export type Member = readonly [off: number, size: number];

/** Bits of a byte that C cannot name by offset. */
export interface Bits {
  readonly off: number;
  readonly mask: number;
}

type Members<Names extends string> = Readonly<Record<Names, Member>>;

/** Names as in the kernel's sources. */
export interface KernelStructs {
  readonly sk_buff: Members<
    | 'len'
    | 'data_len'
    | 'protocol'
    | 'vlan_proto'
    | 'priority'
    | 'skb_iif'
    | 'dev'
    | 'hash'
    | 'mark'
    | 'queue_mapping'
    | 'vlan_all'
    | 'vlan_tci'
    | 'cb'
    | 'tc_index'
    | 'napi_id'
    | 'sk'
    | 'tstamp'
    | 'end'
    | 'head'
    | 'data'
  >;
  readonly net_device: Members<'ifindex'>;
  readonly sock_common: Members<
    | 'skc_family'
    | 'skc_daddr'
    | 'skc_rcv_saddr'
    | 'skc_v6_daddr'
    | 'skc_v6_rcv_saddr'
    | 'skc_dport'
    | 'skc_num'
    | 'skc_state'
  >;
  readonly sock: Members<
    | 'sk_bound_dev_if'
    | 'sk_mark'
    | 'sk_priority'
    | 'sk_type'
    | 'sk_protocol'
    | 'sk_rx_queue_mapping'
    | 'sk_txhash'
  >;
  readonly skb_shared_info: Members<'gso_segs' | 'gso_size' | 'hwtstamps'>;
  readonly xdp_buff: Members<'data' | 'data_end' | 'data_meta' | 'rxq' | 'txq'>;
  readonly xdp_rxq_info: Members<'dev' | 'queue_index'>;
  readonly xdp_txq_info: Members<'dev'>;
  readonly qdisc_skb_cb: Members<'pkt_len' | 'tc_classid' | 'data'>;
  readonly bpf_skb_data_end: Members<'data_meta' | 'data_end'>;
  readonly sk_skb_cb: Members<'data' | 'temp_reg'>;
  readonly tcp_skb_cb: Members<'tcp_flags'>;
  readonly xdp_sock: Members<'queue_id'>;
  readonly tcp_sock: Members<
    | 'snd_cwnd'
    | 'srtt_us'
    | 'rtt_min.s[0].v'
    | 'snd_ssthresh'
    | 'rcv_nxt'
    | 'snd_nxt'
    | 'snd_una'
    | 'mss_cache'
    | 'ecn_flags'
    | 'rate_delivered'
    | 'rate_interval_us'
    | 'packets_out'
    | 'retrans_out'
    | 'total_retrans'
    | 'segs_in'
    | 'data_segs_in'
    | 'segs_out'
    | 'data_segs_out'
    | 'lost_out'
    | 'sacked_out'
    | 'bytes_received'
    | 'bytes_acked'
    | 'dsack_dups'
    | 'delivered'
    | 'delivered_ce'
    | 'bpf_sock_ops_cb_flags'
  >;
  readonly inet_connection_sock: Members<'icsk_retransmits'>;
  readonly bpf_sock_ops_kern: Members<
    'sk' | 'skb' | 'op' | 'replylong' | 'is_fullsock' | 'is_locked_tcp_sock' | 'temp' | 'skb_data_end'
  >;
  readonly bpf_sock_addr_kern: Members<'sk' | 'uaddr' | 'tmp_reg' | 't_ctx'>;
  readonly sk_msg: Members<'data' | 'data_end' | 'sk'>;
  readonly sk_msg_sg: Members<'size'>;
  readonly sk_reuseport_kern: Members<'skb' | 'sk' | 'migrating_sk' | 'data_end' | 'hash' | 'bind_inany'>;
  readonly bpf_flow_dissector: Members<'flow_keys' | 'data' | 'data_end'>;
  readonly bpf_sk_lookup_kern: Members<
    | 'family'
    | 'protocol'
    | 'v4.saddr'
    | 'v4.daddr'
    | 'v6.saddr'
    | 'v6.daddr'
    | 'sport'
    | 'dport'
    | 'ingress_ifindex'
    | 'selected_sk'
  >;
  readonly bpf_sysctl_kern: Members<'write' | 'ppos' | 'tmp_reg'>;
  readonly bpf_sockopt_kern: Members<
    'sk' | 'optval' | 'optval_end' | 'current_task' | 'tmp_reg' | 'level' | 'optname' | 'optlen'
  >;
  readonly task_struct: Members<'bpf_ctx'>;
  readonly bpf_cg_run_ctx: Members<'retval'>;
  readonly bpf_perf_event_data_kern: Members<'regs' | 'data'>;
  readonly perf_sample_data: Members<'period' | 'addr'>;
  readonly sockaddr: Members<'sa_family'>;
  readonly sockaddr_in: Members<'sin_addr'>;
  readonly sockaddr_in6: Members<'sin6_port' | 'sin6_addr'>;
}

export interface StructLayout {
  readonly structs: KernelStructs;
  /** sk_buff.cloned. */
  readonly cloned: Bits;
  /** sk_buff.pkt_type. */
  readonly pktType: Bits;
  /** sk_buff.tstamp_type, and tc_at_ingress in the same byte. */
  readonly tstampType: Bits;
  readonly tcAtIngress: Bits;
  /** Lower numbers in sk_buff.napi_id are those of processors. */
  readonly minNapiId: number;
  /** What queue numbers cannot be. */
  readonly noQueueMapping: number;
  /** BTF ids of hidden kfuncs that are called around the functions of a queueing discipline; 0: not known. */
  readonly qdiscInitPrologue: number;
  readonly qdiscResetDestroyEpilogue: number;
}

/**
 * `bpf_sock`, which is a context (cgroup_sock) and what pointers to sockets point to, and `bpf_tcp_sock`. Programs of other
 * types read some fields of their socket as if they were their context's; those go through the pointer. As
 * bpf_sock_convert_ctx_access() and bpf_tcp_sock_convert_ctx_access() of Linux 6.18 (net/core/filter.c).
 */

import { ALU_OP, JMP_OP } from '../../isa/code-parts.ts';
import type { KernelStructs, Member, StructLayout } from '../../kernel/struct-layout.ts';
import { putAlu32K, putIfK, putMovK } from '../put.ts';
import {
  type FieldRecipes,
  follow,
  followToPart,
  loadMember,
  putChain,
  read,
  readPart,
  readWrite,
  type Table,
} from './recipe.ts';

/** A port in network order, shown in the upper half of four bytes: that is where it stands on a little endian machine. */
const PORT_SHIFT = 16;
const upperHalf = (pointer: Member, port: Member): FieldRecipes => ({
  load: (a) => {
    putChain(a, a.dst, a.src, [pointer, port]);
    putAlu32K(a.edits, ALU_OP.LSH, a.dst, PORT_SHIFT);
    return port[1];
  },
});

/** Fields of a socket that contexts of several types show as their own; `sk` is where they keep it. */
export function throughSocket({ sock_common: common }: KernelStructs, sk: Member): Table {
  return {
    family: follow(sk, common.skc_family),
    remote_ip4: follow(sk, common.skc_daddr),
    local_ip4: follow(sk, common.skc_rcv_saddr),
    remote_ip6: followToPart(sk, common.skc_v6_daddr),
    local_ip6: followToPart(sk, common.skc_v6_rcv_saddr),
    remote_port: upperHalf(sk, common.skc_dport),
    local_port: follow(sk, common.skc_num),
  };
}

/**
 * -1 when there is no queue: a number of four bytes, though the kernel keeps two. It is set in 64 bits; some builds of
 * 6.18.44 do so in 32, after which the upper half is clear.
 */
const rxQueueMapping = (member: Member, none: number): FieldRecipes => ({
  load: (a) => {
    loadMember(a, a.dst, a.src, member);
    putIfK(a.edits, JMP_OP.JNE, a.dst, none, 1);
    putMovK(a.edits, a.dst, -1);
    return 4;
  },
});

export function sockTable({ structs, noQueueMapping }: StructLayout): Table {
  const { sock, sock_common: common } = structs;
  return {
    bound_dev_if: readWrite(sock.sk_bound_dev_if),
    family: read(common.skc_family),
    type: read(sock.sk_type),
    protocol: read(sock.sk_protocol),
    mark: readWrite(sock.sk_mark),
    priority: readWrite(sock.sk_priority),
    src_ip4: read(common.skc_rcv_saddr),
    src_ip6: readPart(common.skc_v6_rcv_saddr),
    src_port: read(common.skc_num),
    dst_port: read(common.skc_dport),
    dst_ip4: read(common.skc_daddr),
    dst_ip6: readPart(common.skc_v6_daddr),
    state: read(common.skc_state),
    rx_queue_mapping: rxQueueMapping(sock.sk_rx_queue_mapping, noQueueMapping),
  };
}

/** Fields of a TCP socket that have the same name in it, here and in sock_ops. */
export const TCP_FIELDS = [
  ...['snd_cwnd', 'srtt_us', 'snd_ssthresh', 'rcv_nxt', 'snd_nxt', 'snd_una', 'mss_cache', 'ecn_flags'],
  ...['rate_delivered', 'rate_interval_us', 'packets_out', 'retrans_out', 'total_retrans', 'segs_in'],
  ...['data_segs_in', 'segs_out', 'data_segs_out', 'lost_out', 'sacked_out', 'bytes_received', 'bytes_acked'],
] as const;

export function tcpSockTable({
  structs: { tcp_sock: tcp, inet_connection_sock: icsk },
}: StructLayout): Table {
  return {
    ...Object.fromEntries(TCP_FIELDS.map((name) => [name, read(tcp[name])])),
    rtt_min: read(tcp['rtt_min.s[0].v']),
    dsack_dups: read(tcp.dsack_dups),
    delivered: read(tcp.delivered),
    delivered_ce: read(tcp.delivered_ce),
    icsk_retransmits: read(icsk.icsk_retransmits),
  };
}

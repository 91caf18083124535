/**
 * `xdp_md`, the packet before the stack sees it, and `bpf_xdp_sock`, a socket out of a map that takes whole frames. As
 * xdp_convert_ctx_access() and bpf_xdp_sock_convert_ctx_access() of Linux 6.18 (net/core/filter.c).
 */
import type { StructLayout } from '../../kernel/struct-layout.ts';
import { follow, read, type Table } from './recipe.ts';

export function xdpTable({ structs }: StructLayout): Table {
  const { xdp_buff: xdp, xdp_rxq_info: rxq, xdp_txq_info: txq, net_device } = structs;
  return {
    data: read(xdp.data),
    data_end: read(xdp.data_end),
    data_meta: read(xdp.data_meta),
    ingress_ifindex: follow(xdp.rxq, rxq.dev, net_device.ifindex),
    rx_queue_index: follow(xdp.rxq, rxq.queue_index),
    egress_ifindex: follow(xdp.txq, txq.dev, net_device.ifindex),
  };
}

export const xdpSockTable = ({ structs: { xdp_sock } }: StructLayout): Table => ({
  queue_id: read(xdp_sock.queue_id),
});

/**
 * Contexts with few fields of their own: messages on sockets, socket selection, cgroup hooks around addresses, settings
 * and sockets options, and samples. As the convert_ctx_access functions of Linux 6.18: sk_msg, sk_reuseport, sk_lookup and
 * sock_addr in net/core/filter.c, sysctl and cg_sockopt in kernel/bpf/cgroup.c, pe_prog in kernel/trace/bpf_trace.c.
 */

import type { Member, StructLayout } from '../../kernel/struct-layout.ts';
import { putMov32K } from '../put.ts';
import {
  type FieldRecipes,
  follow,
  followToPart,
  followToPartIfSet,
  partOf,
  read,
  readWrite,
  storeThrough,
  type Table,
} from './recipe.ts';
import { throughSocket } from './sock.ts';

export function skMsgTable({ structs }: StructLayout): Table {
  const { sk_msg: msg, sk_msg_sg: sg } = structs;
  return {
    data: read(msg.data),
    data_end: read(msg.data_end),
    ...throughSocket(structs, msg.sk),
    size: read(sg.size),
    sk: read(msg.sk),
  };
}

export function skReuseportTable({ structs }: StructLayout): Table {
  const { sk_reuseport_kern: kern, sk_buff: skb } = structs;
  return {
    data: follow(kern.skb, skb.data),
    data_end: read(kern.data_end),
    len: follow(kern.skb, skb.len),
    eth_protocol: follow(kern.skb, skb.protocol),
    ip_protocol: follow(kern.sk, structs.sock.sk_protocol),
    bind_inany: read(kern.bind_inany),
    hash: read(kern.hash),
    sk: read(kern.sk),
    migrating_sk: read(kern.migrating_sk),
  };
}

/** Two bytes behind a port that had four once: nothing is loaded, as if a field of two bytes held 0. */
const zeroes: FieldRecipes = {
  load: (a) => {
    putMov32K(a.edits, a.dst, 0);
    return 2;
  },
};

export function skLookupTable({ structs: { bpf_sk_lookup_kern: kern, sockaddr_in6 } }: StructLayout): Table {
  const address: Member = [0, sockaddr_in6.sin6_addr[1]];
  return {
    sk: read(kern.selected_sk),
    family: read(kern.family),
    protocol: read(kern.protocol),
    remote_ip4: read(kern['v4.saddr']),
    remote_ip6: followToPartIfSet(kern['v6.saddr'], address),
    remote_port: read(kern.sport),
    pad: zeroes,
    local_ip4: read(kern['v4.daddr']),
    local_ip6: followToPartIfSet(kern['v6.daddr'], address),
    local_port: read(kern.dport),
    ingress_ifindex: read(kern.ingress_ifindex),
  };
}

export function sockAddrTable({ structs }: StructLayout): Table {
  const { bpf_sock_addr_kern: kern, sockaddr_in, sockaddr_in6, sock } = structs;
  const source: Member = [0, sockaddr_in6.sin6_addr[1]];
  const store = (pointer: Member, member: Member): FieldRecipes =>
    storeThrough(kern.tmp_reg, [pointer], (a) => partOf(a, member));
  return {
    user_family: follow(kern.uaddr, structs.sockaddr.sa_family),
    user_ip4: {
      ...follow(kern.uaddr, sockaddr_in.sin_addr),
      ...store(kern.uaddr, sockaddr_in.sin_addr),
    },
    user_ip6: {
      ...followToPart(kern.uaddr, sockaddr_in6.sin6_addr),
      ...store(kern.uaddr, sockaddr_in6.sin6_addr),
    },
    // The port of IPv4 stands at the same place.
    user_port: {
      ...follow(kern.uaddr, sockaddr_in6.sin6_port),
      ...storeThrough(kern.tmp_reg, [kern.uaddr], () => sockaddr_in6.sin6_port),
    },
    family: follow(kern.sk, structs.sock_common.skc_family),
    type: follow(kern.sk, sock.sk_type),
    protocol: follow(kern.sk, sock.sk_protocol),
    msg_src_ip4: { ...followToPart(kern.t_ctx, source), ...store(kern.t_ctx, source) },
    msg_src_ip6: { ...followToPart(kern.t_ctx, source), ...store(kern.t_ctx, source) },
    sk: read(kern.sk),
  };
}

/** Of the position, which is 64 bits wide, programs see the lower half. */
const POSITION: Member = [0, 4];

export function sysctlTable({ structs: { bpf_sysctl_kern: kern } }: StructLayout): Table {
  return {
    write: read(kern.write),
    file_pos: { ...follow(kern.ppos, POSITION), ...storeThrough(kern.tmp_reg, [kern.ppos], () => POSITION) },
  };
}

export function sockoptTable({ structs }: StructLayout): Table {
  const { bpf_sockopt_kern: kern, bpf_cg_run_ctx: run, task_struct: task } = structs;
  const way = [kern.current_task, task.bpf_ctx];
  return {
    sk: read(kern.sk),
    optval: read(kern.optval),
    optval_end: read(kern.optval_end),
    level: readWrite(kern.level),
    optname: readWrite(kern.optname),
    optlen: readWrite(kern.optlen),
    retval: { ...follow(...way, run.retval), ...storeThrough(kern.tmp_reg, way, () => run.retval) },
  };
}

export function perfEventTable({ structs }: StructLayout): Table {
  const { bpf_perf_event_data_kern: kern, perf_sample_data: sample } = structs;
  return {
    regs: followToPart(kern.regs, [0, 8]),
    sample_period: follow(kern.data, sample.period),
    addr: follow(kern.data, sample.addr),
  };
}

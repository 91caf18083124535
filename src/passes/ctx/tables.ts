/** Which table of recipes rewrites an access: by the type of the program for its context, by that of the pointer else. */
import { type CtxType, ctxOf, pointeeOf } from '../../kernel/ctx.ts';
import { PROG_TYPES } from '../../kernel/prog-types.ts';
import { regTypeNumber } from '../../kernel/reg-types.ts';
import type { StructLayout } from '../../kernel/struct-layout.ts';
import {
  perfEventTable,
  skLookupTable,
  skMsgTable,
  skReuseportTable,
  sockAddrTable,
  sockoptTable,
  sysctlTable,
} from './others.ts';
import type { Table } from './recipe.ts';
import { flowDissectorTable, skbTable, skSkbTable, tcTable } from './skb.ts';
import { sockTable, tcpSockTable } from './sock.ts';
import { sockOpsTable } from './sock-ops.ts';
import { xdpSockTable, xdpTable } from './xdp.ts';

type TableOf = (layout: StructLayout) => Table;

/**
 * By name of the program type. What is missing here is handed to programs as it is: a device's name and number
 * (cgroup_device), registers, arguments, what tracing and struct_ops give.
 */
const OF_PROG_TYPE: Readonly<Record<string, TableOf>> = {
  socket_filter: skbTable,
  sched_cls: tcTable,
  sched_act: tcTable,
  xdp: xdpTable,
  perf_event: perfEventTable,
  cgroup_skb: skbTable,
  cgroup_sock: sockTable,
  lwt_in: skbTable,
  lwt_out: skbTable,
  lwt_xmit: skbTable,
  sock_ops: sockOpsTable,
  sk_skb: skSkbTable,
  sk_msg: skMsgTable,
  cgroup_sock_addr: sockAddrTable,
  lwt_seg6local: skbTable,
  sk_reuseport: skReuseportTable,
  flow_dissector: flowDissectorTable,
  cgroup_sysctl: sysctlTable,
  cgroup_sockopt: sockoptTable,
  sk_lookup: skLookupTable,
};

/** By name of the pointer's type: contexts that are pointed to. */
const OF_POINTER: Readonly<Record<string, TableOf>> = {
  sock: sockTable,
  sock_common: sockTable,
  tcp_sock: tcpSockTable,
  xdp_sock: xdpSockTable,
};

/** A struct as the program sees it, and how its fields are rewritten. */
export interface Converter {
  readonly struct: CtxType;
  readonly table: Table;
}

/** By type of the pointer of an access. */
export function convertersOf(progType: number, layout: StructLayout): ReadonlyMap<number, Converter> {
  const converters = new Map<number, Converter>();
  const add = (pointer: string, struct: CtxType | undefined, tableOf: TableOf | undefined): void => {
    if (struct && tableOf) converters.set(regTypeNumber(pointer), { struct, table: tableOf(layout) });
  };
  add('ctx', ctxOf(progType), OF_PROG_TYPE[PROG_TYPES[progType]]);
  for (const [pointer, tableOf] of Object.entries(OF_POINTER))
    add(pointer, pointeeOf(regTypeNumber(pointer)), tableOf);
  return converters;
}

/**
 * `__sk_buff`, the packet as most networking programs see it (s: struct sk_buff, d: what is loaded, ax: r11):
 *
 *   ifindex          d = s.dev                     napi_id       d = s.napi_id
 *   (tc: unchecked)  if d == 0 goto +1                           if d >= least goto +1
 *                    d = d.ifindex                               d = 0
 *   vlan_present     d = s.vlan_all                gso_*,        ax = s.end
 *                    if d == 0 goto +1             hwtstamp      d = s.head
 *                    w d = 1                                     d += ax
 *   queue_mapping =  if value >= none goto +1                    d = d.field
 *                    s.queue_mapping = value
 *   tstamp           ax = byte                     tstamp =      ax = byte
 *                    if ax & ingress goto +1                     if ax & ingress goto +1
 *                    goto +4                                     goto +2
 *                    if ax & type goto +1                        w ax &= ~type
 *                    goto +2                                     byte = ax
 *                    d = 0                                       s.tstamp = value
 *                    goto +1
 *                    d = s.tstamp                  (both bare when the program reads tstamp_type)
 *
 * sk_skb programs have a data_end that nobody keeps: data + len - data_len. As bpf_convert_ctx_access(),
 * tc_cls_act_convert_ctx_access(), sk_skb_convert_ctx_access() and flow_dissector_convert_ctx_access() of Linux 6.18
 * (net/core/filter.c).
 */

import { ALU_OP, CLASS, JMP_OP } from '../../isa/code-parts.ts';
import { REG_AX } from '../../isa/registers.ts';
import type { Member, StructLayout } from '../../kernel/struct-layout.ts';
import { putAlu32K, putAluX, putGoto, putIf32K, putIfK, putMov32K, putMovK, putMovX } from '../put.ts';
import {
  type Access,
  type FieldRecipes,
  follow,
  followIfSet,
  inside,
  keepIn,
  loadMember,
  putValue,
  read,
  readBits,
  readWrite,
  scratch,
  storeMember,
  type Table,
  thirdReg,
} from './recipe.ts';
import { throughSocket } from './sock.ts';

const vlanPresent = (all: Member): FieldRecipes => ({
  load: (a) => {
    loadMember(a, a.dst, a.src, all);
    putIfK(a.edits, JMP_OP.JEQ, a.dst, 0, 1);
    putMov32K(a.edits, a.dst, 1);
    return all[1];
  },
});

/** Numbers below `least` are not those of a NAPI instance. */
const napiId = (member: Member, least: number): FieldRecipes => ({
  load: (a) => {
    loadMember(a, a.dst, a.src, member);
    putIfK(a.edits, JMP_OP.JGE, a.dst, least, 1);
    putMovK(a.edits, a.dst, 0);
    return member[1];
  },
});

/** `none` and above are no queues: such a store is skipped, which is known at once of a constant. */
const queueMapping = (member: Member, none: number): FieldRecipes => ({
  ...read(member),
  store: (a) => {
    if (a.cls === CLASS.ST && a.imm >= none) {
      putGoto(a.edits, 0);
      return member[1];
    }
    if (a.cls === CLASS.STX) putIfK(a.edits, JMP_OP.JGE, a.src, none, 1);
    putValue(a, a.dst, member);
    return member[1];
  },
});

/** A field of skb_shared_info, which begins where the packet's buffer ends; `skb` may be the register loaded. */
export function putSharedInfo(a: Access, { structs }: StructLayout, skb: number, member: Member): void {
  loadMember(a, REG_AX, skb, structs.sk_buff.end);
  loadMember(a, a.dst, skb, structs.sk_buff.head);
  putAluX(a.edits, ALU_OP.ADD, a.dst, REG_AX);
  loadMember(a, a.dst, a.dst, member);
}

const sharedInfo = (layout: StructLayout, member: Member): FieldRecipes => ({
  load: (a) => {
    putSharedInfo(a, layout, a.src, member);
    return member[1];
  },
});

/**
 * What stands in tstamp on ingress may be the time when a packet is to leave, which a program that never asks for its
 * type takes for the time of arrival: it reads 0, and what it writes is a time of arrival.
 */
function tstamp({ structs, tstampType, tcAtIngress }: StructLayout): FieldRecipes {
  const member = structs.sk_buff.tstamp;
  const byte: Member = [tstampType.off, 1];
  return {
    load: (a) => {
      if (!a.knowsTstampType) {
        loadMember(a, REG_AX, a.src, byte);
        putIf32K(a.edits, JMP_OP.JSET, REG_AX, tcAtIngress.mask, 1);
        putGoto(a.edits, 4);
        putIf32K(a.edits, JMP_OP.JSET, REG_AX, tstampType.mask, 1);
        putGoto(a.edits, 2);
        putMovK(a.edits, a.dst, 0);
        putGoto(a.edits, 1);
      }
      loadMember(a, a.dst, a.src, member);
      return member[1];
    },
    store: (a) => {
      if (!a.knowsTstampType) {
        loadMember(a, REG_AX, a.dst, byte);
        putIf32K(a.edits, JMP_OP.JSET, REG_AX, tcAtIngress.mask, 1);
        putGoto(a.edits, 2);
        putAlu32K(a.edits, ALU_OP.AND, REG_AX, ~tstampType.mask);
        storeMember(a, a.dst, REG_AX, byte);
      }
      putValue(a, a.dst, member);
      return member[1];
    },
  };
}

/**
 * data + len - data_len. While the context is still needed the sum cannot stand where it stood, so a third register
 * takes it, and r11 keeps the context for getting that one's value back.
 */
function computedDataEnd({ structs }: StructLayout): FieldRecipes {
  const { data, len, data_len, cb } = structs.sk_buff;
  const temp = keepIn(inside(cb, structs.sk_skb_cb.temp_reg));
  return {
    load: (a) => {
      const isSame = a.dst === a.src;
      const reg = isSame ? thirdReg(a) : a.dst;
      if (isSame) storeMember(a, a.src, reg, temp);
      loadMember(a, reg, a.src, data);
      loadMember(a, REG_AX, a.src, len);
      putAluX(a.edits, ALU_OP.ADD, reg, REG_AX);
      loadMember(a, REG_AX, a.src, data_len);
      putAluX(a.edits, ALU_OP.SUB, reg, REG_AX);
      if (isSame) {
        putMovX(a.edits, REG_AX, a.src);
        putMovX(a.edits, a.dst, reg);
        loadMember(a, reg, REG_AX, temp);
      }
      return data[1];
    },
  };
}

/** For all types but those below. */
export function skbTable(layout: StructLayout): Table {
  const { structs } = layout;
  const { sk_buff: skb, qdisc_skb_cb: qdisc, bpf_skb_data_end: ends, skb_shared_info: shared } = structs;
  return {
    len: read(skb.len),
    pkt_type: readBits(layout.pktType),
    mark: readWrite(skb.mark),
    queue_mapping: queueMapping(skb.queue_mapping, layout.noQueueMapping),
    protocol: read(skb.protocol),
    vlan_present: vlanPresent(skb.vlan_all),
    vlan_tci: read(skb.vlan_tci),
    vlan_proto: read(skb.vlan_proto),
    priority: readWrite(skb.priority),
    ingress_ifindex: read(skb.skb_iif),
    ifindex: followIfSet(skb.dev, structs.net_device.ifindex),
    tc_index: readWrite(skb.tc_index),
    cb: scratch(inside(skb.cb, qdisc.data)),
    hash: read(skb.hash),
    tc_classid: readWrite(inside(skb.cb, qdisc.tc_classid)),
    data: read(skb.data),
    data_end: read(inside(skb.cb, ends.data_end)),
    data_meta: read(inside(skb.cb, ends.data_meta)),
    napi_id: napiId(skb.napi_id, layout.minNapiId),
    ...throughSocket(structs, skb.sk),
    tstamp: tstamp(layout),
    wire_len: read(inside(skb.cb, qdisc.pkt_len)),
    gso_segs: sharedInfo(layout, shared.gso_segs),
    gso_size: sharedInfo(layout, shared.gso_size),
    sk: read(skb.sk),
    tstamp_type: readBits(layout.tstampType),
    hwtstamp: sharedInfo(layout, shared.hwtstamps),
  };
}

/** tc: a packet that gets there has a device. */
export const tcTable = (layout: StructLayout): Table => ({
  ...skbTable(layout),
  ifindex: follow(layout.structs.sk_buff.dev, layout.structs.net_device.ifindex),
});

export const skSkbTable = (layout: StructLayout): Table => ({
  ...skbTable(layout),
  data_end: computedDataEnd(layout),
  cb: scratch(inside(layout.structs.sk_buff.cb, layout.structs.sk_skb_cb.data)),
});

export function flowDissectorTable({ structs: { bpf_flow_dissector: flow } }: StructLayout): Table {
  return { data: read(flow.data), data_end: read(flow.data_end), flow_keys: read(flow.flow_keys) };
}

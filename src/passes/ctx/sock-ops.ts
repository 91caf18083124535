/**
 * `bpf_sock_ops`: what happens to a TCP connection. Its socket may be a mere request, which has no such fields; a flag
 * says so, and then they read as 0 and are not written (c: the context, r: a third register, kept in c.temp):
 *
 *   load             load into c                  store
 *   d = c.flag       c.temp = r                   c.temp = r
 *   if d == 0 goto +2   r = c.flag                r = c.flag
 *   d = c.sk         if r == 0 goto +4            if r == 0 goto +2
 *   d = d.field      r = c.temp                   r = c.sk
 *                    c = c.sk                     r.field = value
 *                    c = c.field                  r = c.temp
 *                    goto +2
 *                    r = c.temp
 *                    c = 0
 *
 * As sock_ops_convert_ctx_access() of Linux 6.18 (net/core/filter.c); 6.18.44 sets c to 0, earlier ones left it.
 */

import { JMP_OP } from '../../isa/code-parts.ts';
import type { Member, StructLayout } from '../../kernel/struct-layout.ts';
import { putGoto, putIfK, putMovK } from '../put.ts';
import {
  type FieldRecipes,
  follow,
  followIfSet,
  inside,
  keepIn,
  loadMember,
  putChain,
  putValue,
  read,
  readPart,
  readWrite,
  storeMember,
  type Table,
  thirdReg,
} from './recipe.ts';
import { putSharedInfo } from './skb.ts';
import { TCP_FIELDS, throughSocket } from './sock.ts';

/** Where the context has its flag, its room and the pointer to follow. */
interface Guard {
  readonly flag: Member;
  readonly temp: Member;
}

const lastSize = (members: readonly Member[]): number => members[members.length - 1][1];

const loadIf = ({ flag, temp }: Guard, ...members: readonly Member[]): FieldRecipes => ({
  load: (a) => {
    const isSame = a.dst === a.src;
    const reg = isSame ? thirdReg(a) : a.dst;
    if (isSame) storeMember(a, a.src, reg, temp);
    loadMember(a, reg, a.src, flag);
    putIfK(a.edits, JMP_OP.JEQ, reg, 0, members.length + (isSame ? 2 : 0));
    if (isSame) loadMember(a, reg, a.src, temp);
    putChain(a, a.dst, a.src, members);
    if (isSame) {
      putGoto(a.edits, 2);
      loadMember(a, reg, a.src, temp);
      putMovK(a.edits, a.dst, 0);
    }
    return lastSize(members);
  },
});

const storeIf = ({ flag, temp }: Guard, pointer: Member, member: Member): FieldRecipes => ({
  store: (a) => {
    const reg = thirdReg(a);
    storeMember(a, a.dst, reg, temp);
    loadMember(a, reg, a.dst, flag);
    putIfK(a.edits, JMP_OP.JEQ, reg, 0, 2);
    loadMember(a, reg, a.dst, pointer);
    putValue(a, reg, member);
    loadMember(a, reg, a.dst, temp);
    return member[1];
  },
});

/** There is no packet at every occasion. */
const hwtstamp = (layout: StructLayout, skb: Member): FieldRecipes => ({
  load: (a) => {
    const member = layout.structs.skb_shared_info.hwtstamps;
    loadMember(a, a.dst, a.src, skb);
    putIfK(a.edits, JMP_OP.JEQ, a.dst, 0, 4);
    putSharedInfo(a, layout, a.dst, member);
    return member[1];
  },
});

/** Bytes of one answer or argument. */
const REPLY_SIZE = 4;

export function sockOpsTable(layout: StructLayout): Table {
  const { structs } = layout;
  const { bpf_sock_ops_kern: ops, tcp_sock: tcp, sock, sk_buff } = structs;
  const temp = keepIn(ops.temp);
  const locked: Guard = { flag: ops.is_locked_tcp_sock, temp };
  const [replies] = ops.replylong;
  return {
    op: read(ops.op),
    reply: readWrite([replies, REPLY_SIZE]),
    // The first argument stands where the answer goes, but for the program it begins behind.
    args: readPart([replies + REPLY_SIZE, REPLY_SIZE]),
    ...throughSocket(structs, ops.sk),
    is_fullsock: read(ops.is_fullsock),
    ...Object.fromEntries(TCP_FIELDS.map((name) => [name, loadIf(locked, ops.sk, tcp[name])])),
    bpf_sock_ops_cb_flags: loadIf(locked, ops.sk, tcp.bpf_sock_ops_cb_flags),
    state: follow(ops.sk, structs.sock_common.skc_state),
    rtt_min: follow(ops.sk, tcp['rtt_min.s[0].v']),
    sk_txhash: {
      ...loadIf(locked, ops.sk, sock.sk_txhash),
      ...storeIf(locked, ops.sk, sock.sk_txhash),
    },
    sk: loadIf({ flag: ops.is_fullsock, temp }, ops.sk),
    skb_data: followIfSet(ops.skb, sk_buff.data),
    skb_data_end: read(ops.skb_data_end),
    skb_len: followIfSet(ops.skb, sk_buff.len),
    skb_tcp_flags: followIfSet(ops.skb, inside(sk_buff.cb, structs.tcp_skb_cb.tcp_flags)),
    skb_hwtstamp: hwtstamp(layout, ops.skb),
  };
}

/**
 * Contexts as programs see them: which fields a program of some type has, what accesses the verifier lets through and
 * what a load gives. The numbers of the kernel's own structs behind them stand in a file of one named kernel
 * (structs-6.18-x86-64.ts); these here are the ABI. Source: the is_valid_access functions of Linux 6.18 (net/core/filter.c,
 * kernel/bpf/cgroup.c, kernel/trace/bpf_trace.c).
 */
import { CTX_STRUCTS, type StructField, type StructName } from './ctx-structs.ts';

/** A field of a context, as a type of programs may touch it. */
export interface CtxField extends StructField {
  /** Sizes of stores, added up; inside of the field only where loads may be inside. */
  readonly stores: number;
}

export interface CtxType {
  /** Name of the struct, such as __sk_buff. */
  readonly name: string;
  readonly size: number;
  /** In ascending order; only those that the program may touch. */
  readonly fields: readonly CtxField[];
}

/** What a program type makes of a struct: names without which, or the only ones, and what is written with what sizes. */
interface View {
  readonly struct: StructName;
  readonly without?: string;
  readonly only?: string;
  readonly writes?: Readonly<Record<string, number>>;
}

const ANY = 15;
const OF_SOCKET_ONLY = 'family remote_ip4 local_ip4 remote_ip6 local_ip6 remote_port local_port';
const LWT: View = {
  struct: '__sk_buff',
  without: `tc_classid data_meta flow_keys tstamp wire_len tstamp_type hwtstamp ${OF_SOCKET_ONLY}`,
  writes: { mark: 4, priority: 4, cb: ANY },
};
const TC: View = {
  struct: '__sk_buff',
  without: `flow_keys ${OF_SOCKET_ONLY}`,
  writes: { mark: 4, tc_index: 4, priority: 4, tc_classid: 4, cb: ANY, tstamp: 8, queue_mapping: 4 },
};

/** By program type, as numbered in linux/bpf.h (kernel/prog-types.ts has the names). */
const VIEWS: Readonly<Record<number, View>> = {
  1: {
    struct: '__sk_buff',
    without: `tc_classid data data_end data_meta flow_keys tstamp wire_len tstamp_type hwtstamp ${OF_SOCKET_ONLY}`,
    writes: { cb: ANY },
  },
  3: TC,
  4: TC,
  6: { struct: 'xdp_md' },
  7: { struct: 'bpf_perf_event_data' },
  8: {
    struct: '__sk_buff',
    without: 'tc_classid data_meta flow_keys wire_len tstamp_type',
    writes: { mark: 4, priority: 4, cb: ANY, tstamp: 8 },
  },
  9: { struct: 'bpf_sock', writes: { bound_dev_if: 4, mark: 4, priority: 4 } },
  10: LWT,
  11: LWT,
  12: LWT,
  13: { struct: 'bpf_sock_ops', writes: { reply: 4, sk_txhash: 4 } },
  14: {
    struct: '__sk_buff',
    without: 'tc_classid data_meta flow_keys tstamp wire_len tstamp_type hwtstamp mark',
    writes: { tc_index: 4, priority: 4 },
  },
  15: { struct: 'bpf_cgroup_dev_ctx' },
  16: { struct: 'sk_msg_md' },
  18: {
    struct: 'bpf_sock_addr',
    writes: { user_ip4: 4, user_ip6: 12, user_port: 4, msg_src_ip4: 4, msg_src_ip6: 12 },
  },
  19: LWT,
  21: { struct: 'sk_reuseport_md' },
  22: { struct: '__sk_buff', only: 'data data_end flow_keys' },
  23: { struct: 'bpf_sysctl', writes: { file_pos: 4 } },
  25: { struct: 'bpf_sockopt', writes: { level: 4, optname: 4, optlen: 4, retval: 4 } },
  30: { struct: 'bpf_sk_lookup' },
};

/** By type of the register that points there: sockets, and what is left of one that may not be a full socket. */
const POINTEES: Readonly<Record<number, View>> = {
  11: { struct: 'bpf_sock' },
  12: { struct: 'bpf_sock', without: 'type protocol mark priority' },
  13: { struct: 'bpf_tcp_sock' },
  15: { struct: 'bpf_xdp_sock' },
};

function ctxTypeOf({ struct, without = '', only, writes = {} }: View): CtxType {
  const { size, fields } = CTX_STRUCTS[struct];
  const hidden = without.split(' ');
  const shown = only?.split(' ');
  return {
    name: struct,
    size,
    fields: fields
      .filter(({ name }) => !hidden.includes(name) && (shown === undefined || shown.includes(name)))
      .map((field) => ({ ...field, stores: writes[field.name] ?? 0 })),
  };
}

const byView = new Map<View, CtxType>();

function typeOf(view: View | undefined): CtxType | undefined {
  if (view === undefined) return undefined;
  const known = byView.get(view);
  if (known !== undefined) return known;
  const type = ctxTypeOf(view);
  byView.set(view, type);
  return type;
}

/** Context of a program type; undefined for types whose context is no struct of this kind (tracing, struct_ops). */
export const ctxOf = (progType: number): CtxType | undefined => typeOf(VIEWS[progType]);

/** What a pointer of register type 11, 12, 13 or 15 points to. */
export const pointeeOf = (regType: number): CtxType | undefined => typeOf(POINTEES[regType]);

/** The field that holds the byte at `off`. */
export function fieldAt(ctx: CtxType, off: number): CtxField | undefined {
  for (const field of ctx.fields) if (off >= field.off && off < field.off + field.size) return field;
  return undefined;
}

/** Whether the verifier lets a load of `size` bytes at `off` of the context through. */
export function loadAllowed(field: CtxField, off: number, size: number, signed: boolean): boolean {
  if (off % size !== 0 || (signed && !field.signed)) return false;
  if (off === field.off) return (field.loads & size) !== 0;
  return (field.loadsInside & size) !== 0 && off + size <= field.off + field.size;
}

/** Whether the verifier lets a store of `size` bytes at `off` of the context through. */
export function storeAllowed(field: CtxField, off: number, size: number): boolean {
  if (off % size !== 0 || (field.stores & size) === 0) return false;
  if (off === field.off) return true;
  return (field.loadsInside & size) !== 0 && off + size <= field.off + field.size;
}

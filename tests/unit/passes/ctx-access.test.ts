/**
 * The recipes one by one, in the words of the kernel's own dumps, and what surrounds them. Would catch an access that is
 * rewritten by the wrong table, a register that is lost, a narrow load with the wrong mask, a rewrite of what must stay, a
 * prologue that jumps run again, an epilogue that an exit misses.
 */
import { describe, expect, it } from 'vitest';
import { printInsn } from '../../../src/asm/print.ts';
import { word0 } from '../../../src/isa/insn.ts';
import { LINUX_6_18_X86_64 } from '../../../src/kernel/kernel.ts';
import { progTypeNumber } from '../../../src/kernel/prog-types.ts';
import { regTypeNumber } from '../../../src/kernel/reg-types.ts';
import { ctxAccess } from '../../../src/passes/ctx/access.ts';
import { divGuard } from '../../../src/passes/div-guard.ts';
import type { PassContext } from '../../../src/passes/pass.ts';
import type { PatchOp } from '../../../src/patch/ops.ts';
import { ENGINE_RULES } from '../../../src/patch/rules.ts';
import { auxColumns, makeProgram, type Program } from '../../../src/program/program.ts';
import { subprogsAt } from '../analysis/mock-programs.ts';
import { type Passed, passed } from './run-pass.ts';
import { type Insn, wordsOf } from './shared.ts';

const textOf = (words: Int32Array): string[] =>
  Array.from({ length: words.length / 2 }, (_, i) =>
    printInsn(words[2 * i], words[2 * i + 1], words[2 * i + 3] ?? 0, { dialect: 'kernel' }),
  );

/** What the verifier noted: types of pointers by slot, and bytes of whole fields. */
interface Noted {
  readonly pointers: Readonly<Record<number, string | number>>;
  readonly wholes?: Readonly<Record<number, number>>;
  readonly starts?: readonly number[];
}

function programOf(insns: readonly Insn[], { pointers, wholes = {}, starts = [0] }: Noted): Program {
  const n = insns.length;
  const column = (of: (slot: number) => number): Int32Array =>
    Int32Array.from({ length: n }, (_, i) => of(i));
  const typeOf = (type: string | number = 0): number =>
    typeof type === 'string' ? regTypeNumber(type) : type;
  return makeProgram({
    insns: wordsOf(insns),
    subprogs: { ...subprogsAt(starts), stackDepth: Int32Array.from(starts, () => 16) },
    aux: auxColumns(n, {
      seen: column(() => 1),
      ptrType: column((i) => typeOf(pointers[i])),
      ctxFieldSize: column((i) => wholes[i] ?? 0),
    }),
  });
}

const setting = (type: string, attach?: string): PassContext['setting'] => ({
  ...{ progType: progTypeNumber(type), maps: [] },
  ...(attach === undefined ? {} : { attach }),
});

const access = (program: Program, type: string, ctx: Partial<PassContext> = {}): Passed =>
  passed(ctxAccess, program, { setting: setting(type), ...ctx });

const SIZES: Readonly<Record<number, number>> = { 1: 0x10, 2: 0x08, 4: 0x00, 8: 0x18 };
const load = (size: number, dst: number, off: number, src = 1): Insn => [
  0x61 | SIZES[size],
  dst,
  src,
  off,
  0,
];
const signed = (size: number, dst: number, off: number): Insn => [0x81 | SIZES[size], dst, 1, off, 0];
const store = (size: number, off: number, src: number): Insn => [0x63 | SIZES[size], 1, src, off, 0];
const constant = (size: number, off: number, imm: number): Insn => [0x62 | SIZES[size], 1, 0, off, imm];

interface Row {
  readonly name: string;
  readonly type: string;
  readonly insn: Insn;
  readonly pointer?: string;
  /** Bytes of the field that the verifier noted. */
  readonly whole?: number;
  readonly after: string;
}

const skb: readonly Row[] = [
  { name: 'a member', type: 'sched_cls', insn: load(4, 2, 0), after: 'r2 = *(u32 *)(r1 +112)' },
  { name: 'fewer bytes', type: 'sched_cls', insn: load(4, 2, 16), after: 'r2 = *(u16 *)(r1 +176)' },
  { name: 'bits', type: 'sched_cls', insn: load(4, 2, 4), after: 'r2 = *(u8 *)(r1 +128); w2 &= 7' },
  {
    ...{ name: 'the device, which may be missing', type: 'socket_filter', insn: load(4, 1, 40) },
    after: 'r1 = *(u64 *)(r1 +16); if r1 == 0x0 goto pc+1; r1 = *(u32 *)(r1 +224)',
  },
  {
    ...{ name: 'the device, which tc has', type: 'sched_act', insn: load(4, 2, 40) },
    after: 'r2 = *(u64 *)(r1 +16); r2 = *(u32 *)(r2 +224)',
  },
  {
    ...{ name: 'vlan_present', type: 'sched_cls', insn: load(4, 2, 20) },
    after: 'r2 = *(u32 *)(r1 +152); if r2 == 0x0 goto pc+1; w2 = 1',
  },
  {
    ...{ name: 'napi_id', type: 'lwt_in', insn: load(4, 2, 84) },
    after: 'r2 = *(u32 *)(r1 +156); if r2 >= 0x101 goto pc+1; r2 = 0',
  },
  {
    ...{ name: 'a field of the packet’s end', type: 'sched_cls', insn: load(4, 1, 176) },
    after: 'r11 = *(u32 *)(r1 +188); r1 = *(u64 *)(r1 +192); r1 += r11; r1 = *(u16 *)(r1 +4)',
  },
  {
    ...{ name: 'a port of the socket', type: 'cgroup_skb', insn: load(4, 2, 132) },
    after: 'r2 = *(u64 *)(r1 +24); r2 = *(u16 *)(r2 +12); w2 <<= 16',
  },
  { name: 'a store', type: 'sched_cls', insn: store(4, 8, 3), after: '*(u32 *)(r1 +164) = r3' },
  { name: 'a narrower store', type: 'sched_cls', insn: constant(4, 44, 7), after: '*(u16 *)(r1 +132) = 7' },
  { name: 'own bytes', type: 'lwt_out', insn: constant(2, 54, -1), after: '*(u16 *)(r1 +54) = -1' },
  { name: 'own bytes of sk_skb', type: 'sk_skb', insn: load(2, 2, 54), after: 'r2 = *(u16 *)(r1 +46)' },
  {
    ...{ name: 'a queue by register', type: 'sched_cls', insn: store(4, 12, 3) },
    after: 'if r3 >= 0xffff goto pc+1; *(u16 *)(r1 +124) = r3',
  },
  { name: 'a queue', type: 'sched_cls', insn: constant(4, 12, 65534), after: '*(u16 *)(r1 +124) = 65534' },
  { name: 'no queue', type: 'sched_cls', insn: constant(4, 12, 65535), after: 'goto pc+0' },
  {
    ...{ name: 'tstamp', type: 'sched_cls', insn: load(8, 1, 152) },
    after:
      'r11 = *(u8 *)(r1 +129); if w11 & 0x4 goto pc+1; goto pc+4; if w11 & 0x3 goto pc+1; goto pc+2; ' +
      'r1 = 0; goto pc+1; r1 = *(u64 *)(r1 +32)',
  },
  {
    ...{ name: 'tstamp written', type: 'cgroup_skb', insn: store(8, 152, 3) },
    after:
      'r11 = *(u8 *)(r1 +129); if w11 & 0x4 goto pc+1; goto pc+2; w11 &= -4; *(u8 *)(r1 +129) = r11; ' +
      '*(u64 *)(r1 +32) = r3',
  },
  {
    ...{ name: 'the computed end', type: 'sk_skb', insn: load(4, 2, 80) },
    after: 'r2 = *(u64 *)(r1 +200); r11 = *(u32 *)(r1 +112); r2 += r11; r11 = *(u32 *)(r1 +116); r2 -= r11',
  },
  {
    ...{ name: 'the computed end in place of the context', type: 'sk_skb', insn: load(4, 9, 80, 9) },
    after:
      '*(u64 *)(r9 +80) = r8; r8 = *(u64 *)(r9 +200); r11 = *(u32 *)(r9 +112); r8 += r11; ' +
      'r11 = *(u32 *)(r9 +116); r8 -= r11; r11 = r9; r9 = r8; r8 = *(u64 *)(r11 +80)',
  },
  { name: 'flow keys', type: 'flow_dissector', insn: load(8, 2, 144), after: 'r2 = *(u64 *)(r1 +0)' },
];

const others: readonly Row[] = [
  {
    ...{ name: 'three pointers', type: 'xdp', insn: load(4, 2, 20) },
    after: 'r2 = *(u64 *)(r1 +40); r2 = *(u64 *)(r2 +0); r2 = *(u32 *)(r2 +224)',
  },
  {
    ...{ name: 'a queue of a socket', type: 'xdp', insn: load(4, 2, 76), pointer: 'sock' },
    after: 'r2 = *(u16 *)(r1 +122); if r2 != 0xffff goto pc+1; r2 = -1',
  },
  {
    ...{ name: 'a TCP socket', type: 'sched_cls', insn: load(4, 2, 32), pointer: 'tcp_sock' },
    after: 'r2 = *(u8 *)(r1 +1640)',
  },
  {
    ...{ name: 'a socket for frames', type: 'xdp', insn: load(4, 2, 0), pointer: 'xdp_sock' },
    after: 'r2 = *(u16 *)(r1 +880)',
  },
  {
    ...{ name: 'a field of a full socket', type: 'sock_ops', insn: load(4, 2, 80) },
    after: 'r2 = *(u8 *)(r1 +50); if r2 == 0x0 goto pc+2; r2 = *(u64 *)(r1 +0); r2 = *(u32 *)(r2 +1680)',
  },
  {
    ...{ name: 'the same in place of the context', type: 'sock_ops', insn: load(4, 1, 80) },
    after:
      '*(u64 *)(r1 +56) = r9; r9 = *(u8 *)(r1 +50); if r9 == 0x0 goto pc+4; r9 = *(u64 *)(r1 +56); ' +
      'r1 = *(u64 *)(r1 +0); r1 = *(u32 *)(r1 +1680); goto pc+2; r9 = *(u64 *)(r1 +56); r1 = 0',
  },
  {
    ...{ name: 'a store into a full socket', type: 'sock_ops', insn: store(4, 164, 9) },
    after:
      '*(u64 *)(r1 +56) = r8; r8 = *(u8 *)(r1 +50); if r8 == 0x0 goto pc+2; r8 = *(u64 *)(r1 +0); ' +
      '*(u32 *)(r8 +564) = r9; r8 = *(u64 *)(r1 +56)',
  },
  { name: 'the second argument', type: 'sock_ops', insn: load(4, 2, 12), after: 'r2 = *(u32 *)(r1 +16)' },
  {
    ...{ name: 'an address written', type: 'cgroup_sock_addr', insn: constant(8, 16, 5) },
    after: '*(u64 *)(r1 +16) = r9; r9 = *(u64 *)(r1 +8); *(u64 *)(r9 +16) = 5; r9 = *(u64 *)(r1 +16)',
  },
  { name: 'bytes that are none', type: 'sk_lookup', insn: load(2, 2, 38), after: 'w2 = 0' },
  {
    ...{ name: 'an address that may be missing', type: 'sk_lookup', insn: load(4, 2, 48) },
    after: 'r2 = *(u64 *)(r1 +24); if r2 == 0x0 goto pc+1; r2 = *(u32 *)(r2 +4)',
  },
  {
    ...{ name: 'a value of the task', type: 'cgroup_sockopt', insn: constant(4, 36, -1) },
    after:
      '*(u64 *)(r1 +48) = r9; r9 = *(u64 *)(r1 +40); r9 = *(u64 *)(r9 +3008); *(u32 *)(r9 +8) = -1; ' +
      'r9 = *(u64 *)(r1 +48)',
  },
  {
    ...{ name: 'a register of the machine', type: 'perf_event', insn: load(8, 2, 128) },
    after: 'r2 = *(u64 *)(r1 +0); r2 = *(u64 *)(r2 +128)',
  },
];

const narrow: readonly Row[] = [
  {
    ...{ name: 'the first byte', type: 'sched_cls', insn: load(1, 2, 8), whole: 4 },
    after: 'r2 = *(u32 *)(r1 +164); w2 &= 255',
  },
  {
    ...{ name: 'the upper half', type: 'sched_cls', insn: load(2, 2, 10), whole: 4 },
    after: 'r2 = *(u32 *)(r1 +164); w2 >>= 16; w2 &= 65535',
  },
  {
    ...{ name: 'half of eight bytes', type: 'perf_event', insn: load(4, 2, 172), whole: 8 },
    after: 'r2 = *(u64 *)(r1 +8); r2 = *(u64 *)(r2 +8); r2 >>= 32; w2 &= -1',
  },
  {
    ...{ name: 'as much as the kernel has', type: 'sched_cls', insn: load(2, 2, 46), whole: 4 },
    after: 'r2 = *(u16 *)(r1 +132)',
  },
  {
    ...{ name: 'part of two bytes', type: 'sched_cls', insn: load(1, 2, 49), pointer: 'sock', whole: 2 },
    after: 'r2 = *(u16 *)(r1 +12); w2 >>= 8; w2 &= 255',
  },
  {
    ...{ name: 'a word of an address', type: 'cgroup_sock', insn: load(1, 2, 29), whole: 4 },
    after: 'r2 = *(u32 *)(r1 +72); w2 >>= 8; w2 &= 255',
  },
  {
    ...{ name: 'with sign', type: 'sched_cls', insn: signed(1, 2, 9), whole: 4 },
    after: 'r2 = *(u32 *)(r1 +164); w2 >>= 8; w2 &= 255; r2 = (s8)r2',
  },
  {
    ...{ name: 'a whole field with sign', type: 'sched_cls', insn: signed(4, 2, 8), whole: 4 },
    after: 'r2 = *(u32 *)(r1 +164); r2 = (s32)r2',
  },
];

function afterOf({ type, insn, pointer = 'ctx', whole = 0 }: Row): string {
  const program = programOf([insn], { pointers: { 0: pointer }, wholes: { 0: whole } });
  return textOf(access(program, type).program.insns).join('; ');
}

describe.each([
  ['__sk_buff', skb],
  ['other contexts', others],
  ['narrow loads', narrow],
])('%s', (_, rows) => {
  it.each(rows)('$type: $name', (row) => {
    expect(afterOf(row)).toBe(row.after);
  });
});

describe('context accesses', () => {
  const LEN = load(4, 2, 0);
  const stays = (program: Program, type: string, ctx: Partial<PassContext> = {}): void =>
    expect(access(program, type, ctx).ops).toEqual([]);

  it('stay where the context is handed out as it is, or nobody knows which it is', () => {
    const program = programOf([LEN], { pointers: { 0: 'ctx' } });
    for (const type of ['cgroup_device', 'tracing', 'kprobe', 'struct_ops', 'unspec']) stays(program, type);
    stays(programOf([LEN], { pointers: {} }), 'sched_cls');
    stays(programOf([LEN], { pointers: { 0: 'pkt' } }), 'sched_cls');
  });

  it('stay where the verifier would refuse them', () => {
    const refused: Insn[] = [load(8, 2, 0), load(4, 2, 2), load(4, 2, 400), load(4, 2, -4), store(4, 0, 3)];
    const pointers = Object.fromEntries(refused.map((_, i) => [i, 'ctx']));
    stays(programOf([...refused, [0xc3, 1, 3, 8, 1]], { pointers: { ...pointers, 5: 'ctx' } }), 'sched_cls');
  });

  it('stay in an insn that a pass has put, as nobody noted anything about it', () => {
    const program = programOf([[0x9c, 3, 2, 0, 0], LEN], { pointers: { 0: 'ctx' } });
    const guarded = passed(divGuard, program).program;
    stays(guarded, 'sched_cls');
  });

  it('stay in the second half of a constant', () => {
    stays(programOf([[0x18, 1, 0, 0, 0], LEN], { pointers: { 1: 'ctx' } }), 'sched_cls');
  });

  it('extend no signs under kernels that know no such loads', () => {
    const program = programOf([signed(4, 2, 8), LEN], { pointers: { 0: 'ctx', 1: 'ctx' } });
    const { ops } = access(program, 'sched_cls', { rules: { ...ENGINE_RULES, linux: 605 } });
    expect(ops.map(({ at }) => at)).toEqual([1]);
  });

  it('of tstamp are plain where the program reads its type', () => {
    const insns = [load(8, 2, 152), store(8, 152, 2), load(1, 3, 180)];
    const pointers = { 0: 'ctx', 1: 'ctx', 2: 'ctx' };
    expect(textOf(access(programOf(insns, { pointers }), 'sched_cls').program.insns)).toEqual([
      'r2 = *(u64 *)(r1 +32)',
      '*(u64 *)(r1 +32) = r2',
      'r3 = *(u8 *)(r1 +129)',
      'w3 &= 3',
    ]);
    const other = programOf(insns, { pointers: { ...pointers, 2: 'fp' } });
    expect(access(other, 'sched_cls').program.insns.length / 2).toBe(8 + 6 + 1);
  });

  it('inherit the record by the last insn, and mark what defines 32 bits', () => {
    const { aux } = access(programOf([load(4, 2, 40)], { pointers: { 0: 'ctx' } }), 'sched_cls').program;
    expect([...aux!.home]).toEqual([-1, 0]);
    expect([...aux!.zextDst]).toEqual([0, 1]);
  });

  it('take offsets from the kernel they are told of', () => {
    const { structs } = LINUX_6_18_X86_64;
    const moved = { ...structs.structs, sk_buff: { ...structs.structs.sk_buff, len: [80, 8] as const } };
    const kernel = { ...LINUX_6_18_X86_64, structs: { ...structs, structs: moved } };
    const { program } = access(programOf([LEN], { pointers: { 0: 'ctx' } }), 'sched_cls', { kernel });
    expect(textOf(program.insns)).toEqual(['r2 = *(u64 *)(r1 +80)']);
  });
});

describe('pointers that may fault', () => {
  const UNTRUSTED = 1 << 14;
  const codes = (pointer: string | number, insns: readonly Insn[]): number[] => {
    const pointers = Object.fromEntries(insns.map((_, i) => [i, pointer]));
    const { program, ops } = access(programOf(insns, { pointers }), 'tracing');
    expect(program.insns.length / 2).toBe(insns.length);
    const same = ops.every(({ at }) => (program.insns[2 * at] & ~0xff) === (wordsOf(insns)[2 * at] & ~0xff));
    expect(same).toBe(true);
    return insns.map((_, i) => program.insns[2 * i] & 0xff);
  };
  const ALL: Insn[] = [load(4, 2, 8), signed(2, 2, 8), store(8, 8, 3), constant(1, 8, 5), [0xdb, 1, 3, 8, 1]];
  const PLAIN = [0x61, 0x89, 0x7b, 0x72, 0xdb];

  it('get a mode of their own for loads from objects', () => {
    const loads = [0x21, 0x49, 0x7b, 0x72, 0xdb];
    expect(codes('ptr_', ALL)).toEqual(loads);
    expect(codes(16 | UNTRUSTED, ALL)).toEqual(loads);
    expect(codes(16 | UNTRUSTED | (1 << 19), ALL)).toEqual(loads);
    expect(codes(17 | UNTRUSTED | (1 << 9), ALL)).toEqual(loads);
  });

  it('get one for every access to the arena', () => {
    expect(codes('arena', ALL)).toEqual([0xa1, 0xc9, 0xbb, 0xb2, 0xfb]);
  });

  it('get none from kernels that have no such pointers', () => {
    const rules = { ...ENGINE_RULES, linux: 608 };
    const pointers = { 0: 'arena', 1: 'ptr_' };
    const { ops } = access(programOf([load(4, 2, 8), load(4, 2, 8)], { pointers }), 'tracing', { rules });
    expect(ops.map(({ at }) => at)).toEqual([1]);
  });

  it('and none where the verifier trusts them', () => {
    for (const pointer of ['mem', 'map_value', 'fp', 16 | (1 << 20), 16 | (1 << 19)])
      expect(codes(pointer, ALL)).toEqual(PLAIN);
  });
});

const EXIT: Insn = [0x95, 0, 0, 0, 0];
const kindsOf = (ops: readonly PatchOp[]): string[] => ops.map(({ kind, at }) => `${kind} ${at}`);

describe('a program that writes into its packet', () => {
  const WRITE: Insn = [0x72, 7, 0, 0, 1];
  const PULL = [
    'r6 = *(u8 *)(r1 +126)',
    'w6 &= 1',
    'if r6 == 0x0 goto pc+7',
    'r6 = r1',
    'r2 ^= r2',
    'call bpf_skb_pull_data#39',
    'if r0 == 0x0 goto pc+2',
    'w0 = 2',
    'exit',
    'r1 = r6',
  ];
  const writing = programOf([load(4, 2, 0), WRITE, EXIT], { pointers: { 0: 'ctx', 1: 'pkt' } });
  const startOf = (program: Program, type: string): string[] =>
    textOf(access(program, type).program.insns).slice(0, -program.insns.length / 2);

  it.each([
    ['sched_cls', 'w0 = 2'],
    ['sched_act', 'w0 = 2'],
    ['lwt_xmit', 'w0 = 2'],
    ['sk_skb', 'w0 = 0'],
  ])('of type %s gets a packet of its own first, or drops it', (type, drop) => {
    expect(startOf(writing, type)).toEqual(PULL.map((line) => (line === 'w0 = 2' ? drop : line)));
  });

  it('does so for constants, registers and metadata, and for nothing that is read', () => {
    const startsFor = (insn: Insn, pointer: string): number =>
      startOf(programOf([insn, EXIT], { pointers: { 0: pointer } }), 'sched_cls').length;
    expect(startsFor([0x63, 7, 1, 0, 0], 'pkt')).toBe(10);
    expect(startsFor([0x7a, 7, 0, 0, 0], 'pkt_meta')).toBe(10);
    expect(startsFor([0x71, 3, 7, 0, 0], 'pkt')).toBe(0);
    expect(startsFor([0x7b, 10, 1, -8, 0], 'fp')).toBe(0);
  });

  it('of a type whose packets are its own, or may not be written, gets nothing', () => {
    for (const type of ['xdp', 'sk_msg', 'cgroup_skb', 'lwt_in', 'unspec'])
      expect(startOf(writing, type)).toEqual([]);
  });

  it('has its first insn rewritten as well, and jumps to it run that and not the prologue', () => {
    const program = programOf([load(4, 2, 40), WRITE, [0x15, 2, 0, -3, 7], EXIT], {
      pointers: { 0: 'ctx', 1: 'pkt' },
    });
    const { ops, program: after } = access(program, 'sched_cls');
    expect(kindsOf(ops)).toEqual(['prepend 0', 'replace 0']);
    expect(textOf(after.insns).slice(10)).toEqual([
      'r2 = *(u64 *)(r1 +16)',
      'r2 = *(u32 *)(r2 +224)',
      '*(u8 *)(r7 +0) = 1',
      'if r2 == 0x7 goto pc-4',
      'exit',
    ]);
  });
});

describe('a function of a queueing discipline', () => {
  const CALL: Insn = [0x85, 0, 1, 0, 4];
  const insns: Insn[] = [[0x15, 1, 0, 2, 0], CALL, EXIT, [0x05, 0, 0, -3, 0], EXIT, EXIT, EXIT];
  const program = programOf(insns, { pointers: {}, starts: [0, 6] });
  const layout = { ...LINUX_6_18_X86_64.structs, qdiscInitPrologue: 71, qdiscResetDestroyEpilogue: 72 };
  const kernel = { ...LINUX_6_18_X86_64, structs: layout };
  const run = (attach?: string, ctx: Partial<PassContext> = {}): Passed =>
    passed(ctxAccess, program, { setting: setting('struct_ops', attach), kernel, ...ctx });

  it('saves its context and ends, at every exit of the main program, with a call that takes it', () => {
    for (const attach of ['Qdisc_ops.reset', 'Qdisc_ops.destroy']) {
      const { ops, program: after } = run(attach);
      expect(kindsOf(ops)).toEqual(['prepend 0', 'replace 2', 'replace 4', 'replace 5']);
      expect(textOf(after.insns)).toEqual([
        // 16 bytes of stack are the program's, so the context stands below.
        '*(u64 *)(r10 -24) = r1',
        'if r1 == 0x0 goto pc+5',
        'call pc+7',
        'r1 = *(u64 *)(r10 -24)',
        'r1 = *(u64 *)(r1 +0)',
        'call kernel-function#72',
        'exit',
        'goto pc-6',
        'gotol pc-6',
        'gotol pc-7',
        'exit',
      ]);
    }
  });

  it('asks a function first when it sets up', () => {
    const { ops, program: after } = run('Qdisc_ops.init');
    expect(kindsOf(ops)).toEqual(['prepend 0']);
    expect(textOf(after.insns).slice(0, 8)).toEqual([
      'r6 = r1',
      'r2 = *(u64 *)(r1 +16)',
      'r1 = *(u64 *)(r1 +0)',
      'call kernel-function#71',
      'if r0 == 0x0 goto pc+1',
      'exit',
      'r1 = r6',
      'if r1 == 0x0 goto pc+2',
    ]);
  });

  it('is left alone when it does something else, or nobody knows, or the kernel has no such thing', () => {
    expect(run('Qdisc_ops.enqueue').ops).toEqual([]);
    expect(run().ops).toEqual([]);
    const rules = { ...ENGINE_RULES, linux: 615 };
    expect(run('Qdisc_ops.reset', { rules }).ops).toEqual([]);
    expect(access(program, 'sched_cls').ops).toEqual([]);
  });

  it('whose first insn is an exit has the epilogue behind what saves the context', () => {
    const short = programOf([EXIT], { pointers: {} });
    const { program: after } = passed(ctxAccess, short, {
      setting: setting('struct_ops', 'Qdisc_ops.reset'),
    });
    expect(textOf(after.insns)).toHaveLength(5);
    expect(after.insns[0]).toBe(word0(0x7b, 10, 1, -24));
  });
});

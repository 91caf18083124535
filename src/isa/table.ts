/**
 * The instruction set as one table: RFC 9669 and what Linux added to it up to 7.x. Decoding, encoding, printing,
 * parsing, highlighting and hovers all read these rows, so an insn is described in exactly one place.
 *
 * A row matches an insn when the opcode is equal and every one of `src`, `off`, `imm` that the row names is equal.
 * `kernel` is the text of the kernel's disassembler, `llvm` that of llvm-objdump (null: it has none); `exact` and
 * `also` are further spellings: `exact` is printed where the dialect's own text would lose bits, `also` is only
 * read. Braces name operands, see operands.ts. `loose` rows also stand for insns whose other fields hold junk.
 *
 *   opcode, classes ALU, JMP        opcode, classes LD, LDX, ST, STX
 *   7 ..... 4  3       2 .. 0       7 ... 5  4 .. 3  2 ... 0
 *   operation  source  class        mode     size    class
 *
 * Facts: RFC 9669; linux/include/uapi/linux/bpf.h and linux/filter.h of 6.18 to 7.3; LLVM 19 and 20.
 */
import { ATOMIC } from './atomic.ts';
import { CLASS, JMP_OP, MODE, ALU_OP as OP, SIZE, SRC } from './code-parts.ts';
import { OP_TAIL_CALL } from './opcodes.ts';

export interface Form {
  readonly name: string;
  readonly code: number;
  readonly src?: number;
  readonly off?: number;
  readonly imm?: number;
  readonly kernel: string;
  readonly llvm: string | null;
  readonly exact?: string;
  readonly also?: readonly string[];
  /** The spelling that names its target, where that is not one of the others. */
  readonly named?: string;
  readonly doc: string;
  /** First Linux version that knows it, where younger than 5.0; `internal`: only the kernel itself writes it. */
  readonly since?: string;
  readonly loose?: boolean;
}

const { LD, LDX, ST, STX, ALU, JMP, JMP32, ALU64 } = CLASS;
/** The second operand is a register. */
const { X } = SRC;

interface Size {
  readonly bits: number;
  readonly code: number;
}
const SIZES: readonly Size[] = [
  { bits: 8, code: SIZE.B },
  { bits: 16, code: SIZE.H },
  { bits: 32, code: SIZE.W },
  { bits: 64, code: SIZE.DW },
];

const ALU_OPS = [
  { op: OP.ADD, name: 'add', sign: '+=', doc: 'Adds' },
  { op: OP.SUB, name: 'sub', sign: '-=', doc: 'Subtracts' },
  { op: OP.MUL, name: 'mul', sign: '*=', doc: 'Multiplies by' },
  { op: OP.DIV, name: 'div', sign: '/=', doc: 'Divides, unsigned (by zero gives 0), by' },
  { op: OP.OR, name: 'or', sign: '|=', doc: 'Ors with' },
  { op: OP.AND, name: 'and', sign: '&=', doc: 'Ands with' },
  { op: OP.LSH, name: 'lsh', sign: '<<=', doc: 'Shifts left by' },
  { op: OP.RSH, name: 'rsh', sign: '>>=', doc: 'Shifts right, filling with zeros, by' },
  {
    op: OP.MOD,
    name: 'mod',
    sign: '%=',
    doc: 'Takes the unsigned remainder (of zero: keeps dst) of a division by',
  },
  { op: OP.XOR, name: 'xor', sign: '^=', doc: 'Xors with' },
  { op: OP.MOV, name: 'mov', sign: '=', doc: 'Copies' },
  { op: OP.ARSH, name: 'arsh', sign: 's>>=', doc: 'Shifts right, keeping the sign, by' },
] as const;

const JMP_OPS = [
  { op: JMP_OP.JEQ, name: 'jeq', sign: '==', doc: 'equals' },
  { op: JMP_OP.JGT, name: 'jgt', sign: '>', doc: 'is above (unsigned)' },
  { op: JMP_OP.JGE, name: 'jge', sign: '>=', doc: 'is above or equals (unsigned)' },
  { op: JMP_OP.JSET, name: 'jset', sign: '&', doc: 'shares a set bit with' },
  { op: JMP_OP.JNE, name: 'jne', sign: '!=', doc: 'differs from' },
  { op: JMP_OP.JSGT, name: 'jsgt', sign: 's>', doc: 'is greater (signed) than' },
  { op: JMP_OP.JSGE, name: 'jsge', sign: 's>=', doc: 'is greater (signed) than or equals' },
  { op: JMP_OP.JLT, name: 'jlt', sign: '<', doc: 'is below (unsigned)' },
  { op: JMP_OP.JLE, name: 'jle', sign: '<=', doc: 'is below or equals (unsigned)' },
  { op: JMP_OP.JSLT, name: 'jslt', sign: 's<', doc: 'is less (signed) than' },
  { op: JMP_OP.JSLE, name: 'jsle', sign: 's<=', doc: 'is less (signed) than or equals' },
] as const;

const forms: Form[] = [];
const both = (text: string): { kernel: string; llvm: string } => ({ kernel: text, llvm: text });

function addAlu(cls: typeof ALU | typeof ALU64): void {
  const bits = cls === ALU ? 32 : 64;
  const [d, s] = cls === ALU ? ['{wd}', '{ws}'] : ['{d}', '{s}'];
  const clears = cls === ALU ? '; clears the upper half' : '';
  for (const { op, name, sign, doc } of ALU_OPS) {
    if (op === OP.DIV || op === OP.MOD) {
      const signed = { off: 1, since: '6.6' };
      const what = op === OP.DIV ? 'Divides, signed, by' : 'Takes the signed remainder of a division by';
      const sname = `s${name}${bits}`;
      forms.push(
        {
          name: `${sname}_imm`,
          code: cls | op,
          ...signed,
          ...both(`${d} s${sign} {imm}`),
          doc: `${what} the immediate${clears}.`,
        },
        {
          name: `${sname}_reg`,
          code: cls | op | X,
          ...signed,
          ...both(`${d} s${sign} ${s}`),
          doc: `${what} src${clears}.`,
        },
      );
    }
    forms.push(
      {
        name: `${name}${bits}_imm`,
        code: cls | op,
        off: 0,
        loose: true,
        ...both(`${d} ${sign} {imm}`),
        doc: `${doc} the immediate${cls === ALU64 ? ', sign-extended to 64 bits' : clears}.`,
      },
      {
        name: `${name}${bits}_reg`,
        code: cls | op | X,
        off: 0,
        loose: true,
        ...both(`${d} ${sign} ${s}`),
        doc: `${doc} src${clears}.`,
      },
    );
  }
  for (const width of cls === ALU ? [8, 16] : [8, 16, 32])
    forms.push({
      name: `movsx${width}_${bits}`,
      code: cls | OP.MOV | X,
      off: width,
      ...both(`${d} = (s${width})${s}`),
      doc: `Copies the low ${width} bits of src, sign-extended to ${bits}${clears}.`,
      since: '6.6',
    });
  forms.push({
    name: `neg${bits}`,
    code: cls | OP.NEG,
    loose: true,
    ...both(`${d} = -${d}`),
    doc: `Negates dst${clears}.`,
  });
}

function addAluSpecial(): void {
  forms.push(
    {
      name: 'addr_space_cast',
      code: ALU64 | OP.MOV | X,
      off: 1,
      ...both('{d} = addr_space_cast({s}, {ashi}, {aslo})'),
      doc: 'Casts a pointer between address spaces (arena: 1 and 0); the halves of imm are destination and source space.',
      since: '6.9',
    },
    {
      name: 'mov_percpu',
      code: ALU64 | OP.MOV | X,
      off: -1,
      kernel: '{d} = &(void __percpu *)({s})',
      llvm: null,
      doc: "Turns a per-cpu offset into this cpu's address.",
      since: '6.10, internal',
    },
  );
  for (const width of [16, 32, 64]) {
    const end = (name: string, code: number, doc: string, since?: string): void => {
      forms.push({
        name: `${name}${width}`,
        code,
        imm: width,
        ...both(`{d} = ${name}${width} {d}`),
        doc,
        ...(since ? { since } : {}),
      });
    };
    end(
      'le',
      ALU | OP.END,
      `Converts the low ${width} bits between host and little endian; clears what is above.`,
    );
    end(
      'be',
      ALU | OP.END | X,
      `Converts the low ${width} bits between host and big endian; clears what is above.`,
    );
    end('bswap', ALU64 | OP.END, `Swaps the bytes of the low ${width} bits; clears what is above.`, '6.6');
  }
}

function addConditionalJumps(cls: typeof JMP | typeof JMP32): void {
  const bits = cls === JMP ? 64 : 32;
  const [d, s] = cls === JMP32 ? ['{wd}', '{ws}'] : ['{d}', '{s}'];
  const halves = cls === JMP32 ? ', comparing the low 32 bits' : '';
  for (const { op, name, sign, doc } of JMP_OPS) {
    const since = cls === JMP32 ? { since: '5.1' } : {};
    forms.push(
      {
        name: `${name}${bits}_imm`,
        code: cls | op,
        loose: true,
        ...both(`if ${d} ${sign} {cmp} goto {pc}`),
        doc: `Jumps if dst ${doc} the immediate${halves}.`,
        ...since,
      },
      {
        name: `${name}${bits}_reg`,
        code: cls | op | X,
        loose: true,
        ...both(`if ${d} ${sign} ${s} goto {pc}`),
        doc: `Jumps if dst ${doc} src${halves}.`,
        ...since,
      },
    );
  }
}

function addJumps(): void {
  forms.push(
    { name: 'goto', code: JMP, loose: true, ...both('goto {pc}'), doc: 'Jumps; the distance is off.' },
    {
      name: 'gotol',
      code: JMP32,
      loose: true,
      ...both('gotol {pcl}'),
      doc: 'Jumps far; the distance is imm.',
      since: '6.6',
    },
    {
      name: 'gotox',
      code: JMP | X,
      loose: true,
      kernel: 'gotox {d}',
      llvm: 'gotox {d}',
      doc: 'Jumps to the address in dst, which comes from an instruction array.',
      since: '6.19',
    },
    {
      name: 'may_goto',
      code: JMP | JMP_OP.JCOND,
      src: 0,
      ...both('may_goto {pc}'),
      doc: 'Jumps once the hidden loop counter has run out, otherwise falls through.',
      since: '6.9',
    },
    {
      name: 'tail_call',
      code: OP_TAIL_CALL,
      loose: true,
      kernel: 'tail_call {imm}',
      llvm: null,
      doc: 'Tail call, as the kernel rewrites the helper; imm is 1 + the poke descriptor, or 0.',
      since: 'internal',
    },
    {
      name: 'exit',
      code: JMP | JMP_OP.EXIT,
      loose: true,
      ...both('exit'),
      doc: 'Returns r0 from the function.',
    },
    {
      name: 'call_helper',
      code: JMP | JMP_OP.CALL,
      src: 0,
      loose: true,
      kernel: 'call {helper}',
      llvm: 'call {callee}',
      doc: 'Calls a helper function; imm is its id, arguments in r1–r5, result in r0.',
    },
    {
      name: 'call_local',
      code: JMP | JMP_OP.CALL,
      src: 1,
      kernel: 'call {pccall}',
      llvm: 'call {callee}',
      exact: 'call {pccall}',
      doc: 'Calls a function of this program; imm is the distance.',
    },
    {
      name: 'call_kfunc',
      code: JMP | JMP_OP.CALL,
      src: 2,
      kernel: 'call kernel-function#{btf}',
      llvm: 'call {callee}',
      exact: 'call kernel-function#{btf}',
      doc: 'Calls a kernel function by BTF id (imm); off is 1 + an index of fd_array for modules, or 0.',
      since: '5.13',
    },
    {
      name: 'callx',
      code: JMP | JMP_OP.CALL | X,
      loose: true,
      kernel: 'call {helper}',
      llvm: 'callx {d}',
      exact: 'callx {d}',
      doc: 'Calls the address in dst. Compilers write it, Linux refuses it.',
    },
  );
}

function addLoadImm64(): void {
  const pseudo = (
    name: string,
    src: number,
    exact: string,
    also: string[],
    doc: string,
    since?: string,
    named?: string,
  ): void => {
    forms.push({
      name,
      code: LD | SIZE.DW,
      src,
      kernel: '{d} = {imm64}',
      llvm: 'ld_pseudo {d}, {srcnum}, {immlow}',
      exact,
      also,
      doc,
      ...(since ? { since } : {}),
      ...(named ? { named } : {}),
    });
  };
  forms.push({
    name: 'ld_imm64',
    code: LD | SIZE.DW,
    src: 0,
    loose: true,
    kernel: '{d} = {imm64}',
    llvm: '{d} = {imm64} ll',
    exact: '{d} = {imm64} ll',
    doc: 'Loads a 64-bit constant; takes two slots.',
  });
  pseudo('ld_map_fd', 1, '{d} = map[fd:{imm}]', ['{d} = map[id:{imm}]'], 'Loads the address of a map.');
  pseudo(
    'ld_map_value',
    2,
    '{d} = map[fd:{imm}][{zero}]{plus2}',
    ['{d} = map[id:{imm}][{zero}]{plus2}'],
    "Loads the address of a byte in a map's value; imm of the second slot is its offset.",
    '5.2',
  );
  pseudo(
    'ld_btf_id',
    3,
    '{d} = btf[id:{imm}]',
    [],
    'Loads the address of a kernel variable by BTF id.',
    '5.10',
  );
  pseudo(
    'ld_func',
    4,
    '{d} = subprog[{plusimm}]',
    [],
    'Loads the address of a function of this program (a callback).',
    '5.13',
    '{d} = &{sym}',
  );
  pseudo(
    'ld_map_idx',
    5,
    '{d} = map[idx:{imm}]',
    [],
    'Loads the address of a map by its index in fd_array.',
    '5.14',
  );
  pseudo(
    'ld_map_idx_value',
    6,
    '{d} = map[idx:{imm}][{zero}]{plus2}',
    [],
    "Loads the address of a byte in a map's value, the map given by its index in fd_array.",
    '5.14',
  );
}

function addPacketLoads(): void {
  for (const { bits, code } of SIZES) {
    const refused = bits === 64 ? ' Linux refuses this size.' : '';
    forms.push(
      {
        name: `ld_abs${bits}`,
        code: LD | MODE.ABS | code,
        loose: true,
        ...both(`{r0} = *(u${bits} *)skb[{skb}]`),
        doc: `Loads ${bits} bits of the packet at imm into r0, in host order; leaves the program when out of range.${refused}`,
      },
      {
        name: `ld_ind${bits}`,
        code: LD | MODE.IND | code,
        loose: true,
        kernel: `{r0} = *(u${bits} *)skb[{s} {ind}]`,
        llvm: `{r0} = *(u${bits} *)skb[{s}]`,
        exact: `{r0} = *(u${bits} *)skb[{s} {ind}]`,
        doc: `Loads ${bits} bits of the packet at src + imm into r0, in host order; leaves the program when out of range.${refused}`,
      },
    );
  }
}

function addMemory(): void {
  for (const { bits, code } of SIZES) {
    const w = bits < 64;
    const zext = w ? ', zero-extended' : '';
    const at = (reg: string): string => `*(u${bits} *)(${reg} {off})`;
    forms.push(
      {
        name: `ldx${bits}`,
        code: LDX | MODE.MEM | code,
        loose: true,
        kernel: `{d} = ${at('{s}')}`,
        llvm: `${w ? '{wd}' : '{d}'} = ${at('{s}')}`,
        doc: `Loads ${bits} bits from src + off${zext}.`,
      },
      {
        name: `st${bits}`,
        code: ST | MODE.MEM | code,
        loose: true,
        ...both(`${at('{d}')} = {imm}`),
        doc: `Stores the immediate as ${bits} bits at dst + off.`,
      },
      {
        name: `stx${bits}`,
        code: STX | MODE.MEM | code,
        loose: true,
        kernel: `${at('{d}')} = {s}`,
        llvm: `${at('{d}')} = ${w ? '{ws}' : '{s}'}`,
        doc: `Stores the low ${bits} bits of src at dst + off.`,
      },
    );
    if (w)
      forms.push({
        name: `ldsx${bits}`,
        code: LDX | MODE.MEMSX | code,
        loose: true,
        ...both(`{d} = *(s${bits} *)({s} {off})`),
        doc: `Loads ${bits} bits from src + off, sign-extended to 64.`,
        since: '6.6',
      });
  }
  forms.push({
    name: 'nospec',
    code: ST | MODE.ATOMIC,
    loose: true,
    kernel: 'nospec',
    llvm: null,
    doc: 'Speculation barrier.',
    since: 'internal',
  });
}

const ATOMIC_OPS = [
  { imm: 0x00, name: 'add', sign: '+=' },
  { imm: 0x40, name: 'or', sign: '|=' },
  { imm: 0x50, name: 'and', sign: '&=' },
  { imm: 0xa0, name: 'xor', sign: '^=' },
] as const;

function addAtomics(): void {
  for (const { bits, code: size } of SIZES) {
    const code = STX | MODE.ATOMIC | size;
    const w = bits < 64;
    const s = w ? '{ws}' : '{s}';
    const mem = (reg: string): string => `(u${bits} *)(${reg} {off})`;
    forms.push(
      {
        name: `load_acquire${bits}`,
        code,
        imm: ATOMIC.LOAD_ACQ,
        kernel: `{d} = load_acquire(${mem('{s}')})`,
        llvm: `${w ? '{wd}' : '{d}'} = load_acquire(${mem('{s}')})`,
        doc: `Loads ${bits} bits from src + off with acquire ordering.`,
        since: '6.15',
      },
      {
        name: `store_release${bits}`,
        code,
        imm: ATOMIC.STORE_REL,
        kernel: `store_release(${mem('{d}')}, {s})`,
        llvm: `store_release(${mem('{d}')}, ${s})`,
        doc: `Stores ${bits} bits of src at dst + off with release ordering.`,
        since: '6.15',
      },
    );
    if (bits < 32) continue;
    const wide = w ? '' : '64';
    for (const { imm, name, sign } of ATOMIC_OPS)
      forms.push(
        {
          name: `atomic_${name}${bits}`,
          code,
          imm,
          kernel: `lock *${mem('{d}')} ${sign} {s}`,
          llvm: `lock *${mem('{d}')} ${sign} ${s}`,
          doc: `Atomic ${name} of src to the ${bits} bits at dst + off.`,
          ...(imm === 0 ? {} : { since: '5.12' }),
        },
        {
          name: `atomic_fetch_${name}${bits}`,
          code,
          imm: imm | ATOMIC.FETCH,
          kernel: `{s} = atomic${wide}_fetch_${name}(${mem('{d}')}, {s})`,
          llvm: `${s} = atomic_fetch_${name}(${mem('{d}')}, ${s})`,
          doc: `Atomic ${name} of src to the ${bits} bits at dst + off; src gets the old value.`,
          since: '5.12',
        },
      );
    const short = w ? '32_32' : '_64';
    forms.push(
      {
        name: `atomic_xchg${bits}`,
        code,
        imm: ATOMIC.XCHG,
        kernel: `{s} = atomic${wide}_xchg(${mem('{d}')}, {s})`,
        llvm: `${s} = xchg${short}({d} {off}, ${s})`,
        doc: `Exchanges src with the ${bits} bits at dst + off.`,
        since: '5.12',
      },
      {
        name: `atomic_cmpxchg${bits}`,
        code,
        imm: ATOMIC.CMPXCHG,
        kernel: `{r0} = atomic${wide}_cmpxchg(${mem('{d}')}, {r0}, {s})`,
        llvm: `${w ? '{w0}' : '{r0}'} = cmpxchg${short}({d} {off}, ${w ? '{w0}' : '{r0}'}, ${s})`,
        doc: `Stores src in the ${bits} bits at dst + off if they equal r0; r0 gets the old value.`,
        since: '5.12',
      },
    );
  }
}

addAlu(ALU64);
addAlu(ALU);
addAluSpecial();
addConditionalJumps(JMP);
addConditionalJumps(JMP32);
addJumps();
addLoadImm64();
addPacketLoads();
addMemory();
addAtomics();

export const FORMS: readonly Form[] = forms;

/** Numbers of the rows whose text is shared, so that the reader has to choose between them. */
export const formNamed = (name: string): number => {
  const at = forms.findIndex((form) => form.name === name);
  if (at < 0) throw new Error(`bug: no form ${name}`);
  return at;
};

/**
 * Access modes only the kernel writes, for hovers; no disassembler has a text for them. The kernel turns them
 * back into plain loads and stores before it shows a program.
 */
export const INTERNAL_MODES: readonly { cls: number; mode: number; name: string; doc: string }[] = [
  { cls: LDX, mode: 0x20, name: 'probe_mem', doc: 'Load that a fault turns into 0.' },
  { cls: LDX, mode: 0x40, name: 'probe_memsx', doc: 'Sign-extending load that a fault turns into 0.' },
  { cls: LDX, mode: 0xa0, name: 'probe_mem32', doc: 'Load from the arena; a fault gives 0.' },
  {
    cls: LDX,
    mode: 0xc0,
    name: 'probe_mem32sx',
    doc: 'Sign-extending load from the arena; a fault gives 0.',
  },
  {
    cls: ST,
    mode: 0xa0,
    name: 'probe_mem32_st',
    doc: 'Store of an immediate to the arena; a fault is ignored.',
  },
  { cls: STX, mode: 0xa0, name: 'probe_mem32_stx', doc: 'Store of src to the arena; a fault is ignored.' },
  { cls: STX, mode: 0xe0, name: 'probe_atomic', doc: 'Atomic operation on the arena; a fault is ignored.' },
];

/**
 * What opcodes are put together from, RFC 9669 section 3.1 and the kernel's own additions:
 *
 *   arithmetic, jumps    7 .... 4   3   2 .. 0        loads, stores    7 .. 5   4 3   2 .. 0
 *                        operation  src class                          mode     size  class
 */
export const CLASS = { LD: 0, LDX: 1, ST: 2, STX: 3, ALU: 4, JMP: 5, JMP32: 6, ALU64: 7 } as const;

/** Second operand: the constant or the source register. */
export const SRC = { K: 0x00, X: 0x08 } as const;

export const ALU_OP = {
  ADD: 0x00,
  SUB: 0x10,
  MUL: 0x20,
  DIV: 0x30,
  OR: 0x40,
  AND: 0x50,
  LSH: 0x60,
  RSH: 0x70,
  NEG: 0x80,
  MOD: 0x90,
  XOR: 0xa0,
  MOV: 0xb0,
  ARSH: 0xc0,
  END: 0xd0,
} as const;

export const JMP_OP = {
  JA: 0x00,
  JEQ: 0x10,
  JGT: 0x20,
  JGE: 0x30,
  JSET: 0x40,
  JNE: 0x50,
  JSGT: 0x60,
  JSGE: 0x70,
  CALL: 0x80,
  EXIT: 0x90,
  JLT: 0xa0,
  JLE: 0xb0,
  JSLT: 0xc0,
  JSLE: 0xd0,
  /** may_goto. */
  JCOND: 0xe0,
} as const;

export const SIZE = { W: 0x00, H: 0x08, B: 0x10, DW: 0x18 } as const;

export const MODE = {
  IMM: 0x00,
  ABS: 0x20,
  IND: 0x40,
  MEM: 0x60,
  MEMSX: 0x80,
  /** Arena access; never in a program as it is loaded. */
  PROBE_MEM32: 0xa0,
  ATOMIC: 0xc0,
} as const;

export const CLASS_MASK = 0x07;
export const OP_MASK = 0xf0;
export const MODE_MASK = 0xe0;
export const SIZE_MASK = 0x18;

export type SizePart = (typeof SIZE)[keyof typeof SIZE];

const BYTES: Readonly<Record<number, number>> = { [SIZE.B]: 1, [SIZE.H]: 2, [SIZE.W]: 4, [SIZE.DW]: 8 };
const PARTS: Readonly<Record<number, SizePart>> = { 1: SIZE.B, 2: SIZE.H, 4: SIZE.W, 8: SIZE.DW };

/** Bytes that a load or store with this opcode moves. */
export const bytesOf = (code: number): number => BYTES[code & SIZE_MASK];

/** The size in the opcode of a load or store that moves so many bytes: 1, 2, 4 or 8. */
export const sizePartOf = (bytes: number): SizePart => PARTS[bytes];

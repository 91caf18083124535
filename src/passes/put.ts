/**
 * Words to put insns with. What stands behind the operation says how: K with a constant, X with a register, 32 in the lower
 * half. The destination comes first, then the source, then offsets and constants.
 */
import { ALU_OP, CLASS, MODE, type SizePart, SRC } from '../isa/code-parts.ts';
import { OP_CALL, OP_EXIT, OP_LD_IMM64 } from '../isa/flow.ts';
import { word0 } from '../isa/insn.ts';
import { ADDR_PERCPU, ZEXT_MARK } from '../isa/marks.ts';
import { OP_GOTO } from '../isa/opcodes.ts';
import { addressOf, callTo, type KernelFunctions } from '../kernel/functions.ts';
import type { EditBuilder } from '../patch/edit-builder.ts';

type PutK = (edits: EditBuilder, op: number, dst: number, imm: number) => void;
type PutX = (edits: EditBuilder, op: number, dst: number, src: number) => void;

export const putAluK: PutK = (edits, op, dst, imm) =>
  edits.put(word0(CLASS.ALU64 | SRC.K | op, dst, 0, 0), imm);

export const putAluX: PutX = (edits, op, dst, src) =>
  edits.put(word0(CLASS.ALU64 | SRC.X | op, dst, src, 0), 0);

export const putAlu32K: PutK = (edits, op, dst, imm) =>
  edits.put(word0(CLASS.ALU | SRC.K | op, dst, 0, 0), imm);

const putAlu32X: PutX = (edits, op, dst, src) => edits.put(word0(CLASS.ALU | SRC.X | op, dst, src, 0), 0);

/** `dst = -dst`. */
export const putNeg = (edits: EditBuilder, dst: number): void => putAluK(edits, ALU_OP.NEG, dst, 0);

export const putMovK = (edits: EditBuilder, dst: number, imm: number): void =>
  putAluK(edits, ALU_OP.MOV, dst, imm);

export const putMovX = (edits: EditBuilder, dst: number, src: number): void =>
  putAluX(edits, ALU_OP.MOV, dst, src);

export const putMov32K = (edits: EditBuilder, dst: number, imm: number): void =>
  putAlu32K(edits, ALU_OP.MOV, dst, imm);

/** `w dst = w src`. */
export const putMov32X = (edits: EditBuilder, dst: number, src: number): void =>
  putAlu32X(edits, ALU_OP.MOV, dst, src);

/** `w dst ^= dst`, the shortest way to 0. */
export const putZero = (edits: EditBuilder, dst: number): void => putAlu32X(edits, ALU_OP.XOR, dst, dst);

/** `w dst = dst`: only the upper half is cleared. */
export const putTruncate = (edits: EditBuilder, dst: number): void => putMov32X(edits, dst, dst);

/** The same, with the mark that says so to the JIT. */
export const putZext = (edits: EditBuilder, dst: number): void =>
  edits.put(word0(CLASS.ALU | SRC.X | ALU_OP.MOV, dst, dst, 0), ZEXT_MARK);

/** Adds the base of this processor's variables. */
export const putPerCpu = (edits: EditBuilder, dst: number): void =>
  edits.put(word0(CLASS.ALU64 | SRC.X | ALU_OP.MOV, dst, dst, ADDR_PERCPU), 0);

type PutIfK = (edits: EditBuilder, op: number, reg: number, imm: number, off: number) => void;
type PutIfX = (edits: EditBuilder, op: number, reg: number, src: number, off: number) => void;

/** `if reg op imm goto off`, all 64 bits of it. */
export const putIfK: PutIfK = (edits, op, reg, imm, off) =>
  edits.put(word0(CLASS.JMP | SRC.K | op, reg, 0, off), imm);

export const putIfX: PutIfX = (edits, op, reg, src, off) =>
  edits.put(word0(CLASS.JMP | SRC.X | op, reg, src, off), 0);

export const putIf32K: PutIfK = (edits, op, reg, imm, off) =>
  edits.put(word0(CLASS.JMP32 | SRC.K | op, reg, 0, off), imm);

export const putIf32X: PutIfX = (edits, op, reg, src, off) =>
  edits.put(word0(CLASS.JMP32 | SRC.X | op, reg, src, off), 0);

export const putGoto = (edits: EditBuilder, off: number): void => edits.put(word0(OP_GOTO, 0, 0, off), 0);

export const putExit = (edits: EditBuilder): void => edits.put(word0(OP_EXIT, 0, 0, 0), 0);

/** `dst = [src + off]` */
export const putLoad = (edits: EditBuilder, size: SizePart, dst: number, src: number, off: number): void =>
  edits.put(word0(CLASS.LDX | MODE.MEM | size, dst, src, off), 0);

/** `[dst + off] = src` */
export const putStore = (edits: EditBuilder, size: SizePart, dst: number, src: number, off: number): void =>
  edits.put(word0(CLASS.STX | MODE.MEM | size, dst, src, off), 0);

/** `[dst + off] = imm` */
export const putStoreK = (edits: EditBuilder, size: SizePart, dst: number, off: number, imm: number): void =>
  edits.put(word0(CLASS.ST | MODE.MEM | size, dst, 0, off), imm);

/** A call of a helper by id. */
export const putCall = (edits: EditBuilder, helper: number): void =>
  edits.put(word0(OP_CALL, 0, 0, 0), helper);

/** A call of a function of the kernel that is no helper. */
export const putCallTo = (edits: EditBuilder, functions: KernelFunctions, symbol: string): void =>
  putCall(edits, callTo(functions, symbol));

/** `dst = symbol ll`: two slots. */
export function putAddress(
  edits: EditBuilder,
  functions: KernelFunctions,
  dst: number,
  symbol: string,
): void {
  const address = addressOf(functions, symbol);
  edits.put(word0(OP_LD_IMM64, dst, 0, 0), Number(BigInt.asIntN(32, address)));
  edits.put(0, Number(BigInt.asIntN(32, address >> 32n)));
}

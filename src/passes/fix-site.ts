/**
 * An insn that the rewriting of calls and arithmetic looks at, with what may be asked about it; and a few words to
 * put insns with. There is one site for a whole walk, moved from insn to insn.
 */
import { ALU_OP, CLASS, MODE, SIZE, SRC } from '../isa/code-parts.ts';
import { OP_CALL, OP_EXIT, OP_LD_IMM64 } from '../isa/flow.ts';
import { word0 } from '../isa/insn.ts';
import { OP_GOTO } from '../isa/opcodes.ts';
import { addressOf, callTo, type KernelFunctions } from '../kernel/functions.ts';
import type { EditBuilder } from '../patch/edit-list.ts';
import type { AuxColumns, Program } from '../program/program.ts';
import type { PassContext } from './pass.ts';

export interface Site {
  readonly program: Program;
  readonly ctx: PassContext;
  readonly edits: EditBuilder;
  /** Slot of the insn, and its words. */
  at: number;
  w0: number;
  imm: number;
  /** Subprogram in which it stands. */
  subprog: number;
  /** Tail calls so far that a jump may take the place of, but for those of a table that the text states. */
  pokeCnt: number;
  /** Subprograms in which there is a may_goto so far, and the bytes of stack that they use otherwise. */
  readonly mayGotoDepths: Map<number, number>;
}

/** Puts a patch for the insn at the site, or says that it has nothing to do there. */
export type Fix = (site: Site) => boolean;

/** A fix by the kernel that knows it: first version of Linux, as in PassRules.linux. */
export interface KnownFix {
  readonly since: number;
  readonly fix: Fix;
}

type NumberColumn = {
  [K in keyof AuxColumns]: AuxColumns[K] extends Int32Array ? K : never;
}[keyof AuxColumns];

/** What the verifier noted about the insn at the site; 0 where it noted nothing. */
export function noted({ program: { aux }, at }: Pick<Site, 'program' | 'at'>, column: NumberColumn): number {
  if (aux === null) return 0;
  const home = aux.home[at];
  return home < 0 ? 0 : aux.records[column][home];
}

export const R0 = 0;
export const R1 = 1;
export const R2 = 2;
export const R3 = 3;
export const R5 = 5;
export const R6 = 6;
export const FP = 10;

/** off of a 64-bit move that adds the base of this processor's variables (BPF_ADDR_PERCPU, Linux 6.10). */
const ADDR_PERCPU = -1;

export const putMov = (edits: EditBuilder, dst: number, src: number): void =>
  edits.put(word0(CLASS.ALU64 | SRC.X | ALU_OP.MOV, dst, src, 0), 0);

export const putMovK = (edits: EditBuilder, dst: number, imm: number): void =>
  edits.put(word0(CLASS.ALU64 | SRC.K | ALU_OP.MOV, dst, 0, 0), imm);

export const putMov32K = (edits: EditBuilder, dst: number, imm: number): void =>
  edits.put(word0(CLASS.ALU | SRC.K | ALU_OP.MOV, dst, 0, 0), imm);

export const putAlu = (edits: EditBuilder, op: number, dst: number, src: number): void =>
  edits.put(word0(CLASS.ALU64 | SRC.X | op, dst, src, 0), 0);

export const putAluK = (edits: EditBuilder, op: number, dst: number, imm: number): void =>
  edits.put(word0(CLASS.ALU64 | SRC.K | op, dst, 0, 0), imm);

export const putAlu32K = (edits: EditBuilder, op: number, dst: number, imm: number): void =>
  edits.put(word0(CLASS.ALU | SRC.K | op, dst, 0, 0), imm);

/** `w d ^= d`, the shortest way to 0. */
export const putZero = (edits: EditBuilder, dst: number): void =>
  edits.put(word0(CLASS.ALU | SRC.X | ALU_OP.XOR, dst, dst, 0), 0);

/** `w d = d`: only the upper half is cleared. */
export const putTruncate = (edits: EditBuilder, dst: number): void =>
  edits.put(word0(CLASS.ALU | SRC.X | ALU_OP.MOV, dst, dst, 0), 0);

export const putPerCpu = (edits: EditBuilder, dst: number): void =>
  edits.put(word0(CLASS.ALU64 | SRC.X | ALU_OP.MOV, dst, dst, ADDR_PERCPU), 0);

/** `if reg op imm goto off`, all 64 bits of it. */
export const putIfK = (edits: EditBuilder, op: number, reg: number, imm: number, off: number): void =>
  edits.put(word0(CLASS.JMP | SRC.K | op, reg, 0, off), imm);

export const putGoto = (edits: EditBuilder, off: number): void => edits.put(word0(OP_GOTO, 0, 0, off), 0);

export const putExit = (edits: EditBuilder): void => edits.put(word0(OP_EXIT, 0, 0, 0), 0);

type SizeCode = (typeof SIZE)[keyof typeof SIZE];

export const putLoad = (edits: EditBuilder, size: SizeCode, dst: number, src: number, off: number): void =>
  edits.put(word0(CLASS.LDX | MODE.MEM | size, dst, src, off), 0);

export const putStore = (edits: EditBuilder, dst: number, src: number, off: number): void =>
  edits.put(word0(CLASS.STX | MODE.MEM | SIZE.DW, dst, src, off), 0);

export const putStoreK = (edits: EditBuilder, size: SizeCode, dst: number, off: number, imm: number): void =>
  edits.put(word0(CLASS.ST | MODE.MEM | size, dst, 0, off), imm);

/** A call of a function of the kernel that is no helper. */
export const putCallTo = (edits: EditBuilder, functions: KernelFunctions, symbol: string): void =>
  edits.put(word0(OP_CALL, 0, 0, 0), callTo(functions, symbol));

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

/** The insn itself, mostly at the end of its patch. */
export const putSelf = ({ edits, w0, imm }: Site): void => edits.put(w0, imm);

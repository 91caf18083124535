/** A program that is being written, insn by insn, into a buffer of a known size; and the insns that the shapes are made of. */
import { ALU_OP, CLASS, JMP_OP, MODE, SIZE, SRC } from '../isa/code-parts.ts';
import { OP_CALL, OP_EXIT, OP_GOTOL, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS, word0 } from '../isa/insn.ts';
import { OP_GOTO, OP_MOV64_IMM } from '../isa/opcodes.ts';
import { PSEUDO_CALL } from '../isa/pseudo.ts';
import { helperId } from '../kernel/helpers.ts';

const OP = {
  MOV64_REG: CLASS.ALU64 | ALU_OP.MOV | SRC.X,
  MOV32_IMM: CLASS.ALU | ALU_OP.MOV | SRC.K,
  STX_DW: CLASS.STX | MODE.MEM | SIZE.DW,
  ST_B: CLASS.ST | MODE.MEM | SIZE.B,
  LD_ABS_B: CLASS.LD | MODE.ABS | SIZE.B,
} as const;

/** Opcodes of conditional jumps. */
export const IF = {
  EQ: CLASS.JMP | JMP_OP.JEQ | SRC.K,
  NE: CLASS.JMP | JMP_OP.JNE | SRC.K,
  S_GE: CLASS.JMP | JMP_OP.JSGE | SRC.K,
  NE_32: CLASS.JMP32 | JMP_OP.JNE | SRC.K,
} as const;

export const isLoadAbs = (w0: number): boolean => codeOf(w0) === OP.LD_ABS_B;

export class Code {
  readonly insns: Int32Array;
  /** The slot that comes next. */
  at = 0;

  constructor(slotCnt: number) {
    this.insns = new Int32Array(SLOT_WORDS * slotCnt);
  }

  put(w0: number, imm: number): void {
    this.insns[SLOT_WORDS * this.at] = w0;
    this.insns[SLOT_WORDS * this.at + 1] = imm;
    this.at++;
  }

  /** `dst = imm` */
  mov(dst: number, imm: number): void {
    this.put(word0(OP_MOV64_IMM, dst, 0, 0), imm);
  }

  /** `w dst = imm` */
  mov32(dst: number, imm: number): void {
    this.put(word0(OP.MOV32_IMM, dst, 0, 0), imm);
  }

  /** `dst = src` */
  movReg(dst: number, src: number): void {
    this.put(word0(OP.MOV64_REG, dst, src, 0), 0);
  }

  /** `dst op= imm`; the operation is one of ALU_OP. */
  alu(op: number, dst: number, imm: number): void {
    this.put(word0(CLASS.ALU64 | SRC.K | op, dst, 0, 0), imm);
  }

  /** `dst op= src` */
  aluReg(op: number, dst: number, src: number): void {
    this.put(word0(CLASS.ALU64 | SRC.X | op, dst, src, 0), 0);
  }

  /** `w dst op= w src` */
  alu32Reg(op: number, dst: number, src: number): void {
    this.put(word0(CLASS.ALU | SRC.X | op, dst, src, 0), 0);
  }

  /** `w dst ^= w dst` */
  zero(dst: number): void {
    this.put(word0(CLASS.ALU | SRC.X | ALU_OP.XOR, dst, dst, 0), 0);
  }

  /** `dst = low | high << 32`, two slots. */
  mov64(dst: number, low: number, high: number): void {
    this.put(word0(OP_LD_IMM64, dst, 0, 0), low);
    this.put(0, high);
  }

  /** `*(u64 *)(dst + off) = src` */
  store(dst: number, off: number, src: number): void {
    this.put(word0(OP.STX_DW, dst, src, off), 0);
  }

  /** `*(u8 *)(dst + off) = imm` */
  storeByte(dst: number, off: number, imm: number): void {
    this.put(word0(OP.ST_B, dst, 0, off), imm);
  }

  /** `r0 = *(u8 *)skb[at]` */
  loadAbs(at: number): void {
    this.put(word0(OP.LD_ABS_B, 0, 0, 0), at);
  }

  /** A conditional jump to slot `to`; `op` is one of IF. */
  jumpIf(op: number, dst: number, imm: number, to: number): void {
    this.put(word0(op, dst, 0, to - this.at - 1), imm);
  }

  /** `goto` to slot `to`. */
  jump(to: number): void {
    this.put(word0(OP_GOTO, 0, 0, to - this.at - 1), 0);
  }

  /** `gotol` to slot `to`, as far as one likes. */
  jumpFar(to: number): void {
    this.put(word0(OP_GOTOL, 0, 0, 0), to - this.at - 1);
  }

  /** A call of the subprogram that starts at slot `to`. */
  callSub(to: number): void {
    this.put(word0(OP_CALL, 0, PSEUDO_CALL, 0), to - this.at - 1);
  }

  /** A call of a helper by its name. */
  callHelper(name: string): void {
    this.put(word0(OP_CALL, 0, 0, 0), helperId(name));
  }

  /** A call by the number that a rewritten program has for a function of the kernel. */
  callNumber(imm: number): void {
    this.put(word0(OP_CALL, 0, 0, 0), imm);
  }

  exit(): void {
    this.put(word0(OP_EXIT, 0, 0, 0), 0);
  }

  /** `r0 = imm` up to slot `stop`. */
  fillTo(stop: number, imm: number): void {
    while (this.at < stop) this.mov(0, imm);
  }
}

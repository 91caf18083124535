/**
 * Which registers an insn reads in full, which at all, and which it defines, as bit masks (bit r is register r). In
 * what `effectsOf` says, reads of a lower half count as no read ("are the upper 32 bits wanted?"). Widths follow
 * is_reg64() and insn_def_regno() of Linux 6.18 (kernel/bpf/verifier.c).
 */
import { ATOMIC } from './atomic.ts';
import {
  ALU_OP,
  CLASS,
  CLASS_MASK,
  JMP_OP,
  MODE,
  MODE_MASK,
  OP_MASK,
  SIZE,
  SIZE_MASK,
  SRC,
} from './code-parts.ts';
import { OP_CALL, OP_EXIT, OP_GOTOX } from './flow.ts';
import { codeOf, dstOf, srcOf } from './insn.ts';
import { OP_TAIL_CALL } from './opcodes.ts';
import { ARG_REGS, R0, R6 } from './registers.ts';

const BIT_R0 = 1 << R0;
const BIT_R6 = 1 << R6;

const DEF_SHIFT = 12;
const effect = (reads: number, defs: number): number => (reads & 0xfff) | (defs << DEF_SHIFT);
/** Registers read as 64 bits. */
export const reads64Of = (effects: number): number => effects & 0xfff;
/** Registers given a new value, of whatever width, or left without one (r1..r5 by a call). */
export const defsOf = (effects: number): number => effects >>> DEF_SHIFT;

function aluEffects(w0: number, imm: number, is64: boolean): number {
  const code = codeOf(w0);
  const op = code & OP_MASK;
  const dst = 1 << dstOf(w0);
  if (op === ALU_OP.END) {
    const wide = is64 ? imm !== 16 && imm !== 32 : imm === 64;
    return effect(wide ? dst : 0, dst);
  }
  if (!is64) return effect(0, dst);
  const src = op !== ALU_OP.NEG && code & SRC.X ? 1 << srcOf(w0) : 0;
  return effect(op === ALU_OP.MOV ? src : dst | src, dst);
}

function jmpEffects(w0: number): number {
  const code = codeOf(w0);
  const op = code & OP_MASK;
  if (code === OP_EXIT) return effect(BIT_R0, 0);
  if (code === OP_CALL || code === OP_TAIL_CALL) return effect(ARG_REGS, BIT_R0 | ARG_REGS);
  if (op === (OP_CALL & OP_MASK)) return effect(ARG_REGS | (1 << dstOf(w0)), BIT_R0 | ARG_REGS);
  if (code === OP_GOTOX) return effect(1 << dstOf(w0), 0);
  if (op === JMP_OP.JA || op === JMP_OP.JCOND) return 0;
  return effect((1 << dstOf(w0)) | (code & SRC.X ? 1 << srcOf(w0) : 0), 0);
}

function stxEffects(w0: number, imm: number): number {
  const code = codeOf(w0);
  const dst = 1 << dstOf(w0);
  const src = 1 << srcOf(w0);
  const isWide = (code & SIZE_MASK) === SIZE.DW;
  const wideSrc = isWide ? src : 0;
  if ((code & MODE_MASK) !== MODE.ATOMIC) return effect(dst | wideSrc, 0);
  if (imm === ATOMIC.LOAD_ACQ) return effect(src, dst);
  if (imm === ATOMIC.CMPXCHG) return effect(dst | wideSrc | (isWide ? BIT_R0 : 0), BIT_R0);
  return effect(dst | wideSrc, imm & ATOMIC.FETCH ? src : 0);
}

/** Effects of the insn with these words; the second slot of an ld_imm64 has none. */
export function effectsOf(w0: number, imm: number): number {
  const code = codeOf(w0);
  switch (code & CLASS_MASK) {
    case CLASS.LD: {
      const mode = code & MODE_MASK;
      if (mode === MODE.IMM) return code === 0 ? 0 : effect(0, 1 << dstOf(w0));
      if (mode === MODE.ABS) return effect(BIT_R6, BIT_R0 | ARG_REGS);
      return mode === MODE.IND ? effect(BIT_R6 | (1 << srcOf(w0)), BIT_R0 | ARG_REGS) : 0;
    }
    case CLASS.LDX:
      return effect(1 << srcOf(w0), 1 << dstOf(w0));
    case CLASS.ST:
      return effect(1 << dstOf(w0), 0);
    case CLASS.STX:
      return stxEffects(w0, imm);
    case CLASS.JMP:
      return jmpEffects(w0);
    case CLASS.JMP32:
      return 0;
    default:
      return aluEffects(w0, imm, (code & CLASS_MASK) !== CLASS.ALU);
  }
}

/**
 * Register that gets a 32-bit value whose upper half somebody must clear, or -1. Sign-extending loads fill all 64
 * bits; byte swaps to 16 and 32 bits do not, whatever their class.
 */
export function def32Of(w0: number, imm: number): number {
  const code = codeOf(w0);
  switch (code & CLASS_MASK) {
    case CLASS.LD:
      return (code & MODE_MASK) === MODE.ABS || (code & MODE_MASK) === MODE.IND ? 0 : -1;
    case CLASS.LDX:
      return (code & SIZE_MASK) === SIZE.DW || (code & MODE_MASK) === MODE.MEMSX ? -1 : dstOf(w0);
    case CLASS.STX:
      if ((code & MODE_MASK) !== MODE.ATOMIC || (code & SIZE_MASK) === SIZE.DW) return -1;
      if (imm === ATOMIC.LOAD_ACQ) return dstOf(w0);
      if (imm === ATOMIC.CMPXCHG) return 0;
      return imm & ATOMIC.FETCH ? srcOf(w0) : -1;
    case CLASS.ALU:
      return (code & OP_MASK) === ALU_OP.END && imm === 64 ? -1 : dstOf(w0);
    case CLASS.JMP:
    case CLASS.JMP32:
    case CLASS.ST:
      return -1;
    default: // ALU64
      return (code & OP_MASK) === ALU_OP.END && (imm === 16 || imm === 32) ? dstOf(w0) : -1;
  }
}

/** Registers read, of whatever width: those of `effectsOf`, and the ones of which it only wants the lower half. */
export function readsOf(w0: number, imm: number): number {
  const code = codeOf(w0);
  const dst = 1 << dstOf(w0);
  const src = 1 << srcOf(w0);
  const op = code & OP_MASK;
  const wide = reads64Of(effectsOf(w0, imm));
  switch (code & CLASS_MASK) {
    case CLASS.STX:
      if ((code & MODE_MASK) !== MODE.ATOMIC) return wide | src;
      if (imm === ATOMIC.LOAD_ACQ) return wide;
      return wide | src | (imm === ATOMIC.CMPXCHG ? BIT_R0 : 0);
    case CLASS.JMP32:
      return op === JMP_OP.JA ? 0 : dst | (code & SRC.X ? src : 0);
    case CLASS.ALU:
    case CLASS.ALU64: {
      if (op === ALU_OP.END) return dst;
      const second = op !== ALU_OP.NEG && code & SRC.X ? src : 0;
      return op === ALU_OP.MOV ? second : dst | second;
    }
    default:
      return wide;
  }
}

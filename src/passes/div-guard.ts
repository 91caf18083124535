/**
 * The division guard: x / 0 is 0 and x % 0 is x in BPF, whatever the machine thinks of it, so a division by a
 * register gets a test in front. Every jump stays inside the patch or goes to the insn behind it.
 *
 *   div   if s != 0 goto +2      mod 64   if s == 0 goto +1     mod 32   if s == 0 goto +2
 *         w d ^= d                        d %= s                         w d %= s
 *         goto +1                                                        goto +1
 *         d /= s                                                         w d = d
 *
 * Signed division (off = 1) must also step around MIN / -1, which overflows; ax + 1 is 0 or 1 just for -1 and 0:
 *
 *   sdiv  ax = s                 smod 64  ax = s                smod 32  ax = s
 *         ax += 1                         ax += 1                        w ax += 1
 *         if ax > 1 goto +4               if ax > 1 goto +3              if w ax > 1 goto +3
 *         if ax == 0 goto +1              if ax == 1 goto +3             if w ax == 1 goto +4
 *         d = 0                           w d = 0                        w d = 0
 *         d = -d                          goto +1                        goto +1
 *         goto +1                         d s%= s                        w d s%= s
 *         d s/= s                                                        goto +1
 *                                                                        w d = d
 * A signed division by the constant -1 becomes `d = -d`, the remainder `w d = 0`.
 * Sequences as do_misc_fixups(), Linux 6.18 (kernel/bpf/verifier.c) writes them.
 */

import { ALU_OP, CLASS, CLASS_MASK, JMP_OP, OP_MASK, SRC } from '../isa/code-parts.ts';
import { codeOf, dstOf, offOf, srcOf } from '../isa/insn.ts';
import { SIGNED } from '../isa/marks.ts';
import { secondSlots } from '../isa/pairs.ts';
import { REG_AX } from '../isa/registers.ts';
import { type EditBuilder, editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Pass } from './pass.ts';
import {
  putAlu32K,
  putAluK,
  putGoto,
  putIf32K,
  putIfK,
  putMov32K,
  putMovX,
  putTruncate,
  putZero,
} from './put.ts';

function guardUnsigned(edits: EditBuilder, w0: number, imm: number, wide: boolean): void {
  const dst = dstOf(w0);
  const putIf = wide ? putIfK : putIf32K;
  if ((codeOf(w0) & OP_MASK) === ALU_OP.DIV) {
    putIf(edits, JMP_OP.JNE, srcOf(w0), 0, 2);
    putZero(edits, dst);
    putGoto(edits, 1);
    edits.put(w0, imm);
    return;
  }
  putIf(edits, JMP_OP.JEQ, srcOf(w0), 0, wide ? 1 : 2);
  edits.put(w0, imm);
  if (wide) return;
  // Nothing is divided, but a 32-bit result must have a clear upper half.
  putGoto(edits, 1);
  putTruncate(edits, dst);
}

function guardSigned(edits: EditBuilder, w0: number, imm: number, wide: boolean): void {
  const dst = dstOf(w0);
  const putIf = wide ? putIfK : putIf32K;
  const putAlu = wide ? putAluK : putAlu32K;
  const isDiv = (codeOf(w0) & OP_MASK) === ALU_OP.DIV;
  putMovX(edits, REG_AX, srcOf(w0));
  putAlu(edits, ALU_OP.ADD, REG_AX, 1);
  if (isDiv) {
    putIf(edits, JMP_OP.JGT, REG_AX, 1, 4);
    putIf(edits, JMP_OP.JEQ, REG_AX, 0, 1);
    putAlu(edits, ALU_OP.MOV, dst, 0);
    putAlu(edits, ALU_OP.NEG, dst, 0);
    putGoto(edits, 1);
    edits.put(w0, imm);
    return;
  }
  putIf(edits, JMP_OP.JGT, REG_AX, 1, 3);
  putIf(edits, JMP_OP.JEQ, REG_AX, 1, wide ? 3 : 4);
  putMov32K(edits, dst, 0);
  putGoto(edits, 1);
  edits.put(w0, imm);
  if (wide) return;
  // Nothing is divided, but a 32-bit result must have a clear upper half.
  putGoto(edits, 1);
  putTruncate(edits, dst);
}

/** Signed division or remainder by the constant -1. */
function withoutDivision(edits: EditBuilder, w0: number, wide: boolean): void {
  const isDiv = (codeOf(w0) & OP_MASK) === ALU_OP.DIV;
  if (isDiv) (wide ? putAluK : putAlu32K)(edits, ALU_OP.NEG, dstOf(w0), 0);
  else putMov32K(edits, dstOf(w0), 0);
}

/** Puts what guards the division or remainder at slot `at`, or says that it needs no guard. */
export function guardDivision(
  edits: EditBuilder,
  at: number,
  w0: number,
  imm: number,
  knowsSigned: boolean,
): boolean {
  const wide = (codeOf(w0) & CLASS_MASK) === CLASS.ALU64;
  const isSigned = knowsSigned && offOf(w0) === SIGNED;
  if ((codeOf(w0) & SRC.X) === 0) {
    if (!isSigned || imm !== -1) return false;
    edits.replace(at);
    withoutDivision(edits, w0, wide);
  } else {
    edits.replace(at);
    (isSigned ? guardSigned : guardUnsigned)(edits, w0, imm, wide);
  }
  return true;
}

const isDivision = (code: number): boolean =>
  ((code & CLASS_MASK) === CLASS.ALU64 || (code & CLASS_MASK) === CLASS.ALU) &&
  ((code & OP_MASK) === ALU_OP.DIV || (code & OP_MASK) === ALU_OP.MOD);

function run(program: Program): EditList {
  const { insns } = program;
  const n = slotCnt(program);
  const second = secondSlots(insns);
  const edits = editBuilder(program);
  for (let i = 0; i < n; i++) {
    const w0 = insns[2 * i];
    if (second[i] === 1 || !isDivision(codeOf(w0))) continue;
    guardDivision(edits, i, w0, insns[2 * i + 1], true);
  }
  return edits.finish();
}

export const divGuard: Pass = {
  id: 'div_guard',
  label: 'Division guard',
  why: 'Your divisor could be zero, so Linux puts a check before each division: one insn becomes two or more.',
  layer: 'verifier',
  source: 'do_misc_fixups(), Linux 6.18, kernel/bpf/verifier.c',
  needs: 'insns',
  run,
};

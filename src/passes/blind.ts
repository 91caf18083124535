/**
 * Constant blinding: every constant that the program's author chose is put together at run time from two random
 * halves, so that nobody can smuggle machine code into the kernel as operands.
 *
 *   op dst, K   ->   mov ax, R ^ K        ld_imm64 dst, K   ->   high half in four insns, low half in three
 *                    xor ax, R
 *                    op  dst, ax
 *
 * Every insn examined costs one random number R, rewritten or not. Insns that use r11 (ax) stay as they are: only
 * the kernel writes those. Rules: bpf_jit_blind_constants() and bpf_jit_blind_insn(), Linux 6.18, kernel/bpf/core.c.
 */

import { ALU_OP, CLASS, CLASS_MASK, JMP_OP, MODE, SIZE, SRC } from '../isa/code-parts.ts';
import { OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, dstOf, offOf, srcOf, word0 } from '../isa/insn.ts';
import { PSEUDO_FUNC } from '../isa/pseudo.ts';
import { REG_AX } from '../isa/registers.ts';
import { type EditBuilder, editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Pass, PassContext } from './pass.ts';
import { putAlu32K, putAluK, putAluX, putMovX, putZext } from './put.ts';

/** How an opcode is blinded. */
const HOW = { NOT: 0, ZERO: 1, ALU: 2, JMP: 3, STORE: 4, HIGH: 5, LOW: 6 } as const;

const BLINDED_ALU = ['ADD', 'SUB', 'AND', 'OR', 'XOR', 'MUL', 'MOV', 'DIV', 'MOD'] as const;
const BLINDED_JMP = [
  'JEQ',
  'JNE',
  'JGT',
  'JLT',
  'JGE',
  'JLE',
  'JSGT',
  'JSLT',
  'JSGE',
  'JSLE',
  'JSET',
] as const;

const howByCode = new Uint8Array(256);
for (const cls of [CLASS.ALU, CLASS.ALU64])
  for (const op of BLINDED_ALU) howByCode[cls | SRC.K | ALU_OP[op]] = HOW.ALU;
for (const cls of [CLASS.JMP, CLASS.JMP32])
  for (const op of BLINDED_JMP) howByCode[cls | SRC.K | JMP_OP[op]] = HOW.JMP;
for (const size of Object.values(SIZE))
  for (const mode of [MODE.MEM, MODE.PROBE_MEM32]) howByCode[CLASS.ST | mode | size] = HOW.STORE;
howByCode[OP_LD_IMM64] = HOW.HIGH;
// The second slot of an ld_imm64 has no opcode.
howByCode[0] = HOW.LOW;

const isWide = (code: number): boolean =>
  (code & CLASS_MASK) !== CLASS.ALU && (code & CLASS_MASK) !== CLASS.JMP32;

/** Into ax: in the insn's own width for ALU and JMP32, else in 64 bits. */
function putHalves(edits: EditBuilder, wide: boolean, value: number, random: number): void {
  const putAlu = wide ? putAluK : putAlu32K;
  putAlu(edits, ALU_OP.MOV, REG_AX, random ^ value);
  putAlu(edits, ALU_OP.XOR, REG_AX, random);
}

/**
 * The rewritten jump stands in the last of three slots, so a backward distance grows by two; the exit says where
 * it goes whatever the field can hold, so a distance that no longer fits is refused instead of wrapped. (A kernel
 * has only the field; the algorithms that behave like one let it wrap.)
 */
function blindJump(edits: EditBuilder, at: number, w0: number, imm: number, random: number, n: number): void {
  const off = offOf(w0);
  putHalves(edits, isWide(codeOf(w0)), imm, random);
  const target = at + 1 + off;
  const isInside = target >= 0 && target <= n;
  // What is named needs no distance: the insn's own one stays, for who asks how far it was.
  const written = isInside || off >= 0 ? off : off - 2;
  edits.put(word0(codeOf(w0) | SRC.X, dstOf(w0), REG_AX, written), 0);
  if (isInside) edits.exit(2, target);
}

/** A mov of 0 becomes an xor with itself: nothing to hide. */
const isMovK = (code: number): boolean =>
  code === (CLASS.ALU | SRC.K | ALU_OP.MOV) || code === (CLASS.ALU64 | SRC.K | ALU_OP.MOV);

/**
 * The constant of an ld_imm64 pair, kept for its second slot. As in the kernel, a pair is what two neighbours look
 * like, not what a walk from the first insn finds (isa/pairs.ts): any insn without an opcode counts as a low half.
 */
interface Pair {
  dst: number;
  low: number;
  high: number;
}

/** Replace the insn at `at`, which is to be blinded in the way `how`. */
function blindInsn(
  edits: EditBuilder,
  program: Program,
  at: number,
  how: number,
  random: number,
  pair: Pair,
  { rules, verifierZext }: Pick<PassContext, 'rules' | 'verifierZext'>,
): void {
  const w0 = program.insns[2 * at];
  const imm = program.insns[2 * at + 1];
  const code = codeOf(w0);
  edits.replace(at);
  switch (how) {
    case HOW.ZERO:
      putAluX(edits, ALU_OP.XOR, dstOf(w0), dstOf(w0));
      return;
    case HOW.ALU:
      putHalves(edits, isWide(code), imm, random);
      edits.put(word0(code | SRC.X, dstOf(w0), REG_AX, rules.blindDropsOff ? 0 : offOf(w0)), 0);
      return;
    case HOW.JMP:
      blindJump(edits, at, w0, imm, random, slotCnt(program));
      return;
    case HOW.STORE:
      putHalves(edits, true, imm, random);
      edits.put(word0((code & ~CLASS_MASK) | CLASS.STX, dstOf(w0), REG_AX, offOf(w0)), 0);
      return;
    case HOW.HIGH:
      putHalves(edits, true, pair.high, random);
      putAluK(edits, ALU_OP.LSH, REG_AX, 32);
      putMovX(edits, pair.dst, REG_AX);
      return;
    default: // HOW.LOW
      putHalves(edits, false, pair.low, random);
      if (verifierZext && rules.blindMarksZext) putZext(edits, REG_AX);
      putAluX(edits, ALU_OP.OR, pair.dst, REG_AX);
  }
}

function run(program: Program, ctx: PassContext): EditList {
  const { insns } = program;
  const n = slotCnt(program);
  const edits = editBuilder(program);
  const pair: Pair = { dst: 0, low: 0, high: 0 };
  for (let i = 0; i < n; i++) {
    const w0 = insns[2 * i];
    if (codeOf(w0) === OP_LD_IMM64) {
      if (ctx.rules.blindSparesFuncs && srcOf(w0) === PSEUDO_FUNC) {
        i++; // an address that linking fixes, no constant of the author's
        continue;
      }
      if (i + 1 < n && codeOf(insns[2 * i + 2]) === 0) {
        pair.dst = dstOf(w0);
        pair.low = insns[2 * i + 1];
        pair.high = insns[2 * i + 3];
      }
    }
    const random = ctx.rnd() | 0;
    const isZero = insns[2 * i + 1] === 0 && isMovK(codeOf(w0));
    const how = isZero ? HOW.ZERO : howByCode[codeOf(w0)];
    if (how === HOW.NOT || dstOf(w0) === REG_AX || srcOf(w0) === REG_AX) continue;
    blindInsn(edits, program, i, how, random, pair, ctx);
  }
  return edits.finish();
}

export const blind: Pass = {
  id: 'blind',
  label: 'Constant blinding',
  why: 'With bpf_jit_harden set, the kernel hides every constant you wrote behind random numbers before it compiles the program, so that no constant can serve as machine code.',
  layer: 'core',
  source: 'bpf_jit_blind_constants(), Linux 6.18, kernel/bpf/core.c',
  needs: 'distances',
  run,
};

/** What each operand of a template writes, in the kernel's words or LLVM's: one line an operand. */
import { codeOf, dstOf, offOf, srcOf } from '../isa/insn.ts';
import type { OperandName } from '../isa/operands.ts';
import { calledSymbol } from '../kernel/functions.ts';
import { FUNCTIONS_6_18_X86_64 } from '../kernel/functions-6.18-x86-64.ts';
import { HELPERS } from '../kernel/helpers.ts';
import { type Writer, writeByte, writeDec, writeHex, writeHex64, writeText } from './writer.ts';

/** Whose words, and how LLVM's are told to write numbers. */
export const PRINT_MODE = { KERNEL: 0, LLVM_HEX: 1, LLVM_DEC: 2 } as const;
export type PrintMode = (typeof PRINT_MODE)[keyof typeof PRINT_MODE];

/** Words of the insn, imm of the next slot; `target` names where the insn leads, in place of its distance. */
export type WriteOperand = (
  out: Writer,
  w0: number,
  imm: number,
  nextImm: number,
  target: string | undefined,
) => void;
type WriteNumber = (out: Writer, value: number) => void;

const [HASH, PLUS, MINUS, SPACE, R, W, ZERO] = [...'#+- rw0'].map((c) => c.charCodeAt(0));

function writeSignedHex(out: Writer, value: number): void {
  if (value < 0) writeByte(out, MINUS);
  writeHex(out, Math.abs(value));
}

/** With a sign in any case. */
const signed =
  (write: WriteNumber): WriteNumber =>
  (out, value) => {
    if (value >= 0) writeByte(out, PLUS);
    write(out, value);
  };
const signedDec = signed(writeDec);

function writeReg(out: Writer, letter: number, reg: number): void {
  writeByte(out, letter);
  writeDec(out, reg);
}

/** A helper by its id, or a function of the kernel that a rewritten program calls. */
const calleeName = (imm: number): string | undefined =>
  HELPERS[imm] ?? calledSymbol(FUNCTIONS_6_18_X86_64, imm);

function writeHelper(out: Writer, w0: number, imm: number): void {
  writeText(out, (srcOf(w0) === 0 && calleeName(imm)) || 'unknown');
  writeByte(out, HASH);
  writeDec(out, imm);
}

function writeDec64(out: Writer, hi: number, lo: number): void {
  if (hi === 0) writeDec(out, lo >>> 0);
  else writeText(out, `${(BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0)}`);
}

/** The target's name where it has one. */
const named =
  (write: WriteOperand): WriteOperand =>
  (out, w0, imm, nextImm, target) => {
    if (target === undefined) write(out, w0, imm, nextImm, target);
    else writeText(out, target);
  };

/** Operands as one dialect writes them. */
export function operandWriters(mode: PrintMode): Readonly<Record<OperandName, WriteOperand>> {
  const isKernel = mode === PRINT_MODE.KERNEL;
  const number = mode === PRINT_MODE.LLVM_HEX ? writeSignedHex : writeDec;
  const withSign = signed(number);
  const writeImm64 = mode === PRINT_MODE.LLVM_DEC ? writeDec64 : writeHex64;
  const imm: WriteOperand = (out, _, imm) => number(out, imm);
  /** `pc+3` for the kernel, `+0x3` for LLVM. */
  const distance: WriteNumber = isKernel
    ? (out, value) => {
        writeText(out, 'pc');
        signedDec(out, value);
      }
    : withSign;
  return {
    d: (out, w0) => writeReg(out, R, dstOf(w0)),
    wd: (out, w0) => writeReg(out, W, dstOf(w0)),
    s: (out, w0) => writeReg(out, R, srcOf(w0)),
    ws: (out, w0) => writeReg(out, W, srcOf(w0)),
    r0: (out) => writeReg(out, R, 0),
    w0: (out) => writeReg(out, W, 0),
    imm,
    cmp: isKernel ? (out, _, imm) => writeHex(out, imm) : imm,
    skb: imm,
    btf: (out, _, imm) => writeDec(out, imm),
    ind: (out, _, imm) => {
      writeText(out, '+ ');
      writeDec(out, imm);
    },
    plusimm: named((out, _, imm) => signedDec(out, imm)),
    plus2: (out, _w0, _imm, nextImm) => signedDec(out, nextImm),
    off: isKernel
      ? (out, w0) => signedDec(out, offOf(w0))
      : (out, w0) => {
          // LLVM has a blank between the sign and the number.
          const off = offOf(w0);
          writeByte(out, off < 0 ? MINUS : PLUS);
          writeByte(out, SPACE);
          number(out, Math.abs(off));
        },
    imm64: (out, _, imm, nextImm) => writeImm64(out, nextImm, imm),
    immlow: imm,
    ashi: (out, _, imm) => number(out, imm >>> 16),
    aslo: (out, _, imm) => number(out, imm & 0xffff),
    srcnum: (out, w0) => number(out, srcOf(w0)),
    zero: (out) => writeByte(out, ZERO),
    pc: named((out, w0) => distance(out, offOf(w0))),
    pcl: named((out, _, imm) => distance(out, imm)),
    sym: named((out, _, imm) => writeDec(out, imm)),
    pccall: named((out, _, imm) => {
      writeText(out, 'pc');
      signedDec(out, imm);
    }),
    helper: (out, w0, imm) => writeHelper(out, w0, imm),
    callee: named(imm),
    code: (out, w0) => writeHex(out, codeOf(w0), 2),
    rawoff: (out, w0) => writeDec(out, offOf(w0)),
    word: (out, w0, imm) => writeHex64(out, imm, w0),
  };
}

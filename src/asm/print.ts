/** One insn → its text, in the kernel's words or LLVM's, from the templates of the table. */

import { fieldsShown, formAt, isFaithful } from '../isa/decode.ts';
import { OP_CALL, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, dstOf, offOf, srcOf, word0 } from '../isa/insn.ts';
import { type OperandName, type Piece, piecesOf } from '../isa/operands.ts';
import { PSEUDO_KFUNC } from '../isa/pseudo.ts';
import { FORMS } from '../isa/table.ts';
import { calledSymbol } from '../kernel/functions.ts';
import { FUNCTIONS_6_18_X86_64 } from '../kernel/functions-6.18-x86-64.ts';
import { HELPERS } from '../kernel/helpers.ts';
import type { KfuncNames } from '../program/program.ts';

export type PrintDialect = 'kernel' | 'llvm';

export interface PrintOptions {
  readonly dialect: PrintDialect;
  /** How LLVM's text writes immediates; the kernel's has its own rules. */
  readonly immBase?: 'hex' | 'dec';
  /** Print what reads back as the same bytes, even where the dialect itself would lose some. */
  readonly exact?: boolean;
  /** Text of a jump's or a call's target in place of the distance. */
  readonly target?: string | undefined;
  /** Names of kernel functions by BTF id. */
  readonly kfuncs?: KfuncNames;
}

interface Printable {
  readonly pieces: readonly Piece[];
  readonly shown: number;
}
const printable = (template: string): Printable => ({
  pieces: piecesOf(template),
  shown: fieldsShown(template),
});

interface Texts {
  readonly kernel: Printable;
  readonly llvm: Printable;
  readonly exactKernel: Printable;
  readonly exactLlvm: Printable;
}
const TEXTS: readonly Texts[] = FORMS.map((form) => {
  const exactOr = (text: string): Printable => printable(form.exact ?? text);
  return {
    kernel: printable(form.kernel),
    llvm: printable(form.llvm ?? form.kernel),
    exactKernel: exactOr(form.kernel),
    exactLlvm: exactOr(form.llvm ?? form.kernel),
  };
});

const NAMED: readonly (Printable | undefined)[] = FORMS.map((form) =>
  form.named ? printable(form.named) : undefined,
);

const PRINT_MODE = { KERNEL: 0, LLVM_HEX: 1, LLVM_DEC: 2 } as const;
type PrintMode = (typeof PRINT_MODE)[keyof typeof PRINT_MODE];

const signedHex = (value: number): string =>
  value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
const number = (value: number, mode: PrintMode): string =>
  mode === PRINT_MODE.LLVM_HEX ? signedHex(value) : `${value}`;
const withSign = (value: number, mode: PrintMode): string =>
  value < 0 ? number(value, mode) : `+${number(value, mode)}`;

function imm64Text(imm: number, nextImm: number, mode: PrintMode): string {
  const value = (BigInt(nextImm >>> 0) << 32n) | BigInt(imm >>> 0);
  return mode === PRINT_MODE.LLVM_DEC ? `${value}` : `0x${value.toString(16)}`;
}

/** A helper by its id, or a function of the kernel that a rewritten program calls. */
const calleeName = (imm: number): string | undefined =>
  HELPERS[imm] ?? calledSymbol(FUNCTIONS_6_18_X86_64, imm);

const helperText = (w0: number, imm: number): string =>
  `${(srcOf(w0) === 0 && calleeName(imm)) || 'unknown'}#${imm}`;

/** Distance of a jump: `pc+3` for the kernel, `+0x3` for LLVM, or the name the caller gives. */
const distance = (value: number, mode: PrintMode): string =>
  mode === PRINT_MODE.KERNEL ? `pc${withSign(value, mode)}` : withSign(value, mode);

/** ` + 0x8` of LLVM; the kernel writes `+8`. */
const spacedSign = (value: number, mode: PrintMode): string =>
  mode === PRINT_MODE.KERNEL
    ? withSign(value, mode)
    : value < 0
      ? `- ${number(-value, mode)}`
      : `+ ${number(value, mode)}`;

function operandText(
  name: OperandName,
  w0: number,
  imm: number,
  nextImm: number,
  mode: PrintMode,
  target: string | undefined,
): string {
  switch (name) {
    case 'd':
      return `r${dstOf(w0)}`;
    case 'wd':
      return `w${dstOf(w0)}`;
    case 's':
      return `r${srcOf(w0)}`;
    case 'ws':
      return `w${srcOf(w0)}`;
    case 'r0':
    case 'w0':
      return name;
    case 'cmp':
      return mode === PRINT_MODE.KERNEL ? `0x${(imm >>> 0).toString(16)}` : number(imm, mode);
    case 'imm':
    case 'skb':
      return number(imm, mode);
    case 'btf':
      return `${imm}`;
    case 'callee':
      return target ?? number(imm, mode);
    case 'ind':
      return `+ ${imm}`;
    case 'plusimm':
      return target ?? withSign(imm, PRINT_MODE.KERNEL);
    case 'plus2':
      return withSign(nextImm, PRINT_MODE.KERNEL);
    case 'off':
      return spacedSign(offOf(w0), mode);
    case 'imm64':
      return imm64Text(imm, nextImm, mode);
    case 'immlow':
      return number(imm, mode);
    case 'ashi':
      return number(imm >>> 16, mode);
    case 'aslo':
      return number(imm & 0xffff, mode);
    case 'srcnum':
      return number(srcOf(w0), mode);
    case 'pc':
      return target ?? distance(offOf(w0), mode);
    case 'pcl':
      return target ?? distance(imm, mode);
    case 'sym':
      return target ?? `${imm}`;
    case 'pccall':
      return target ?? distance(imm, PRINT_MODE.KERNEL);
    case 'helper':
      return helperText(w0, imm);
    case 'zero':
      return '0';
    case 'code':
      return `0x${codeOf(w0).toString(16).padStart(2, '0')}`;
    case 'rawoff':
      return `${offOf(w0)}`;
    case 'word':
      return imm64Text(w0, imm, PRINT_MODE.KERNEL);
  }
}

/** The form that any eight bytes have; it reads back as the same bytes. */
export const RAW_TEMPLATE = '.insn {code}, {d}, {s}, {rawoff}, {imm}';
const RAW = printable(RAW_TEMPLATE);
/** An ld_imm64 whose source needs all 64 bits of its operand. */
const PSEUDO = printable('ld_pseudo {d}, {srcnum}, {imm64}');

function render(
  { pieces }: Printable,
  w0: number,
  imm: number,
  nextImm: number,
  mode: PrintMode,
  target?: string,
): string {
  let out = '';
  for (const piece of pieces) out += piece.text ?? operandText(piece.operand, w0, imm, nextImm, mode, target);
  return out;
}

/** LLVM's `call 300` does not say what is called; helper ids are the only numbers that read back. */
const readsBackAsHelper = (imm: number): boolean => imm >= 0 && imm < HELPERS.length;

/** A call of a kernel function that is no module's. */
const CALL_KFUNC = word0(OP_CALL, 0, PSEUDO_KFUNC, 0);

/** How an insn is printed, worked out once for many insns. */
export interface Style {
  readonly mode: PrintMode;
  readonly exact: boolean;
  readonly kfuncs: KfuncNames;
}

export const styleOf = ({
  dialect,
  immBase,
  exact = false,
  kfuncs = {},
}: Omit<PrintOptions, 'target'>): Style => ({
  mode:
    dialect === 'kernel' ? PRINT_MODE.KERNEL : immBase === 'dec' ? PRINT_MODE.LLVM_DEC : PRINT_MODE.LLVM_HEX,
  exact,
  kfuncs,
});

/** The fields spelt out, whatever the insn is. */
export const rawText = (w0: number, imm: number): string => render(RAW, w0, imm, 0, PRINT_MODE.KERNEL);

export function insnText(style: Style, w0: number, imm: number, nextImm: number, target?: string): string {
  const { mode, exact } = style;
  const kernel = mode === PRINT_MODE.KERNEL;
  const at = formAt(w0, imm);
  if (at < 0) return rawText(w0, imm);
  const kfunc = w0 === CALL_KFUNC ? style.kfuncs[imm] : undefined;
  if (kfunc !== undefined) return `call ${kfunc}#${imm}`;
  const texts = TEXTS[at];
  if (!exact) return render(kernel ? texts.kernel : texts.llvm, w0, imm, nextImm, mode, target);
  const form = FORMS[at];
  const named = target === undefined || nextImm !== 0 ? undefined : NAMED[at];
  if (named && isFaithful(form, named.shown, w0, imm, 0))
    return render(named, w0, imm, nextImm, mode, target);
  const text = kernel ? texts.exactKernel : texts.exactLlvm;
  if (isFaithful(form, text.shown, w0, imm, nextImm)) {
    if (kernel || form.name !== 'call_helper' || readsBackAsHelper(imm))
      return render(text, w0, imm, nextImm, mode, target);
  } else if (form.code === OP_LD_IMM64 && offOf(w0) === 0) {
    return render(PSEUDO, w0, imm, nextImm, mode);
  }
  return rawText(w0, imm);
}

/** The text of one insn; `nextImm` is the second word of the next slot, only an ld_imm64 looks at it. */
export const printInsn = (w0: number, imm: number, nextImm: number, opts: PrintOptions): string =>
  insnText(styleOf(opts), w0, imm, nextImm, opts.target);

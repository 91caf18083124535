/** One insn → its text, in the kernel's words or LLVM's, from the templates of the table. */
import { type Fixed, formAt, isFixed, unsaidBy } from '../isa/decode.ts';
import { OP_CALL, OP_LD_IMM64 } from '../isa/flow.ts';
import { offOf, word0 } from '../isa/insn.ts';
import { piecesOf } from '../isa/operands.ts';
import { PSEUDO_KFUNC } from '../isa/pseudo.ts';
import { FORMS, formNamed } from '../isa/table.ts';
import { HELPERS } from '../kernel/helpers.ts';
import type { KfuncNames } from '../program/program.ts';
import { operandWriters, PRINT_MODE, type PrintMode, type WriteOperand } from './operand-text.ts';
import { makeWriter, takeText, type Writer, writeBytes, writeDec, writeText } from './writer.ts';

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

/** A template cut up for writing: letters, an operand, letters, an operand … */
type Cut = readonly { readonly letters: Uint8Array; readonly write: WriteOperand }[];

const nothing: WriteOperand = () => {};
const asBytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** By mode. */
const WRITERS = Object.values(PRINT_MODE).map(operandWriters);

function cut(template: string, mode: PrintMode): Cut {
  const pieces: { letters: Uint8Array; write: WriteOperand }[] = [];
  let letters = '';
  for (const { text, operand } of piecesOf(template)) {
    letters += text ?? '';
    if (operand === undefined) continue;
    pieces.push({ letters: asBytes(letters), write: WRITERS[mode][operand] });
    letters = '';
  }
  if (letters !== '') pieces.push({ letters: asBytes(letters), write: nothing });
  return pieces;
}

/** How a row is printed, and when nothing is lost by it. `named` is the spelling for a target with a name. */
interface Row {
  readonly plain: Cut;
  readonly exact: Cut;
  readonly exactWhen: Fixed;
  readonly named: Cut | undefined;
  readonly namedWhen: Fixed;
}

/** By mode and number of the row; made when first asked for, as most programs have few rows. */
const ROWS: readonly (Row | undefined)[][] = WRITERS.map(() => FORMS.map(() => undefined));

function makeRow(mode: PrintMode, at: number): Row {
  const form = FORMS[at];
  const own = mode === PRINT_MODE.KERNEL ? form.kernel : (form.llvm ?? form.kernel);
  const exact = form.exact ?? own;
  const row = {
    plain: cut(own, mode),
    exact: cut(exact, mode),
    exactWhen: unsaidBy(form, exact),
    named: form.named === undefined ? undefined : cut(form.named, mode),
    namedWhen: unsaidBy(form, form.named ?? exact),
  };
  ROWS[mode][at] = row;
  return row;
}

/** The form that any eight bytes have; it reads back as the same bytes. */
export const RAW_TEMPLATE = '.insn {code}, {d}, {s}, {rawoff}, {imm}';
const RAW = cut(RAW_TEMPLATE, PRINT_MODE.KERNEL);
/** An ld_imm64 whose source needs all 64 bits of its operand. */
const PSEUDO = WRITERS.map((_, mode) => cut('ld_pseudo {d}, {srcnum}, {imm64}', mode as PrintMode));

/** LLVM's `call 300` does not say what is called; helper ids are the only numbers that read back. */
const readsBackAsHelper = (imm: number): boolean => imm >= 0 && imm < HELPERS.length;
const CALL_HELPER = formNamed('call_helper');

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

function cutOf({ mode, exact }: Style, w0: number, imm: number, nextImm: number, hasTarget: boolean): Cut {
  const at = formAt(w0, imm);
  if (at < 0) return RAW;
  const row = ROWS[mode][at] ?? makeRow(mode, at);
  if (!exact) return row.plain;
  if (hasTarget && nextImm === 0 && row.named && isFixed(row.namedWhen, w0, imm, 0)) return row.named;
  if (isFixed(row.exactWhen, w0, imm, nextImm))
    return mode === PRINT_MODE.KERNEL || at !== CALL_HELPER || readsBackAsHelper(imm) ? row.exact : RAW;
  return FORMS[at].code === OP_LD_IMM64 && offOf(w0) === 0 ? PSEUDO[mode] : RAW;
}

function writeCut(out: Writer, pieces: Cut, w0: number, imm: number, nextImm: number, target?: string): void {
  for (let i = 0; i < pieces.length; i++) {
    writeBytes(out, pieces[i].letters);
    pieces[i].write(out, w0, imm, nextImm, target);
  }
}

/** `nextImm` is the second word of the next slot, only an ld_imm64 looks at it. */
export function writeInsn(
  out: Writer,
  style: Style,
  w0: number,
  imm: number,
  nextImm: number,
  target?: string,
): void {
  const kfunc = w0 === CALL_KFUNC ? style.kfuncs[imm] : undefined;
  if (kfunc === undefined) {
    writeCut(out, cutOf(style, w0, imm, nextImm, target !== undefined), w0, imm, nextImm, target);
    return;
  }
  writeText(out, `call ${kfunc}#`);
  writeDec(out, imm);
}

/** The fields spelt out, whatever the insn is. */
export const writeRaw = (out: Writer, w0: number, imm: number): void => writeCut(out, RAW, w0, imm, 0);

const scratch = makeWriter();

/** `writeInsn` by itself. */
export function insnText(style: Style, w0: number, imm: number, nextImm: number, target?: string): string {
  writeInsn(scratch, style, w0, imm, nextImm, target);
  return takeText(scratch);
}

/** The text of one insn; `nextImm` is the second word of the next slot, only an ld_imm64 looks at it. */
export const printInsn = (w0: number, imm: number, nextImm: number, opts: PrintOptions): string =>
  insnText(styleOf(opts), w0, imm, nextImm, opts.target);

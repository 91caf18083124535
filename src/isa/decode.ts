/** Which row of the table an insn is, and whether a text of that row says everything about it. */
import { OP_LD_IMM64 } from './flow.ts';
import { word0 } from './insn.ts';
import { FIELD, OPERANDS, piecesOf } from './operands.ts';
import { FORMS, type Form } from './table.ts';

/** What an insn has to be: of each word the bits that count, and what they are. */
export interface Fixed {
  readonly mask0: number;
  readonly want0: number;
  readonly maskImm: number;
  readonly wantImm: number;
  /** Of the second word of the next slot; all of them are zero. */
  readonly maskNext: number;
}

const DST = word0(0, -1, 0, 0);
const SRC = word0(0, 0, -1, 0);
const OFF = word0(0, 0, 0, -1);
const IMM = -1;

/** What the row itself says of an insn; of its code nothing, because rows are looked up by it. */
const fixedBy = ({ src, off, imm }: Form): Fixed => ({
  mask0: (src === undefined ? 0 : SRC) | (off === undefined ? 0 : OFF),
  want0: word0(0, 0, src ?? 0, off ?? 0),
  maskImm: imm === undefined ? 0 : IMM,
  wantImm: imm ?? 0,
  maskNext: 0,
});

export const isFixed = (fixed: Fixed, w0: number, imm: number, nextImm: number): boolean =>
  ((w0 ^ fixed.want0) & fixed.mask0) === 0 &&
  ((imm ^ fixed.wantImm) & fixed.maskImm) === 0 &&
  (nextImm & fixed.maskNext) === 0;

const rowsOf: { readonly at: number; readonly fixed: Fixed }[][] = Array.from({ length: 256 }, () => []);
/** Row that an insn is for want of a better one, by code. */
const looseOf = new Int16Array(256).fill(-1);
for (const [at, form] of FORMS.entries()) {
  rowsOf[form.code].push({ at, fixed: fixedBy(form) });
  if (form.loose && looseOf[form.code] < 0) looseOf[form.code] = at;
}

/** Row of the insn, -1 when there is none. Junk in fields the kernel does not look at is overlooked. */
export function formAt(w0: number, imm: number): number {
  const rows = rowsOf[w0 & 0xff];
  for (let i = 0; i < rows.length; i++) if (isFixed(rows[i].fixed, w0, imm, 0)) return rows[i].at;
  return looseOf[w0 & 0xff];
}

export const formOf = (w0: number, imm: number): Form | undefined => FORMS[formAt(w0, imm)];

const IMM_BITS = (1 << FIELD.IMM) | (1 << FIELD.IMM64) | (1 << FIELD.ASHI) | (1 << FIELD.ASLO);
const IMM2_BITS = (1 << FIELD.IMM2) | (1 << FIELD.IMM64);

/**
 * What an insn of the row has to be for the template to say everything about it: what the row fixes, and zero in each
 * field that is neither fixed nor shown.
 */
export function unsaidBy(form: Form, template: string): Fixed {
  let shown = 0;
  for (const { operand } of piecesOf(template)) if (operand) shown |= 1 << OPERANDS[operand].field;
  const fixed = fixedBy(form);
  const hides = (fields: number, bits: number): number => ((shown & fields) === 0 ? bits : 0);
  return {
    ...fixed,
    mask0: fixed.mask0 | hides(1 << FIELD.DST, DST) | hides(1 << FIELD.SRC, SRC) | hides(1 << FIELD.OFF, OFF),
    maskImm: fixed.maskImm | hides(IMM_BITS, IMM),
    maskNext: form.code === OP_LD_IMM64 ? hides(IMM2_BITS, IMM) : 0,
  };
}

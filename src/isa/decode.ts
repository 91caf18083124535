/** Which row of the table an insn is, and whether a text of that row says everything about it. */
import { OP_LD_IMM64 } from './flow.ts';
import { codeOf, dstOf, offOf, srcOf } from './insn.ts';
import { FIELD, OPERANDS, piecesOf } from './operands.ts';
import { FORMS, type Form } from './table.ts';

const byCode: number[][] = Array.from({ length: 256 }, () => []);
for (const [at, form] of FORMS.entries()) byCode[form.code].push(at);

const matches = (form: Form, w0: number, imm: number): boolean =>
  (form.src === undefined || form.src === srcOf(w0)) &&
  (form.off === undefined || form.off === offOf(w0)) &&
  (form.imm === undefined || form.imm === imm);

/** Row of the insn, -1 when there is none. Junk in fields the kernel does not look at is overlooked. */
export function formAt(w0: number, imm: number): number {
  const rows = byCode[codeOf(w0)];
  for (const at of rows) if (matches(FORMS[at], w0, imm)) return at;
  for (const at of rows) if (FORMS[at].loose) return at;
  return -1;
}

export const formOf = (w0: number, imm: number): Form | undefined => FORMS[formAt(w0, imm)];

/** Fields that a template shows, as bits by FIELD. */
export function fieldsShown(template: string): number {
  let bits = 0;
  for (const { operand } of piecesOf(template)) if (operand) bits |= 1 << OPERANDS[operand].field;
  return bits;
}

const IMM_BITS = (1 << FIELD.IMM) | (1 << FIELD.IMM64) | (1 << FIELD.ASHI) | (1 << FIELD.ASLO);

/** Whether every field is either shown by the template or fixed by the row (zero where the row is silent). */
export function isFaithful(form: Form, shown: number, w0: number, imm: number, nextImm: number): boolean {
  const has = (field: number): boolean => (shown & (1 << field)) !== 0;
  return (
    (has(FIELD.DST) || dstOf(w0) === 0) &&
    (form.src === undefined ? has(FIELD.SRC) || srcOf(w0) === 0 : srcOf(w0) === form.src) &&
    (form.off === undefined ? has(FIELD.OFF) || offOf(w0) === 0 : offOf(w0) === form.off) &&
    (form.imm === undefined ? (shown & IMM_BITS) !== 0 || imm === 0 : imm === form.imm) &&
    (form.code !== OP_LD_IMM64 || has(FIELD.IMM2) || has(FIELD.IMM64) || nextImm === 0)
  );
}

/**
 * Pointer arithmetic in programs without privileges: what is added to a pointer is masked by the most that may be
 * added, so that a machine that runs ahead on a wrong guess stays in bounds as well. p the pointer, o the offset:
 *
 *   p += o                w ax = limit                p += o, o a constant      w ax = limit
 *   (o is the source)     ax -= o                                               p += ax
 *                         ax |= o
 *                         ax = -ax                    o += p                    as on the left,
 *                         ax s>>= 63                  (o is the destination)    o = p in front of
 *                         ax &= o                                               o += ax
 *                         p += ax
 *
 * An offset below 0 is turned round first (o *= -1), + and - change places, and a source is turned back behind it.
 * alu_state and alu_limit of the insn's record say all of that. As do_misc_fixups(), Linux 6.18, kernel/bpf/verifier.c;
 * before 5.12 limit - 1 was taken, and an offset in the destination was masked in place.
 */

import { ALU_OP, CLASS, OP_MASK, SRC } from '../../isa/code-parts.ts';
import { codeOf, dstOf, srcOf } from '../../isa/insn.ts';
import { REG_AX } from '../../isa/registers.ts';
import { ALU_STATE } from '../../kernel/alu-state.ts';
import type { EditBuilder } from '../../patch/edit-builder.ts';
import { putAluK, putAluX, putMov32K, putMovX, putNeg } from '../put.ts';
import { type Fix, noted, type Site } from './site.ts';

const { SANITIZE_SRC, SANITIZE_DST, NEG_VALUE, NON_POINTER, IMMEDIATE } = ALU_STATE;

export const ALU_LIMIT_CODES: readonly number[] = [ALU_OP.ADD, ALU_OP.SUB].map(
  (op) => CLASS.ALU64 | SRC.X | op,
);

/** ax: all ones where 0 <= o <= limit, else 0. */
function putMask(edits: EditBuilder, limit: number, off: number): void {
  putMov32K(edits, REG_AX, limit);
  putAluX(edits, ALU_OP.SUB, REG_AX, off);
  putAluX(edits, ALU_OP.OR, REG_AX, off);
  putNeg(edits, REG_AX);
  putAluK(edits, ALU_OP.ARSH, REG_AX, 63);
}

const turnRound = (edits: EditBuilder, off: number): void => putAluK(edits, ALU_OP.MUL, off, -1);

/** + for -, and the reverse. */
const opposite = (op: number): number => (op === ALU_OP.ADD ? ALU_OP.SUB : ALU_OP.ADD);

function fixInPlace(site: Site, isSrc: boolean, isNeg: boolean): void {
  const { edits, w0 } = site;
  const [dst, src] = [dstOf(w0), srcOf(w0)];
  const off = isSrc ? src : dst;
  const op = codeOf(w0) & OP_MASK;
  if (isNeg) turnRound(edits, off);
  putMask(edits, noted(site, 'aluLimit') - 1, off);
  putAluX(edits, ALU_OP.AND, isSrc ? REG_AX : off, isSrc ? off : REG_AX);
  putAluX(edits, isNeg ? opposite(op) : op, dst, isSrc ? REG_AX : src);
  if (isSrc && isNeg) turnRound(edits, off);
}

export const fixAluLimit: Fix = (site) => {
  const { edits, at, w0, ctx } = site;
  const state = noted(site, 'aluState');
  if (state === 0 || state === NON_POINTER) return false;
  const isSrc = (state & (SANITIZE_SRC | SANITIZE_DST)) === SANITIZE_SRC;
  const isNeg = (state & NEG_VALUE) !== 0;
  const isConst = (state & IMMEDIATE) !== 0;
  edits.replace(at);
  if (ctx.rules.linux < 512) {
    fixInPlace(site, isSrc, isNeg);
    return true;
  }
  const [dst, src] = [dstOf(w0), srcOf(w0)];
  const off = isSrc ? src : dst;
  const op = codeOf(w0) & OP_MASK;
  if (isConst) putMov32K(edits, REG_AX, noted(site, 'aluLimit'));
  else {
    if (isNeg) turnRound(edits, off);
    putMask(edits, noted(site, 'aluLimit'), off);
    putAluX(edits, ALU_OP.AND, REG_AX, off);
  }
  if (!isSrc) putMovX(edits, dst, src);
  putAluX(edits, isNeg ? opposite(op) : op, dst, REG_AX);
  if (isSrc && isNeg && !isConst) turnRound(edits, off);
  return true;
};

/**
 * Divisions, as the division guard (div-guard.ts) has them; and as they were before 5.11, when the lower half of a
 * divisor was cut out of it for good:
 *
 *   div   [w s = s]           mod   [w s = s]           (the first only in 32 bits)
 *         if s != 0 goto +2         if s == 0 goto +1
 *         w d ^= d                  d %= s
 *         goto +1
 *         d /= s
 *
 * As fixup_bpf_calls(), Linux 5.2, kernel/bpf/verifier.c.
 */

import { ALU_OP, CLASS, CLASS_MASK, JMP_OP, OP_MASK, SRC } from '../../isa/code-parts.ts';
import { codeOf, dstOf, srcOf } from '../../isa/insn.ts';
import { guardDivision } from '../div-guard.ts';
import { putGoto, putIfK, putTruncate, putZero } from '../put.ts';
import { type Fix, putSelf, type Site } from './site.ts';

export const DIVISION_CODES: readonly number[] = [CLASS.ALU, CLASS.ALU64].flatMap((cls) =>
  [ALU_OP.DIV, ALU_OP.MOD].flatMap((op) => [cls | op | SRC.K, cls | op | SRC.X]),
);

/**
 * Version that steps around MIN / -1. From 6.6 on, which brought signed division, a signed one was guarded as any other.
 */
const SIGNED_SINCE = 612;

function guardTruncated(site: Site): boolean {
  const { edits, at, w0 } = site;
  const code = codeOf(w0);
  if ((code & SRC.X) === 0) return false;
  edits.replace(at);
  if ((code & CLASS_MASK) === CLASS.ALU) putTruncate(edits, srcOf(w0));
  if ((code & OP_MASK) === ALU_OP.DIV) {
    putIfK(edits, JMP_OP.JNE, srcOf(w0), 0, 2);
    putZero(edits, dstOf(w0));
    putGoto(edits, 1);
  } else putIfK(edits, JMP_OP.JEQ, srcOf(w0), 0, 1);
  putSelf(site);
  return true;
}

export const fixDivision: Fix = (site) => {
  const { edits, at, w0, imm, ctx } = site;
  if (ctx.rules.linux < 511) return guardTruncated(site);
  return guardDivision(edits, at, w0, imm, ctx.rules.linux >= SIGNED_SINCE);
};

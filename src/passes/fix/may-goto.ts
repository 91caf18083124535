/**
 * may_goto leaves a loop that has run for too long. It counts down in a hidden slot at the end of the stack; when the
 * count comes to 0, a function looks at the clock: it gives a new count, or 0 when a quarter of a second is over, and
 * then the next may_goto jumps. It takes the slot's place and gives the count in ax. Beside the count stands the time.
 *
 *   may_goto T   ->   ax = u64[fp - x]                     at the entry of the function:
 *                     if ax == 0 goto T                    u64[fp - x] = 0xffff
 *                     ax -= 1                              u64[fp - x + 8] = 0
 *                     if ax != 0 goto +2
 *                     ax = -x
 *                     call arch_bpf_timed_may_goto
 *                     u64[fp - x] = ax
 *
 * A kernel without that function, as all before 6.15, counts down from 8 Mi once, without the three insns in the middle.
 * As do_misc_fixups(), Linux 6.18, kernel/bpf/verifier.c.
 */

import { ALU_OP, CLASS, JMP_OP, SIZE, SRC } from '../../isa/code-parts.ts';
import { offOf, srcOf } from '../../isa/insn.ts';
import { MAY_GOTO } from '../../isa/marks.ts';
import { FP, REG_AX } from '../../isa/registers.ts';
import { MAX_LOOPS, MAX_TIMED_LOOPS } from '../../kernel/limits.ts';
import { slotCnt } from '../../program/program.ts';
import type { PassContext } from '../pass.ts';
import { putAluK, putCallTo, putIfK, putLoad, putMovK, putStore, putStoreK } from '../put.ts';
import type { Fix, Site } from './site.ts';
import { stackInUse } from './stack.ts';

export const MAY_GOTO_CODE = CLASS.JMP | SRC.K | JMP_OP.JCOND;

const CLOCK = 'arch_bpf_timed_may_goto';

const isTimed = ({ rules, kernel }: Pick<PassContext, 'rules' | 'kernel'>): boolean =>
  rules.linux >= 615 && Object.hasOwn(kernel.functions.calls, CLOCK);

/** Where the count stands, below what the function uses. */
const countAt = (depth: number, timed: boolean): number => -depth - (timed ? 16 : 8);

function depthAt({ program, ctx, subprog, mayGotoDepths }: Site): number {
  const known = mayGotoDepths.get(subprog);
  if (known !== undefined) return known;
  const depth = stackInUse(program, ctx, subprog);
  mayGotoDepths.set(subprog, depth);
  return depth;
}

export const fixMayGoto: Fix = (site) => {
  const { program, ctx, edits, at, w0 } = site;
  const target = at + 1 + offOf(w0);
  if (srcOf(w0) !== MAY_GOTO || target < 0 || target > slotCnt(program)) return false;
  const timed = isTimed(ctx);
  const count = countAt(depthAt(site), timed);
  edits.replace(at);
  putLoad(edits, SIZE.DW, REG_AX, FP, count);
  putIfK(edits, JMP_OP.JEQ, REG_AX, 0, 0);
  putAluK(edits, ALU_OP.SUB, REG_AX, 1);
  if (timed) {
    putIfK(edits, JMP_OP.JNE, REG_AX, 0, 2);
    putMovK(edits, REG_AX, count);
    putCallTo(edits, ctx.kernel.functions, CLOCK);
  }
  putStore(edits, SIZE.DW, FP, REG_AX, count);
  edits.exit(1, target);
  return true;
};

/** At the entries of functions with a may_goto. */
export function setUpCounts({ program, ctx, edits, mayGotoDepths }: Site): void {
  const timed = isTimed(ctx);
  for (const [subprog, depth] of mayGotoDepths) {
    const count = countAt(depth, timed);
    edits.prepend(program.subprogs.start[subprog]);
    putStoreK(edits, SIZE.DW, FP, count, timed ? MAX_TIMED_LOOPS : MAX_LOOPS);
    if (timed) putStoreK(edits, SIZE.DW, FP, count + 8, 0);
  }
}

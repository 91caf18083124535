/**
 * A call of bpf_loop() whose callback is always the same becomes the loop itself: 19 insns that call the callback.
 * r6 (how often), r7 (so far) and r8 (the callback's context) wait in three new slots at the end of the stack.
 *
 *    if r1 <= 8 Mi goto +2          if r7 >= r6 goto +5   <-
 *    w0 = -E2BIG                    r1 = r7                 |
 *    goto +16  (behind it)          r2 = r8                 |
 *    u64[fp - x] = r6               call CALLBACK           |
 *    u64[fp - x + 8] = r7           r7 += 1                 |
 *    u64[fp - x + 16] = r8          if r0 == 0 goto -6  -----
 *    r6 = r1                        r0 = r7
 *    w7 = 0                         r6, r7, r8 = what they were
 *    r8 = r3
 *
 * The verifier's note says whether that may be done: flags 0, one callback (`call_arg`). Loops of one function share the
 * slots. As optimize_bpf_loop() and inline_bpf_loop(), Linux 6.18, kernel/bpf/verifier.c; since 6.0.
 */

import { ERRNO } from '../base/errno.ts';
import { ALU_OP, JMP_OP, SIZE } from '../isa/code-parts.ts';
import { OP_CALL } from '../isa/flow.ts';
import { codeOf, srcOf, word0 } from '../isa/insn.ts';
import { PSEUDO_CALL } from '../isa/pseudo.ts';
import { FP, R0, R1, R2, R3 } from '../isa/registers.ts';
import { HELPER } from '../kernel/helper-types.ts';
import { MAX_LOOPS } from '../kernel/limits.ts';
import { type EditBuilder, editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { noted } from './fix/site.ts';
import { stackInUse } from './fix/stack.ts';
import type { Pass, PassContext } from './pass.ts';
import { putAluK, putGoto, putIfK, putIfX, putLoad, putMov32K, putMovX, putStore } from './put.ts';

/** How often, how often so far, and what the callback is given; in the order of their slots. */
const MAX = 6;
const CNT = 7;
const CTX = 8;
const SAVED = [MAX, CNT, CTX] as const;
const SLOT_BYTES = 8;

/** Slot of the patch in which the callback is called. */
const CALL_SLOT = 12;

function putLoop(edits: EditBuilder, at: number, saved: number, callback: number): void {
  edits.replace(at);
  putIfK(edits, JMP_OP.JLE, R1, MAX_LOOPS, 2);
  putMov32K(edits, R0, -ERRNO.E2BIG);
  putGoto(edits, 16);
  for (const [k, reg] of SAVED.entries()) putStore(edits, SIZE.DW, FP, reg, saved + k * SLOT_BYTES);
  putMovX(edits, MAX, R1);
  putMov32K(edits, CNT, 0);
  putMovX(edits, CTX, R3);
  putIfX(edits, JMP_OP.JGE, CNT, MAX, 5);
  putMovX(edits, R1, CNT);
  putMovX(edits, R2, CTX);
  edits.put(word0(OP_CALL, 0, PSEUDO_CALL, 0), 0);
  putAluK(edits, ALU_OP.ADD, CNT, 1);
  putIfK(edits, JMP_OP.JEQ, R0, 0, -6);
  putMovX(edits, R0, CNT);
  for (const [k, reg] of SAVED.entries()) putLoad(edits, SIZE.DW, reg, FP, saved + k * SLOT_BYTES);
  edits.exit(CALL_SLOT, callback);
}

const isLoopCall = (w0: number, imm: number): boolean =>
  codeOf(w0) === OP_CALL && srcOf(w0) === 0 && imm === HELPER.LOOP;

function run(program: Program, ctx: PassContext): EditList {
  const { insns, subprogs } = program;
  const n = slotCnt(program);
  const edits = editBuilder(program);
  let subprog = 0;
  let depthOf = -1;
  let depth = 0;
  for (let at = 0; at < n && ctx.rules.linux >= 600; at++) {
    if (at === subprogs.start[subprog + 1]) subprog++;
    if (!isLoopCall(insns[2 * at], insns[2 * at + 1])) continue;
    // Subprograms are told by what they were when the verifier looked.
    const callback = subprogs.ident.indexOf(noted({ program, at }, 'callArg') - 1);
    if (callback < 0) continue;
    if (depthOf !== subprog) depth = stackInUse(program, ctx, subprog);
    depthOf = subprog;
    putLoop(edits, at, -depth - SAVED.length * SLOT_BYTES, subprogs.start[callback]);
  }
  return edits.finish();
}

export const inlineLoop: Pass = {
  id: 'inline_loop',
  label: 'Loops in place',
  why: 'You loop with bpf_loop() and always the same callback, so Linux puts the loop itself into your program: one call becomes 19 insns.',
  layer: 'verifier',
  source: 'optimize_bpf_loop(), Linux 6.18, kernel/bpf/verifier.c',
  needs: 'records',
  run,
};

/**
 * Helpers that are so small that a call costs more than what they do, and helpers that are given an argument more than
 * the program knows of. As do_misc_fixups(), Linux 6.18, kernel/bpf/verifier.c.
 *
 *   jiffies64              get_smp_processor_id          kptr_xchg              get_branch_snapshot
 *   r0 = jiffies ll        r0 = cpu_number               r0 = r2                if r3 != 0 goto +7
 *   r0 = u64[r0]           r0 += this cpu's base         xchg u64[r1], r0       w0 = 0xaaaaaaab
 *                          r0 = u32[r0]                                         r2 *= r0
 *   timer_set_callback     sk_storage_get and its like                          r2 >>= 36        (r2 / 24)
 *   r3 = prog->aux ll      r5 = GFP_ATOMIC                                      call perf_snapshot_branch_stack
 *   call                   call                                                 if r0 == 0 goto +4
 *                                                                               w0 *= 24
 *                                                                               goto +3
 *                                                                               r0 = -EINVAL
 *                                                                               goto +1
 *                                                                               r0 = -ENOENT
 */

import { ERRNO } from '../../base/errno.ts';
import { ATOMIC } from '../../isa/atomic.ts';
import { ALU_OP, CLASS, JMP_OP, MODE, SIZE } from '../../isa/code-parts.ts';
import { word0 } from '../../isa/insn.ts';
import { R0, R1, R2, R3, R5 } from '../../isa/registers.ts';
import { addressOf } from '../../kernel/functions.ts';
import { GFP_ATOMIC, GFP_ATOMIC_OLD, GFP_KERNEL } from '../../kernel/gfp-flags.ts';
import { progTypeNumber } from '../../kernel/prog-types.ts';
import {
  putAddress,
  putAlu32K,
  putAluK,
  putAluX,
  putCallTo,
  putGoto,
  putIfK,
  putLoad,
  putMov32K,
  putMovK,
  putMovX,
  putPerCpu,
} from '../put.ts';
import { type Fix, type KnownFix, putSelf, type Site } from './site.ts';

/** Size of struct perf_branch_entry (linux/perf_event.h). */
const BRANCH_ENTRY = 24;
/** x / 3 is x * (2^33 + 1) / 3 >> 33; three more make it x / 24. */
const THIRD = 0xaaaaaaab | 0;

const SYSCALL = progTypeNumber('syscall');

const jiffies64: Fix = ({ edits, ctx, at }) => {
  edits.replace(at);
  putAddress(edits, ctx.kernel.functions, R0, 'jiffies');
  putLoad(edits, SIZE.DW, R0, R0, 0);
  return true;
};

const smpProcessorId: Fix = ({ edits, ctx, at }) => {
  edits.replace(at);
  putMovK(edits, R0, Number(BigInt.asIntN(32, addressOf(ctx.kernel.functions, 'cpu_number'))));
  putPerCpu(edits, R0);
  putLoad(edits, SIZE.W, R0, R0, 0);
  return true;
};

const kptrXchg: Fix = ({ edits, at }) => {
  edits.replace(at);
  putMovX(edits, R0, R2);
  edits.put(word0(CLASS.STX | MODE.ATOMIC | SIZE.DW, R1, R0, 0), ATOMIC.XCHG);
  return true;
};

const branchSnapshot: Fix = ({ edits, ctx, at }) => {
  edits.replace(at);
  putIfK(edits, JMP_OP.JNE, R3, 0, 7);
  putMov32K(edits, R0, THIRD);
  putAluX(edits, ALU_OP.MUL, R2, R0);
  putAluK(edits, ALU_OP.RSH, R2, 36);
  putCallTo(edits, ctx.kernel.functions, 'perf_snapshot_branch_stack');
  putIfK(edits, JMP_OP.JEQ, R0, 0, 4);
  putAlu32K(edits, ALU_OP.MUL, R0, BRANCH_ENTRY);
  putGoto(edits, 3);
  putMovK(edits, R0, -ERRNO.EINVAL);
  putGoto(edits, 1);
  putMovK(edits, R0, -ERRNO.ENOENT);
  return true;
};

/** The program's own struct bpf_prog_aux, which stands somewhere else at every load. */
const timerSetCallback: Fix = (site) => {
  site.edits.replace(site.at);
  putAddress(site.edits, site.ctx.kernel.functions, R3, 'prog->aux');
  putSelf(site);
  return true;
};

/**
 * Sections of programs that may sleep end so (libbpf); system call programs always may. (Not while they hold an RCU lock,
 * which takes kernel functions that nobody looks at here.)
 */
const maySleep = ({ ctx: { setting } }: Site): boolean =>
  setting.progType === SYSCALL || (setting.attach?.endsWith('.s') ?? false);

const storageGet: Fix = (site) => {
  const atomic = site.ctx.rules.linux < 603 ? GFP_ATOMIC_OLD : GFP_ATOMIC;
  site.edits.replace(site.at);
  putMovK(site.edits, R5, maySleep(site) ? GFP_KERNEL : atomic);
  putSelf(site);
  return true;
};

export const HELPER_FIXES: Readonly<Record<string, KnownFix>> = {
  jiffies64: { since: 506, fix: jiffies64 },
  get_smp_processor_id: { since: 610, fix: smpProcessorId },
  kptr_xchg: { since: 609, fix: kptrXchg },
  get_branch_snapshot: { since: 610, fix: branchSnapshot },
  timer_set_callback: { since: 515, fix: timerSetCallback },
  sk_storage_get: { since: 518, fix: storageGet },
  inode_storage_get: { since: 518, fix: storageGet },
  task_storage_get: { since: 518, fix: storageGet },
  cgrp_storage_get: { since: 602, fix: storageGet },
};

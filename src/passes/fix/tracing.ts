/**
 * Helpers of tracing programs, whose context is an array on the stack of a trampoline: the arguments of the traced
 * function, behind them its result; in front of them their number, and before that the function's address.
 *
 *   get_func_arg            get_func_ret             get_func_arg_cnt    get_func_ip
 *   r0 = u64[r1 - 8]        r0 = u64[r1 - 8]         r0 = u64[r1 - 8]    r0 = u64[r1 - 16]
 *   if w2 >= w0 goto +6     r0 <<= 3
 *   r2 <<= 3                r0 += r1                 get_func_ret of a program that runs before the function:
 *   r2 += r1                r3 = u64[r0]             r0 = -EOPNOTSUPP
 *   r0 = u64[r2]            u64[r2] = r3
 *   u64[r3] = r0            r0 = 0
 *   r0 = 0
 *   goto +1
 *   r0 = -EINVAL
 *
 * As do_misc_fixups(), Linux 6.18, kernel/bpf/verifier.c.
 */

import { ERRNO } from '../../base/errno.ts';
import { ALU_OP, JMP_OP, SIZE } from '../../isa/code-parts.ts';
import { R0, R1, R2, R3 } from '../../isa/registers.ts';
import { progTypeNumber } from '../../kernel/prog-types.ts';
import { putAluK, putAluX, putGoto, putIf32X, putLoad, putMovK, putStore } from '../put.ts';
import type { Fix, KnownFix, Site } from './site.ts';

const TRACING = progTypeNumber('tracing');

/** Attach types by the names that libbpf's sections have. */
const RUNS_AFTER: ReadonlySet<string> = new Set(['fexit', 'fmod_ret']);
const RUNS_BEFORE: ReadonlySet<string> = new Set(['fentry']);

/** The section's word, whether the program may sleep or not. */
const attachOf = ({ ctx: { setting } }: Site): string => setting.attach?.replace(/\.s$/, '') ?? '';

const putArgCnt = ({ edits }: Site): void => putLoad(edits, SIZE.DW, R0, R1, -8);

const funcArg: Fix = (site) => {
  const { edits, at } = site;
  edits.replace(at);
  putArgCnt(site);
  putIf32X(edits, JMP_OP.JGE, R2, R0, 6);
  putAluK(edits, ALU_OP.LSH, R2, 3);
  putAluX(edits, ALU_OP.ADD, R2, R1);
  putLoad(edits, SIZE.DW, R0, R2, 0);
  putStore(edits, SIZE.DW, R3, R0, 0);
  putMovK(edits, R0, 0);
  putGoto(edits, 1);
  putMovK(edits, R0, -ERRNO.EINVAL);
  return true;
};

const funcRet: Fix = (site) => {
  const { edits, at } = site;
  const attach = attachOf(site);
  if (RUNS_BEFORE.has(attach)) {
    edits.replace(at);
    putMovK(edits, R0, -ERRNO.EOPNOTSUPP);
    return true;
  }
  if (!RUNS_AFTER.has(attach)) return false;
  edits.replace(at);
  putArgCnt(site);
  putAluK(edits, ALU_OP.LSH, R0, 3);
  putAluX(edits, ALU_OP.ADD, R0, R1);
  putLoad(edits, SIZE.DW, R3, R0, 0);
  putStore(edits, SIZE.DW, R2, R3, 0);
  putMovK(edits, R0, 0);
  return true;
};

const funcArgCnt: Fix = (site) => {
  site.edits.replace(site.at);
  putArgCnt(site);
  return true;
};

const funcIp: Fix = ({ edits, at }) => {
  edits.replace(at);
  putLoad(edits, SIZE.DW, R0, R1, -16);
  return true;
};

const ofTracing =
  (fix: Fix): Fix =>
  (site) =>
    site.ctx.setting.progType === TRACING && fix(site);

export const TRACING_FIXES: Readonly<Record<string, KnownFix>> = {
  get_func_arg: { since: 517, fix: ofTracing(funcArg) },
  get_func_ret: { since: 517, fix: ofTracing(funcRet) },
  get_func_arg_cnt: { since: 517, fix: ofTracing(funcArgCnt) },
  get_func_ip: { since: 515, fix: ofTracing(funcIp) },
};

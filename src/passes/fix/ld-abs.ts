/**
 * Loads of the packet that classic BPF had, as a call; a load behind the end of the packet ends the program with 0:
 *
 *   r0 = *(u16 *)skb[K]          r2 = K              r0 = *(u16 *)skb[s + K]     r2 = s
 *                                r1 = r6                                         r2 += K, unless 0
 *                                call bpf_skb_load_helper_16_no_cache            and the rest alike
 *                                if r0 s>= 0 goto +2
 *                                w0 ^= w0
 *                                exit
 *
 * As bpf_gen_ld_abs(), Linux 6.18, net/core/filter.c.
 */

import { ALU_OP, CLASS, JMP_OP, MODE, MODE_MASK, SIZE, SIZE_MASK } from '../../isa/code-parts.ts';
import { codeOf, srcOf } from '../../isa/insn.ts';
import { R0, R1, R2, R6 } from '../../isa/registers.ts';
import { putAluK, putCallTo, putExit, putIfK, putMovK, putMovX, putZero } from '../put.ts';
import type { Fix } from './site.ts';

const LOADERS: Readonly<Record<number, string>> = {
  [SIZE.B]: 'bpf_skb_load_helper_8_no_cache',
  [SIZE.H]: 'bpf_skb_load_helper_16_no_cache',
  [SIZE.W]: 'bpf_skb_load_helper_32_no_cache',
};

export const LD_ABS_CODES: readonly number[] = [MODE.ABS, MODE.IND].flatMap((mode) =>
  [SIZE.B, SIZE.H, SIZE.W].map((size) => CLASS.LD | mode | size),
);

export const fixLdAbs: Fix = ({ edits, ctx, at, w0, imm }) => {
  const code = codeOf(w0);
  edits.replace(at);
  if ((code & MODE_MASK) === MODE.ABS) putMovK(edits, R2, imm);
  else {
    putMovX(edits, R2, srcOf(w0));
    if (imm !== 0) putAluK(edits, ALU_OP.ADD, R2, imm);
  }
  putMovX(edits, R1, R6);
  putCallTo(edits, ctx.kernel.functions, LOADERS[code & SIZE_MASK]);
  putIfK(edits, JMP_OP.JSGE, R0, 0, 2);
  putZero(edits, R0);
  putExit(edits);
  return true;
};

import type { Example } from './example.ts';

/** The first thing a visitor sees: nine insns, a division to guard, one jump across it and one back. */
export const mean: Example = {
  id: 'mean',
  label: 'A division the kernel must guard',
  say: 'Insn 4 divides by a register that may be 0. Linux puts a check around it, so that x / 0 is 0: one insn becomes four, and the distances of jumps 2 and 5 must change.',
  pass: 'div_guard',
  source: `.prog tc ; for Linux 6.18
ratio:
; ratio.c:5:11 n = skb->len;
  r2 = *(u32 *)(r1 +0)
; ratio.c:6:11 d = skb->mark;
  r0 = *(u32 *)(r1 +8)
; ratio.c:7:6 if (n != d) do {
  if w2 == w0 goto out
again:
; ratio.c:8:5 d >>= 1;
  w0 >>= 1
; ratio.c:9:5 n /= d;
  w2 /= w0
; ratio.c:10:3 } while (d > 8);
  if w0 > 8 goto again
out:
; ratio.c:11:12 skb->mark = n;
  *(u32 *)(r1 +8) = r2
; ratio.c:12:2 return TC_ACT_OK;
  w0 = 0
  exit
`,
};

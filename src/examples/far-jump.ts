import type { Example } from './example.ts';

/** Divisions under the jump, and what stands between two of them: 31 insns each time. */
const DIVISIONS = 1000;
const MIX = ['r3 += r1', 'r3 ^= r2', 'r3 <<= 1'];
const BLOCK = `${Array.from({ length: 30 }, (_, k) => `  ${MIX[k % MIX.length]}\n`).join('')}  r3 /= r2\n`;

/**
 * A jump over a thousand divisions. Each becomes four insns, so that its distance of 31,003 would have to be 34,003:
 * more than 16 bits hold.
 */
export const farJump: Example = {
  id: 'far-jump',
  label: 'A jump that no longer reaches',
  say: 'Insn 2 jumps over a thousand divisions, and each of them grows by three. Its distance has 16 bits: see after which patch it no longer fits.',
  pass: 'div_guard',
  source: `.prog tc
.map 4 array key=4 value=8 max=1 name=.bss
far_jump:
; far_jump.bpf.c:20:12 __u64 a = skb->len;
  r3 = *(u32 *)(r1 +0)
; far_jump.bpf.c:24:11 if (skb->priority == 5)
  r2 = *(u32 *)(r1 +32)
; far_jump.bpf.c:24:6 if (skb->priority == 5)
  if w2 == 0x5 goto out
; far_jump.bpf.c:21:12 b = skb->mark;
  r2 = *(u32 *)(r1 +8)
; far_jump.bpf.c:22:12 d = skb->hash;
  r1 = *(u32 *)(r1 +68)
; far_jump.bpf.c:26:2 TEN(TEN(TEN(BODY)))
${BLOCK.repeat(DIVISIONS)}; far_jump.bpf.c:28:4 a += b;
  r3 += r1
out:
; far_jump.bpf.c:30:9 result = a;
  r1 = map[fd:4][0]+0
  *(u64 *)(r1 +0) = r3
; far_jump.bpf.c:31:2 return TC_ACT_OK;
  w0 = 0
  exit
`,
};

import type { Example } from './example.ts';

/** What constant blinding sees: a program behind the context rewrites, with immediates an attacker chose. */
export const blinding: Example = {
  id: 'blinding',
  label: 'Constants that must not reach the JIT',
  say: 'With bpf_jit_harden every immediate is masked with a random number: one insn becomes three, and the jump itself moves to the last of them.',
  pass: 'blind',
  source: `; as the JIT gets it: context
; loads are plain loads by now
mark:
; mark.c:5:11 n = skb->len;
  r2 = *(u32 *)(r1 +112)
; mark.c:6:11 h = skb->mark;
  r0 = *(u32 *)(r1 +164)
again:
; mark.c:7:7 h ^= 0x5bd1e995;
  w0 ^= 0x5bd1e995
; mark.c:8:7 n >>= 1;
  w2 >>= 1
; mark.c:9:11 } while (n > 64);
  if w2 > 0x40 goto again
; mark.c:10:12 skb->mark = h;
  *(u32 *)(r1 +164) = r0
; mark.c:11:2 return TC_ACT_OK;
  w0 = 0
  exit
`,
};

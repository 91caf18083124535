import type { Example } from './example.ts';

/** A real C program, compiled by clang 19 with -O2 -g, as the load system call got it. */
export const divmod: Example = {
  id: 'divmod',
  label: 'divmod.bpf.c, compiled by clang',
  say: 'Six divisions by registers, among divisions by constants that stay as they are. Watch the line table: every C line keeps its first insn.',
  pass: 'div_guard',
  source: `.prog tc
.map 4 array key=4 value=24 max=1 name=.bss
.func divmod
; divmod.bpf.c:18:0 int divmod(struct __sk_buff *skb)
  r7 = r1
; divmod.bpf.c:20:12 __u64 a = bpf_ktime_get_ns();
  call bpf_ktime_get_ns#5
  r6 = r0
; divmod.bpf.c:21:20 __u64 b = ((__u64)bpf_get_prandom_u32() << 3) ^ skb->len;
  call bpf_get_prandom_u32#7
; divmod.bpf.c:21:55 __u64 b = ((__u64)bpf_get_prandom_u32() << 3) ^ skb->len;
  r1 = *(u32 *)(r7 +0)
; divmod.bpf.c:21:13 __u64 b = ((__u64)bpf_get_prandom_u32() << 3) ^ skb->len;
  w8 = w0
; divmod.bpf.c:21:42 __u64 b = ((__u64)bpf_get_prandom_u32() << 3) ^ skb->len;
  r8 <<= 3
; divmod.bpf.c:21:48 __u64 b = ((__u64)bpf_get_prandom_u32() << 3) ^ skb->len;
  r8 ^= r1
; divmod.bpf.c:22:12 __u32 c = bpf_get_prandom_u32(), d = skb->mark;
  call bpf_get_prandom_u32#7
; divmod.bpf.c:22:44 __u32 c = bpf_get_prandom_u32(), d = skb->mark;
  r1 = *(u32 *)(r7 +8)
; divmod.bpf.c:24:6 q64 = a / b;
  r2 = map[fd:4][0]+0
; divmod.bpf.c:24:10 q64 = a / b;
  r3 = r6
  r3 /= r8
; divmod.bpf.c:24:6 q64 = a / b;
  *(u64 *)(r2 +0) = r3
; divmod.bpf.c:25:6 m64 = a;
  r4 = map[fd:4][0]+8
  *(u64 *)(r4 +0) = r6
; divmod.bpf.c:26:2 MOD(m64, b);
  r3 = r6
  r3 %= r8
  *(u64 *)(r4 +0) = r3
; divmod.bpf.c:27:6 q32 = c / d;
  r3 = map[fd:4][0]+16
; divmod.bpf.c:27:10 q32 = c / d;
  w5 = w0
  w5 /= w1
; divmod.bpf.c:27:6 q32 = c / d;
  *(u32 *)(r3 +0) = r5
; divmod.bpf.c:28:2 asm volatile("%0 %%= %1" : "+w"(c) : "w"(d));
  w0 %= w1
; divmod.bpf.c:31:11 m64 += a % 1000003;
  r5 = r6
  r5 %= 1000003
; divmod.bpf.c:31:6 m64 += a % 1000003;
  r7 = *(u64 *)(r4 +0)
  r7 += r5
  *(u64 *)(r4 +0) = r7
; divmod.bpf.c:33:11 m32 += c % 60;
  w4 = w0
  w4 %= 60
; divmod.bpf.c:33:6 m32 += c % 60;
  w4 += w0
  r5 = map[fd:4][0]+20
  *(u32 *)(r5 +0) = r4
; divmod.bpf.c:32:11 q32 += c / 7;
  w0 /= 7
; divmod.bpf.c:32:6 q32 += c / 7;
  r4 = *(u32 *)(r3 +0)
  w4 += w0
  *(u32 *)(r3 +0) = r4
; divmod.bpf.c:35:14 q64 += q32 / b;
  r4 /= r8
; divmod.bpf.c:30:11 q64 += a / 10;
  r3 = r6
  r3 /= 10
; divmod.bpf.c:30:6 q64 += a / 10;
  r5 = *(u64 *)(r2 +0)
  r5 += r3
; divmod.bpf.c:35:7 q64 += q32 / b;
  r4 += r5
  *(u64 *)(r2 +0) = r4
; divmod.bpf.c:36:17 return (a / (d | 1)) & 1 ? TC_ACT_OK : TC_ACT_PIPE;
  w1 |= 1
; divmod.bpf.c:36:12 return (a / (d | 1)) & 1 ? TC_ACT_OK : TC_ACT_PIPE;
  r6 /= r1
; divmod.bpf.c:36:23 return (a / (d | 1)) & 1 ? TC_ACT_OK : TC_ACT_PIPE;
  r6 &= 1
  w0 = 3
; divmod.bpf.c:36:9 return (a / (d | 1)) & 1 ? TC_ACT_OK : TC_ACT_PIPE;
  if r6 == 0x0 goto L55
  w0 = 0
L55:
; divmod.bpf.c:36:2 return (a / (d | 1)) & 1 ? TC_ACT_OK : TC_ACT_PIPE;
  exit
`,
};

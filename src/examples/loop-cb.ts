import type { Example } from './example.ts';

/** Two functions, one reached by its address only: bpf_loop() calls it back. Compiled by clang 19. */
export const loopCb: Example = {
  id: 'loop-cb',
  label: 'loop_cb.bpf.c, a callback and its caller',
  say: 'The main function grows, so the callback behind it moves: the reference to it and the start of its subprogram must follow.',
  pass: 'blind',
  source: `.prog tc
.map 4 array key=4 value=8 max=1 name=.bss
.func loop_cb
; loop_cb.bpf.c:30:33 struct walk w = { .want = skb->ifindex & 31, .acc = skb->len };
  r2 = *(u32 *)(r1 +40)
; loop_cb.bpf.c:30:41 struct walk w = { .want = skb->ifindex & 31, .acc = skb->len };
  w2 &= 31
; loop_cb.bpf.c:30:18 struct walk w = { .want = skb->ifindex & 31, .acc = skb->len };
  *(u32 *)(r10 -16) = r2
  w2 = 0
  *(u32 *)(r10 -12) = r2
; loop_cb.bpf.c:30:59 struct walk w = { .want = skb->ifindex & 31, .acc = skb->len };
  r1 = *(u32 *)(r1 +0)
; loop_cb.bpf.c:30:18 struct walk w = { .want = skb->ifindex & 31, .acc = skb->len };
  *(u64 *)(r10 -8) = r1
  r3 = r10
  r3 += -16
; loop_cb.bpf.c:32:2 bpf_loop(64, step, &w, 0);
  w1 = 64
  r2 = &step
  r4 = 0
  call bpf_loop#181
; loop_cb.bpf.c:33:8 total += w.acc;
  r1 = map[fd:4][0]+0
  r2 = *(u64 *)(r1 +0)
; loop_cb.bpf.c:33:13 total += w.acc;
  r3 = *(u64 *)(r10 -8)
; loop_cb.bpf.c:33:8 total += w.acc;
  r2 += r3
  *(u64 *)(r1 +0) = r2
  w0 = 3
; loop_cb.bpf.c:34:11 return w.found ? TC_ACT_OK : TC_ACT_PIPE;
  r1 = *(u32 *)(r10 -12)
; loop_cb.bpf.c:34:9 return w.found ? TC_ACT_OK : TC_ACT_PIPE;
  if w1 == 0x0 goto L24
  w0 = 0
L24:
; loop_cb.bpf.c:34:2 return w.found ? TC_ACT_OK : TC_ACT_PIPE;
  exit
.func step
; loop_cb.bpf.c:21:25 w->acc += w->acc / (w->want ^ i);
  r3 = *(u32 *)(r2 +0)
; loop_cb.bpf.c:21:30 w->acc += w->acc / (w->want ^ i);
  w4 = w3
  w4 ^= w1
; loop_cb.bpf.c:21:15 w->acc += w->acc / (w->want ^ i);
  r5 = *(u64 *)(r2 +8)
; loop_cb.bpf.c:21:19 w->acc += w->acc / (w->want ^ i);
  r0 = r5
  r0 /= r4
; loop_cb.bpf.c:21:9 w->acc += w->acc / (w->want ^ i);
  r0 += r5
  *(u64 *)(r2 +8) = r0
; loop_cb.bpf.c:22:13 if (w->acc & 1)
  r0 &= 1
; loop_cb.bpf.c:22:6 if (w->acc & 1)
  if r0 == 0x0 goto L38
; loop_cb.bpf.c:23:11 w->found++;
  r4 = *(u32 *)(r2 +4)
  w4 += 1
  *(u32 *)(r2 +4) = r4
L38:
  w0 = 1
; loop_cb.bpf.c:24:11 return i >= w->want;
  if w3 <= w1 goto L41
  w0 = 0
L41:
; loop_cb.bpf.c:24:2 return i >= w->want;
  exit
`,
};

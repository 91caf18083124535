/** Which registers still matter. Would catch a read of 32 bits that is not seen, and a path that is not followed. */
import { expect, it } from 'vitest';
import { liveRegs } from '../../../src/analysis/live.ts';
import { liveBefore } from '../../../src/analysis/live-before.ts';
import { readsOf } from '../../../src/isa/regs.ts';
import { type Insn, wordsOf } from '../passes/shared.ts';

const regsIn = (mask: number): number[] =>
  Array.from({ length: 12 }, (_, r) => r).filter((r) => mask & (1 << r));
const EXIT: Insn = [0x95, 0, 0, 0, 0];

const reads: readonly (readonly [string, Insn, readonly number[]])[] = [
  ['r3 = r4', [0xbf, 3, 4, 0, 0], [4]],
  ['w3 = w4', [0xbc, 3, 4, 0, 0], [4]],
  ['w3 = 1', [0xb4, 3, 0, 0, 1], []],
  ['w3 += w4', [0x0c, 3, 4, 0, 0], [3, 4]],
  ['w3 = -w3', [0x84, 3, 0, 0, 0], [3]],
  ['r3 = bswap16 r3', [0xd7, 3, 0, 0, 16], [3]],
  ['if w3 == w4', [0x1e, 3, 4, 0, 0], [3, 4]],
  ['if w3 == 1', [0x16, 3, 0, 0, 1], [3]],
  ['gotol', [0x06, 0, 0, 0, 0], []],
  ['*(u32 *)(r3 + 0) = r4', [0x63, 3, 4, 0, 0], [3, 4]],
  ['lock *(u32 *)(r3 + 0) += w4', [0xc3, 3, 4, 0, 0], [3, 4]],
  ['w0 = cmpxchg32', [0xc3, 3, 4, 0, 0xf1], [0, 3, 4]],
  ['w3 = load_acquire', [0xc3, 3, 4, 0, 0x100], [4]],
  ['r3 = *(u8 *)(r4 + 0)', [0x71, 3, 4, 0, 0], [4]],
  ['r3 = 1 ll', [0x18, 3, 0, 0, 1], []],
  ['call', [0x85, 0, 0, 0, 5], [1, 2, 3, 4, 5]],
  ['exit', EXIT, [0]],
];
it.each(reads)('%s reads', (_, insn, want) => {
  const [w0, imm] = wordsOf([insn]);
  expect(regsIn(readsOf(w0, imm))).toEqual(want);
});

/** 0 r6 = 1, 1 if r7 == 0 goto 4, 2 w0 = w6, 3 exit, 4 r6 = 2, 5 goto 2. */
const branch = liveRegs(
  wordsOf([
    [0xb7, 6, 0, 0, 1],
    [0x15, 7, 0, 2, 0],
    [0xbc, 0, 6, 0, 0],
    EXIT,
    [0xb7, 6, 0, 0, 2],
    [0x05, 0, 0, -4, 0],
  ]),
);
it.each([
  [0, [7], [6, 7]],
  [1, [6, 7], [6]],
  [2, [6], [0]],
  [3, [0], []],
  [4, [], [6]],
  [5, [6], [6]],
])('around insn %i', (idx, before, behind) => {
  expect([regsIn(branch.before(idx)), regsIn(branch.behind(idx))]).toEqual([before, behind]);
});

it('a call takes r0 to r5 away and leaves the others', () => {
  const live = liveRegs(wordsOf([[0x85, 0, 1, 0, 2], [0x0f, 0, 6, 0, 0], EXIT, [0xbf, 0, 8, 0, 0], EXIT]));
  // Not r8: what the subprogram reads is not read by the call.
  expect(regsIn(live.before(0))).toEqual([1, 2, 3, 4, 5, 6]);
});
it('of a 64-bit constant the second slot neither reads nor writes', () => {
  const live = liveRegs(wordsOf([[0x18, 0, 0, 0, 1], [0, 0, 0, 0, 0], EXIT]));
  expect([live.before(0), live.behind(0), live.before(1)]).toEqual([0, 1, 1]);
});
it('nothing is live in no program', () => {
  expect(() => liveRegs(new Int32Array(0))).not.toThrow();
});
it.each([
  ['of a fixed place', 0x28],
  ['of a computed place', 0x48],
])('to the verifier a packet load %s reads every register', (_, code) => {
  const live = liveBefore(wordsOf([[0xb7, 9, 0, 0, 1], [code, 0, 8, 0, 14], [0xb7, 8, 0, 0, 1], EXIT]));
  const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(regsIn(live[1] & 0x3ff)).toEqual(all);
  expect(regsIn(live[0] & 0x3ff)).toEqual(all.slice(0, 9));
  expect(regsIn(live[2])).toEqual([0]);
});

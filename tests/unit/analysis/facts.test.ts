/** Would catch: code wrongly taken for dead or alive, upper halves wrongly called unwanted, and quadratic walks. */
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/analysis/facts.ts';
import { def32Of } from '../../../src/isa/regs.ts';
import { makeProgram } from '../../../src/program/program.ts';
import { type Insn, sharedLines, wordsOf, wordsOfHex } from '../passes/shared.ts';

const EXIT: Insn = [0x95, 0, 0, 0, 0];
const MOV32: Insn = [0xbc, 1, 2, 0, 0];
const READ64: Insn = [0xbf, 0, 1, 0, 0];
const bits = (flags: Uint8Array): string => Array.from(flags).join('');

const reach: readonly { name: string; insns: Insn[]; seen: string }[] = [
  { name: 'nothing follows an exit', insns: [EXIT, EXIT], seen: '10' },
  { name: 'both ways of a branch', insns: [[0x15, 1, 0, 1, 0], EXIT, EXIT], seen: '111' },
  { name: 'ja takes one way', insns: [[0x05, 0, 0, 1, 0], EXIT, EXIT], seen: '101' },
  { name: 'gotol takes one way, by imm', insns: [[0x06, 0, 0, 0, 1], EXIT, EXIT], seen: '101' },
  { name: 'may_goto takes both', insns: [[0xe5, 0, 0, 1, 0], EXIT, EXIT], seen: '111' },
  {
    name: 'a call goes there and comes back; a function nobody calls is dead',
    insns: [[0x85, 0, 1, 0, 3], EXIT, [0xb7, 0, 0, 0, 0], EXIT, EXIT],
    seen: '11001',
  },
  {
    name: 'a helper call goes nowhere',
    insns: [[0x85, 0, 0, 0, 1], EXIT, EXIT],
    seen: '110',
  },
  {
    name: 'a callback is reached by its address; both halves of the address are seen',
    insns: [[0x18, 2, 4, 0, 2], [0, 0, 0, 0, 0], EXIT, EXIT],
    seen: '1111',
  },
  {
    name: 'a jump out of the program reaches nothing',
    insns: [
      [0x05, 0, 0, 9, 0],
      [0x05, 0, 0, -9, 0],
    ],
    seen: '10',
  },
];

const upper: readonly { name: string; insns: Insn[]; zext: string }[] = [
  { name: 'read in full', insns: [MOV32, READ64, EXIT], zext: '100' },
  { name: 'read by halves only', insns: [MOV32, [0xbc, 0, 1, 0, 0], EXIT], zext: '010' },
  { name: 'overwritten before it is read', insns: [MOV32, [0xb7, 1, 0, 0, 0], READ64, EXIT], zext: '0000' },
  { name: 'exit reads r0 in full', insns: [[0xb4, 0, 0, 0, 1], EXIT], zext: '10' },
  { name: 'an argument of a call', insns: [MOV32, [0x85, 0, 0, 0, 6], EXIT], zext: '100' },
  {
    name: 'a call clears r1 to r5',
    insns: [[0xb4, 5, 0, 0, 1], [0x85, 0, 0, 0, 6], [0xbf, 0, 5, 0, 0], EXIT],
    zext: '1000',
  },
  {
    name: 'a 32-bit jump reads halves',
    insns: [MOV32, [0x16, 1, 0, 0, 0], [0xb7, 0, 0, 0, 0], EXIT],
    zext: '0000',
  },
  {
    name: 'a 64-bit jump reads in full',
    insns: [MOV32, [0x15, 1, 0, 0, 0], [0xb7, 0, 0, 0, 0], EXIT],
    zext: '1000',
  },
  {
    name: 'over the back edge of a loop',
    insns: [[0xb7, 1, 0, 0, 0], READ64, MOV32, [0x15, 3, 0, -3, 0], EXIT],
    zext: '00100',
  },
  { name: 'on one of two ways', insns: [MOV32, [0x16, 3, 0, 1, 0], READ64, EXIT], zext: '1000' },
  { name: 'stored in full', insns: [MOV32, [0x7b, 10, 1, -8, 0], [0xb7, 0, 0, 0, 0], EXIT], zext: '1000' },
  { name: 'stored by half', insns: [MOV32, [0x63, 10, 1, -8, 0], [0xb7, 0, 0, 0, 0], EXIT], zext: '0000' },
  { name: 'cmpxchg defines r0', insns: [[0xc3, 1, 2, 0, 0xf1], EXIT], zext: '10' },
  {
    name: 'a fetching atomic defines src',
    insns: [[0xc3, 1, 2, 0, 0xe1], [0xbf, 0, 2, 0, 0], EXIT],
    zext: '100',
  },
  { name: 'a sign-extending load fills the register', insns: [[0x91, 0, 1, 0, 0], EXIT], zext: '00' },
  { name: 'unreached code wants nothing', insns: [EXIT, MOV32, READ64, EXIT], zext: '0000' },
];

describe('facts', () => {
  it.each(reach)('seen: $name', ({ insns, seen }) => {
    expect(bits(factsOf(makeProgram({ insns: wordsOf(insns) })).seen)).toBe(seen);
  });

  it.each(upper)('zext_dst: $name', ({ insns, zext }) => {
    expect(bits(factsOf(makeProgram({ insns: wordsOf(insns) })).zextDst)).toBe(zext);
  });

  it('an empty program has no facts', () => {
    expect(factsOf(makeProgram({ insns: new Int32Array(0) })).seen).toHaveLength(0);
  });

  it('100,000 blocks, each jumping to the one before it, take no walk for each', () => {
    // Against the order of the walk: a sweep from the end would carry one bit back by one block at a time.
    const cnt = 100_000;
    const blocks: Insn[] = [[0x06, 0, 0, 0, 2 * cnt + 1], MOV32, [0xbf, 0, 1, 0, 0], EXIT];
    for (let i = 1; i < cnt; i++) blocks.push([0xb7, 3, 0, 0, 0], [0x05, 0, 0, -4, 0]);
    blocks.push([0xbc, 1, 2, 0, 0], [0x05, 0, 0, -4, 0]);
    const { seen, zextDst } = factsOf(makeProgram({ insns: wordsOf(blocks) }));
    expect(seen[4]).toBe(1);
    expect(zextDst[1]).toBe(0); // nobody comes by
    expect(zextDst[blocks.length - 2]).toBe(1);
  });
});

interface Golden {
  readonly id: string;
  readonly before: { readonly insns: string };
  readonly after: { readonly insns: string };
}

/**
 * With BPF_F_TEST_RND_HI32 the kernel puts `r11 = random; r11 <<= 32; dst |= r11` behind a 32-bit definition whose
 * upper half nobody wants. Here: which slots of `before` got that, for programs that are else rewritten one for one.
 */
function unwantedIn({ before, after }: Golden): number[] {
  const [old, now] = [wordsOfHex(before.insns), wordsOfHex(after.insns)];
  const found: number[] = [];
  let at = 0;
  for (let i = 0; i < old.length / 2; i++, at++) {
    if ((now[2 * at + 2] & 0xffff) !== 0x0bb7 || now[2 * at + 5] !== 32) continue;
    found.push(i);
    at += 3;
  }
  expect(at).toBe(now.length / 2);
  return found;
}

const golden = sharedLines<Golden>('golden/golden-rnd_hi32.jsonl') ?? [];
/** Only rewritten one for one else. What is found wanted in excess: paths that the verifier knew not to matter. */
const PLAIN_ELSE: readonly [id: string, excess: number[]][] = [
  ['atomics:atomics', []],
  ['blind_imm:blind_imm', []],
  ['chain32:chain32', [15]],
];
const CLASS_LDX = 1;

describe('upper halves as the verifier of Linux 6.18 found them', () => {
  it.skipIf(golden.length === 0).each(PLAIN_ELSE)('%s (../shared/golden)', (id, excess) => {
    const record = golden.find((g) => g.id === id)!;
    const insns = wordsOfHex(record.before.insns);
    const { seen, zextDst } = factsOf(makeProgram({ insns }));
    const unwanted = new Set(unwantedIn(record));
    const missed: number[] = [];
    for (let i = 0; i < seen.length; i++) {
      const [w0, imm] = [insns[2 * i], insns[2 * i + 1]];
      // Loads from the context are never spoilt, so they say nothing.
      const says = def32Of(w0, imm) >= 0 && (w0 & 7) !== CLASS_LDX;
      if (says && !unwanted.has(i) && !zextDst[i]) missed.push(i);
    }
    expect(missed).toEqual([]);
    expect([...unwanted].filter((slot) => zextDst[slot])).toEqual(excess);
  });
});

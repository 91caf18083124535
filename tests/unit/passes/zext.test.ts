/**
 * Would catch: an extension or random half behind the wrong insn, in the wrong register or without its mark, a random
 * number drawn too often or too rarely, and real programs in which we would spoil what Linux 6.18 does not.
 */
import { describe, expect, it } from 'vitest';
import type { Pass } from '../../../src/passes/pass.ts';
import { rndHi32 } from '../../../src/passes/rnd-hi32.ts';
import { zext } from '../../../src/passes/zext.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import type { PatchOp } from '../../../src/patch/ops.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram } from '../../../src/program/program.ts';
import { passed, programWith } from './run-pass.ts';
import { type Insn, linesOf, sharedLines, wordsOf, wordsOfHex } from './shared.ts';

const R = 0x5a5a5a5a;
const AX = 11;
const CTX = 2;

const ADD32: Insn = [0x04, 2, 0, 0, 1];
const LOAD32: Insn = [0x61, 4, 1, 8, 0];
const CMPXCHG32: Insn = [0xc3, 1, 5, 0, 0xf1];
const FETCH32: Insn = [0xc3, 1, 5, 0, 0x01];
const EXIT: Insn = [0x95, 0, 0, 0, 0];

const zextOf = (reg: number): Insn => [0xbc, reg, reg, 0, 1];
const noiseIn = (reg: number): Insn[] => [
  [0xb7, AX, 0, 0, R],
  [0x67, AX, 0, 0, 32],
  [0x4f, reg, AX, 0, 0],
];

interface Row {
  readonly name: string;
  readonly pass: Pass;
  readonly before: Insn;
  /** Which mark the insn has. */
  readonly mark: 0 | 1;
  readonly ptrType?: number;
  readonly needsZext?: boolean;
  readonly put: readonly Insn[];
}

const rows: readonly Row[] = [
  { name: 'a marked sum', pass: zext, before: ADD32, mark: 1, put: [zextOf(2)] },
  { name: 'a sum without a mark', pass: zext, before: ADD32, mark: 0, put: [] },
  { name: 'where the machine clears', pass: zext, before: ADD32, mark: 1, needsZext: false, put: [] },
  { name: 'a marked fetch', pass: zext, before: FETCH32, mark: 1, put: [zextOf(5)] },
  { name: 'a marked exchange', pass: zext, before: CMPXCHG32, mark: 1, put: [zextOf(0)] },
  {
    ...{ name: 'an exchange even where the machine clears', pass: zext, before: CMPXCHG32 },
    ...{ mark: 1, needsZext: false, put: [zextOf(0)] },
  },
  {
    ...{ name: 'a fetch where the machine clears', pass: zext, before: FETCH32 },
    ...{ mark: 1, needsZext: false, put: [] },
  },
  { name: 'a marked kfunc call', pass: zext, before: [0x85, 0, 2, 0, 7], mark: 1, put: [] },
  { name: 'a marked 64-bit insn', pass: zext, before: [0xb7, 1, 0, 0, 7], mark: 1, put: [] },
  { name: 'a marked sign extension', pass: zext, before: [0x91, 3, 1, 0, 0], mark: 1, put: [] },
  { name: 'a swap of 16 bits', pass: rndHi32, before: [0xd7, 3, 0, 0, 16], mark: 0, put: noiseIn(3) },
  { name: 'a swap of 64 bits', pass: rndHi32, before: [0xdc, 3, 0, 0, 64], mark: 0, put: [] },
  { name: 'a sum', pass: rndHi32, before: ADD32, mark: 0, put: noiseIn(2) },
  { name: 'a marked sum', pass: rndHi32, before: ADD32, mark: 1, put: [zextOf(2)] },
  {
    ...{ name: 'a marked sum where the machine clears', pass: rndHi32, before: ADD32 },
    ...{ mark: 1, needsZext: false, put: [] },
  },
  { name: 'a load', pass: rndHi32, before: LOAD32, mark: 0, put: noiseIn(4) },
  { name: 'a load of the context', pass: rndHi32, before: LOAD32, mark: 0, ptrType: CTX, put: [] },
  {
    ...{ name: 'a marked load of the context', pass: rndHi32, before: LOAD32 },
    ...{ mark: 1, ptrType: CTX, put: [zextOf(4)] },
  },
  {
    ...{ name: 'arithmetic that has the record of a context', pass: rndHi32, before: ADD32 },
    ...{ mark: 0, ptrType: CTX, put: noiseIn(2) },
  },
  { name: 'a fetch', pass: rndHi32, before: FETCH32, mark: 0, put: noiseIn(5) },
  { name: 'an exchange', pass: rndHi32, before: CMPXCHG32, mark: 0, put: noiseIn(0) },
  { name: 'a store', pass: rndHi32, before: [0x63, 10, 1, -8, 0], mark: 0, put: [] },
  { name: 'a jump on 32 bits', pass: rndHi32, before: [0x16, 1, 0, 0, 3], mark: 0, put: [] },
];

describe('zero extension', () => {
  it.each(rows)('$pass.id, $name: what stands behind it', (row) => {
    const { before, mark, ptrType = 0, needsZext = true, put } = row;
    const program = programWith(wordsOf([before, EXIT]), {
      zextDst: Uint8Array.of(mark, 0),
      ptrType: Int32Array.of(ptrType, 0),
    });
    const result = passed(row.pass, program, { needsZext });
    expect(linesOf(result.program.insns)).toEqual(linesOf(wordsOf([before, ...put, EXIT])));
    expect(result.rndUsed).toBe(put.length === 3 ? 1 : 0);
  });

  it('both halves of a 64-bit constant are passed over, whatever stands in the second', () => {
    const before: Insn[] = [[0x18, 1, 0, 0, 5], [0x04, 2, 0, 0, 1], EXIT];
    const program = programWith(wordsOf(before), { zextDst: Uint8Array.of(1, 1, 0) });
    for (const pass of [zext, rndHi32]) expect(passed(pass, program).ops).toEqual([]);
  });

  it('takes one random number for each insn it spoils, in their order', () => {
    const program = programWith(wordsOf([ADD32, FETCH32, [0xb7, 1, 0, 0, 7], LOAD32, EXIT]), {
      zextDst: Uint8Array.of(0, 1, 0, 0, 0),
    });
    let next = 100;
    const result = passed(rndHi32, program, { rnd: () => next++ });
    const imms = linesOf(result.program.insns).filter((line) => line.startsWith('b7 d11'));
    expect(imms.map((line) => line.split('imm ')[1])).toEqual(['100', '101']);
    expect(result.rndUsed).toBe(2);
  });
});

interface Golden {
  readonly id: string;
  readonly after: { readonly insns: string; readonly func_info: readonly unknown[] };
}

const [NOISE_MOV, NOISE_LSH, NOISE_OR] = wordsOf(noiseIn(0)).filter((_, w) => w % 2 === 0);

/** Whether the three insns at `i` spoil an upper half; what they spoil stands before them. */
const isNoise = (words: Int32Array, i: number): boolean =>
  words[2 * i] === NOISE_MOV &&
  words[2 * i + 2] === NOISE_LSH &&
  words[2 * i + 3] === 32 &&
  (words[2 * i + 4] & ~0xf00) === NOISE_OR;

/** A kernel's result before it was spoiled; an insn that it did not spoil has a mark, whether it has one or not. */
function unspoiled(words: Int32Array): { bare: Int32Array; marks: Uint8Array; numbers: number[] } {
  const ops: PatchOp[] = [];
  const numbers: number[] = [];
  const marks: number[] = [];
  for (let i = 0; i < words.length / 2; i++) {
    marks.push(1);
    if (!isNoise(words, i + 1)) continue;
    marks[marks.length - 1] = 0;
    numbers.push(words[2 * i + 3]);
    ops.push({ kind: 'remove', at: i + 1, cnt: 3 });
    i += 3;
  }
  const patching = stream.open(makeProgram({ insns: words }));
  patching.apply(editsFromOps(ops));
  const result = patching.finish();
  if (!result.ok) throw new Error(result.error.message);
  return { bare: result.value.program.insns, marks: Uint8Array.from(marks), numbers };
}

describe('random upper halves as Linux 6.18 puts them', () => {
  const golden = (sharedLines<Golden>('golden/golden-rnd_hi32.jsonl') ?? []).filter(
    // A dump writes calls between functions in another way than a program that is loaded.
    ({ after }) => after.func_info.length <= 1,
  );
  it.skipIf(golden.length === 0)(`${golden.length || 'no'} programs (../shared/golden)`, () => {
    let cnt = 0;
    for (const { id, after } of golden) {
      const wanted = wordsOfHex(after.insns);
      const { bare, marks, numbers } = unspoiled(wanted);
      let drawn = 0;
      const program = programWith(bare, { zextDst: marks });
      const got = passed(rndHi32, program, { needsZext: false, rnd: () => numbers[drawn++] });
      expect([id, linesOf(got.program.insns)]).toEqual([id, linesOf(wanted)]);
      expect(got.rndUsed).toBe(numbers.length);
      cnt += numbers.length;
    }
    // As many as the dumps hold: none was missed by the look for them above.
    expect(cnt).toBe(192);
  });
});

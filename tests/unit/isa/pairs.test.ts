/** Second halves of ld_imm64, as a walk finds them. Would catch a rule that looks at two neighbours only. */
import { expect, it } from 'vitest';
import { secondSlots } from '../../../src/isa/pairs.ts';

const LD = 0x18;
const MOV = 0xb7;
const cases: readonly (readonly [string, readonly number[], readonly number[]])[] = [
  ['an empty program', [], []],
  ['none', [MOV, 0], [0, 0]],
  ['one pair', [MOV, LD, 0, MOV], [0, 0, 1, 0]],
  ['pairs in a row', [LD, 0, LD, 0, 0], [0, 1, 0, 1, 0]],
  ['a second half that has an opcode itself', [LD, LD, 0, MOV], [0, 1, 0, 0]],
  ['a first half at the end', [MOV, LD], [0, 0]],
];
it.each(cases)('%s', (_, codes, want) => {
  expect([...secondSlots(Int32Array.from(codes.flatMap((code) => [code, 7])))]).toEqual(want);
});

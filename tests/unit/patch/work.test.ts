/** Work units have the shape that each algorithm claims. Would catch a hidden walk over everything, and a miscount. */
import { describe, expect, it } from 'vitest';
import { word0 } from '../../../src/isa/insn.ts';
import { editBuilder } from '../../../src/patch/edit-list.ts';
import { ALGORITHMS, algorithmById } from '../../../src/patch/index.ts';
import type { Work } from '../../../src/patch/work.ts';
import { touchesOf, WORK_KINDS } from '../../../src/patch/work.ts';
import { auxColumns, makeProgram } from '../../../src/program/program.ts';

/** Every insn of a program of n becomes three; one of seven jumps. */
function workOf(id: string, n: number, every = 1): Work {
  const insns = new Int32Array(2 * n);
  for (let i = 0; i < n; i++) insns[2 * i] = i % 7 === 0 ? word0(0x15, 1, 0, 0) : 0xb7;
  const zeros = () => new Int32Array(n);
  const program = makeProgram({
    insns,
    lineInfo: {
      ...{ insnOff: Int32Array.from({ length: n }, (_, i) => i), file: zeros(), line: zeros() },
      ...{ col: zeros(), text: zeros() },
    },
    aux: auxColumns(n),
  });
  const edits = editBuilder();
  for (let i = 0; i < n; i += every) {
    edits.replace(i);
    for (let s = 0; s < 2; s++) edits.put(0xb7, s);
    edits.put(insns[2 * i], 0);
  }
  const patching = algorithmById(id)!.open(program);
  patching.apply(edits.finish());
  const result = patching.finish();
  if (!result.ok) throw new Error(result.error.message);
  return result.value.work;
}

/** Slope of touches over n in a log-log plot. */
const slope = (id: string, a: number, b: number): number =>
  Math.log(touchesOf(workOf(id, b)) / touchesOf(workOf(id, a))) / Math.log(b / a);

describe('touches over n, every insn patched', () => {
  it('grow with the square for the array', () => {
    expect(slope('array', 500, 4000)).toBeGreaterThanOrEqual(1.9);
    expect(slope('array', 500, 4000)).toBeLessThanOrEqual(2.1);
  });
  it.each(ALGORITHMS.map((one) => one.id).filter((id) => id !== 'array'))('grow as n for %s', (id) => {
    expect(slope(id, 500, 64_000)).toBeLessThanOrEqual(1.1);
    expect(slope(id, 500, 64_000)).toBeGreaterThanOrEqual(0.9);
  });
  it('are the same each time, in every kind', () => {
    for (const { id } of ALGORITHMS) expect(workOf(id, 300)).toEqual(workOf(id, 300));
  });
});

describe('what the array does for one patch in the middle', () => {
  const n = 1000;
  const one = workOf('array', n, n); // insn 0 alone: all others are its tail
  it('moves the tail and writes the patch', () => {
    expect(one.insn).toBe(n - 1 + 3);
    expect(one.bytes).toBe((n - 1) * 8);
    expect(one.alloc).toBe(0);
  });
  it('copies all of it when the pages, of 512 insns each, are used up', () => {
    expect(workOf('array', 1022, 1022).alloc).toBe(0);
    const copied = workOf('array', 1023, 1023);
    expect([copied.alloc, copied.insn]).toEqual([2, 1022 + 3 + 1023]);
  });
  it('looks at every insn once, and at every line', () => {
    expect(one.scan).toBe(n + 2);
    expect(one.line).toBe(n);
    expect(one.subprog).toBe(2);
    expect(one.aux).toBe(n - 1 + 3);
  });
  it('looks twice once the program is longer than a distance', () => {
    const long = workOf('array', 32_766, 32_766);
    expect(long.scan).toBe(32_768 + 32_766);
    expect(workOf('array', 32_765, 32_765).scan).toBe(32_767);
  });
  it('counts in whole numbers of known kinds', () => {
    expect(Object.keys(one)).toEqual([...WORK_KINDS]);
    expect(Object.values(one).every((cnt) => Number.isInteger(cnt) && cnt >= 0)).toBe(true);
  });
});

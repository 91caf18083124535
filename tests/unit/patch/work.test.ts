/** Work units have the shape that each algorithm claims. Would catch a hidden walk over everything, and a miscount. */
import { describe, expect, it } from 'vitest';
import { word0 } from '../../../src/isa/insn.ts';
import type { Layer } from '../../../src/patch/algorithm.ts';
import { editBuilder } from '../../../src/patch/edit-builder.ts';
import { ALGORITHMS, algorithmById } from '../../../src/patch/index.ts';
import type { EditList } from '../../../src/patch/ops.ts';
import type { Work } from '../../../src/patch/work.ts';
import { touchesOf, WORK_KINDS } from '../../../src/patch/work.ts';
import { auxColumns, makeProgram, type Program, slotCnt } from '../../../src/program/program.ts';

/** A program of n insns with a line entry each; one of seven jumps. */
function programOf(n: number): Program {
  const insns = new Int32Array(2 * n);
  for (let i = 0; i < n; i++) insns[2 * i] = i % 7 === 0 ? word0(0x15, 1, 0, 0) : 0xb7;
  const zeros = () => new Int32Array(n);
  return makeProgram({
    insns,
    lineInfo: {
      ...{ insnOff: Int32Array.from({ length: n }, (_, i) => i), file: zeros(), line: zeros() },
      ...{ col: zeros(), text: zeros() },
    },
    aux: auxColumns(n),
  });
}

/** What becomes of insn i of a list; the insn itself stays the last of a replace. */
type Mix = (i: number) => 'replace' | 'prepend' | 'remove' | null;

function editsOf(program: Program, mix: Mix): EditList {
  const edits = editBuilder();
  for (let i = 0; i < slotCnt(program); i++) {
    const kind = mix(i);
    if (kind === 'remove') edits.remove(i, 1);
    if (kind === 'remove' || kind === null) continue;
    edits[kind](i);
    for (let s = 0; s < 2; s++) edits.put(0xb7, s);
    if (kind === 'replace') edits.put(program.insns[2 * i], 0);
  }
  return edits.finish();
}

/** Lists one after the other, each of edits to the program as it stands then. */
function workOfLists(id: string, n: number, mixes: readonly Mix[], layer: Layer = 'verifier'): Work {
  const patching = algorithmById(id)!.open(programOf(n), { layer });
  for (const mix of mixes) expect(patching.apply(editsOf(patching.peek().program, mix)).ok).toBe(true);
  const result = patching.finish();
  if (!result.ok) throw new Error(result.error.message);
  return result.value.work;
}

/** Every insn, or one of so many, becomes three. */
function workOf(id: string, n: number, every = 1): Work {
  const program = programOf(n);
  const patching = algorithmById(id)!.open(program);
  patching.apply(editsOf(program, (i) => (i % every === 0 ? 'replace' : null)));
  const result = patching.finish();
  if (!result.ok) throw new Error(result.error.message);
  return result.value.work;
}

/** Slope of touches over n in a log-log plot. */
const slopeOf = (work: (n: number) => Work, a: number, b: number): number =>
  Math.log(touchesOf(work(b)) / touchesOf(work(a))) / Math.log(b / a);
const slope = (id: string, a: number, b: number): number => slopeOf((n) => workOf(id, n), a, b);

describe('touches over n, every insn patched', () => {
  it('grow with the square for the array', () => {
    const found = slope('array', 500, 4000);
    expect(found).toBeGreaterThanOrEqual(1.9);
    expect(found).toBeLessThanOrEqual(2.1);
  });
  it.each(ALGORITHMS.map((one) => one.id).filter((id) => id !== 'array'))('grow as n for %s', (id) => {
    const found = slope(id, 500, 64_000);
    expect(found).toBeLessThanOrEqual(1.1);
    expect(found).toBeGreaterThanOrEqual(0.9);
  });
  it('are the same each time, in every kind', () => {
    for (const { id } of ALGORITHMS) expect(workOf(id, 300)).toEqual(workOf(id, 300));
  });
});

/** One of each of the ways in which a program grows and shrinks. */
const MIXED: Mix = (i) => (['replace', null, 'prepend', 'remove', 'replace', 'remove'] as const)[i % 6];
const SHAPES: readonly (readonly [string, readonly Mix[]])[] = [
  ['prepends', [() => 'prepend']],
  ['removals', [(i) => (i % 2 === 0 ? 'remove' : null)]],
  ['edits of all kinds', [MIXED]],
  ['three lists, one after the other', [MIXED, (i) => (i % 2 === 0 ? 'remove' : null), () => 'replace']],
];

describe.each(['verifier', 'core'] as const)('touches over n in the %s layer', (layer) => {
  it.each(SHAPES)('%s: with the square for the array, as n for all others', (_, mixes) => {
    for (const { id, readsAllPerEdit } of ALGORITHMS) {
      const work = (n: number) => workOfLists(id, n, mixes, layer);
      const [least, most] = readsAllPerEdit ? [1.9, 2.1] : [0.9, 1.1];
      const [a, b] = readsAllPerEdit ? [250, 1000] : [500, 4000];
      const found = { id, slope: slopeOf(work, a, b) };
      expect(found.slope, JSON.stringify(found)).toBeGreaterThanOrEqual(least);
      expect(found.slope, JSON.stringify(found)).toBeLessThanOrEqual(most);
    }
  });

  it('no record is touched in the core layer, and in the other at least one for every insn left', () => {
    for (const { id } of ALGORITHMS) {
      const { aux } = workOfLists(id, 300, [MIXED], layer);
      const left = 300 + 50 * (2 + 2 + 2 - 1 - 1);
      if (layer === 'core') expect([id, aux]).toEqual([id, 0]);
      else expect(aux, id).toBeGreaterThanOrEqual(left);
    }
  });
});

describe('one list for several sets of edits', () => {
  it.each(['target-pointers', 'patcher-map'])(
    '%s makes its nodes once, and each new one when it comes',
    (id) => {
      const one = workOfLists(id, 1000, [() => 'replace']);
      const two = workOfLists(id, 1000, [() => 'replace', () => null]);
      // One more walk over what is there, END included, and no node.
      expect(two.node - one.node).toBeLessThanOrEqual(3001);
      const allocs = (n: number): number => workOfLists(id, n, [() => 'replace', () => 'prepend']).alloc;
      expect(allocs(2000)).toBe(allocs(500));
    },
  );
  it('the pooled list allocates per list of edits, the list per node', () => {
    const allocs = (id: string, n: number): number => workOf(id, n).alloc;
    expect(allocs('list-pooled', 4000)).toBe(allocs('list-pooled', 500));
    expect(allocs('list', 4000) - allocs('list', 500)).toBe(3 * 3500);
    const { alloc, ...list } = workOf('list', 1000);
    const { alloc: pooled, ...other } = workOf('list-pooled', 1000);
    expect(alloc - pooled).toBe(3000 - 1);
    expect(other).toEqual(list);
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

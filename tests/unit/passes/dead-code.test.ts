/**
 * Would catch: a branch decided the wrong way, an insn cut that some path reaches or one left that none does, a nop
 * taken or missed that a kernel would not, and dead code that stays runnable in a program without privileges.
 */
import { describe, expect, it } from 'vitest';
import { deadCode } from '../../../src/passes/dead-code.ts';
import { deadCodeRfc } from '../../../src/passes/dead-code-rfc.ts';
import { hardWire } from '../../../src/passes/hard-wire.ts';
import { nops, nopsAll } from '../../../src/passes/nops.ts';
import type { Pass } from '../../../src/passes/pass.ts';
import { sanitize } from '../../../src/passes/sanitize.ts';
import { ENGINE_RULES } from '../../../src/patch/rules.ts';
import { auxAt } from '../../../src/program/program.ts';
import { passed, programWith } from './run-pass.ts';
import { type Insn, linesOf, type Run, sharedLines, wordsOf } from './shared.ts';

const EXIT: Insn = [0x95, 0, 0, 0, 0];
const MOV: Insn = [0xb7, 0, 0, 0, 1];
const go = (off: number): Insn => [0x05, 0, 0, off, 0];
const mayGoto = (off: number): Insn => [0xe5, 0, 0, off, 0];

/** Insns and, for each, whether some path reaches it. */
function deadAt(insns: readonly Insn[], dead: readonly number[]) {
  const seen = Int32Array.from(insns, (_, i) => (dead.includes(i) ? 0 : 1));
  return programWith(wordsOf(insns), { seen });
}

const linesAfter = (pass: Pass, insns: readonly Insn[], dead: readonly number[] = []): string[] =>
  linesOf(passed(pass, deadAt(insns, dead)).program.insns);

describe('hard_wire', () => {
  const tests: readonly { name: string; test: Insn; dead: number[]; becomes: Insn | null }[] = [
    { name: 'nothing runs behind it', test: [0x15, 1, 0, 1, 7], dead: [1], becomes: go(1) },
    { name: 'nothing runs at its target', test: [0x15, 1, 0, 1, 7], dead: [2], becomes: go(0) },
    { name: 'both sides run', test: [0x15, 1, 0, 1, 7], dead: [3], becomes: null },
    {
      name: 'neither side runs, so it does not either',
      test: [0x1d, 1, 2, 1, 0],
      dead: [1, 2],
      becomes: go(1),
    },
    { name: 'a test of 32 bits', test: [0x5e, 1, 2, 1, 0], dead: [1], becomes: go(1) },
    { name: 'may_goto is a test', test: mayGoto(1), dead: [2], becomes: go(0) },
    { name: 'goto leaves always', test: go(1), dead: [1], becomes: null },
    { name: 'gotol leaves always', test: [0x06, 0, 0, 0, 1], dead: [1], becomes: null },
    { name: 'a call comes back', test: [0x85, 0, 0, 0, 5], dead: [1], becomes: null },
    { name: 'a tail call, as the kernel writes it', test: [0xf5, 0, 0, 0, 1], dead: [1], becomes: null },
    { name: 'a jump out of the program', test: [0x15, 1, 0, 4, 7], dead: [1], becomes: null },
    { name: 'a jump to before the program', test: [0x15, 1, 0, -2, 7], dead: [1], becomes: null },
  ];
  it.each(tests)('$name', ({ test, dead, becomes }) => {
    const rest = [MOV, MOV, EXIT];
    const want = [becomes ?? test, ...rest];
    expect(linesAfter(hardWire, [test, ...rest], dead)).toEqual(linesOf(wordsOf(want)));
  });

  it('looks back as well as ahead', () => {
    const before: Insn[] = [go(1), MOV, [0x15, 1, 0, -2, 7], EXIT];
    expect(linesAfter(hardWire, before, [1])).toEqual(linesOf(wordsOf([go(1), MOV, go(0), EXIT])));
  });

  it('a test that is the last insn has nothing behind it to look at', () => {
    expect(passed(hardWire, deadAt([MOV, [0x15, 1, 0, -2, 7]], [])).ops).toEqual([]);
  });
});

describe('dead_code', () => {
  it('takes each unbroken run as one removal, also the one at the end', () => {
    const before: Insn[] = [go(2), MOV, MOV, [0x15, 1, 0, 1, 7], MOV, EXIT, MOV];
    const { ops, program } = passed(deadCode, deadAt(before, [1, 2, 4, 6]));
    expect(ops).toEqual([
      { kind: 'remove', at: 1, cnt: 2 },
      { kind: 'remove', at: 4, cnt: 1 },
      { kind: 'remove', at: 6, cnt: 1 },
    ]);
    expect(linesOf(program.insns)).toEqual(linesOf(wordsOf([go(0), [0x15, 1, 0, 0, 7], EXIT])));
  });
});

interface Walk {
  readonly name: string;
  readonly before: readonly Insn[];
  /** Slots that go in one walk, in 6.18's walk that knows may_goto, and when nothing may be left. */
  readonly once: readonly number[];
  readonly stepping: readonly number[];
  readonly all: readonly number[];
}

const walks: readonly Walk[] = [
  { name: 'goto +0', before: [go(0), EXIT], once: [0], stepping: [0], all: [0] },
  { name: 'two of them', before: [go(0), go(0), EXIT], once: [0, 1], stepping: [0, 1], all: [0, 1] },
  { name: 'a goto over a nop', before: [go(1), go(0), EXIT], once: [1], stepping: [1], all: [0, 1] },
  {
    ...{ name: 'a chain of them', before: [go(2), go(1), go(0), EXIT] },
    ...{ once: [2], stepping: [2], all: [0, 1, 2] },
  },
  { name: 'a goto over an insn', before: [go(1), MOV, EXIT], once: [], stepping: [], all: [] },
  { name: 'a goto to itself', before: [MOV, go(-1), EXIT], once: [], stepping: [], all: [] },
  { name: 'a goto back to a nop', before: [go(0), go(-2), EXIT], once: [0], stepping: [0], all: [0] },
  { name: 'may_goto +0', before: [mayGoto(0), EXIT], once: [], stepping: [0], all: [] },
  {
    ...{ name: 'may_goto over may_goto', before: [MOV, mayGoto(1), mayGoto(0), EXIT] },
    ...{ once: [], stepping: [2, 1], all: [] },
  },
  {
    ...{ name: 'one step back, and then on', before: [go(1), mayGoto(0), go(0), EXIT] },
    ...{ once: [2], stepping: [1, 0, 2], all: [2] },
  },
  {
    ...{ name: 'no step back behind a goto', before: [mayGoto(1), go(0), EXIT] },
    ...{ once: [1], stepping: [1], all: [1] },
  },
  { name: 'gotol +0', before: [[0x06, 0, 0, 0, 0], EXIT], once: [], stepping: [], all: [] },
  { name: 'a goto with an imm', before: [[0x05, 0, 0, 0, 1], EXIT], once: [], stepping: [], all: [] },
  { name: 'a goto with a register', before: [[0x05, 1, 0, 0, 0], EXIT], once: [], stepping: [], all: [] },
  { name: 'if ... goto +0', before: [[0x15, 1, 0, 0, 7], EXIT], once: [], stepping: [], all: [] },
];

describe('nops', () => {
  const goneOf = (pass: Pass, before: readonly Insn[], nopsTakeMayGoto: boolean): number[] =>
    passed(pass, deadAt(before, []), { rules: { ...ENGINE_RULES, nopsTakeMayGoto } }).ops.map(({ at }) => at);

  it.each(walks)('$name', ({ before, once, stepping, all }) => {
    expect(goneOf(nops, before, false)).toEqual(once);
    expect(goneOf(nops, before, true)).toEqual(stepping);
    expect(goneOf(nopsAll, before, false)).toEqual(all);
  });

  it('to the last takes may_goto where the kernel does', () => {
    expect(goneOf(nopsAll, [go(2), mayGoto(1), mayGoto(0), EXIT], true)).toEqual([0, 1, 2]);
  });

  it('a long row of them is one walk', () => {
    const n = 200_000;
    const program = deadAt([go(0), EXIT], []).insns;
    const insns = new Int32Array(2 * n);
    for (let i = 0; i < n; i++) insns.set(program.subarray(0, 2), 2 * i);
    insns.set(program.subarray(2), 2 * n - 2);
    for (const pass of [nops, nopsAll])
      expect(passed(pass, programWith(insns, { seen: new Int32Array(n).fill(1) })).program.insns).toEqual(
        program.slice(2),
      );
  });
});

describe('sanitize', () => {
  it('makes jumps to themselves of dead insns and takes their marks; records and the rest stay', () => {
    const program = programWith(wordsOf([go(2), [0x04, 2, 0, 0, 1], [0x61, 4, 1, 8, 0], EXIT]), {
      seen: Int32Array.of(1, 0, 0, 1),
      zextDst: Uint8Array.of(0, 1, 1, 0),
      ptrType: Int32Array.of(0, 0, 2, 0),
    });
    const after = passed(sanitize, program).program;
    expect(linesOf(after.insns)).toEqual(linesOf(wordsOf([go(2), go(-1), go(-1), EXIT])));
    expect([0, 1, 2, 3].map((i) => auxAt(after.aux!, i))).toMatchObject([
      { origIdx: 0, seen: 1, zextDst: 0 },
      { origIdx: 1, seen: 0, zextDst: 0 },
      { origIdx: 2, seen: 0, zextDst: 0, ptrType: 2 },
      { origIdx: 3, seen: 1, zextDst: 0 },
    ]);
  });
});

interface Vector {
  readonly id: string;
  readonly input: {
    readonly pass: string;
    readonly insns: readonly (Insn | Run)[];
    readonly aux: readonly (readonly number[])[];
  };
  readonly expect: {
    readonly array: { readonly insns: readonly (Insn | Run)[] };
    readonly list?: { readonly insns?: '=' | readonly (Insn | Run)[] };
  };
}

describe('dead_code_rfc', () => {
  it('leaves a goto that led over the cut (R14)', () => {
    const before: Insn[] = [go(2), MOV, go(0), go(0), EXIT];
    expect(linesAfter(deadCodeRfc, before, [1, 2])).toEqual(linesOf(wordsOf([go(0), EXIT])));
    expect(linesAfter(deadCode, before, [1, 2])).toEqual(linesOf(wordsOf([go(0), go(0), EXIT])));
  });

  const vectors = (sharedLines<Vector>('vectors/dead-code-pipeline.jsonl') ?? []).filter(
    (one) => one.expect.list !== undefined,
  );
  it.skipIf(vectors.length === 0)(`${vectors.length || 'no'} pipelines (../shared/vectors)`, () => {
    let other = 0;
    for (const { id, input, expect: wanted } of vectors) {
      const list = wanted.list?.insns ?? '=';
      const want = linesOf(wordsOf(list === '=' ? wanted.array.insns : list));
      const seen = Int32Array.from(input.aux, (record) => record[1]);
      const before = programWith(wordsOf(input.insns), { seen });
      const got = linesOf(passed(deadCodeRfc, passed(hardWire, before).program).program.insns);
      // The RFC does not move gotol and addresses of functions (R6, R16); that is no matter of what is cut.
      const comparable = (lines: string[]): string[] =>
        lines.map((line) => (/^(06|18 d\d+ s4)/.test(line) ? line.replace(/imm .*/, '') : line));
      expect([id, comparable(got)]).toEqual([id, comparable(want)]);
      if (want.length !== wanted.array.insns.length) other++;
    }
    // Where it leaves more than mainline does.
    expect(other).toBeGreaterThan(10);
  });
});

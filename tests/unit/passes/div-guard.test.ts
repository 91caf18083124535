/** Would catch: a guard with a wrong jump, width or operand, and divisions that are guarded but must not be, or the reverse. */
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/analysis/facts.ts';
import type { Result } from '../../../src/base/result.ts';
import { divGuard } from '../../../src/passes/div-guard.ts';
import { passContext } from '../../../src/passes/pass.ts';
import type { PatchError, Patched } from '../../../src/patch/algorithm.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram } from '../../../src/program/program.ts';
import { type Insn, linesOf, sharedLines, wordsOf, wordsOfHex } from './shared.ts';

function guarded(words: Int32Array): Result<Patched, PatchError> {
  const program = makeProgram({ insns: words });
  const patching = stream.open(program);
  const applied = patching.apply(
    divGuard.run(program, passContext({ facts: factsOf(program), rnd: () => 0 })),
  );
  return applied.ok ? patching.finish() : applied;
}

const linesAfter = (words: Int32Array): string[] => {
  const result = guarded(words);
  return result.ok ? linesOf(result.value.program.insns) : [result.error.message];
};

const EXIT: Insn = [0x95, 0, 0, 0, 0];
const own: readonly { name: string; before: Insn[]; after: Insn[] }[] = [
  {
    name: 'r0 /= r2 becomes four insns',
    before: [[0x3f, 0, 2, 0, 0], EXIT],
    after: [[0x55, 2, 0, 2, 0], [0xac, 0, 0, 0, 0], [0x05, 0, 0, 1, 0], [0x3f, 0, 2, 0, 0], EXIT],
  },
  {
    name: 'w0 /= w2 tests the lower half only',
    before: [[0x3c, 0, 2, 0, 0], EXIT],
    after: [[0x56, 2, 0, 2, 0], [0xac, 0, 0, 0, 0], [0x05, 0, 0, 1, 0], [0x3c, 0, 2, 0, 0], EXIT],
  },
  {
    name: 'r0 %= r2 becomes two insns: the rest of a division by zero is the dividend',
    before: [[0x9f, 0, 2, 0, 0], EXIT],
    after: [[0x15, 2, 0, 1, 0], [0x9f, 0, 2, 0, 0], EXIT],
  },
  {
    name: 'w0 %= w2 clears the upper half also when nothing is divided',
    before: [[0x9c, 0, 2, 0, 0], EXIT],
    after: [[0x16, 2, 0, 2, 0], [0x9c, 0, 2, 0, 0], [0x05, 0, 0, 1, 0], [0xbc, 0, 0, 0, 0], EXIT],
  },
  {
    name: 'a signed division by -1 is a negation, the remainder 0',
    before: [[0x37, 6, 0, 1, -1], [0x34, 6, 0, 1, -1], [0x97, 6, 0, 1, -1], EXIT],
    after: [[0x87, 6, 0, 0, 0], [0x84, 6, 0, 0, 0], [0xb4, 6, 0, 0, 0], EXIT],
  },
  {
    name: 'division by a constant, signed or not, stays',
    before: [[0x37, 6, 0, 0, -1], [0x97, 6, 0, 0, 7], [0x37, 6, 0, 1, 1000], EXIT],
    after: [[0x37, 6, 0, 0, -1], [0x97, 6, 0, 0, 7], [0x37, 6, 0, 1, 1000], EXIT],
  },
  {
    name: 'the halves of a 64-bit constant are never taken for a division',
    before: [[0x18, 1, 0, 0, 0x3f], [0, 0, 0, 0, 0x3f], EXIT],
    after: [[0x18, 1, 0, 0, 0x3f], [0, 0, 0, 0, 0x3f], EXIT],
  },
];

describe('division guard', () => {
  it.each(own)('$name', ({ before, after }) => {
    expect(linesAfter(wordsOf(before))).toEqual(linesOf(wordsOf(after)));
  });

  it('jumps over a guarded division are moved, and jumps to it reach the test', () => {
    const before = wordsOf([
      [0x15, 1, 0, 2, 0],
      [0x15, 2, 0, 0, 0],
      [0x3f, 0, 2, 0, 0],
      [0x05, 0, 0, -2, 0],
      EXIT,
    ]);
    const result = guarded(before);
    expect(result.ok && linesOf(result.value.program.insns)).toEqual(
      linesOf(
        wordsOf([
          [0x15, 1, 0, 5, 0],
          [0x15, 2, 0, 0, 0],
          [0x55, 2, 0, 2, 0],
          [0xac, 0, 0, 0, 0],
          [0x05, 0, 0, 1, 0],
          [0x3f, 0, 2, 0, 0],
          [0x05, 0, 0, -5, 0],
          EXIT,
        ]),
      ),
    );
  });
});

interface Golden {
  readonly id: string;
  readonly before: { readonly insns: string };
  readonly after: { readonly insns: string };
}

/** What else the kernel rewrites in these programs, one for one: helper numbers, map references, context loads. */
const REWRITTEN_ELSEWHERE = new Set(['85', '18', '61']);
const comparable = (lines: string[]): string[] =>
  lines.map((line) => (REWRITTEN_ELSEWHERE.has(line.slice(0, 2)) ? line.slice(0, 2) : line));

const golden = sharedLines<Golden>('golden/golden-plain.jsonl') ?? [];
const refused = sharedLines<Golden>('golden/golden-refused.jsonl') ?? [];

describe('division guard as Linux 6.18 writes it', () => {
  it.skipIf(golden.length === 0)('divmod and sdivmod (../shared/golden)', () => {
    const both = golden.filter(({ id }) => id === 'divmod:divmod' || id === 'sdivmod:sdivmod');
    expect(both.map(({ before }) => comparable(linesAfter(wordsOfHex(before.insns))))).toEqual(
      both.map(({ after }) => comparable(linesOf(wordsOfHex(after.insns)))),
    );
    expect(both).toHaveLength(2);
  });

  it.skipIf(refused.length === 0)('far_jump is refused (../shared/golden)', () => {
    const far = refused.find(({ id }) => id === 'far_jump:far_jump')!;
    expect(guarded(wordsOfHex(far.before.insns))).toMatchObject({ ok: false, error: { errno: -34 } });
  });
});

/** Would catch: a wrong opcode, width or order in a blinded sequence, and a random number drawn too often or too rarely. */
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/analysis/facts.ts';
import { blind } from '../../../src/passes/blind.ts';
import { countedRnd, passContext } from '../../../src/passes/pass.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram } from '../../../src/program/program.ts';
import { type Insn, linesOf, type Run, sharedLines, wordsOf } from './shared.ts';

interface Blinded {
  readonly insns: Int32Array | null;
  readonly errno: number;
  readonly rndUsed: number;
}

function blinded(words: Int32Array, rnd: readonly number[], verifierZext: boolean): Blinded {
  const program = makeProgram({ insns: words });
  let drawn = 0;
  const counted = countedRnd(() => rnd[drawn++ % rnd.length]);
  const edits = blind.run(program, passContext({ facts: factsOf(program), rnd: counted.rnd, verifierZext }));
  const patching = stream.open(program, { layer: 'core' });
  const applied = patching.apply(edits);
  const result = applied.ok ? patching.finish() : applied;
  return result.ok
    ? { insns: result.value.program.insns, errno: 0, rndUsed: counted.used() }
    : { insns: null, errno: result.error.errno, rndUsed: counted.used() };
}

const R = 0x5a5a5a5a;
const AX = 11;
const own: readonly { name: string; before: Insn[]; zext?: boolean; after: Insn[]; rndUsed: number }[] = [
  {
    name: 'a constant of 0 becomes an xor in 64 bits, also where the mov had 32',
    before: [
      [0xb4, 3, 0, 0, 0],
      [0xb7, 4, 0, 0, 0],
      [0x95, 0, 0, 0, 0],
    ],
    after: [
      [0xaf, 3, 3, 0, 0],
      [0xaf, 4, 4, 0, 0],
      [0x95, 0, 0, 0, 0],
    ],
    rndUsed: 3,
  },
  {
    name: 'a signed division keeps its off',
    before: [
      [0x34, 2, 0, 1, 7],
      [0x95, 0, 0, 0, 0],
    ],
    after: [
      [0xb4, AX, 0, 0, R ^ 7],
      [0xa4, AX, 0, 0, R],
      [0x3c, 2, AX, 1, 0],
      [0x95, 0, 0, 0, 0],
    ],
    rndUsed: 2,
  },
  {
    name: 'a backward jump goes back to the first slot of what it named, itself included',
    before: [
      [0xb7, 1, 0, 0, 9],
      [0x15, 1, 0, -2, 5],
      [0x16, 1, 0, -1, 5],
      [0x95, 0, 0, 0, 0],
    ],
    after: [
      [0xb7, AX, 0, 0, R ^ 9],
      [0xa7, AX, 0, 0, R],
      [0xbf, 1, AX, 0, 0],
      [0xb7, AX, 0, 0, R ^ 5],
      [0xa7, AX, 0, 0, R],
      [0x1d, 1, AX, -6, 0],
      [0xb4, AX, 0, 0, R ^ 5],
      [0xa4, AX, 0, 0, R],
      [0x1e, 1, AX, -3, 0],
      [0x95, 0, 0, 0, 0],
    ],
    rndUsed: 4,
  },
  {
    name: 'a 64-bit constant is put together from seven insns, eight with a mark for the upper half',
    before: [
      [0x18, 6, 0, 0, 0x1111],
      [0, 0, 0, 0, 0x2222],
      [0x95, 0, 0, 0, 0],
    ],
    zext: true,
    after: [
      [0xb7, AX, 0, 0, R ^ 0x2222],
      [0xa7, AX, 0, 0, R],
      [0x67, AX, 0, 0, 32],
      [0xbf, 6, AX, 0, 0],
      [0xb4, AX, 0, 0, R ^ 0x1111],
      [0xa4, AX, 0, 0, R],
      [0xbc, AX, AX, 0, 1],
      [0x4f, 6, AX, 0, 0],
      [0x95, 0, 0, 0, 0],
    ],
    rndUsed: 3,
  },
  {
    name: 'stores keep size, off and mode; an arena store is one too',
    before: [
      [0x6a, 10, 0, -8, 3],
      [0xa2, 1, 0, 4, -1],
      [0x95, 0, 0, 0, 0],
    ],
    after: [
      [0xb7, AX, 0, 0, R ^ 3],
      [0xa7, AX, 0, 0, R],
      [0x6b, 10, AX, -8, 0],
      [0xb7, AX, 0, 0, R ^ -1],
      [0xa7, AX, 0, 0, R],
      [0xa3, 1, AX, 4, 0],
      [0x95, 0, 0, 0, 0],
    ],
    rndUsed: 3,
  },
  {
    name: 'shifts, callbacks and insns with r11 stay; a callback costs no random number',
    before: [
      [0x67, 1, 0, 0, 3],
      [0x18, 2, 4, 0, 2],
      [0, 0, 0, 0, 0],
      [0x07, AX, 0, 0, 5],
      [0x95, 0, 0, 0, 0],
    ],
    after: [
      [0x67, 1, 0, 0, 3],
      [0x18, 2, 4, 0, 2],
      [0, 0, 0, 0, 0],
      [0x07, AX, 0, 0, 5],
      [0x95, 0, 0, 0, 0],
    ],
    rndUsed: 3,
  },
];

describe('constant blinding', () => {
  it.each(own)('$name', ({ before, zext = false, after, rndUsed }) => {
    const got = blinded(wordsOf(before), [R], zext);
    expect(linesOf(got.insns!)).toEqual(linesOf(wordsOf(after)));
    expect(got.rndUsed).toBe(rndUsed);
  });

  it('refuses a backward distance that no longer fits instead of wrapping it', () => {
    const before = wordsOf([
      { n: 32766, i: [0xbf, 1, 1, 0, 0] },
      [0x15, 1, 0, -32767, 5],
      [0x95, 0, 0, 0, 0],
    ]);
    expect(blinded(before, [R], false).errno).toBe(-34);
  });
});

interface Case {
  readonly id: string;
  readonly tags?: readonly string[];
  readonly input: {
    readonly insns: readonly (Insn | Run)[];
    readonly pass?: string;
    readonly rnd?: readonly number[];
    readonly verifier_zext?: number;
  };
  readonly expect: {
    readonly array: { ok: boolean; errno?: number; rnd_used: number; insns?: readonly (Insn | Run)[] };
  };
}

const cases = [
  ...(sharedLines<Case>('vectors/blind.jsonl') ?? []),
  ...(sharedLines<Case>('vectors/erange.jsonl') ?? []),
].filter(({ input }) => input.pass === 'blind');

/** The kernel's answer, or what SEMANTICS 7.2 makes of a distance that the kernel lets wrap. */
const expected = ({ tags = [], expect: { array } }: Case): unknown =>
  tags.includes('wraps')
    ? { rndUsed: array.rnd_used, errno: -34, insns: null }
    : {
        rndUsed: array.rnd_used,
        errno: array.errno ?? 0,
        insns: array.insns ? linesOf(wordsOf(array.insns)) : null,
      };

describe('constant blinding as the kernel did it', () => {
  it.skipIf(cases.length === 0)(`${cases.length || 'no'} recorded cases (../shared/vectors)`, () => {
    for (const c of cases) {
      const { insns, rnd, verifier_zext } = c.input;
      const got = blinded(wordsOf(insns), rnd!, Boolean(verifier_zext));
      expect({ ...got, insns: got.insns && linesOf(got.insns) }, c.id).toEqual(expected(c));
    }
  });
});

/** Would catch: a hand-written patch that breaks a 64-bit constant unsaid, and warnings about patches that are sound. */
import { describe, expect, it } from 'vitest';
import { checkPatchPoints } from '../../../src/passes/check-points.ts';
import { edits } from '../../../src/passes/edits.ts';
import { type HandEdit, passContext } from '../../../src/passes/pass.ts';
import { opAt } from '../../../src/patch/edit-list.ts';
import { makeProgram } from '../../../src/program/program.ts';
import { type Insn, wordsOf } from './shared.ts';

/** 0 r1 = 5, 1 and 2 a 64-bit constant, 3 r0 += r1, 4 exit. */
const program = makeProgram({
  insns: wordsOf([
    [0xb7, 1, 0, 0, 5],
    [0x18, 2, 0, 0, 1],
    [0, 0, 0, 0, 2],
    [0x0f, 0, 1, 0, 0],
    [0x95, 0, 0, 0, 0],
  ]),
});

const point = (
  kind: HandEdit['kind'],
  at: number,
  insns: Insn[] = [],
  more: Partial<HandEdit> = {},
): HandEdit => ({
  ...{ kind, at, cnt: 1, exits: [], from: 3, to: 9, insns: wordsOf(insns) },
  ...more,
});
const NOP: Insn = [0x05, 0, 0, 0, 0];

const rows: readonly { name: string; points: HandEdit[]; found: string[] }[] = [
  { name: 'a sound replace', points: [point('replace', 3, [NOP, [0x0f, 0, 1, 0, 0]])], found: [] },
  { name: 'a sound remove', points: [point('remove', 0)], found: [] },
  {
    name: 'the first half of a constant replaced',
    points: [point('replace', 1, [NOP])],
    found: ['split-pair'],
  },
  { name: 'the second half replaced', points: [point('replace', 2, [NOP])], found: ['split-pair'] },
  { name: 'something put between the halves', points: [point('prepend', 2, [NOP])], found: ['split-pair'] },
  { name: 'something put before the constant', points: [point('prepend', 1, [NOP])], found: [] },
  { name: 'one half removed', points: [point('remove', 0, [], { cnt: 2 })], found: ['split-pair'] },
  { name: 'the other half removed', points: [point('remove', 2, [], { cnt: 2 })], found: ['split-pair'] },
  { name: 'both removed', points: [point('remove', 0, [], { cnt: 3 })], found: [] },
  {
    name: 'one half replaced, the other removed',
    points: [point('replace', 1, [[0xb7, 2, 0, 0, 1]]), point('remove', 2)],
    found: [],
  },
  {
    name: 'a patch that ends in half a constant',
    points: [point('replace', 3, [[0x18, 0, 0, 0, 1]])],
    found: ['split-pair'],
  },
  {
    name: 'a patch that holds a whole constant',
    points: [
      point('replace', 3, [
        [0x18, 0, 0, 0, 1],
        [0, 0, 0, 0, 0],
      ]),
    ],
    found: [],
  },
  { name: 'a jump to the insn behind', points: [point('replace', 3, [[0x15, 1, 0, 1, 0], NOP])], found: [] },
  {
    name: 'a jump out, past the end',
    points: [point('replace', 3, [[0x15, 1, 0, 2, 0], NOP])],
    found: ['leaves-patch', 'leads-past-end'],
  },
  {
    name: 'a jump out by name',
    points: [point('replace', 3, [[0x15, 1, 0, 0, 0]], { exits: [{ slot: 0, to: 0 }] })],
    found: ['leaves-patch'],
  },
  {
    name: 'r11 written',
    points: [
      point('replace', 0, [
        [0xb7, 11, 0, 0, 5],
        [0xbf, 1, 11, 0, 0],
      ]),
    ],
    found: ['clobbers-ax'],
  },
  {
    name: 'a register written that nothing reads any more',
    points: [point('prepend', 3, [[0xb7, 6, 0, 0, 5]])],
    found: [],
  },
  {
    name: 'a register written that insn 3 reads',
    points: [point('prepend', 3, [[0xb7, 1, 0, 0, 5]])],
    found: ['clobbers'],
  },
  {
    name: 'a register written that is read only before it is written again',
    points: [point('prepend', 0, [[0xb7, 1, 0, 0, 5]])],
    found: [],
  },
  {
    name: 'a replace that writes what is read behind it',
    points: [point('replace', 1, [[0xb7, 1, 0, 0, 5]]), point('remove', 2)],
    found: ['clobbers'],
  },
  {
    name: 'a replace that writes what nothing reads behind it',
    points: [
      point('replace', 3, [
        [0xb7, 1, 0, 0, 5],
        [0x0f, 0, 1, 0, 0],
      ]),
    ],
    found: [],
  },
  { name: 'the end removed', points: [point('remove', 4)], found: ['falls-off-end'] },
  {
    name: 'the end replaced by a move',
    points: [point('replace', 4, [[0xb7, 0, 0, 0, 5]])],
    found: ['falls-off-end'],
  },
  {
    name: 'the end replaced by a jump',
    points: [point('replace', 4, [[0x05, 0, 0, -2, 0]])],
    found: ['leaves-patch'],
  },
  {
    name: 'the end replaced by a jump behind it',
    points: [
      point('replace', 4, [
        [0x15, 0, 0, 1, 0],
        [0x95, 0, 0, 0, 0],
      ]),
    ],
    found: ['leads-past-end'],
  },
  {
    name: 'an exit in front of what is removed',
    points: [point('replace', 3, [[0x95, 0, 0, 0, 0]]), point('remove', 4)],
    found: [],
  },
  { name: 'everything removed', points: [point('remove', 0, [], { cnt: 5 })], found: [] },
  { name: 'a call in a patch', points: [point('prepend', 3, [[0x85, 0, 0, 0, 5]])], found: ['clobbers'] },
  {
    name: 'the insn kept, but not in the last slot',
    points: [
      point('replace', 3, [
        [0x0f, 0, 1, 0, 0],
        [0x0f, 0, 0, 0, 0],
      ]),
    ],
    found: ['aux-heir'],
  },
  {
    name: 'an insn that is not there is left to the engine',
    points: [point('replace', 99, [NOP])],
    found: [],
  },
];

/** 0 if r1 == 0 goto 3, 1 call 4, 2 exit, 3 exit, 4 exit. */
const leading = makeProgram({
  insns: wordsOf([
    [0x15, 1, 0, 2, 0],
    [0x85, 0, 1, 0, 2],
    [0x95, 0, 0, 0, 0],
    [0x95, 0, 0, 0, 0],
    [0x95, 0, 0, 0, 0],
  ]),
});

describe('the end of a program', () => {
  it.each([
    [
      'is past a hole that reaches it: the first jump there is named',
      [point('remove', 3, [], { cnt: 2 })],
      ['jump at insn 0'],
    ],
    ['is past a hole that a call leads into', [point('remove', 4)], ['call at insn 1']],
    ['is not past a hole with an insn behind it', [point('remove', 3)], []],
    ['is no matter of a jump that goes too', [point('remove', 1), point('remove', 4)], []],
    [
      'is past the exit a patch names',
      [
        point('prepend', 2, [[0x15, 1, 0, 0, 0]], { exits: [{ slot: 0, to: 4 }] }),
        point('replace', 1, [NOP]),
        point('remove', 4),
      ],
      ['insn 0 of the patch'],
    ],
  ] as const)('%s', (_, points, named) => {
    const found = checkPatchPoints(leading, points).filter(({ code }) => code === 'leads-past-end');
    expect(found.map(({ message }) => named.find((one) => message.includes(one)))).toEqual(named);
  });
});

describe('patch points', () => {
  it.each(rows)('$name', ({ points, found }) => {
    expect(checkPatchPoints(program, points).map(({ code }) => code)).toEqual(found);
  });

  it('only a split constant is an error, and all say where they stand', () => {
    const all = rows.flatMap(({ points }) => checkPatchPoints(program, points));
    for (const { code, severity, from, to } of all)
      expect({ severity, from, to }).toEqual({
        severity: code === 'split-pair' ? 'error' : 'warning',
        from: 3,
        to: 9,
      });
  });

  it('become edits as they are', () => {
    const points = [
      point('prepend', 0, [NOP]),
      point('replace', 3, [NOP, NOP], {
        exits: [
          { slot: 1, to: 4 },
          { slot: 0, to: 0 },
        ],
      }),
      point('remove', 4),
    ];
    const facts = { seen: new Uint8Array(5), zextDst: new Uint8Array(5) };
    const list = edits.run(program, passContext({ facts, rnd: () => 0, patchPoints: points }));
    expect(Array.from({ length: list.cnt }, (_, k) => opAt(list, k))).toEqual([
      { kind: 'prepend', at: 0, insns: wordsOf([NOP]) },
      {
        kind: 'replace',
        at: 3,
        insns: wordsOf([NOP, NOP]),
        exits: [
          { slot: 0, to: 0 },
          { slot: 1, to: 4 },
        ],
      },
      { kind: 'remove', at: 4, cnt: 1 },
    ]);
  });
});

/**
 * What notes say of small programs. Would catch: a branch decided that the verifier leaves open or the other way
 * round, a pointer lost on its way, a statement that does not win, and a source that is not told.
 */

import { describe, expect, it } from 'vitest';
import { AUX_SOURCE, type StatedAux } from '../../../src/analysis/aux.ts';
import { type Notes, notesOf } from '../../../src/analysis/notes.ts';
import { INNER_MAP } from '../../../src/program/map-number.ts';
import { makeProgram } from '../../../src/program/program.ts';
import type { MapInfo } from '../../../src/program/setting.ts';
import { type Insn, wordsOf } from '../passes/shared.ts';
import { mapOf, subprogsFrom } from './mock-programs.ts';

const SCHED_CLS = 3;
const XDP = 6;
const EXIT: Insn = [0x95, 0, 0, 0, 0];
const mov = (reg: number, imm: number): Insn => [0xb7, reg, 0, 0, imm];
const mov32 = (reg: number, imm: number): Insn => [0xb4, reg, 0, 0, imm];
const call = (id: number): Insn => [0x85, 0, 0, 0, id];
const mapFd = (reg: number, ref: number): Insn[] => [
  [0x18, reg, 1, 0, ref],
  [0, 0, 0, 0, 0],
];
const mapValue = (reg: number, ref: number, off: number): Insn[] => [
  [0x18, reg, 2, 0, ref],
  [0, 0, 0, 0, off],
];

function notesOn(
  insns: readonly Insn[],
  maps: readonly MapInfo[] = [],
  given: readonly StatedAux[] = [],
  progType = SCHED_CLS,
): Notes {
  const words = wordsOf(insns);
  return notesOf(makeProgram({ insns: words, subprogs: subprogsFrom(words) }), { progType, maps }, given);
}
const bits = (column: ArrayLike<number>): string => Array.from(column, (v) => (v === 0 ? 0 : 1)).join('');

const seen: readonly { name: string; insns: Insn[]; seen: string }[] = [
  { name: 'a constant', insns: [mov(0, 1), [0x15, 0, 0, 1, 1], mov(0, 2), EXIT], seen: '1101' },
  {
    name: 'a constant out of 32 bits',
    insns: [mov32(0, -1), [0x04, 0, 0, 0, 1], [0x15, 0, 0, 1, 0], mov(0, 2), EXIT],
    seen: '11101',
  },
  {
    name: 'a constant that went over the stack',
    insns: [mov(6, 7), [0x7b, 10, 6, -8, 0], [0x79, 0, 10, -8, 0], [0x55, 0, 0, 1, 7], EXIT, EXIT],
    seen: '111110',
  },
  {
    name: 'a byte of a constant that went over the stack',
    insns: [[0x62, 10, 0, -8, 0x1234], [0x71, 0, 10, -8, 0], [0x16, 0, 0, 1, 0x34], mov(0, 0), EXIT],
    seen: '11101',
  },
  {
    name: 'a mask bounds what nobody knows',
    insns: [call(7), [0x57, 0, 0, 0, 7], [0x25, 0, 0, 1, 7], EXIT, EXIT],
    seen: '11110',
  },
  {
    name: 'a load of a byte is below 256',
    insns: [[0x71, 0, 1, 0, 0], [0x25, 0, 0, 1, 255], EXIT, EXIT],
    seen: '1110',
  },
  {
    name: 'a comparison teaches both ways',
    insns: [call(7), [0x25, 0, 0, 1, 9], [0x25, 0, 0, 1, 9], EXIT, EXIT],
    seen: '11110',
  },
  {
    name: 'what one copy is known to be, the other is',
    insns: [call(7), [0xbf, 6, 0, 0, 0], [0x55, 0, 0, 2, 5], [0x55, 6, 0, 1, 5], EXIT, mov(0, 1), EXIT],
    seen: '1111111',
  },
  {
    name: 'a path by itself decides what the join would not',
    insns: [
      ...[call(7), mov(6, 0), [0x15, 0, 0, 1, 0], mov(6, 0), [0x15, 6, 0, 1, 0], mov(0, 9)],
      EXIT,
    ] as Insn[],
    seen: '1111101',
  },
  {
    name: 'division is not looked into',
    insns: [mov(0, 8), [0x37, 0, 0, 0, 2], [0x15, 0, 0, 0, 4], EXIT],
    seen: '1111',
  },
  {
    name: 'neither the context nor the stack is known not to be NULL',
    insns: [[0x15, 1, 0, 1, 0], mov(0, 0), mov(0, 1), EXIT],
    seen: '1111',
  },
  {
    name: 'an object that the kernel vouches for is there',
    insns: [call(158), [0x15, 0, 0, 1, 0], EXIT, EXIT],
    seen: '1110',
  },
  {
    name: 'another object may still be NULL',
    insns: [call(158), [0xbf, 1, 0, 0, 0], call(175), [0x15, 0, 0, 1, 0], EXIT, EXIT],
    seen: '111111',
  },
  {
    name: 'a reserved record is there once it is not NULL',
    insns: [
      ...mapFd(1, 4),
      ...[mov(2, 8), mov(3, 0), call(131), [0x15, 0, 0, 3, 0] as Insn],
      ...[[0xbf, 6, 0, 0, 0] as Insn, [0x15, 6, 0, 1, 0] as Insn, EXIT, EXIT],
    ],
    seen: '1111111111',
  },
  {
    name: 'a loop of no turns never calls its function',
    insns: [
      ...[mov(1, 0), [0x18, 2, 4, 0, 5] as Insn, [0, 0, 0, 0, 0] as Insn, mov(3, 0), mov(4, 0), call(181)],
      ...[mov(0, 0), EXIT, mov(0, 0), EXIT],
    ],
    seen: '1111111100',
  },
  {
    name: 'a loop that counts is walked to its end',
    insns: [mov(0, 0), [0x07, 0, 0, 0, 1], [0xa5, 0, 0, -2, 5], [0x15, 0, 0, 1, 5], mov(0, 1), EXIT],
    seen: '111101',
  },
];

describe('seen', () => {
  it.each(seen)('$name', ({ insns, seen: want }) => {
    const notes = notesOn(insns);
    expect(bits(notes.columns.seen)).toBe(want);
    expect(notes.isComplete).toBe(true);
  });

  const settings = mapOf({ ref: 4, type: 2, flags: 1 << 7, frozen: Uint8Array.of(0, 1, 0xff, 0xff) });
  const reads = (off: number, size: number, imm: number): Insn[] => [
    ...mapValue(1, 4, off),
    [size, 0, 1, 0, 0],
    [0x55, 0, 0, 1, imm],
    EXIT,
    EXIT,
  ];
  it.each([
    ['bytes of a frozen read-only map', settings, reads(1, 0x71, 1), '111110'],
    ['sign-extended', settings, reads(2, 0x89, -1), '111110'],
    ['behind its end', settings, reads(3, 0x69, 0), '111111'],
    ['a map the program may write', { ...settings, flags: 0 }, reads(1, 0x71, 1), '111111'],
    ['contents nobody stated', { ...settings, frozen: null }, reads(1, 0x71, 1), '111111'],
  ])('%s', (_, map, insns, want) => {
    expect(bits(notesOn(insns, [map]).columns.seen)).toBe(want);
  });

  it('the number of a CPU is below how many there are, and below what any kernel is built for', () => {
    const beyond = (cpuCnt: number | undefined, max: number): number => {
      const insns = wordsOf([call(8), [0x25, 0, 0, 1, max], EXIT, EXIT]);
      const setting = { progType: SCHED_CLS, maps: [], ...(cpuCnt && { cpuCnt }) };
      return notesOf(makeProgram({ insns }), setting, []).columns.seen[3];
    };
    expect([beyond(2, 1), beyond(2, 0), beyond(1, 0)]).toEqual([0, 1, 0]);
    expect([beyond(undefined, 8191), beyond(undefined, 8190)]).toEqual([0, 1]);
  });

  it('a lookup in an array finds something when the key is known and there', () => {
    const missing = (maxEntries: number, off: number, key: number): number => {
      const { columns } = notesOn(
        [
          [0x62, 10, 0, off, key],
          ...mapFd(1, 4),
          [0xbf, 2, 10, 0, 0],
          [0x07, 2, 0, 0, off],
          call(1),
          [0x55, 0, 0, 1, 0],
          mov(0, 0),
          mov(0, 0),
          EXIT,
        ],
        [mapOf({ ref: 4, type: 2, maxEntries })],
      );
      return columns.seen[7];
    };
    expect([missing(4, -8, 3), missing(3, -8, 3)]).toEqual([0, 1]);
    // The verifier keeps a number only where a slot begins; but zeros it knows everywhere.
    expect([missing(4, -4, 3), missing(4, -4, 0)]).toEqual([1, 0]);
  });
});

describe('pointers', () => {
  const SK = 168;
  it('what a context field gives, NULL or not, and what it is afterwards', () => {
    const { columns } = notesOn([
      [0x79, 2, 1, SK, 0],
      [0x15, 2, 0, 1, 0],
      [0x61, 3, 2, 4, 0],
      mov(0, 0),
      EXIT,
    ]);
    expect([...columns.ptrType]).toEqual([2, 0, 12, 0, 0]);
    expect(columns.ctxFieldSize[2]).toBe(4);
  });

  it('packet pointers of one program type are numbers of another', () => {
    const insns: Insn[] = [[0x61, 2, 1, 0, 0], [0x71, 3, 2, 0, 0], mov(0, 0), EXIT];
    expect(notesOn(insns, [], [], XDP).columns.ptrType[1]).toBe(8);
    expect(notesOn(insns, [], [], SCHED_CLS).columns.ptrType[1]).toBe(0);
  });

  it('pointers reach a subprogram and come back', () => {
    const { columns } = notesOn([[0x85, 0, 1, 0, 2], [0x61, 0, 0, 0, 0], EXIT, [0xbf, 0, 1, 0, 0], EXIT]);
    expect(columns.ptrType[1]).toBe(2);
  });
});

describe('calls', () => {
  const tailCall = (prepare: Insn[]): Notes =>
    notesOn([...prepare, ...mapFd(2, 7), call(12), mov(0, 0), EXIT], [mapOf({ ref: 7, type: 3 })]);
  it('a tail call with a constant index, one without, and its map', () => {
    const constant = tailCall([mov(3, 5)]).columns;
    expect([constant.mapIdx[3], constant.callArg[3]]).toEqual([1, 6]);
    const unknown = tailCall([[0x61, 3, 1, 0, 0]]).columns;
    expect([unknown.mapIdx[3], unknown.callArg[3]]).toEqual([1, 0]);
  });

  it('a map that nobody described has no number', () => {
    expect(notesOn([...mapFd(2, 9), mov(3, 1), call(12), mov(0, 0), EXIT]).columns.mapIdx[3]).toBe(0);
  });

  it('what a map of maps holds', () => {
    const outer = mapOf({ ref: 4, type: 12, inner: mapOf({ ref: 0, type: 2 }) });
    const { columns } = notesOn(
      [
        ...([[0x62, 10, 0, -4, 0]] as Insn[]),
        ...mapFd(1, 4),
        [0xbf, 2, 10, 0, 0],
        [0x07, 2, 0, 0, -4],
        call(1),
        [0x15, 0, 0, 5, 0],
        [0xbf, 1, 0, 0, 0],
        [0xbf, 2, 10, 0, 0],
        [0x07, 2, 0, 0, -4],
        call(1),
        mov(0, 0),
        EXIT,
      ],
      [outer],
    );
    expect([columns.mapIdx[5], columns.mapIdx[10]]).toEqual([1, INNER_MAP | 1]);
  });

  it('a helper wants the upper halves of as many registers as it takes', () => {
    const { columns } = notesOn([mov32(2, 1), mov32(3, 1), [0xbf, 1, 1, 0, 0], call(32), EXIT]);
    expect(bits(columns.zextDst)).toBe('10000');
  });

  it('a global subprogram is looked at by itself and gives any number', () => {
    const words = wordsOf([[0x85, 0, 1, 0, 2], [0x15, 0, 0, 0, 1], EXIT, mov32(0, 1), EXIT]);
    const program = makeProgram({ insns: words, subprogs: subprogsFrom(words) });
    const asStatic = notesOf(program, { progType: SCHED_CLS, maps: [] }, []);
    const asGlobal = notesOf(program, { progType: SCHED_CLS, maps: [], globals: [1] }, []);
    expect([bits(asStatic.columns.seen), bits(asGlobal.columns.seen)]).toEqual(['11111', '11111']);
    expect([asStatic.columns.zextDst[3], asGlobal.columns.zextDst[3]]).toEqual([1, 1]);
  });
});

describe('what somebody states', () => {
  const branch: Insn[] = [call(7), [0x15, 0, 0, 2, 0], mov32(6, 1), [0xbf, 0, 6, 0, 0], EXIT];
  it('wins, and the walk goes by it', () => {
    const { columns, source } = notesOn(branch, [], [{ slot: 2, field: 'seen', value: 0 }]);
    // What only the stated insn leads to is not reached either.
    expect(bits(columns.seen)).toBe('11001');
    expect(columns.zextDst[2]).toBe(0);
    const { COMPUTED, GIVEN } = AUX_SOURCE;
    expect([...source.seen]).toEqual([COMPUTED, COMPUTED, GIVEN, COMPUTED, COMPUTED]);
  });

  it('brings dead code to life, and what it leads to', () => {
    const insns: Insn[] = [mov(0, 0), EXIT, mov32(0, 1), EXIT];
    const { columns } = notesOn(insns, [], [{ slot: 2, field: 'seen', value: 1 }]);
    expect(bits(columns.seen)).toBe('1111');
    expect(columns.zextDst[2]).toBe(1);
  });

  it('a stated pointer gives what it points to', () => {
    const insns: Insn[] = [call(7), [0x61, 2, 0, 0, 0], [0x71, 3, 2, 0, 0], mov(0, 0), EXIT];
    const { columns, source } = notesOn(insns, [], [{ slot: 1, field: 'ptr_type', value: 2 }], XDP);
    expect([...columns.ptrType]).toEqual([0, 2, 8, 0, 0]);
    const { UNKNOWN, COMPUTED, GIVEN } = AUX_SOURCE;
    expect([...source.ptrType]).toEqual([UNKNOWN, GIVEN, COMPUTED, UNKNOWN, UNKNOWN]);
  });

  it('statements outside of the program change nothing', () => {
    const given = [-1, 99].map((slot) => ({ slot, field: 'seen', value: 0 }) as const);
    expect(bits(notesOn(branch, [], given).columns.seen)).toBe('11111');
  });
});

describe('limits', () => {
  it('a loop without an end is given up, and everything that it leads to is seen', () => {
    const insns: Insn[] = [mov(0, 0), [0x07, 0, 0, 0, 1], [0x55, 0, 0, -2, -5], mov32(0, 1), EXIT];
    const program = makeProgram({ insns: wordsOf(insns) });
    const setting = { progType: SCHED_CLS, maps: [] };
    const { columns, isComplete } = notesOf(program, setting, [], { insnsMax: 10_000 });
    expect(isComplete).toBe(false);
    expect(bits(columns.seen)).toBe('11111');
    expect(columns.zextDst[3]).toBe(1);
  });

  it('the stack counts in slots of eight bytes, by function', () => {
    const { stackDepth } = notesOn([
      [0x85, 0, 1, 0, 3],
      [0x62, 10, 0, -20, 0],
      mov(0, 0),
      EXIT,
      [0x72, 10, 0, -1, 0],
      mov(0, 0),
      EXIT,
    ]);
    expect([...stackDepth]).toEqual([24, 8]);
  });

  it('no program has no notes', () => {
    expect(notesOn([]).columns.seen).toHaveLength(0);
  });
});

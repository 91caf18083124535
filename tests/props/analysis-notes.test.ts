/**
 * Laws of the notes over any words at all. Would catch: a hostile program that throws, code called live that no jump
 * leads to, an upper half wanted of an insn that defines none, and a walk whose cost grows faster than the program.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notesOf } from '../../src/analysis/notes.ts';
import { reachable } from '../../src/analysis/reach.ts';
import { word0 } from '../../src/isa/insn.ts';
import { secondSlots } from '../../src/isa/pairs.ts';
import { def32Of } from '../../src/isa/regs.ts';
import { FORMS } from '../../src/isa/table.ts';
import { makeProgram } from '../../src/program/program.ts';
import { subprogsFrom } from '../unit/analysis/mock-programs.ts';

const wild = fc.record({ w0: fc.integer(), imm: fc.integer() });
const form = fc
  .record({
    code: fc.constantFrom(...FORMS.map(({ code }) => code)),
    dst: fc.nat(15),
    src: fc.nat(15),
    off: fc.oneof(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -0x8000, max: 0x7fff })),
    imm: fc.oneof(fc.integer({ min: -4, max: 220 }), fc.integer()),
  })
  .map(({ code, dst, src, off, imm }) => ({ w0: word0(code, dst, src, off), imm }));
const programs = fc
  .array(fc.oneof({ weight: 1, arbitrary: wild }, { weight: 4, arbitrary: form }), { maxLength: 60 })
  .map((insns) => {
    const words = Int32Array.from(insns.flatMap(({ w0, imm }) => [w0, imm]));
    const { start, ...rest } = subprogsFrom(words);
    const inside = start.filter((slot) => slot >= 0 && slot < Math.max(1, insns.length));
    return makeProgram({ insns: words, subprogs: { ...rest, start: inside } });
  });
const settings = fc.record({ progType: fc.nat(33), maps: fc.constant([]) });

test('notes of any program keep to it', () => {
  fc.assert(
    fc.property(programs, settings, (program, setting) => {
      const { columns } = notesOf(program, setting, []);
      const open = reachable(program);
      const second = secondSlots(program.insns);
      for (let i = 0; i < open.length; i++) {
        if (columns.seen[i]) expect(open[i] || second[i], `slot ${i} is reached`).toBe(1);
        if (columns.zextDst[i]) {
          expect(columns.seen[i]).toBe(1);
          const isPlain = def32Of(program.insns[2 * i], program.insns[2 * i + 1]) >= 0;
          expect(isPlain, `slot ${i} defines 32 bits`).toBe(true);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test('a jump opcode that has no distance leads nowhere but on', () => {
  for (const code of [0x8d, 0x9d, 0x86, 0x8e, 0x96, 0x9e])
    for (const dst of [0, 15]) {
      const insns = [word0(0x05, 0, 0, 1), 0, word0(0xb7, 0, 0, 0), 0, word0(0x07, 0, 0, 0), 0];
      insns.push(word0(code, dst, 0, -3), -3, word0(0x95, 0, 0, 0), 0);
      const program = makeProgram({ insns: Int32Array.from(insns) });
      const { columns } = notesOf(program, { progType: 0, maps: [] }, []);
      expect([...columns.seen], `opcode ${code}, r${dst}`).toEqual([1, 0, 1, 1, 1]);
    }
});

test('any statement about any program is taken as it is', () => {
  const fields = ['seen', 'zext_dst', 'ptr_type', 'map_idx', 'call_arg'] as const;
  const statements = fc.array(
    fc.record({
      slot: fc.integer({ min: -2, max: 70 }),
      field: fc.constantFrom(...fields),
      value: fc.nat(40),
    }),
    { maxLength: 8 },
  );
  const COLUMN = {
    seen: 'seen',
    zext_dst: 'zextDst',
    ptr_type: 'ptrType',
    map_idx: 'mapIdx',
    call_arg: 'callArg',
  } as const;
  fc.assert(
    fc.property(programs, settings, statements, (program, setting, given) => {
      const { columns } = notesOf(program, setting, given);
      const last = new Map(given.map((one) => [`${one.slot} ${one.field}`, one]));
      for (const { slot, field, value } of last.values())
        if (slot >= 0 && slot < columns.seen.length) expect(columns[COLUMN[field]][slot]).toBe(value);
    }),
    { numRuns: 500 },
  );
});

test('a million insns in a row are gone over once', () => {
  const cnt = 1_000_000;
  const words = new Int32Array(2 * cnt);
  for (let i = 0; i < cnt - 1; i++) words[2 * i] = word0(i === 0 ? 0xb7 : i & 1 ? 0x07 : 0xa7, 0, 0, 0);
  for (let i = 0; i < cnt - 1; i++) words[2 * i + 1] = i;
  words[2 * cnt - 2] = 0x95;
  const { columns, isComplete } = notesOf(makeProgram({ insns: words }), { progType: 3, maps: [] }, []);
  expect(isComplete).toBe(true);
  expect(columns.seen[cnt - 1]).toBe(1);
});

test('100,000 branches in a row, each over the next insn, are given up and still answered', () => {
  const cnt = 100_000;
  const words = new Int32Array(4 * cnt + 2);
  for (let i = 0; i < cnt; i++) {
    words[4 * i] = word0(0x85, 0, 0, 0);
    words[4 * i + 1] = 7;
    words[4 * i + 2] = word0(0x15, 0, 0, i % 2);
    words[4 * i + 3] = i;
  }
  words[4 * cnt] = 0x95;
  const { columns, isComplete } = notesOf(makeProgram({ insns: words }), { progType: 3, maps: [] }, []);
  expect(isComplete).toBe(false);
  expect(columns.seen[2 * cnt]).toBe(1);
});

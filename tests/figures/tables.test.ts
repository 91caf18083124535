import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/examples/index.ts';
import { auxRowAt } from '../../src/figures/aux-rows.ts';
import { lineRowAt } from '../../src/figures/line-rows.ts';
import {
  funcRowAt,
  functionNumbers,
  linfoNumbers,
  placeRowAt,
  placeRowCnt,
  privateRowAt,
} from '../../src/figures/place-rows.ts';
import { headroom, jumpRowAt, jumpsAlive, patchRowAt, subprogRowAt } from '../../src/figures/tables.ts';
import { FLOW } from '../../src/isa/flow.ts';
import { OP_NAMES } from '../../src/patch/trace.ts';
import { auxAt, DELETED, type Program } from '../../src/program/program.ts';
import { runOf, tableSourceOf } from './run.ts';

const TABLES = `.func main
.stack 16
; m.c:1:1 main
;@aux ptr_type=ctx ctx_field_size=4 alu_state=3 alu_limit=5 map_idx=1 call_arg=2
;@replace r0 = 1 | r0 += 1
r0 = 0
call last
exit
.func mid
.stack 32
; m.c:5:1 mid
;@remove 2
r0 = 3
; m.c:6:1 end of mid
exit
.func last
.stack 64
; m.c:9:1 last
loop:
;@prepend r1 = 1 | r2 = 2
r0 = 4
if r0 == 0 goto loop
exit
.insn_array jt: main, mid, loop, deleted
.poke loop, 4
.extable main, loop
`;

// The tables derive their rows from the trace; the engine computed the same result by itself. They must agree.
const CASES: readonly (readonly [name: string, source: string, pass: string])[] = [
  ...EXAMPLES.map((e) => [e.id, e.source, e.pass] as const),
  [
    'all kinds of edits, two functions, lines',
    `; a.c:1:1 one
r1 = 1
;@prepend r6 = r1 | r7 = 2
; a.c:2:1 two
r2 = 2
; a.c:3:1 three
;@remove 2
r3 = 3
r4 = 4
; a.c:4:1 four
;@replace w5 = 5 | r5 += 1
r5 = 5
call f
if r0 == 0 goto -6
exit
; b.c:9:1 f
.func f
;@prepend r8 = 1
r0 = 0
;@replace w0 = w1
r0 = r1
exit
.insn_array jt: 0, 1, 2, 3, 4, deleted
.poke 1, 4, 8, 9
.extable 1, 3, 4, 8, 9
`,
    'edits',
  ],
  ['a function that dies between two others, tables of everything', TABLES, 'edits'],
];

const places = ({ places }: Program): number[] => places.flatMap(({ at }) => [...at]);

for (const [name, text, pass] of CASES)
  describe(name, () => {
    const output = runOf(text, pass);
    const source = tableSourceOf(output);
    const last = output.trace.opCnt;
    if (!output.result.ok) {
      // Tables of a refused run have no result that they could agree with.
      test('is shown as refused', () => expect(output.trace.refused).not.toBeNull());
      return;
    }
    const { program } = output.result.value;

    test('aux at the last moment is the engine\u2019s aux', () => {
      const { aux } = program;
      if (!aux) throw new Error('no aux');
      for (let i = 0; i < aux.home.length; i++) {
        expect(auxRowAt(source, last, i), `slot ${i}`).toMatchObject({ idx: i, ...auxAt(aux, i) });
      }
    });

    test('line info at the last moment is the engine\u2019s', () => {
      const rows = Array.from(output.before.lineInfo.insnOff, (_, i) => lineRowAt(source, last, i)).filter(
        (row) => row.idx >= 0,
      );
      expect(rows.map((row) => [row.idx, row.line])).toEqual(
        Array.from(program.lineInfo.insnOff, (off, i) => [off, program.lineInfo.line[i]]),
      );
    });

    test('subprograms at the last moment are the engine\u2019s', () => {
      const rows = Array.from(output.before.subprogs.start, (_, i) => subprogRowAt(source, last, i)).filter(
        (row) => !row.dead,
      );
      expect(rows.map((row) => row.start)).toEqual([...program.subprogs.start]);
      const numbers = functionNumbers(source, last);
      const linfo = linfoNumbers(source, last).filter((_, k) => numbers[k] >= 0);
      expect([...linfo]).toEqual([...program.subprogs.linfoIdx]);
    });

    test('places at the last moment are the engine\u2019s', () => {
      const rows = Array.from({ length: placeRowCnt(output.before) }, (_, i) => placeRowAt(source, last, i));
      expect(rows.map((row) => row.idx)).toEqual(places(program));
      expect(rows.map((row) => row.was)).toEqual(places(output.before));
    });

    test('func_info and private data at the last moment are the engine\u2019s', () => {
      const numbers = functionNumbers(source, last);
      const { subprogs, strings } = program;
      const wasEntries = [...numbers.keys()].filter((k) => numbers[k] >= 0);
      expect(wasEntries.map((k) => numbers[k])).toEqual([...subprogs.ident.keys()]);
      const funcs = wasEntries.map((k) => funcRowAt(source, last, numbers, k));
      expect(funcs.map((row) => row.start)).toEqual([...subprogs.start]);
      const known = [...subprogs.name].map((name, k) => strings[name] ?? funcs[k].name);
      expect(funcs.map((row) => row.name)).toEqual(known);
      const depths = wasEntries.map((k) => privateRowAt(source, last, numbers, k).stackDepth);
      expect(depths).toEqual([...subprogs.stackDepth]);
    });

    test('patches are the edits, each with the op that does it', () => {
      const rows = Array.from(output.trace.editAt, (_, e) => patchRowAt(source, e));
      const { opKind, opRef } = output.trace;
      for (const [e, row] of rows.entries()) {
        expect(opRef[(row.op ?? 0) - 1]).toBe(e);
        expect(OP_NAMES[opKind[(row.op ?? 0) - 1]]).toBe(row.kind);
      }
      const grown = rows.reduce((sum, { growth }) => sum + growth, 0);
      expect(grown).toBe((program.insns.length - output.before.insns.length) / 2);
      expect(rows.length).toBeGreaterThan(0);
    });

    test('headroom is that of the jump with the least', () => {
      const alive = jumpsAlive(source, last);
      const { largest, room } = headroom(source, last);
      const rows = Array.from(alive, (j) => jumpRowAt(source, last, j));
      const narrow = rows.filter((_, i) => output.trace.jumps.flow[alive[i]] === FLOW.OFF);
      expect(room).toBe(Math.min(...narrow.map((row) => row.room)));
      expect(narrow.find((row) => row.room === room)?.now).toBe(largest);
    });

    test('jumps lead where the engine\u2019s lead', () => {
      const rows = Array.from(jumpsAlive(source, last), (j) => jumpRowAt(source, last, j));
      for (const row of rows) {
        const w0 = program.insns[row.at * 2];
        const code = w0 & 0xff;
        const distance =
          code === 0x06 || code === 0x85 || code === 0x18 ? program.insns[row.at * 2 + 1] : w0 >> 16;
        expect(row.now, `jump at ${row.at}`).toBe(distance);
        expect(row.written).toBe(distance);
      }
      expect(rows.length).toBeGreaterThan(0);
    });
  });

describe('tables of everything, moment by moment', () => {
  const output = runOf(TABLES, 'edits');
  const source = tableSourceOf(output);
  const last = output.trace.opCnt;
  const rowsAt = (moment: number) =>
    Array.from({ length: placeRowCnt(output.before) }, (_, i) => placeRowAt(source, moment, i));

  test('before the first op everything is where it was', () => {
    expect(rowsAt(0).map(({ kind, name, entry, idx }) => [kind, name, entry, idx])).toEqual([
      ['insn_array', 'jt', 0, 0],
      ['insn_array', 'jt', 1, 3],
      ['insn_array', 'jt', 2, 5],
      ['insn_array', 'jt', 3, DELETED],
      ['poke', '', 0, 5],
      ['poke', '', 1, 4],
      ['extable', '', 0, 0],
      ['extable', '', 1, 5],
    ]);
  });

  test('a removed insn leaves a mark, others go to the first insn for them, loads stay with the last', () => {
    expect(rowsAt(last).map(({ idx, was }) => [was, idx])).toEqual([
      [0, 0],
      [3, DELETED],
      [5, 4],
      [DELETED, DELETED],
      [5, 4],
      [4, DELETED],
      [0, 1],
      [5, 6],
    ]);
    expect(rowsAt(last).map(({ uid }) => uid)).toEqual([0, 3, 5, null, 5, 4, 0, 5]);
  });

  test('a dead function takes its func_info and its stack with it', () => {
    const numbers = functionNumbers(source, last);
    expect([...numbers]).toEqual([0, -1, 1]);
    expect([0, 1, 2].map((k) => funcRowAt(source, last, numbers, k))).toMatchObject([
      { entry: 0, name: 'main', start: 0, was: 0 },
      { entry: -1, wasEntry: 1, name: 'mid', was: 3 },
      { entry: 1, wasEntry: 2, name: 'last', start: 4, was: 5 },
    ]);
    expect([0, 1, 2].map((k) => privateRowAt(source, last, numbers, k).stackDepth)).toEqual([16, 32, 64]);
  });

  test('what is known of an insn goes to the last one put for it, and only from then on', () => {
    const known = { ptrType: 2, ctxFieldSize: 4, aluState: 3, aluLimit: 5, mapIdx: 1, callArg: 2 };
    const none = { ptrType: 0, ctxFieldSize: 0, aluState: 0, aluLimit: 0, mapIdx: 0, callArg: 0 };
    expect(auxRowAt(source, 0, 0)).toMatchObject({ idx: 0, record: 'kept', ...known });
    expect(auxRowAt(source, last, 0)).toMatchObject({ idx: 0, record: 'new', ...none });
    expect(auxRowAt(source, last, 1)).toMatchObject({ idx: 1, record: 'inherits', ...known });
  });
});

import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/examples/index.ts';
import {
  auxRowAt,
  headroom,
  jumpRowAt,
  jumpsAlive,
  lineRowAt,
  patchRowAt,
  subprogRowAt,
} from '../../src/figures/tables.ts';
import { FLOW } from '../../src/isa/flow.ts';
import { OP_NAMES } from '../../src/patch/trace.ts';
import { auxAt } from '../../src/program/program.ts';
import { runOf, tableSourceOf } from './run.ts';

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
`,
    'edits',
  ],
];

for (const [name, text, pass] of CASES)
  describe(name, () => {
    const output = runOf(text, pass);
    const source = tableSourceOf(output);
    const last = output.trace.opCnt;
    if (!output.result.ok) throw new Error('refused');
    const { program } = output.result.value;

    test('aux at the last moment is the engine\u2019s aux', () => {
      const { aux } = program;
      if (!aux) throw new Error('no aux');
      for (let i = 0; i < aux.home.length; i++) {
        const { origIdx, seen, zextDst } = auxAt(aux, i);
        expect(auxRowAt(source, last, i), `slot ${i}`).toMatchObject({ idx: i, origIdx, seen, zextDst });
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
      const { largest, room } = headroom(source, last, alive);
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

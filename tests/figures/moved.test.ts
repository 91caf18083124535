/** How many line entries an op of the array moves: counted without looking each of them up, so held against that. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineRowAt } from '../../src/figures/line-rows.ts';
import { movedLines } from '../../src/figures/pictures/moved.ts';
import { runOf, tableSourceOf } from './run.ts';

const PATCHES = ['', ';@remove\n', ';@prepend r0 = 1\n', ';@replace r0 = 1 | r1 = 2\n'];

/** Insns of which some have a line of C and some are patched. */
const program = fc
  .array(fc.record({ hasLine: fc.boolean(), patch: fc.constantFrom(...PATCHES) }), {
    minLength: 1,
    maxLength: 24,
  })
  .map(
    (insns) =>
      `${insns.map(({ hasLine, patch }, i) => `${patch}${hasLine ? `; a.c:${i + 1}:1 x\n` : ''}r3 = ${i}`).join('\n')}\nexit\n`,
  );

test('as many as stand elsewhere than before, or are gone', () => {
  let seen = 0;
  fc.assert(
    fc.property(program, (source) => {
      const output = runOf(source, 'edits', 'array');
      const tables = tableSourceOf(output);
      const cnt = output.before.lineInfo.insnOff.length;
      for (let op = 1; op <= output.trace.opCnt; op++) {
        let moved = 0;
        for (let entry = 0; entry < cnt; entry++)
          if (lineRowAt(tables, op, entry).idx !== lineRowAt(tables, op - 1, entry).idx) moved++;
        expect(movedLines(tables, op)).toEqual({ cnt, moved });
        seen += moved;
      }
    }),
  );
  expect(seen).toBeGreaterThan(100);
});

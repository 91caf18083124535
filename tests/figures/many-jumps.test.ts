/**
 * Questions about all jumps are answered from bounds of blocks of them. Catches a block that is passed over though one of
 * its jumps counts: the answers must be those of going over every jump.
 */
import { describe, expect, test } from 'vitest';
import { headroom, jumpRowAt, jumpsAlive, type TableSource } from '../../src/figures/tables.ts';
import { FLOW } from '../../src/isa/flow.ts';
import { distanceNow, retargetedBy } from '../../src/patch/jump-at.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { OP } from '../../src/patch/trace.ts';
import { runOf } from './run.ts';

/** Jumps in both directions, near and far, among divisions that are patched. */
function program(lines: number, reach: number): string {
  const out: string[] = [];
  for (let i = 0; i < lines; i++) {
    const way = (i * 7919) % reach;
    const back = Math.min(i, way);
    const isFar = i % 5 === 0;
    if (i % 11 === 3) out.push('r1 /= r2');
    else if (i % 3 === 0) out.push(`if r1 == ${i} goto +${Math.min(isFar ? way : way % 4, lines - i - 1)}`);
    else if (i % 3 === 1 && back > 0) out.push(`if r3 > ${i} goto -${isFar ? back : Math.min(back, 3)}`);
    else out.push('r0 = 1');
  }
  return `${out.join('\n')}\nexit\n`;
}

const sourceOf = (text: string): TableSource => {
  const { trace, before } = runOf(text, 'div_guard');
  return { trace, before, moments: momentsOf(trace) };
};

describe.each([
  ['near jumps, all about as long', 1800, 5],
  ['jumps of every length', 1800, 900],
])('%s', (_, lines, reach) => {
  const source = sourceOf(program(lines, reach));
  const { trace, moments } = source;
  const some = Array.from({ length: 40 }, (_, i) => Math.round((i * trace.opCnt) / 39));

  test('there are several blocks of them', () => expect(trace.jumps.cnt).toBeGreaterThan(600));

  test('the one with the least room is found', () => {
    for (const moment of some) {
      const rows = Array.from(jumpsAlive(source, moment), (j) => ({ j, ...jumpRowAt(source, moment, j) }));
      const narrow = rows.filter(({ j }) => trace.jumps.flow[j] === FLOW.OFF);
      const room = Math.min(...narrow.map((row) => row.room));
      const largest = narrow.find((row) => row.room === room)?.now;
      expect(headroom(source, moment), `after op ${moment}`).toEqual({ largest, room });
    }
  });

  test('all that an edit moves are counted', () => {
    for (const op of some) {
      if (op === 0 || trace.opKind[op - 1] !== OP.REPLACE) continue;
      let cnt = 0;
      for (let j = 0; j < trace.jumps.cnt; j++)
        if (distanceNow(trace, moments, op, j) !== distanceNow(trace, moments, op - 1, j)) cnt++;
      expect(retargetedBy(trace, op), `op ${op}`).toBe(
        // What a patch brings along is no jump of the program before.
        cnt - newJumpsThatMove(op),
      );
    }
  });

  function newJumpsThatMove(op: number): number {
    let cnt = 0;
    for (let j = 0; j < trace.jumps.cnt; j++) {
      const { from, to } = trace.jumps;
      const isThere = from[j] < op && op < to[j];
      if (!isThere && distanceNow(trace, moments, op, j) !== distanceNow(trace, moments, op - 1, j)) cnt++;
    }
    return cnt;
  }
});

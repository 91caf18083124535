/** Tables that a program comes with. Would catch a table taken that says nonsense, and one refused that says none. */
import { describe, expect, it } from 'vitest';
import { checkTables } from '../../../src/program/check-tables.ts';

describe('checkTables', () => {
  const insns = new Int32Array(8).fill(0xb7);
  it('takes a program without tables, and one whose entries ascend from insn 0', () => {
    expect(checkTables(insns, [0], [], [])).toBeNull();
    expect(checkTables(insns, [0, 2], [0, 2, 3], [0, 2])).toBeNull();
  });
  it.each([
    ['twice at one insn', [0, 1, 1], [], 'line_info', 2],
    ['before the program', [0, -1], [], 'line_info', 1],
    ['no entry at the second function', [0, 3], [], 'line_info', 1],
    ['a function too few', [], [0], 'func_info', 0],
    ['a function elsewhere', [], [0, 3], 'func_info', 1],
  ] as const)('refuses: %s', (_, lines, funcs, table, idx) => {
    expect(checkTables(insns, [0, 2], lines, funcs)).toMatchObject({ table, idx });
  });
});

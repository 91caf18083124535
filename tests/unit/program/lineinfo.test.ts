/**
 * The kernel's own tests of line and function tables (tools/testing/selftests/bpf, read from ../shared when it is
 * there), as far as they speak of the tables and not of the size of a record. Would catch: a table taken that Linux
 * refuses, one refused that Linux takes, and an entry lost on the way through the passes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLoaded } from '../../../src/cli/loaded-program.ts';
import { checkTables } from '../../../src/program/check-tables.ts';

interface KernelTest {
  readonly descr: string;
  readonly expected_prog_load_failure: boolean;
  readonly err_str: string | null;
  readonly insns_hex: readonly string[];
  readonly func_info_rec_size: number;
  readonly func_info: readonly { insn_off: number }[];
  readonly line_info: readonly { insn_off: number; line: number; col: number }[];
  readonly expect: { readonly nr_line_info: number };
}

const SHARED = new URL('../../../../shared/lineinfo/btf_raw_tests.json', import.meta.url);
const tests: readonly KernelTest[] = existsSync(SHARED) ? JSON.parse(readFileSync(SHARED, 'utf8')) : [];

/** What is wrong there is the size of a record, or bytes behind the known part of one; neither is part of a table. */
const OF_RECORDS = ['Incorrect func_info_rec_size', 'nonzero tailing line_info'];

/** The sentences of the kernel that are about a place, and what ours says there. */
const PLACES: Readonly<Record<string, string>> = {
  'line_info[4].insn_off': 'line_info[4].insn_off 4 is outside',
  'Invalid insn code at line_info[1]': 'line_info[1].insn_off 1 is no first slot',
  'missing bpf_line_info for func#0': 'func#0 begins at insn 0',
  'missing bpf_line_info for func#1': 'func#1 begins at insn 5',
  'Invalid line_info[2].insn_off': 'line_info[2].insn_off 2 is not behind',
};

const read = (test: KernelTest) =>
  readLoaded(
    JSON.stringify({
      id: test.descr,
      before: {
        insns: test.insns_hex.join(''),
        line_info: test.line_info.map(({ insn_off, line, col }) => [insn_off, line, col]),
        func_info: test.func_info.map(({ insn_off }, k) => [insn_off, `func${k}`]),
      },
    }),
  );

describe("the kernel's line_info and func_info tests", () => {
  if (tests.length === 0) it.skip('not run: there is no ../shared/lineinfo beside the repository', () => {});
  const cases = tests.filter(({ descr }) => !OF_RECORDS.some((what) => descr.includes(what)));
  it.each(cases.map((test) => [test.descr, test] as const))('%s', (_, test) => {
    const loaded = read(test);
    expect(loaded.ok).toBe(!test.expected_prog_load_failure);
    if (loaded.ok) expect(loaded.value.program.lineInfo.insnOff.length).toBe(test.expect.nr_line_info);
    else if (test.err_str !== null) expect(loaded.error.message).toContain(PLACES[test.err_str]);
  });
});

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

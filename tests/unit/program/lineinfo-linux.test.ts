/**
 * Line and function tables as Linux has them: its own tests of them (tools/testing/selftests/bpf, read from ../shared
 * when it is there), and what became of the tables of random programs with dead code and nops, recorded from Linux
 * 6.18.44 (loaded, never run). Would catch: a table taken that Linux refuses, one refused that Linux takes, and an entry
 * or function that dies, lives or moves otherwise when code is cut.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { notesOf } from '../../../src/analysis/notes.ts';
import { type LoadedProgram, readLoaded } from '../../../src/cli/loaded-program.ts';
import { passesNamed } from '../../../src/passes/pipelines.ts';
import type { Algorithm } from '../../../src/patch/algorithm.ts';
import { mainline618 } from '../../../src/patch/faithful/mainline.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { ENGINE_RULES } from '../../../src/patch/rules.ts';
import { runSteps } from '../../../src/pipeline/steps.ts';
import { insnsHex } from '../../../src/program/hex.ts';
import { makeProgram, type Program } from '../../../src/program/program.ts';

/** What Linux does to a program loaded with privileges before it rewrites any insn that stays. */
function withoutDeadCode({ program, setting }: LoadedProgram, algorithm: Algorithm): Program {
  const { columns, stackDepth } = notesOf(program, setting, []);
  const source = makeProgram({ ...program, subprogs: { ...program.subprogs, stackDepth }, aux: columns });
  const passes = passesNamed(['hard_wire', 'dead_code', 'nops']);
  if (!passes.ok) throw new Error(passes.error);
  const rules = { ...ENGINE_RULES, nopsTakeMayGoto: true };
  const steps = runSteps({
    ...{
      source,
      setting,
      passes: passes.value,
      algorithm,
      rules,
      rnd: () => 0,
      needsZext: false,
      layer: 'verifier',
    },
    patchPoints: [],
  });
  if (steps.refused) throw new Error(steps.refused.error.message);
  return steps.program;
}

interface Told {
  readonly insns: string;
  readonly line_info: readonly (readonly [off: number, line: number, col: number])[];
  readonly func_info: readonly (readonly [off: number, name: string])[];
}

interface KernelTest {
  readonly descr: string;
  readonly expected_prog_load_failure: boolean;
  readonly err_str: string | null;
  readonly insns_hex: readonly string[];
  readonly func_info_rec_size: number;
  readonly line_info_rec_size: number;
  readonly func_info: readonly { insn_off: number }[];
  readonly line_info: readonly { insn_off: number; line: number; col: number }[];
  readonly expect: {
    readonly nr_line_info: number;
    readonly nr_func_info: number;
    readonly dead_code_cnt: number;
    readonly dead_func_cnt: number;
    readonly dead_line_info_idx: readonly number[];
  };
}

const SHARED = new URL('../../../../shared/lineinfo/btf_raw_tests.json', import.meta.url);
const tests: readonly KernelTest[] = existsSync(SHARED) ? JSON.parse(readFileSync(SHARED, 'utf8')) : [];

/** What these are about is no part of a table: a program here comes with entries, not with bytes of records. */
const NEEDS_BTF: Readonly<Record<string, string>> = {
  'func_type (Incorrect func_info_rec_size)': 'how long a record of func_info is, the BTF verifier checks',
  'line_info (No subprog. nonzero tailing line_info)':
    'bytes behind the known part of a record, the BTF verifier reads',
};

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
      prog_type: 5,
      before: {
        insns: test.insns_hex.join(''),
        line_info: test.line_info.map(({ insn_off, line, col }) => [insn_off, line, col]),
        func_info: test.func_info.map(({ insn_off }, k) => [insn_off, `func${k}`]),
      },
    }),
  );

describe("the kernel's line_info and func_info tests", () => {
  if (tests.length === 0) it.skip('not run: there is no ../shared/lineinfo beside the repository', () => {});
  else
    it('are all there: each is run, or left out for a reason', () => {
      const left = tests.filter(({ descr }) => descr in NEEDS_BTF).map(({ descr }) => descr);
      expect(left).toEqual(Object.keys(NEEDS_BTF));
      expect(tests.length - left.length).toBe(12);
    });

  for (const test of tests) {
    const reason = NEEDS_BTF[test.descr];
    if (reason !== undefined) {
      it.skip(`${test.descr} (not run: ${reason})`, () => {});
      continue;
    }
    it(test.descr, () => {
      const loaded = read(test);
      expect(loaded.ok).toBe(!test.expected_prog_load_failure);
      if (!loaded.ok) {
        expect(loaded.error.message).toContain(test.err_str === null ? 'func_info' : PLACES[test.err_str]);
        return;
      }
      const { nr_line_info, nr_func_info, dead_code_cnt, dead_func_cnt, dead_line_info_idx } = test.expect;
      const { program } = loaded.value;
      expect(program.lineInfo.insnOff.length).toBe(nr_line_info);
      const cut = withoutDeadCode(loaded.value, ALGORITHMS[0]);
      const dead = new Set(dead_line_info_idx);
      expect([...cut.lineInfo.line]).toEqual([...program.lineInfo.line].filter((_, k) => !dead.has(k)));
      expect(cut.insns.length / 2).toBe(program.insns.length / 2 - dead_code_cnt);
      if (nr_func_info > 0) expect(cut.subprogs.start.length).toBe(nr_func_info - dead_func_cnt);
    });
  }
});

interface Recorded {
  readonly id: string;
  readonly before: Told;
  readonly after: Told;
}
const file = fileURLToPath(new URL('linux-6.18-dead-code.jsonl', import.meta.url));
const records = readFileSync(file, 'utf8').trim().split('\n');
const parsed = records.map((line) => JSON.parse(line) as Recorded);

/** Bytes of the insns; of a call only its distance, which Linux tells in off and the number of the function in imm. */
const slotsOf = (hex: string, distanceAt: 4 | 8): string[] =>
  (hex.match(/.{16}/g) ?? []).map((slot) =>
    slot.startsWith('8510') ? `call ${slot.slice(distanceAt, distanceAt + 4)}` : slot,
  );

describe('tables of programs whose dead code was cut are those of Linux 6.18.44', () => {
  it('there are records of entries that die and live, of dead functions, and of programs without either table', () => {
    const cnt = (is: (one: Recorded) => boolean): number => parsed.filter(is).length;
    expect(cnt(({ before, after }) => after.line_info.length < before.line_info.length)).toBeGreaterThan(20);
    expect(cnt(({ before, after }) => after.func_info.length < before.func_info.length)).toBeGreaterThan(10);
    expect(cnt(({ before }) => before.func_info.length === 0)).toBeGreaterThan(5);
    expect(cnt(({ before }) => before.line_info.length === 0)).toBeGreaterThan(0);
  });

  it.each(parsed.map(({ id, after }, k) => [id, after, records[k]] as const))('%s', (_, after, line) => {
    const loaded = readLoaded(line);
    if (!loaded.ok) throw new Error(loaded.error.message);
    for (const algorithm of [...ALGORITHMS, mainline618]) {
      const { insns, lineInfo, subprogs, strings } = withoutDeadCode(loaded.value, algorithm);
      expect(slotsOf(insnsHex(insns), 8)).toEqual(slotsOf(after.insns, 4));
      const { insnOff, line: lines, col } = lineInfo;
      expect(Array.from(insnOff, (off, k) => [off, lines[k], col[k]])).toEqual(after.line_info);
      const funcs = Array.from(subprogs.start, (off, k) => [off, strings[subprogs.name[k]]]);
      expect(after.func_info.length === 0 ? [] : funcs).toEqual(after.func_info);
    }
  });
});

/**
 * Scenes of known bugs: under the rules of its time each shows what its sentence says, at that place; under ours nothing
 * goes wrong. Would catch a bug that was mended on the way, one that got into the rules, a scene that shows another bug
 * than its own, and a text that does not assemble.
 */
import { describe, expect, test } from 'vitest';
import { BUGS } from '../../../src/examples/bugs/index.ts';
import type { Example } from '../../../src/examples/index.ts';
import { groupsOf } from '../../../src/examples/index.ts';
import { agreement, CATALOG, deviations, type RunDone, run } from '../../../src/pipeline/index.ts';
import { linesOf } from '../passes/shared.ts';

/** Column, idx and sentence of the row that the scene is about, in the order of the scenes. */
const SHOWS: Readonly<Record<string, readonly (readonly [column: string, idx: number, sentence: string])[]>> =
  {
    'rfc-r1': [
      ['insns', 5, "1 slot is written behind the end of the program's buffer"],
      ['insns', 4, 'insn 4: mov64_imm, not exit'],
    ],
    'rfc-r2': [['aux', 0, 'aux of insn 0 has zext_dst 0, not zext_dst 1']],
    'rfc-r3': [['line_info', 1, 'line entry 1 (a.c:2:1) stands at insn 1; it should be gone']],
    'rfc-r4': [
      ['line_info', 1, 'line entry 1 (a.c:2:1) stands at insn 2, behind the end; it should be gone'],
    ],
    'rfc-r5': [
      ['subprogs', 1, 'func#2 (late) at insn 2 has the data of func#1 (gone) (stack depth, line entries)'],
      ['func_info', 1, 'func_info entry 1 is that of func#1, not of func#2'],
    ],
    'rfc-r6': [
      ['insns', 0, 'insn 0: the function reference +7 leads to insn 8, not to insn 9'],
      ['subprogs', 1, 'func#1 (step) at insn 9 is not in the table'],
    ],
    'rfc-r7': [
      ['insns', 0, 'insn 0: call +4 leads to insn 5, not to insn 6'],
      ['subprogs', 1, 'func#1 (twice) at insn 6 is not in the table'],
    ],
    'rfc-r8': [['line_info', 0, 'line entry 0 (a.c:1:1) stands at insn 1, not at insn 0']],
    'rfc-r9': [['line_info', 1, 'line entry 1 (a.c:2:1) stands at insn 2, not at insn 4']],
    'rfc-r10': [
      ['insns', 0, 'insn 0: call +2 leads to insn 3, not to insn 2'],
      ['subprogs', 1, 'subprogs[1] begins at insn 3, not at insn 2'],
    ],
    'rfc-r11': [['insns', 0, 'insn 0: goto +2 leads to insn 3, not to insn 4']],
    'rfc-r12': [['insns', 0, 'insn 0: goto +3 leads to insn 4, not to insn 2']],
    'rfc-r13': [['insns', 4, '1 read outside of the map from old to new idx']],
    'rfc-r14': [['insns', 0, 'insn 0 (goto pc+2) is kept; it should be removed']],
    'rfc-r16': [['insns', 0, 'insn 0: goto +1 leads to insn 2, not to insn 3']],
    'rfc-r17': [['insns', 0, 'insn 0 (r2 = subprog[+6]) is made into 7 insns; it should be kept']],
    'rfc-r18': [['aux', 1, 'aux of insn 1 has ptr_type 0, not ptr_type 2']],
    'rfc-r19': [['aux', 1, 'aux of insn 1 has seen 1, not seen 0']],
    'rfc-r20': [
      ['insns', 6, "2 slots are written behind the end of the program's buffer"],
      ['insns', 5, 'insn 5: mov64_reg, not exit'],
    ],
    'linux-m1': [],
    'linux-m3': [['insns', 3, 'insn 3: goto -3 leads to insn 1, not to insn 2']],
    'linux-m4': [['subprogs', 1, 'subprogs[1] begins at insn 1, not at insn 2']],
    'linux-m5': [['insns', 0, 'insn 0: goto +3 leads to insn 4, not to insn 3']],
  };
/** M1 is no row: the kernel goes on where it should refuse. */
const REFUSAL: Readonly<Record<string, string>> = {
  'linux-m1': 'does not refuse the program; this project refuses it with -ERANGE at insn 32,767',
};

function runOf({ source, pass, layer }: Example, semantics?: string): RunDone {
  const output = run({
    ...{ source, pass, algorithm: 'list', seed: 1 },
    ...(layer && { layer }),
    ...(semantics !== undefined && { semantics }),
  });
  if (!output.ok) throw new Error(output.diagnostics.map(({ message }) => message).join('\n'));
  return output;
}

/** What is found under the rules of a run; null: they are our own. */
function foundIn(output: RunDone) {
  const check = deviations(output);
  if (check?.ok === false) throw new Error(check.error);
  return check?.value ?? null;
}

test('a scene for every bug that can be shown, each id once, in two groups', () => {
  expect(BUGS.map(({ id }) => id)).toEqual(Object.keys(SHOWS));
  expect(groupsOf(BUGS)).toEqual(['Bugs of the RFC', 'Bugs of mainline']);
});

describe.each(BUGS.map((bug) => [bug.label, bug] as const))('%s', (_, bug) => {
  test('shows under the rules of its time', () => {
    const output = runOf(bug, bug.semantics);
    const found = foundIn(output);
    expect(output.semantics).toBe(bug.semantics);
    expect(found?.refusal).toBe(REFUSAL[bug.id] ?? null);
    const rows = found?.rows.map(({ column, idx, sentence }) => [column, idx, sentence]);
    expect(rows).toEqual(expect.arrayContaining(SHOWS[bug.id].map((row) => [...row])));
    // What it is about comes first: the page shows one row until asked for more.
    if (SHOWS[bug.id].length > 0 && bug.id !== 'rfc-r18') expect(rows?.[0]).toEqual(SHOWS[bug.id][0]);
  });

  test('is gone under ours, where all algorithms agree', () => {
    const output = runOf(bug);
    expect(output.semantics).toBe('engine');
    expect(foundIn(output)).toBeNull();
    expect(agreement(output).verdict).toBe('same');
    expect(agreement(output).skipped).toEqual([]);
    expect(output.result.ok).toBe(!(bug.id in REFUSAL));
  });

  test('is a whole scene: names that exist, and a sentence', () => {
    expect([...CATALOG.passes, ...CATALOG.pipelines].map(({ id }) => id)).toContain(bug.pass);
    expect(CATALOG.semantics.map(({ id }) => id)).toContain(bug.semantics);
    expect(bug.say).toMatch(/^[A-Z].{40,200}\.$/);
    expect(bug.label).toMatch(/^[RM]\d+: \S/);
  });
});

test('what a pass does otherwise is said insn by insn, and random numbers are no difference', () => {
  const source = 'r0 = 5\nr2 = 7 ll\nw0 s/= 3\nexit\n';
  const blinded = (semantics: string) =>
    foundIn(runOf({ id: '', label: '', say: '', pass: 'blind', source }, semantics));
  // Of the four insns that are blinded, only the division is another one under 6.1: its off is lost.
  expect(blinded('linux-6.1')?.rows.map(({ idx, sentence }) => [idx, sentence])).toEqual([
    [12, 'insn 12 is w0 /= w11, not w0 s/= w11'],
  ]);
  expect(blinded('linux-6.18')).toEqual({ total: 0, rows: [], refusal: null });
});

test('a jump over what a pass does otherwise is no deviation of its own', () => {
  const source = 'func main:\nif r1 == r3 goto out\nr2 = &step\nout:\nexit\nfunc step:\nexit\n';
  const found = foundIn(
    runOf({ id: '', label: '', say: '', pass: 'blind', layer: 'core', source }, 'rfc-2019'),
  );
  expect(found?.rows.map(({ idx, sentence }) => [idx, sentence])).toEqual([
    [1, expect.stringMatching(/^insn 1 \(r2 = .*\) is made into 7 insns; it should be kept$/)],
  ]);
});

test('R14: what is left under the RFC is what its sentence says', () => {
  const bug = BUGS.find(({ id }) => id === 'rfc-r14');
  if (!bug) throw new Error('no R14');
  const left = (semantics: string): string[] => {
    const { result } = runOf(bug, semantics);
    return result.ok ? linesOf(result.value.program.insns) : [];
  };
  expect(left('rfc-2019')).toEqual(['05 d0 s0 off 0 imm 0', '95 d0 s0 off 0 imm 0']);
  expect(left('engine')).toEqual(['95 d0 s0 off 0 imm 0']);
});

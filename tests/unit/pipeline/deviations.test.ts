/**
 * What is said of a run under the rules of a kernel or of the RFC. Would catch: an answer that keeps the picture
 * waiting, a difference in a constant or within a patch that nobody sees, one that is only a random number or a
 * distance around other patches, a refusal of ours that is swallowed, and structs of another kernel that nobody names.
 */
import { describe, expect, it, test } from 'vitest';
import { word0 } from '../../../src/isa/insn.ts';
import { OP_GOTO } from '../../../src/isa/opcodes.ts';
import { LINUX_6_18_X86_64 } from '../../../src/kernel/kernel.ts';
import type { Pass } from '../../../src/passes/pass.ts';
import type { Layer } from '../../../src/patch/algorithm.ts';
import { editBuilder } from '../../../src/patch/edit-builder.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { PROFILES } from '../../../src/patch/profiles.ts';
import { ENGINE_RULES } from '../../../src/patch/rules.ts';
import { comparison, deviations, type RunDone, run } from '../../../src/pipeline/index.ts';
import { prepare } from '../../../src/pipeline/prepare.ts';
import { kernelOf } from '../../../src/pipeline/profile-kernel.ts';
import { ruleDeviations } from '../../../src/pipeline/rule-deviations.ts';

function runOf(source: string, pass: string, semantics: string, layer: Layer = 'verifier'): RunDone {
  const output = run({ source, pass, semantics, layer, algorithm: 'list', seed: 1 });
  if (!output.ok) throw new Error(output.diagnostics.map(({ message }) => message).join('\n'));
  return output;
}

const saidOf = (output: RunDone): unknown => {
  const check = deviations(output);
  return check?.ok
    ? (check.value.refusal ?? check.value.rows.map(({ sentence }) => sentence))
    : (check?.error ?? null);
};

const adds = (cnt: number): string => `${'r1 += 5\n'.repeat(cnt - 1)}exit\n`;

describe('when it is asked', () => {
  it('is behind the picture, with the agreement', () => {
    const output = runOf(adds(9), 'blind', 'linux-6.18');
    expect(output).not.toHaveProperty('deviations');
    expect(comparison(output)).toMatchObject({
      deviations: { ok: true, value: { total: 0 } },
      agreement: { verdict: 'same' },
    });
  });

  it('is nothing under our own rules', () => {
    expect(comparison(runOf(adds(9), 'blind', 'engine')).deviations).toBeNull();
  });

  it('is left out, and why, where an array would take too long for it', () => {
    const output = runOf(adds(5000), 'blind', 'linux-6.18');
    expect(deviations(output)).toEqual({
      ok: false,
      error: '5,000 insns × 4,999 patches is above 20,000,000',
    });
    expect(deviations(runOf(adds(9), 'blind', 'linux-6.1'), { maxTouches: 71 })).toMatchObject({ ok: false });
    expect(deviations(runOf(adds(9), 'blind', 'linux-6.1'), { maxTouches: 72 })).toMatchObject({ ok: true });
    // A list takes a walk, however many patches there are.
    expect(deviations(runOf(adds(9), 'blind', 'rfc-2019'), { maxTouches: 1 })).toMatchObject({ ok: true });
  });
});

describe('what a pass asks for otherwise', () => {
  it('is told of constants, too', () => {
    const source = 'r1 = 1\nr2 = r6\nr3 = 0\nr4 = 0\ncall sk_storage_get\nr0 = 0\nexit\n';
    expect(saidOf(runOf(source, 'fixups', 'linux-6.1'))).toEqual(['insn 4 is r5 = 2592, not r5 = 2080']);
    expect(saidOf(runOf(source, 'fixups', 'linux-6.18'))).toEqual([]);
  });

  it('shifts no random number of the insns behind it', () => {
    const source =
      'func main:\nr2 = &step\nr1 = 5\nif r1 == 7 goto out\nr1 = 9 ll\nout:\nexit\nfunc step:\nexit\n';
    const rows = saidOf(runOf(source, 'blind', 'rfc-2019', 'core'));
    expect(rows).toEqual([
      expect.stringMatching(/^insn 0 \(r2 = .*\) is made into 7 insns; it should be kept$/),
    ]);
  });

  it('is a refusal where only our own rules come to one', () => {
    // Inlined since 6.10, so only from then on does the jump over the call grow too long.
    const far = `if r1 == 0 goto out\n${'r2 = r2\n'.repeat(32766)}call get_smp_processor_id\nout:\nexit\n`;
    const output = runOf(far, 'fixups', 'linux-6.1');
    expect(deviations(output)).toEqual({
      ok: true,
      value: {
        total: 1,
        rows: [],
        refusal: 'does not refuse the program; this project refuses it with -ERANGE at insn 0',
      },
    });
    expect(saidOf(runOf(far, 'fixups', 'linux-6.18'))).toEqual([]);
  });

  const CALL = word0(0x85, 0, 0, 0);
  const goTo = (off: number) => [word0(OP_GOTO, 0, 0, off), 0] as const;
  /** Replaces insn 1 by a goto and two calls, and insn 2 by as many calls as `cnt` says. */
  const passOf = (wordsOf: (isOld: boolean) => readonly [number, number], cnt = (_: boolean) => 1): Pass => ({
    ...{ id: 'test', label: '', why: '', layer: 'verifier', source: '' },
    run(_, { rules: { linux } }) {
      const edits = editBuilder();
      edits.replace(1);
      edits.put(...wordsOf(linux < 618));
      edits.put(CALL, 1);
      edits.put(CALL, 2);
      edits.replace(2);
      for (let k = 0; k < cnt(linux < 618); k++) edits.put(CALL, 3);
      return edits.finish();
    },
  });
  const ready = prepare('if r1 == 0 goto +2\nr1 = 1\nr2 = 2\nr3 = 3\nr0 = 0\nexit\n');
  if (!ready.ok) throw new Error('a text that is wrong');
  const saidUnder601 = (pass: Pass): unknown =>
    ruleDeviations(
      pass,
      { ...ENGINE_RULES, linux: 601 },
      {
        ...{ source: ready.source, setting: ready.assembly.setting, patchPoints: [] },
        ...{ algorithm: ALGORITHMS[0], layer: 'verifier', needsZext: true },
      },
    ).rows.map(({ sentence }) => sentence);

  it('is told of distances within a patch', () => {
    expect(saidUnder601(passOf((isOld) => goTo(isOld ? 0 : 1)))).toEqual([
      'insn 1 is goto pc+0, not goto pc+1',
    ]);
    expect(saidUnder601(passOf(() => goTo(1)))).toEqual([]);
  });

  it('is told of jumps that leave a patch for another insn, and not of how far it is', () => {
    // From the first of three slots, +3 is the insn behind insn 2.
    expect(saidUnder601(passOf((isOld) => goTo(isOld ? 2 : 3)))).toEqual([
      'insn 1 is goto pc+2, not goto pc+3',
    ]);
    const longer = passOf(
      () => goTo(3),
      (isOld) => (isOld ? 4 : 1),
    );
    // Neither the goto nor the jump at insn 0, which both go over what has grown.
    expect(saidUnder601(longer)).toEqual([expect.stringMatching(/^insn 2 .* is made into 4 insns/)]);
  });
});

test('a profile whose structs are those of another kernel says so', () => {
  for (const { id, rules, why } of PROFILES) {
    const isStandIn = rules.linux !== 618;
    const { name, ...kernel } = kernelOf({ rules });
    const { name: known, ...layout } = LINUX_6_18_X86_64;
    expect(kernel, id).toEqual(layout);
    expect(name === known, id).toBe(!isStandIn);
    expect(why.includes(known.split(',')[0]), id).toBe(isStandIn);
  }
  expect(PROFILES.map(({ rules }) => kernelOf({ rules }).name)).toContain(
    'Linux 6.18.44, x86-64, in place of 6.1',
  );
});

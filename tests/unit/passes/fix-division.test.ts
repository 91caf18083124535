/** Would catch: fixups that guard divisions in another way than div_guard, and a kernel before 6.6 that divides with a sign. */
import { describe, expect, it } from 'vitest';
import { divGuard } from '../../../src/passes/div-guard.ts';
import { fixed, lines } from './fix-text.ts';

const INSNS = [
  ...['r1 /= r2', 'w1 /= w2', 'r1 %= r2', 'w1 %= w2', 'r1 s/= r2', 'w1 s/= w2', 'r1 s%= r2', 'w1 s%= w2'],
  ...['r1 /= 3', 'r1 s/= -1', 'w1 s/= -1', 'r1 s%= -1', 'w1 s%= -1', 'r1 s/= 3', 'w1 %= -1', 'w1 *= w2'],
];
const guarded = (insn: string, options = {}): string[] => fixed(`${insn}\nexit`, options).slice(0, -1);

describe('divisions', () => {
  it.each(INSNS)('%s as the division guard has it', (insn) => {
    expect(guarded(insn)).toEqual(guarded(insn, { passes: [divGuard] }));
  });

  it('of 6.1 know no sign', () => {
    const rules = { linux: 601 };
    expect(guarded('r1 s/= r2', { rules })).toEqual([
      ...guarded('r1 /= r2', { rules }).slice(0, -1),
      'r1 s/= r2',
    ]);
    expect(guarded('r1 s/= -1', { rules })).toEqual(['r1 s/= -1']);
    expect(guarded('w1 %= w2', { rules })).toEqual(guarded('w1 %= w2'));
  });

  it('step around MIN / -1 since 6.12 only, and have a sign before', () => {
    const [old, now] = [611, 612].map((linux) => guarded('w1 s%= w2', { rules: { linux } }));
    expect(old).toEqual([...guarded('w1 %= w2').map((line) => (line === 'w1 %= w2' ? 'w1 s%= w2' : line))]);
    expect(now).toEqual(guarded('w1 s%= w2', { passes: [divGuard] }));
    expect(now).not.toEqual(old);
  });

  it('of 5.2 cut the lower half out of the divisor', () => {
    const rules = { linux: 502 };
    const div = (divisor: string, insn: string): string[] =>
      lines(`${divisor}\nif r2 != 0x0 goto pc+2\nw1 ^= w1\ngoto pc+1\n${insn}`);
    expect(guarded('r1 /= r2', { rules })).toEqual(div('', 'r1 /= r2'));
    expect(guarded('w1 /= w2', { rules })).toEqual(div('w2 = w2', 'w1 /= w2'));
    expect(guarded('r1 %= r2', { rules })).toEqual(lines('if r2 == 0x0 goto pc+1\nr1 %= r2'));
    expect(guarded('w1 %= w2', { rules })).toEqual(lines('w2 = w2\nif r2 == 0x0 goto pc+1\nw1 %= w2'));
    expect(guarded('r1 /= 3', { rules })).toEqual(['r1 /= 3']);
  });
});

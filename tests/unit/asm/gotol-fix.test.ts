/** The text of a jump that is too far, mended: it must read as the same program, and then be patched without -ERANGE. */
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { gotolFix, readsMended } from '../../../src/asm/gotol-fix.ts';
import { run } from '../../../src/pipeline/index.ts';

const fixOf = (text: string, slot: number) => gotolFix(text, assemble(text).value, slot);

/** A text whose jump in slot 0 goes over so many divisions that it is too far once they are guarded. */
const tooFar = (jump: string): string => `${jump}\n${'r1 /= r2\n'.repeat(8200)}out:\nr0 = 0\nexit\n`;

const guarded = (source: string) => {
  const output = run({ source, pass: 'div_guard', algorithm: 'list', seed: 1 });
  if (!output.ok) throw new Error(output.diagnostics.map(({ message }) => message).join('\n'));
  return output.result;
};

describe('a fix that is tried', () => {
  test.each([
    ['if r1 == 0 goto out', ['if r1 != 0x0 goto pc+1', 'gotol out']],
    ['if w1 s> w2 goto out', ['if w1 s<= w2 goto pc+1', 'gotol out']],
    ['if r1 & 5 goto out', ['if r1 & 0x5 goto pc+1', 'goto pc+1', 'gotol out']],
    ['goto out', ['gotol out']],
    ['if r1 == 0 goto +8200', ['if r1 != 0x0 goto pc+1', 'gotol pc+8200']],
  ])('%s', (jump, after) => {
    const text = tooFar(jump);
    const before = guarded(text);
    expect(before.ok ? 'fits' : before.error.code).toBe('ERANGE');
    const fix = fixOf(text, 0);
    expect(fix?.before).toBe(jump);
    expect(fix?.after).toEqual(after);
    const mended = guarded(fix?.text ?? '');
    expect(mended.ok ? 'fits' : mended.error.message).toBe('fits');
  });
});

test('what stands around the jump stays: indentation, comment, and other jumps by label', () => {
  const text = 'a:\n  if r1 > r2 goto b ; why\n  goto a\nb:\n  exit\n';
  expect(fixOf(text, 0)?.text).toBe('a:\n  if r1 <= r2 goto pc+1 ; why\n  gotol b\n  goto a\nb:\n  exit\n');
});

test('numbers that count across the new line count it too', () => {
  const text = 'goto +2\nif r1 == r2 goto +2\nr0 = 1\nr0 = 2\nif r0 == 5 goto pc-4\nexit\n';
  const fix = fixOf(text, 1);
  expect(fix?.text).toBe(
    'goto +3\nif r1 != r2 goto pc+1\ngotol pc+2\nr0 = 1\nr0 = 2\nif r0 == 5 goto pc-5\nexit\n',
  );
});

test('a jump back leads to the same insn from its new place', () => {
  expect(fixOf('r0 = 1\nr0 = 2\nif r1 == 0 goto -2\nexit\n', 2)?.after).toEqual([
    'if r1 != 0x0 goto pc+1',
    'gotol pc-3',
  ]);
});

test('nothing is offered where there is no jump of 16 bits', () => {
  const text = 'r0 = 1\ngotol out\ncall f\nout:\nexit\nf:\nexit\n';
  for (const slot of [0, 1, 2, 3]) expect(fixOf(text, slot)).toBeNull();
});

describe('a text that reads as another program is refused', () => {
  const text = 'goto a\nif r1 == r2 goto out\nif w3 > 7 goto a\na:\nr0 = 1\ncall f\nout:\nexit\nf:\nexit\n';
  const assembly = assemble(text).value;
  const mended = gotolFix(text, assembly, 1)?.text ?? '';
  const bits = 'if r1 & 5 goto out\nr0 = 1\nout:\nexit\n';
  const mendedBits = gotolFix(bits, assemble(bits).value, 0)?.text ?? '';

  test('the right one is not', () => {
    expect(readsMended(assembly, mended, 1)).toBe(true);
    expect(readsMended(assemble(bits).value, mendedBits, 0)).toBe(true);
    expect(readsMended(assembly, text, 1)).toBe(false);
  });

  test.each([
    ['another jump with another register', 'if w3 > 7', 'if w4 > 7'],
    ['another jump with another number', 'if w3 > 7', 'if w3 > 8'],
    ['another jump that leads elsewhere', '7 goto a', '7 goto out'],
    ['a jump before it that leads elsewhere', 'goto a\nif r1', 'goto out\nif r1'],
    ['a call of something else', 'call f', 'call out'],
    ['another insn', 'r0 = 1', 'r0 = 2'],
    ['a condition that is not the opposite', 'if r1 != r2', 'if r1 s> r2'],
    ['the opposite of other registers', 'if r1 != r2', 'if r1 != r3'],
    ['a condition that steps elsewhere', 'goto pc+1', 'goto pc+2'],
    ['a gotol that leads elsewhere', 'gotol out', 'gotol a'],
    ['a goto of 16 bits', 'gotol out', 'goto out'],
    ['an insn more', 'gotol out', 'gotol out\nr0 = 1'],
  ])('%s', (_, right, wrong) => {
    const other = mended.replace(right, wrong);
    expect(other).not.toBe(mended);
    expect(readsMended(assembly, other, 1)).toBe(false);
  });

  test.each([
    ['two steps of which the second is left out', '\ngoto pc+1', ''],
    ['two steps of which the second goes too far', '\ngoto pc+1', '\ngoto pc+2'],
    ['two steps with another number in the condition', '& 0x5', '& 0x4'],
  ])('%s', (_, right, wrong) => {
    const other = mendedBits.replace(right, wrong);
    expect(other).not.toBe(mendedBits);
    expect(readsMended(assemble(bits).value, other, 0)).toBe(false);
  });
});

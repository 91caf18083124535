/** The text of a jump that is too far, mended: it must read as the same program, and then be patched without -ERANGE. */
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { gotolFix } from '../../../src/asm/gotol-fix.ts';
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

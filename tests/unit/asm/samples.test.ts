/** Would catch a row of the table that cannot be printed or read in either dialect, without any outside data. */
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { printInsn } from '../../../src/asm/print.ts';
import { FORMS } from '../../../src/isa/table.ts';
import { insnsFromHex, insnsHex } from '../../../src/program/hex.ts';
import { SAMPLES } from './samples.ts';

const words = (hex: string): Int32Array => {
  const insns = insnsFromHex(hex);
  if (!insns.ok) throw new Error(insns.error.message);
  return insns.value;
};

test('there is a sample of every row', () => {
  expect(SAMPLES.map(([name]) => name)).toEqual(FORMS.map(({ name }) => name));
});

describe.each(SAMPLES)('%s', (_, hex, kernel, llvm) => {
  const [w0, imm, , nextImm = 0] = words(hex);

  test('prints as the kernel and as LLVM do', () => {
    expect(printInsn(w0, imm, nextImm, { dialect: 'kernel' })).toBe(kernel);
    if (llvm !== '') expect(printInsn(w0, imm, nextImm, { dialect: 'llvm' })).toBe(llvm);
  });

  test.each(['kernel', 'llvm'] as const)(
    'its exact text in the %s dialect gives the bytes back',
    (dialect) => {
      for (const immBase of ['hex', 'dec'] as const) {
        const text = printInsn(w0, imm, nextImm, { dialect, immBase, exact: true });
        for (const reader of ['auto', dialect] as const) {
          const { value, diagnostics } = assemble(text, { dialect: reader, fragment: true });
          expect(diagnostics, text).toEqual([]);
          expect(insnsHex(value.program.insns), text).toBe(hex);
        }
      }
    },
  );
});

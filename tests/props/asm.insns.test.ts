/**
 * Any eight bytes are printed as something that reads back as the same eight bytes, in every dialect. Would catch
 * a text that hides a field, a field that is read with the wrong sign or width, and bytes nobody thought of.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/asm/assemble.ts';
import { listing } from '../../src/asm/disassemble.ts';
import { word0 } from '../../src/isa/insn.ts';
import { FORMS } from '../../src/isa/table.ts';
import { insnsHex } from '../../src/program/hex.ts';

const STYLES = [{ dialect: 'kernel' }, { dialect: 'llvm' }, { dialect: 'llvm', immBase: 'dec' }] as const;

function expectIdentity(insns: Int32Array): void {
  for (const style of STYLES) {
    const text = listing(insns, style).join('\n');
    for (const dialect of ['auto', style.dialect] as const) {
      const { value, diagnostics } = assemble(text, { dialect, fragment: true });
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors, text).toEqual([]);
      expect(insnsHex(value.program.insns), text).toBe(insnsHex(insns));
    }
  }
}

const small = fc.constantFrom(0, 1, -1, 8, 16, 32, 64, 0x100, 0x110, 211, 212, 0x7fffffff, -0x80000000);
const imm = fc.oneof(small, fc.integer());
const off = fc.oneof(
  fc.constantFrom(0, 1, -1, 8, 16, 32, 0x7fff, -0x8000),
  fc.integer({ min: -0x8000, max: 0x7fff }),
);
const reg = fc.nat({ max: 15 });
const src = fc.oneof(fc.nat({ max: 6 }), reg);

/** Fields that a form could have, or any other ones: both pretty and raw texts come up often. */
const insn = fc
  .tuple(fc.constantFrom(...FORMS), fc.boolean(), reg, src, off, imm)
  .map(([form, clean, dst, s, o, i]) =>
    clean
      ? [word0(form.code, dst, form.src ?? s, form.off ?? o), form.imm ?? i]
      : [word0(form.code, dst, s, o), i],
  );

describe('bytes → text → bytes', () => {
  test('for every opcode, with fields of all sorts', () => {
    fc.assert(
      fc.property(fc.tuple(reg, src, off, imm, fc.boolean(), imm), ([dst, s, o, i, hasNext, next]) => {
        for (let code = 0; code < 256; code++) {
          const first = [word0(code, dst, s, o), i];
          expectIdentity(Int32Array.from(hasNext ? [...first, 0, next] : first));
        }
      }),
      { numRuns: 12 },
    );
  });

  test('for programs of likely insns', () => {
    fc.assert(
      fc.property(fc.array(insn, { maxLength: 40 }), (list) => {
        expectIdentity(Int32Array.from(list.flat()));
      }),
      { numRuns: 100 },
    );
  });

  test('for any words', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer()), { maxLength: 40 }), (list) => {
        expectIdentity(Int32Array.from(list.flat()));
      }),
      { numRuns: 100 },
    );
  });
});

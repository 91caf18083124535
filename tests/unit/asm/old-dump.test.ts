/** Would catch: a line its tool could not print blamed on the notation, a slot lost there, and bytes below it unread. */
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { insnsHex } from '../../../src/program/hex.ts';

const EXIT = '9500000000000000';

describe('lines of a tool older than the insn', () => {
  test.each([
    ['   3: (06) if w0 jmp 0x35 goto pc+0', 'opcode 0x06 (gotol)'],
    ['  57: BUG_alu64_d7', 'opcode 0xd7 (bswap)'],
    ['  67: BUG_ldx_89', 'opcode 0x89 (ldsx16)'],
    ['BUG_02', 'opcode 0x02'],
    ['      31:\t<unknown>', 'this insn'],
    ['      31:\t91 01 00 00 00 00 00 00\t<unknown>', 'opcode 0x91 (ldsx8)'],
  ])('%j', (line, what) => {
    const { value, diagnostics } = assemble(`${line}\nexit\n`, { fragment: true });
    expect(diagnostics).toMatchObject([
      { code: 'old-dump', message: `the tool that printed this did not know ${what}` },
    ]);
    expect(diagnostics[0].hint).toMatch(/^dump it again with a newer/);
    expect(value.program.insns).toHaveLength(4);
  });

  test('an old opcode with a mistake behind it is a mistake', () => {
    const { diagnostics } = assemble('0: (b7) r1 = banana\n1: (95) exit\n');
    expect(diagnostics.map(({ code }) => code)).toEqual(['stray-name']);
  });

  test('`opcodes` prints the bytes below: they are read where the text cannot be, also both slots of a load', () => {
    const dump = [
      '   0: (bf) r6 = r1',
      '       bf 16 00 00 00 00 00 00',
      '   1: (06) if w0 jmp 0x0 goto pc+0',
      '       06 00 00 00 00 00 00 00',
      '   2: BUG_ld_18',
      '       18 15 00 00 07 00 00 00 00 00 00 00 08 00 00 00',
      '   4: (95) exit',
      '       95 00 00 00 00 00 00 00',
    ].join('\n');
    const { value, diagnostics } = assemble(dump);
    expect(diagnostics).toEqual([]);
    expect(insnsHex(value.program.insns, ' ')).toBe(
      `bf16000000000000 0600000000000000 1815000007000000 0000000008000000 ${EXIT}`,
    );
  });
});

test('a binary file is one problem', () => {
  const { value, diagnostics } = assemble(`\x7fELF\x02\x01\x01\0${'\0\x03\n'.repeat(50)}`);
  expect(diagnostics).toMatchObject([{ code: 'binary', from: 7, message: 'this is not text' }]);
  expect(value.program.insns).toHaveLength(0);
});

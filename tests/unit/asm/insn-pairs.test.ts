/**
 * Real instructions with the texts the kernel (7.3) and llvm-objdump (19) print for them. Would catch any
 * difference from either printer, and any text that reads back as other bytes. Every exception is named with its
 * reason, and must really be one: a row that works although it is excepted fails too.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { sniffDialect } from '../../../src/asm/dialect.ts';
import { printInsn } from '../../../src/asm/print.ts';
import type { Dialect } from '../../../src/asm/reader.ts';
import { insnsFromHex, insnsHex } from '../../../src/program/hex.ts';

interface Row {
  readonly hex: string;
  readonly kernel: string;
  readonly llvm_hex: string;
  readonly llvm_dec: string;
}
const path = new URL('../../../../shared/asm/insn_pairs.jsonl', import.meta.url);
const present = existsSync(path);
const isJunk = (row: Row): boolean => /null|BUG|unknown|\b[rw]1[1-5]\b/.test(row.kernel);
const rows: Row[] = present
  ? readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row)
      .filter((row) => !isJunk(row))
  : [];

const wordsOf = (hex: string): Int32Array => {
  const insns = insnsFromHex(hex);
  if (!insns.ok) throw new Error(insns.error.message);
  return insns.value;
};
const src = (row: Row): number => Number.parseInt(row.hex[2], 16);
const imm = (row: Row): number => wordsOf(row.hex)[1];
const isWide = (row: Row): boolean => row.hex.startsWith('18');
const slip = (row: Row): boolean => /^(c3|db)/.test(row.hex) && imm(row) === 0x100;

interface Exception {
  readonly why: string;
  readonly is: (row: Row) => boolean;
}
const KERNEL_LOSES: readonly Exception[] = [
  { why: 'prints every source of an ld_imm64 alike', is: (row) => isWide(row) && src(row) !== 0 },
  { why: 'does not print src of gotox', is: (row) => row.hex === '0d10000000000000' },
  { why: 'overlooks a division with an undefined off', is: (row) => /^3f00(ffff|0200)/.test(row.hex) },
  { why: 'prints callx like a call of the helper imm', is: (row) => row.hex.startsWith('8d') },
];
const LLVM_LOSES: readonly Exception[] = [
  { why: 'llvm-objdump 19 knows no load_acquire', is: slip },
  {
    why: 'prints only half of a pseudo source',
    is: (row) => isWide(row) && src(row) !== 0 && row.hex.slice(16) !== '0'.repeat(16),
  },
  { why: 'does not print imm of LD_IND', is: (row) => /^40/.test(row.hex) && imm(row) !== 0 },
  {
    why: 'writes distances like helper ids',
    is: (row) => row.hex.startsWith('851') && imm(row) >= 0 && imm(row) <= 211,
  },
  { why: 'writes BTF ids like helper ids', is: (row) => row.hex.startsWith('852') && imm(row) === 0 },
];

const printed = (row: Row, dialect: 'kernel' | 'llvm', immBase: 'hex' | 'dec' = 'hex'): string => {
  const words = wordsOf(row.hex);
  return printInsn(words[0], words[1], words[3] ?? 0, { dialect, immBase });
};
const readBack = (text: string, dialect: Dialect): string =>
  insnsHex(assemble(text, { dialect, fragment: true }).value.program.insns);

const bare = (row: Row): string => row.kernel.slice(5);
const text = { kernel: bare, hex: (row: Row) => row.llvm_hex, dec: (row: Row) => row.llvm_dec };

/** Rows whose text does not give the bytes back, and rows whose exception is none. */
function surprises(of: (row: Row) => string, dialect: Dialect, exceptions: readonly Exception[]): string[] {
  const wrong: string[] = [];
  for (const row of rows) {
    if (of(row) === '') continue;
    const got = readBack(of(row), dialect);
    const reason = exceptions.find(({ is }) => is(row))?.why;
    if ((got === row.hex) === (reason !== undefined))
      wrong.push(`${row.hex} ${of(row)} → ${got} (${reason})`);
  }
  return wrong;
}

describe.skipIf(!present)(`insn_pairs.jsonl${present ? '' : ' (skipped: no ../shared)'}`, () => {
  test('the kernel dialect prints the kernel’s text', () => {
    expect(rows.filter((row) => printed(row, 'kernel') !== bare(row))).toEqual([]);
  });

  test('the llvm dialect prints llvm-objdump’s text, but for load_acquire', () => {
    const differ = rows.filter(
      (row) =>
        row.llvm_hex !== '' &&
        (printed(row, 'llvm') !== row.llvm_hex || printed(row, 'llvm', 'dec') !== row.llvm_dec),
    );
    expect(differ.filter((row) => !slip(row))).toEqual([]);
    expect(differ).toEqual(rows.filter(slip));
  });

  test('the kernel’s text gives the bytes back', () => {
    expect(surprises(text.kernel, 'kernel', KERNEL_LOSES)).toEqual([]);
  });

  test('LLVM’s texts give the bytes back', () => {
    expect(surprises(text.hex, 'llvm', LLVM_LOSES)).toEqual([]);
    expect(surprises(text.dec, 'llvm', LLVM_LOSES)).toEqual([]);
  });

  test('the opcode in front of the kernel’s text settles what a number is', () => {
    expect(surprises((row) => row.kernel, 'auto', KERNEL_LOSES)).toEqual([]);
  });

  test('without opcode and dialect only small 64-bit loads of the kernel are read as moves', () => {
    const small: Exception = {
      why: 'r1 = 0x5 is a move in every other text',
      is: (row) => isWide(row) && row.hex.slice(24) === '00000000' && (imm(row) | 0) >= 0,
    };
    expect(surprises(text.kernel, 'auto', [...KERNEL_LOSES, small])).toEqual([]);
    expect(surprises(text.hex, 'auto', LLVM_LOSES)).toEqual([]);
    expect(surprises(text.dec, 'auto', LLVM_LOSES)).toEqual([]);
  });

  test('the dialect of a whole listing is told', () => {
    expect(sniffDialect(rows.map(bare).join('\n'))).toBe('kernel');
    expect(sniffDialect(rows.map((row) => row.llvm_hex).join('\n'))).toBe('llvm');
    expect(['llvm', 'auto']).toContain(sniffDialect(rows.map((row) => row.llvm_dec).join('\n')));
  });
});

/**
 * What is written byte by byte comes out as the same text, also where a part is full and beyond ASCII. Would catch a digit
 * too few, a letter lost at the seam between two parts, and letters that an encoder would replace.
 */
import { expect, test } from 'vitest';
import {
  endLine,
  makeWriter,
  takeText,
  writeDec,
  writeHex,
  writeHex64,
  writeLine,
  writeText,
} from '../../../src/asm/writer.ts';

const NUMBERS = [0, 1, 9, 10, 99, 100, 65_535, 999_999_999, 1_000_000_000, 0x7fffffff, 0xffffffff];

test('numbers have the digits that the language gives them', () => {
  const out = makeWriter();
  for (const number of [...NUMBERS, -1, -10, -0x80000000]) {
    writeDec(out, number);
    expect(takeText(out)).toBe(`${number}`);
  }
  for (const number of NUMBERS) {
    writeHex(out, number);
    expect(takeText(out)).toBe(`0x${number.toString(16)}`);
    writeHex64(out, number, 0xabc);
    expect(takeText(out)).toBe(`0x${((BigInt(number) << 32n) | 0xabcn).toString(16)}`);
  }
});

test('texts of any length and any letters stay as they are, wherever a part ends', () => {
  const out = makeWriter();
  const texts = ['a', 'é', '\ud800', '🙂 and more', '', 'x'.repeat(100_000), `${'y'.repeat(40_000)}ü`];
  const lines: string[] = [];
  for (let k = 0; k < 3_000; k++) {
    const text = k % 300 === 0 ? texts[(k / 300) % texts.length] : `line ${'z'.repeat(k % 97)}`;
    lines.push(text);
    if (k % 2 === 0) writeLine(out, text);
    else {
      writeText(out, text);
      endLine(out);
    }
  }
  expect(takeText(out) === lines.map((line) => `${line}\n`).join('')).toBe(true);
  expect(takeText(out)).toBe('');
});

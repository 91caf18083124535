/** Insns as hexadecimal bytes in wire order, 16 digits a slot. */
import { err, ok, type Result } from '../base/result.ts';
import { slotHex } from '../isa/describe.ts';

export function insnsHex(insns: Int32Array, separator = ''): string {
  const slots: string[] = [];
  for (let i = 0; i < insns.length; i += 2) slots.push(slotHex(insns[i], insns[i + 1]));
  return slots.join(separator);
}

/** What is wrong with a text that should be hexadecimal bytes, and at which offset. */
export interface HexError {
  readonly at: number;
  readonly message: string;
}

const DIGITS_A_SLOT = 16;

/** Value of a digit, -1: none. */
function digitOf(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Reads digits with blanks anywhere between them. */
export function insnsFromHex(text: string): Result<Int32Array, HexError> {
  const words = new Int32Array(text.length >> 3);
  let cnt = 0;
  let word = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c <= 32) continue;
    const digit = digitOf(c);
    if (digit < 0) return err({ at: i, message: `\`${text[i]}\` is no hexadecimal digit` });
    // The first byte is the lowest one, and of a byte the first digit the upper one.
    word |= digit << (4 * ((cnt & 7) ^ 1));
    if ((++cnt & 7) !== 0) continue;
    words[(cnt >> 3) - 1] = word;
    word = 0;
  }
  if (cnt % DIGITS_A_SLOT !== 0)
    return err({
      at: text.length,
      message: `an insn has ${DIGITS_A_SLOT} hexadecimal digits, these are ${cnt}: ${cnt % DIGITS_A_SLOT} left over`,
    });
  return ok(8 * words.length === cnt ? words : words.slice(0, cnt >> 3));
}

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
  const bytes = new Uint8Array(text.length >> 1);
  let cnt = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c <= 32) continue;
    const digit = digitOf(c);
    if (digit < 0) return err({ at: i, message: `\`${text[i]}\` is no hexadecimal digit` });
    const at = cnt++ >> 1;
    if (at < bytes.length) bytes[at] = (bytes[at] << 4) | digit;
  }
  if (cnt % DIGITS_A_SLOT !== 0)
    return err({
      at: text.length,
      message: `an insn has ${DIGITS_A_SLOT} hexadecimal digits, these are ${cnt}: ${cnt % DIGITS_A_SLOT} left over`,
    });
  const view = new DataView(bytes.buffer);
  const insns = new Int32Array(cnt / 8);
  for (let i = 0; i < insns.length; i++) insns[i] = view.getInt32(4 * i, true);
  return ok(insns);
}

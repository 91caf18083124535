/** Tokens as the text that they stand for, for lines that are no insns. */
import type { Lexer } from './lexer.ts';

export const tokenText = ({ text, from, to }: Lexer, token: number): string =>
  text.slice(from[token], to[token]);

/** What a string between quotes says; with escapes that JSON does not know, as it is written. */
export function readString(lexer: Lexer, token: number): string {
  const quoted = tokenText(lexer, token);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

/** Bytes in hexadecimal, two digits each; null: it is something else. */
export function bytesOf(digits: string): Uint8Array | null {
  if (digits.length % 2 !== 0 || !/^[\da-f]*$/i.test(digits)) return null;
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function bytesText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += DIGITS[byte];
  return text;
}

const PLAIN_NAME = /^[A-Za-z_.$@][\w.$@]*$/;
/** Words that could be taken for something else than a name. */
const RESERVED = /^([rw]\d+|pc|s|kernel)$/;

/** Whether a name can stand without quotes. */
export const isPlainName = (name: string): boolean => PLAIN_NAME.test(name) && !RESERVED.test(name);

/** A name as a text says it. */
export const nameText = (name: string): string => (isPlainName(name) ? name : JSON.stringify(name));

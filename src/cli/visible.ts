/**
 * A message may quote the input or the command line, and those may hold anything: what would steer a terminal, or
 * turn the direction of its text, is shown as an escape.
 */
const STEERS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

const escaped = (char: string): string =>
  char === '\n' || char === '\t' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

export const visible = (text: string): string => text.replace(STEERS, escaped);

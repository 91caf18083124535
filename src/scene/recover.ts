/**
 * Reading a JSON object that may be damaged: pairs are read one after the other up to the first that makes no sense,
 * and a string that is cut off, or turns into noise, is kept as far as it goes.
 */

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const KEY = /\s*"([A-Za-z_]\w{0,31})"\s*:\s*/y;
/** A number, a word, or an array without strings that hold brackets. */
const OTHER_VALUE = /\[[^\]]*\]|[^,}\s]+/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** First position that is no more part of the string whose inside begins at `at`: its end, or noise. */
function stringEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length && text[i] !== '"' && text.charCodeAt(i) >= 0x20) {
    const found = text[i] === '\\' ? match(ESCAPE, text, i) : null;
    if (text[i] === '\\' && !found) break;
    i += found ? found[0].length : 1;
  }
  return i;
}

/** The value at `at`, where it ends, and whether it was all there. */
function valueAt(text: string, at: number): { value: unknown; end: number; isWhole: boolean } {
  if (text[at] !== '"') {
    const found = match(OTHER_VALUE, text, at)?.[0] ?? '';
    const value = parsed(found);
    return { value, end: at + found.length, isWhole: value !== undefined };
  }
  const end = stringEnd(text, at + 1);
  return { value: parsed(`${text.slice(at, end)}"`), end: end + 1, isWhole: text[end] === '"' };
}

export function recoverObject(text: string): { plain: Record<string, unknown> | null; isWhole: boolean } {
  const whole = parsed(text);
  if (isObject(whole)) return { plain: whole, isWhole: true };
  const plain: Record<string, unknown> = {};
  let cnt = 0;
  for (let at = text.startsWith('{') ? 1 : text.length; at < text.length; at++) {
    const key = match(KEY, text, at);
    if (!key) break;
    const { value, end, isWhole } = valueAt(text, at + key[0].length);
    if (value !== undefined) {
      plain[key[1]] = value;
      cnt++;
    }
    at = end;
    if (!isWhole || text[at] !== ',') break;
  }
  return { plain: cnt > 0 ? plain : null, isWhole: false };
}

/**
 * Line information as comments: `; file.c:12:3 source text` (ours), `; text @ file.c:12` (verifier log),
 * `; text [file:file.c line_num:12 line_col:3]` (bpftool). The readers cut nothing out of the text.
 */
export interface LineRef {
  fileFrom: number;
  fileTo: number;
  line: number;
  col: number;
  textFrom: number;
  textTo: number;
}

const SPACE = 32;
const isBlank = (c: number): boolean => c === SPACE || c === 9 || c === 13;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const MAX_LINE = 0x7fffffff;

/** Value of the digits in text[from, to); -1 when there are none or too many. */
function digits(text: string, from: number, to: number): number {
  if (from >= to || to - from > 10) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (!isDigit(c)) return -1;
    value = value * 10 + c - 48;
  }
  return value <= MAX_LINE ? value : -1;
}

/** Where `word` begins first in text[from, to), -1: nowhere. `indexOf` would look through the rest of the text. */
function firstIn(text: string, word: string, from: number, to: number): number {
  for (let at = from; at <= to - word.length; at++) if (text.startsWith(word, at)) return at;
  return -1;
}

/** Where it begins last; `lastIndexOf` would look as far as the beginning of the text, in every comment anew. */
function lastIn(text: string, word: string, from: number, to: number): number {
  const first = word.charCodeAt(0);
  for (let at = to - word.length; at >= from; at--)
    if (text.charCodeAt(at) === first && text.startsWith(word, at)) return at;
  return -1;
}

function trimmed(text: string, from: number, to: number, into: LineRef): void {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  into.textFrom = start;
  into.textTo = end;
}

/** `file.c:12:3` or `file.c:12` in text[from, to). */
function readPlace(text: string, from: number, to: number, into: LineRef, needCol: boolean): boolean {
  const last = lastIn(text, ':', from, to);
  if (last <= from) return false;
  const tail = digits(text, last + 1, to);
  if (tail < 0) return false;
  const before = lastIn(text, ':', from, last);
  const line = before > from ? digits(text, before + 1, last) : -1;
  if (line < 0 && needCol) return false;
  into.fileFrom = from;
  into.fileTo = line < 0 ? last : before;
  into.line = line < 0 ? tail : line;
  into.col = line < 0 ? 0 : tail;
  return true;
}

/** Reads the comment text[from, to), which begins behind its `;`; false: it is only a comment. */
export function readLineRef(text: string, from: number, to: number, into: LineRef): boolean {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  if (start === end) return false;
  const last = text.charCodeAt(end - 1);
  if (last === 93 && readBpftool(text, start, end, into)) return true;
  let stop = start;
  while (stop < end && !isBlank(text.charCodeAt(stop))) stop++;
  if (isDigit(text.charCodeAt(stop - 1)) && readPlace(text, start, stop, into, true)) {
    trimmed(text, stop, end, into);
    return true;
  }
  if (!isDigit(last)) return false;
  const at = lastIn(text, '@ ', start, end);
  if (at < 0 || (at > start && !isBlank(text.charCodeAt(at - 1)))) return false;
  if (!readPlace(text, at + 2, end, into, false)) return false;
  trimmed(text, start, at, into);
  return true;
}

function readBpftool(text: string, start: number, end: number, into: LineRef): boolean {
  const open = lastIn(text, '[file:', start, end);
  if (open < 0) return false;
  const lineAt = firstIn(text, ' line_num:', open, end);
  const colAt = firstIn(text, ' line_col:', open, end);
  if (lineAt < 0 || colAt < lineAt) return false;
  const line = digits(text, lineAt + 10, colAt);
  const col = digits(text, colAt + 10, end - 1);
  if (line < 0 || col < 0) return false;
  into.fileFrom = open + 6;
  into.fileTo = lineAt;
  into.line = line;
  into.col = col;
  trimmed(text, start, open, into);
  return true;
}

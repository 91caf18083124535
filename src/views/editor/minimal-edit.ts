/**
 * The smallest single replacement that turns one text into another. The editor applies a text that came from
 * outside (an example, undo of the app, a link) this way: caret, selections and its own undo stay.
 */
export interface MinimalEdit {
  /** Range of the old text that goes. */
  readonly from: number;
  readonly to: number;
  /** What stands there instead. */
  readonly text: string;
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** The edit from `before` to `after`, null when they are equal. */
export function minimalEdit(before: string, after: string): MinimalEdit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  // A pair of surrogates is one character: it is replaced as a whole.
  if (head > 0 && isHighSurrogate(before.charCodeAt(head - 1))) head--;
  let tail = 0;
  while (
    tail < shorter - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  if (tail > 0 && isHighSurrogate(before.charCodeAt(before.length - tail - 1))) tail--;
  return { from: head, to: before.length - tail, text: after.slice(head, after.length - tail) };
}

/** What a query means: the text as it stands, and an expression where it is one that cannot hold the page up. */

export interface Pattern {
  readonly matches: (text: string) => boolean;
  /** Why it is no regular expression; empty: it is one, too. */
  readonly note: string;
}

/** What an expression may mean otherwise than it stands. */
const SIGNS = /[\\^$.*+?()[\]{}|]/;
/** What stands for itself: escaped, or in brackets. */
const LITERALS = /\\.|\[(?:\\.|[^\]\\])*\]/g;
/** Most repetitions in an expression: each one multiplies the ways to fit it by the length of a text. */
const REPEATS_MAX = 3;
/** Longest text that an expression is tried on; insns are shorter, and longer C lines are looked at so far. */
const TRIED_MAX = 200;

/**
 * Whether to fit it to one text can take longer than anybody waits, and nothing can end that: a group that may come
 * several times, whatever is in it, or many repetitions.
 */
function isTooCostly(query: string): boolean {
  const signs = query.replace(LITERALS, 'x');
  return /\)[+*?{]/.test(signs) || (signs.match(/[+*{]/g)?.length ?? 0) > REPEATS_MAX;
}

/**
 * Matches what contains the query as it stands, small and capital letters alike, or what it matches as a regular
 * expression: an insn like `r0 += 1` is found as it is written, although it would be another one as an expression.
 */
export function patternOf(query: string): Pattern {
  const plain = query.replaceAll('\u2212', '-').toLowerCase();
  const isPlain = (text: string): boolean => text.toLowerCase().includes(plain);
  // The same as an expression.
  if (!SIGNS.test(query)) return { matches: isPlain, note: '' };
  if (isTooCostly(query)) return { matches: isPlain, note: 'too costly an expression, taken as text' };
  try {
    const regex = new RegExp(query.replaceAll('\u2212', '-'), 'i');
    return { matches: (text) => isPlain(text) || regex.test(text.slice(0, TRIED_MAX)), note: '' };
  } catch {
    return { matches: isPlain, note: 'no regular expression, taken as text' };
  }
}

/**
 * Token kinds as small numbers, so that a grammar can be a table indexed by them. Words that a template of the
 * instruction table uses are kinds of their own; they are numbered as they are met.
 */
export const TOKEN = {
  END: 0,
  R: 1,
  W: 2,
  NUM: 3,
  WORD: 4,
  STRING: 5,
  BAD: 6,
  PLUS: 7,
  MINUS: 8,
  STAR: 9,
  AND: 10,
  ASSIGN: 11,
  LPAREN: 12,
  RPAREN: 13,
  LBRACKET: 14,
  RBRACKET: 15,
  COMMA: 16,
  HASH: 17,
  PIPE: 18,
  COLON: 19,
  LT: 20,
  GT: 21,
  EQ: 22,
  NE: 23,
  LE: 24,
  GE: 25,
  SLT: 26,
  SGT: 27,
  SLE: 28,
  SGE: 29,
  ADD_SET: 30,
  SUB_SET: 31,
  MUL_SET: 32,
  DIV_SET: 33,
  MOD_SET: 34,
  AND_SET: 35,
  OR_SET: 36,
  XOR_SET: 37,
  LSH_SET: 38,
  RSH_SET: 39,
  ARSH_SET: 40,
  SDIV_SET: 41,
  SMOD_SET: 42,
} as const;

/** Edges of the grammar that take more than one token; they share the number space of the kinds. */
export const EDGE = { NUM: 48, SIGNED: 49, TARGET: 50, CALLEE: 51, SYMBOL: 52 } as const;

export const FIRST_KEYWORD = 64;
/** Kinds there can be: the width of a row of the grammar. */
export const KIND_CNT = 192;

export const isWord = (kind: number): boolean => kind === TOKEN.WORD || kind >= FIRST_KEYWORD;

const keywordNames: string[] = [];
const keywordHashes = new Int32Array(KIND_CNT);
/** Their letters, one behind the other, and where each begins; the last entry is where the next one will. */
const keywordLetters = new Uint8Array(4096);
const keywordAt = new Int32Array(KIND_CNT + 1);
const slots = new Int16Array(512).fill(-1);

/** Must agree with the hash the lexer computes while it reads a word. */
function hashOf(word: string): number {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) | 0;
  return hash;
}

export function addKeyword(word: string): number {
  const known = keywordNames.indexOf(word);
  if (known >= 0) return FIRST_KEYWORD + known;
  const number = keywordNames.length;
  if (FIRST_KEYWORD + number >= KIND_CNT) throw new Error('bug: more keywords than kinds');
  const hash = hashOf(word);
  let at = hash & 511;
  while (slots[at] >= 0) at = (at + 1) & 511;
  slots[at] = number;
  keywordNames.push(word);
  keywordHashes[number] = hash;
  keywordAt[number + 1] = keywordAt[number] + word.length;
  for (let i = 0; i < word.length; i++) keywordLetters[keywordAt[number] + i] = word.charCodeAt(i);
  return FIRST_KEYWORD + number;
}

/** Kind of the word in codes[from, to): its keyword, else WORD. */
export function wordKind(codes: Uint8Array, from: number, to: number, hash: number): number {
  for (let at = hash & 511; slots[at] >= 0; at = (at + 1) & 511) {
    const number = slots[at];
    if (keywordHashes[number] === hash && isKeyword(codes, from, to, number)) return FIRST_KEYWORD + number;
  }
  return TOKEN.WORD;
}

function isKeyword(codes: Uint8Array, from: number, to: number, number: number): boolean {
  const start = keywordAt[number];
  if (keywordAt[number + 1] - start !== to - from) return false;
  for (let i = 0; i < to - from; i++) if (keywordLetters[start + i] !== codes[from + i]) return false;
  return true;
}

const SIGNS: readonly string[] = (
  '+ - * & = ( ) [ ] , # | : < > == != <= >= s< s> s<= s>= ' + '+= -= *= /= %= &= |= ^= <<= >>= s>>= s/= s%='
).split(' ');

/** A kind in words, for messages. */
export function kindText(kind: number): string {
  if (kind >= FIRST_KEYWORD) return `\`${keywordNames[kind - FIRST_KEYWORD]}\``;
  switch (kind) {
    case TOKEN.END:
      return 'the end of the line';
    case TOKEN.R:
      return 'a 64-bit register (r0–r10)';
    case TOKEN.W:
      return 'a 32-bit register (w0–w10)';
    case TOKEN.NUM:
    case EDGE.NUM:
      return 'a number';
    case EDGE.SIGNED:
      return 'an offset with its sign';
    case EDGE.TARGET:
      return 'a label or a distance';
    case EDGE.CALLEE:
      return 'a function';
    case EDGE.SYMBOL:
      return 'the name of a function';
    case TOKEN.WORD:
      return 'a name';
    case TOKEN.STRING:
      return 'a string';
    default:
      return SIGNS[kind - TOKEN.PLUS] === undefined ? 'something else' : `\`${SIGNS[kind - TOKEN.PLUS]}\``;
  }
}

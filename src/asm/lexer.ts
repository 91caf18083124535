/**
 * Text → tokens, one line at a time, over char codes; tokens are columns that are filled anew for every line, so
 * a million lines allocate nothing here. The same lexer serves the assembler, the grammar's templates and the
 * editor's colours.
 */
import { TOKEN, wordKind } from './tokens.ts';

export interface Lexer {
  readonly text: string;
  pos: number;
  /** Reading stops here; less than the length while a part of a line is read. */
  end: number;
  /** 1-based number of the line `pos` stands in. */
  line: number;
  cnt: number;
  kind: Uint8Array;
  from: Int32Array;
  to: Int32Array;
  /** Magnitude of a number (exact up to 2^53), number of a register, hash of a word. */
  value: Float64Array;
  /** Range of the `;` comment that ends the line, from the `;` on; -1: none. */
  commentFrom: number;
  commentTo: number;
  /** Line of the first token. */
  tokenLine: number;
  /** Opcode in front of the insn, as in `12: (bf) r1 = r6`; -1: none. */
  opcode: number;
  /** Range of what stands in front of the insn of a dump (its index and its opcode); equal: nothing. */
  prefixFrom: number;
  prefixTo: number;
  /** Start of a block comment that never ends; -1: none. */
  unclosed: number;
}

/** Typed arrays of up to 64 bytes cost no allocation of their own, and `asm --lines` reads a text a line. */
const MAX_TOKENS_START = 8;

export const makeLexer = (text: string): Lexer => ({
  text,
  pos: 0,
  end: text.length,
  line: 1,
  cnt: 0,
  kind: new Uint8Array(MAX_TOKENS_START),
  from: new Int32Array(MAX_TOKENS_START),
  to: new Int32Array(MAX_TOKENS_START),
  value: new Float64Array(MAX_TOKENS_START),
  commentFrom: -1,
  commentTo: -1,
  tokenLine: 1,
  opcode: -1,
  prefixFrom: 0,
  prefixTo: 0,
  unclosed: -1,
});

const CLASS = { OTHER: 0, SPACE: 1, WORD: 2, DIGIT: 3 } as const;
const classOf = new Uint8Array(128);
for (const c of '\t\v\f\r ') classOf[c.charCodeAt(0)] = CLASS.SPACE;
for (const c of '0123456789') classOf[c.charCodeAt(0)] = CLASS.DIGIT;
for (const c of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.$@')
  classOf[c.charCodeAt(0)] = CLASS.WORD;

/** Letters beyond ASCII may stand in names; no-break spaces come with text copied from a page. */
const charClass = (c: number): number =>
  c < 128 ? classOf[c] : c === 0xa0 || c === 0xfeff ? CLASS.SPACE : CLASS.WORD;
const isSpace = (c: number): boolean => charClass(c) === CLASS.SPACE;
const isWordChar = (c: number): boolean => charClass(c) >= CLASS.WORD;

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

const NEWLINE = 10;

function push(lexer: Lexer, kind: number, from: number, to: number, value: number): void {
  const at = lexer.cnt++;
  if (at === lexer.kind.length) growTokens(lexer);
  lexer.kind[at] = kind;
  lexer.from[at] = from;
  lexer.to[at] = to;
  lexer.value[at] = value;
}

function growTokens(lexer: Lexer): void {
  const size = lexer.kind.length * 2;
  const { kind, from, to, value } = lexer;
  lexer.kind = new Uint8Array(size);
  lexer.kind.set(kind);
  lexer.from = new Int32Array(size);
  lexer.from.set(from);
  lexer.to = new Int32Array(size);
  lexer.to.set(to);
  lexer.value = new Float64Array(size);
  lexer.value.set(value);
}

/** A number; letters that stick to it make the whole a BAD token. */
function lexNumber(lexer: Lexer, start: number): number {
  const { text, end } = lexer;
  let pos = start;
  let value = 0;
  let ok = true;
  if (text.charCodeAt(pos) === 48 && (text.charCodeAt(pos + 1) | 32) === 120 && pos + 1 < end) {
    pos += 2;
    const first = pos;
    for (let d = 0; pos < end; pos++) {
      d = hexDigit(text.charCodeAt(pos));
      if (d < 0) break;
      value = value * 16 + d;
    }
    ok = pos > first;
  } else {
    for (let c = 0; pos < end; pos++) {
      c = text.charCodeAt(pos);
      if (!isDigit(c)) break;
      value = value * 10 + (c - 48);
    }
  }
  while (pos < end && isWordChar(text.charCodeAt(pos))) {
    ok = false;
    pos++;
  }
  push(lexer, ok ? TOKEN.NUM : TOKEN.BAD, start, pos, value);
  return pos;
}

/** `r0`–`r15`, `w0`–`w15`, or -1. */
function registerOf(text: string, from: number, to: number): number {
  const tens = text.charCodeAt(from + 1);
  if (to - from === 2) return isDigit(tens) ? tens - 48 : -1;
  const ones = text.charCodeAt(from + 2);
  return to - from === 3 && tens === 49 && ones >= 48 && ones <= 53 ? ones - 38 : -1;
}

/** `s<`, `s>=`, `s>>=`, `s/=` …: kind and length of the sign that follows a lone `s`, or 0. */
function signedOperator(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  const isSet = next === 61;
  switch (text.charCodeAt(at)) {
    case 60:
      return isSet ? TOKEN.SLE : TOKEN.SLT;
    case 62:
      if (next === 62 && text.charCodeAt(at + 2) === 61) return TOKEN.ARSH_SET;
      return isSet ? TOKEN.SGE : TOKEN.SGT;
    case 47:
      return isSet ? TOKEN.SDIV_SET : 0;
    case 37:
      return isSet ? TOKEN.SMOD_SET : 0;
    default:
      return 0;
  }
}

function lexWord(lexer: Lexer, start: number): number {
  const { text, end } = lexer;
  let pos = start;
  let hash = 0;
  for (let c = 0; pos < end; pos++) {
    c = text.charCodeAt(pos);
    if (c < 128 ? classOf[c] < CLASS.WORD : c === 0xa0 || c === 0xfeff) break;
    hash = (Math.imul(hash, 31) + c) | 0;
  }
  const first = text.charCodeAt(start);
  const len = pos - start;
  if (len <= 3 && len >= 2 && (first === 114 || first === 119)) {
    const reg = registerOf(text, start, pos);
    if (reg >= 0) {
      push(lexer, first === 114 ? TOKEN.R : TOKEN.W, start, pos, reg);
      return pos;
    }
  }
  if (first === 115 && len === 1 && pos < end) {
    const kind = signedOperator(text, pos);
    if (kind !== 0) {
      pos += kind === TOKEN.ARSH_SET ? 3 : kind === TOKEN.SLT || kind === TOKEN.SGT ? 1 : 2;
      push(lexer, kind, start, pos, 0);
      return pos;
    }
  }
  push(lexer, wordKind(text, start, pos, hash), start, pos, hash);
  return pos;
}

function lexString(lexer: Lexer, start: number): number {
  const { text, end } = lexer;
  let pos = start + 1;
  for (; pos < end; pos++) {
    const c = text.charCodeAt(pos);
    if (c === NEWLINE) break;
    if (c === 92) pos++;
    else if (c === 34) {
      push(lexer, TOKEN.STRING, start, pos + 1, 0);
      return pos + 1;
    }
  }
  if (pos > end) pos = end;
  push(lexer, TOKEN.BAD, start, pos, 0);
  return pos;
}

const plain = new Uint8Array(128);
const set = new Uint8Array(128);
for (const [c, alone, withSet] of [
  ['+', TOKEN.PLUS, TOKEN.ADD_SET],
  ['-', TOKEN.MINUS, TOKEN.SUB_SET],
  ['*', TOKEN.STAR, TOKEN.MUL_SET],
  ['&', TOKEN.AND, TOKEN.AND_SET],
  ['=', TOKEN.ASSIGN, TOKEN.EQ],
  ['|', TOKEN.PIPE, TOKEN.OR_SET],
  ['<', TOKEN.LT, TOKEN.LE],
  ['>', TOKEN.GT, TOKEN.GE],
  ['!', TOKEN.BAD, TOKEN.NE],
  ['/', TOKEN.BAD, TOKEN.DIV_SET],
  ['%', TOKEN.BAD, TOKEN.MOD_SET],
  ['^', TOKEN.BAD, TOKEN.XOR_SET],
  ['(', TOKEN.LPAREN, 0],
  [')', TOKEN.RPAREN, 0],
  ['[', TOKEN.LBRACKET, 0],
  [']', TOKEN.RBRACKET, 0],
  [',', TOKEN.COMMA, 0],
  [':', TOKEN.COLON, 0],
  ['#', TOKEN.HASH, 0],
] as const) {
  plain[c.charCodeAt(0)] = alone;
  set[c.charCodeAt(0)] = withSet;
}

function lexSign(lexer: Lexer, pos: number, c: number): number {
  const { text, end } = lexer;
  const next = pos + 1 < end ? text.charCodeAt(pos + 1) : 0;
  if (next === c && (c === 60 || c === 62) && text.charCodeAt(pos + 2) === 61 && pos + 2 < end) {
    push(lexer, c === 60 ? TOKEN.LSH_SET : TOKEN.RSH_SET, pos, pos + 3, 0);
    return pos + 3;
  }
  if (next === 61 && set[c] !== 0) {
    push(lexer, set[c], pos, pos + 2, 0);
    return pos + 2;
  }
  push(lexer, plain[c] || TOKEN.BAD, pos, pos + 1, 0);
  return pos + 1;
}

/** A `#` that sticks to a name on both sides belongs to it, as in `call bpf_map_lookup_elem#1`. */
const isGluedHash = (text: string, pos: number): boolean =>
  pos > 0 &&
  isWordChar(text.charCodeAt(pos - 1)) &&
  (isWordChar(text.charCodeAt(pos + 1)) || text.charCodeAt(pos + 1) === 45);

/** Behind the block comment that starts at `pos`. */
function skipBlockComment(lexer: Lexer, pos: number): number {
  const close = lexer.text.indexOf('*/', pos + 2);
  const to = close < 0 || close + 2 > lexer.end ? lexer.end : close + 2;
  if (to === lexer.end && !(close >= 0 && close + 2 === to)) lexer.unclosed = pos;
  for (let at = lexer.text.indexOf('\n', pos); at >= 0 && at < to; at = lexer.text.indexOf('\n', at + 1))
    lexer.line++;
  return to;
}

/**
 * `12:` and `(bf)` in front of the insn of a dump, and the eight bytes llvm-objdump writes there. They are looked
 * at as characters, because `(0f)` and `(18)` are no tokens of the language.
 */
function skipDumpPrefix(lexer: Lexer, start: number): number {
  const { text, end } = lexer;
  let pos = start;
  while (pos < end && isSpace(text.charCodeAt(pos))) pos++;
  const first = pos;
  lexer.prefixFrom = lexer.prefixTo = first;
  lexer.opcode = -1;
  const c = text.charCodeAt(pos);
  if (!isDigit(c) && c !== 40) return pos;
  let at = pos;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  // llvm-objdump counts bytes in front of a relocation, in 16 hexadecimal digits.
  if (at > pos && text.charCodeAt(pos + OBJDUMP_DIGITS) === 58)
    while (at < end && hexDigit(text.charCodeAt(at)) >= 0) at++;
  if (at > pos && at < end && text.charCodeAt(at) === 58) {
    pos = at + 1;
    while (pos < end && isSpace(text.charCodeAt(pos))) pos++;
    pos = skipByteColumn(text, pos, end);
  }
  const hi = hexDigit(text.charCodeAt(pos + 1));
  const lo = hexDigit(text.charCodeAt(pos + 2));
  if (text.charCodeAt(pos) === 40 && hi >= 0 && lo >= 0 && text.charCodeAt(pos + 3) === 41 && pos + 3 < end) {
    lexer.opcode = hi * 16 + lo;
    pos += 4;
  }
  lexer.prefixTo = pos;
  return pos;
}

const OBJDUMP_DIGITS = 16;

function skipByteColumn(text: string, start: number, end: number): number {
  let pos = start;
  for (let i = 0; i < 8; i++, pos += 3) {
    if (pos + 2 > end || hexDigit(text.charCodeAt(pos)) < 0 || hexDigit(text.charCodeAt(pos + 1)) < 0)
      return start;
    if (i < 7 && text.charCodeAt(pos + 2) !== 32) return start;
  }
  while (pos < end && isSpace(text.charCodeAt(pos))) pos++;
  return Math.min(pos, end);
}

/** Reads the tokens of one line; `pos` stands at the start of the next one, or at `end`. */
export function lexLine(lexer: Lexer): void {
  const { text, end } = lexer;
  lexer.cnt = 0;
  lexer.commentFrom = lexer.commentTo = -1;
  let pos = skipDumpPrefix(lexer, lexer.pos);
  while (pos < end) {
    const c = text.charCodeAt(pos);
    const cls = charClass(c);
    if (cls === CLASS.SPACE) {
      pos++;
      continue;
    }
    if (c === NEWLINE) break;
    if (cls === CLASS.OTHER) {
      const next = pos + 1 < end ? text.charCodeAt(pos + 1) : 0;
      if (c === 59 || (c === 47 && next === 47) || (c === 35 && !isGluedHash(text, pos))) {
        let to = text.indexOf('\n', pos);
        if (to < 0 || to > end) to = end;
        if (c === 59) {
          lexer.commentFrom = pos;
          lexer.commentTo = to;
        }
        pos = to;
        break;
      }
      if (c === 47 && next === 42) {
        pos = skipBlockComment(lexer, pos);
        continue;
      }
    }
    if (lexer.cnt === 0) lexer.tokenLine = lexer.line;
    if (cls === CLASS.WORD) pos = lexWord(lexer, pos);
    else if (cls === CLASS.DIGIT) pos = lexNumber(lexer, pos);
    else if (c === 34) pos = lexString(lexer, pos);
    else pos = lexSign(lexer, pos, c);
  }
  if (pos < end) {
    pos++;
    lexer.line++;
  }
  if (lexer.cnt === lexer.kind.length) growTokens(lexer);
  lexer.kind[lexer.cnt] = TOKEN.END;
  lexer.from[lexer.cnt] = lexer.to[lexer.cnt] = lexer.cnt > 0 ? lexer.to[lexer.cnt - 1] : pos;
  lexer.pos = pos;
}

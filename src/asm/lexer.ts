/**
 * Text → tokens, one line at a time; tokens are columns that are filled anew for every line, so a million lines
 * allocate nothing here. The same lexer serves the assembler, the grammar's templates and the editor's colours.
 */
import { codesOf, NEWLINE } from './codes.ts';
import { TOKEN, wordKind } from './tokens.ts';

export interface Lexer {
  text: string;
  /** The text as bytes (codes.ts). */
  codes: Uint8Array;
  pos: number;
  /**
   * Reading stops here; less than the length while a part of a line is read. A line end stands here, or the text is at
   * its own end, so that most loops need not look at it: no token goes over a line end.
   */
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

/** Typed arrays of up to 64 bytes cost no allocation of their own, and an editor reads a text a line. */
const MAX_TOKENS_START = 8;

export const makeLexer = (text: string): Lexer => ({
  text,
  codes: codesOf(text),
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

/** Puts the lexer at the start of another text; its buffers stay. */
export function resetLexer(lexer: Lexer, text: string): void {
  lexer.text = text;
  lexer.codes = codesOf(text, lexer.codes);
  lexer.pos = 0;
  lexer.end = text.length;
  lexer.line = lexer.tokenLine = 1;
  lexer.unclosed = -1;
}

/** Classes of characters, by byte: signs and line ends, blanks, letters, digits. What is at least WORD goes on a word. */
const SPACE = 1;
const WORD = 2;
const DIGIT = 3;
const classOf = new Uint8Array(256);
for (const c of '\t\v\f\r ') classOf[c.charCodeAt(0)] = SPACE;
for (const c of '0123456789') classOf[c.charCodeAt(0)] = DIGIT;
for (const c of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.$@') classOf[c.charCodeAt(0)] = WORD;
classOf.fill(WORD, 128);

/** 1 for the space. Added to a place it steps over one without a branch that is guessed wrong half of the time. */
const blank = new Uint8Array(256);
blank[32] = 1;

/** Value of a hexadecimal digit, -1: it is none. */
const hexOf = new Int8Array(256).fill(-1);
for (let i = 0; i < 16; i++) {
  const digit = i.toString(16);
  hexOf[digit.charCodeAt(0)] = hexOf[digit.toUpperCase().charCodeAt(0)] = i;
}

const isSpace = (c: number): boolean => classOf[c] === SPACE;
const isWordChar = (c: number): boolean => classOf[c] >= WORD;
const isDigit = (c: number): boolean => classOf[c] === DIGIT;

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

/** Number of the register `r0`–`r15` or `w0`–`w15` whose letter stands at `at`; -1: it is another word. */
function registerAt(codes: Uint8Array, classes: Uint8Array, at: number): number {
  const tens = codes[at + 1];
  if (classes[tens] !== DIGIT) return -1;
  const ones = codes[at + 2];
  if (classes[ones] < WORD) return tens - 48;
  return tens === 49 && ones >= 48 && ones <= 53 && classes[codes[at + 3]] < WORD ? ones - 38 : -1;
}

/** `s<`, `s>=`, `s>>=`, `s/=` …: kind of the sign that follows a lone `s`, or 0. */
function signedOperator(codes: Uint8Array, at: number): number {
  const next = codes[at + 1];
  const isSet = next === 61;
  switch (codes[at]) {
    case 60:
      return isSet ? TOKEN.SLE : TOKEN.SLT;
    case 62:
      if (next === 62 && codes[at + 2] === 61) return TOKEN.ARSH_SET;
      return isSet ? TOKEN.SGE : TOKEN.SGT;
    case 47:
      return isSet ? TOKEN.SDIV_SET : 0;
    case 37:
      return isSet ? TOKEN.SMOD_SET : 0;
    default:
      return 0;
  }
}

const signedLength = (kind: number): number =>
  kind === TOKEN.ARSH_SET ? 3 : kind === TOKEN.SLT || kind === TOKEN.SGT ? 1 : 2;

/** Behind the string that starts at `start`; the complement of where it breaks off, if it does. */
function stringEnd(codes: Uint8Array, start: number, end: number): number {
  let pos = start + 1;
  for (; pos < end; pos++) {
    const c = codes[pos];
    if (c === NEWLINE) break;
    if (c === 92) pos++;
    else if (c === 34) return pos + 1;
  }
  return ~Math.min(pos, end);
}

const plain = new Uint8Array(256).fill(TOKEN.BAD);
const set = new Uint8Array(256);
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

/**
 * A `#` that sticks to a name on both sides belongs to it, as in `call bpf_map_lookup_elem#1`. So does one at the end of
 * the text, where a template has been cut.
 */
const isGluedHash = ({ text, codes }: Lexer, pos: number): boolean =>
  pos > 0 &&
  isWordChar(codes[pos - 1]) &&
  (isWordChar(codes[pos + 1]) || codes[pos + 1] === 45 || pos + 1 === text.length);

/** Behind the block comment that starts at `pos`. It is looked for no further than the lexer may read. */
function skipBlockComment(lexer: Lexer, pos: number): number {
  const { codes, end } = lexer;
  for (let at = pos + 2; at < end; at++) {
    if (codes[at] === NEWLINE) lexer.line++;
    else if (codes[at] === 42 && codes[at + 1] === 47 && at + 1 < end) return at + 2;
  }
  lexer.unclosed = pos;
  return end;
}

/**
 * `12:` and `(bf)` in front of the insn of a dump, and the eight bytes llvm-objdump writes there. They are looked
 * at as characters, because `(0f)` and `(18)` are no tokens of the language.
 */
function skipDumpPrefix(lexer: Lexer, first: number): number {
  const { codes, end } = lexer;
  let pos = first;
  let at = pos;
  while (at < end && isDigit(codes[at])) at++;
  // llvm-objdump counts bytes in front of a relocation, in 16 hexadecimal digits.
  if (at > pos && codes[Math.min(pos + OBJDUMP_DIGITS, end)] === 58)
    while (at < end && hexOf[codes[at]] >= 0) at++;
  if (at > pos && at < end && codes[at] === 58) {
    pos = at + 1;
    while (pos < end && isSpace(codes[pos])) pos++;
    pos = skipByteColumn(codes, pos, end);
  }
  if (codes[pos] === 40) {
    const hi = hexOf[codes[pos + 1]];
    const lo = hexOf[codes[pos + 2]];
    if (hi >= 0 && lo >= 0 && codes[pos + 3] === 41 && pos + 3 < end) {
      lexer.opcode = hi * 16 + lo;
      pos += 4;
    }
  }
  lexer.prefixTo = pos;
  return pos;
}

const OBJDUMP_DIGITS = 16;

function skipByteColumn(codes: Uint8Array, start: number, end: number): number {
  let pos = start;
  for (let i = 0; i < 8; i++, pos += 3) {
    if (pos + 2 > end || hexOf[codes[pos]] < 0 || hexOf[codes[pos + 1]] < 0) return start;
    if (i < 7 && codes[pos + 2] !== 32) return start;
  }
  while (pos < end && isSpace(codes[pos])) pos++;
  return Math.min(pos, end);
}

/** End of the comment at `pos`, at the line's. */
function commentEnd({ text, end }: Lexer, pos: number): number {
  const newline = text.indexOf('\n', pos);
  return newline < 0 || newline > end ? end : newline;
}

/**
 * Reads the tokens of one line; `pos` stands at the start of the next one, or at `end`.
 *
 * One function, with columns, tables and the place in local variables: a call for each token, or what stands outside
 * looked up for each character, made it about half as fast.
 */
export function lexLine(lexer: Lexer): void {
  const { codes, end } = lexer;
  const classes = classOf;
  const hexes = hexOf;
  const blanks = blank;
  const { R, W, NUM, BAD } = TOKEN;
  const { kind, from, to, value, line } = lexer;
  const room = kind.length - 1;
  let cnt = 0;
  let pos = lexer.pos;
  while (pos < end && classes[codes[pos]] === SPACE) pos++;
  lexer.commentFrom = lexer.commentTo = lexer.opcode = -1;
  lexer.prefixFrom = lexer.prefixTo = pos;
  lexer.tokenLine = line;
  if (classes[codes[pos]] === DIGIT || codes[pos] === 40) pos = skipDumpPrefix(lexer, pos);
  while (pos < end) {
    let c = codes[pos];
    const cls = classes[c];
    if (cls === SPACE) {
      pos++;
      continue;
    }
    if (cnt === room) {
      // Anew with twice the room: columns that may change under way would be looked up at every access.
      growTokens(lexer);
      lexer.line = line;
      lexLine(lexer);
      return;
    }
    const start = pos;
    if (cls === WORD) {
      const register = c === 114 || c === 119 ? registerAt(codes, classes, pos) : -1;
      if (register >= 0) {
        kind[cnt] = c === 114 ? R : W;
        value[cnt] = register;
        pos += register > 9 ? 3 : 2;
      } else {
        let hash = 0;
        do {
          hash = (Math.imul(hash, 31) + c) | 0;
          c = codes[++pos];
        } while (classes[c] >= WORD);
        const signed = pos - start === 1 && codes[start] === 115 ? signedOperator(codes, pos) : 0;
        if (signed === 0) {
          kind[cnt] = wordKind(codes, start, pos, hash);
          value[cnt] = hash;
        } else {
          kind[cnt] = signed;
          pos += signedLength(signed);
        }
      }
    } else if (cls === DIGIT) {
      let number = 0;
      let isNumber = true;
      if (c === 48 && (codes[pos + 1] | 32) === 120) {
        pos += 2;
        for (let digit = hexes[codes[pos]]; digit >= 0; digit = hexes[codes[++pos]])
          number = number * 16 + digit;
        isNumber = pos > start + 2;
      } else {
        do {
          number = number * 10 + (c - 48);
          c = codes[++pos];
        } while (classes[c] === DIGIT);
      }
      // Letters that stick to a number make the whole something else.
      for (; classes[codes[pos]] >= WORD; pos++) isNumber = false;
      kind[cnt] = isNumber ? NUM : BAD;
      value[cnt] = number;
    } else if (c === NEWLINE) break;
    else {
      const next = codes[pos + 1];
      if (c === 59 || (c === 47 && next === 47) || (c === 35 && !isGluedHash(lexer, pos))) {
        pos = commentEnd(lexer, pos);
        if (c === 59) {
          lexer.commentFrom = start;
          lexer.commentTo = pos;
        }
        break;
      }
      if (c === 47 && next === 42) {
        pos = skipBlockComment(lexer, pos);
        if (cnt === 0) lexer.tokenLine = lexer.line;
        continue;
      }
      if (c === 34) {
        const close = stringEnd(codes, pos, end);
        kind[cnt] = close >= 0 ? TOKEN.STRING : BAD;
        pos = close >= 0 ? close : ~close;
      } else if (next === c && (c === 60 || c === 62) && codes[pos + 2] === 61) {
        kind[cnt] = c === 60 ? TOKEN.LSH_SET : TOKEN.RSH_SET;
        pos += 3;
      } else if (next === 61 && set[c] !== 0) {
        kind[cnt] = set[c];
        pos += 2;
      } else {
        kind[cnt] = plain[c];
        pos++;
      }
    }
    from[cnt] = start;
    to[cnt] = pos;
    cnt++;
    pos += blanks[codes[pos]];
  }
  if (pos < end) {
    pos++;
    lexer.line++;
  }
  kind[cnt] = TOKEN.END;
  from[cnt] = to[cnt] = cnt > 0 ? to[cnt - 1] : pos;
  lexer.cnt = cnt;
  lexer.pos = pos;
}

/** One line as coloured ranges for an editor, from the assembler's own lexer. */
import { type Lexer, lexLine, makeLexer } from './lexer.ts';
import { FIRST_KEYWORD, isWord, TOKEN } from './tokens.ts';
import './grammar.ts';

export type LineTokenKind =
  | 'opcode'
  | 'register'
  | 'number'
  | 'label'
  | 'comment'
  | 'directive'
  | 'string'
  | 'punct'
  | 'func';

export interface LineToken {
  readonly from: number;
  readonly to: number;
  readonly kind: LineTokenKind;
}

/** Lines in which words are neither labels nor functions. */
const IS_SETTING = /^\.(prog|map)$/;

function wordKindAt(lexer: Lexer, at: number): LineTokenKind {
  const { text, from, to, kind } = lexer;
  if (at > 0 && IS_SETTING.test(text.slice(from[0], to[0]))) return 'opcode';
  const before = at > 0 ? text.slice(from[at - 1], to[at - 1]) : '';
  if (kind[at + 1] === TOKEN.COLON && at + 1 < lexer.cnt) return before === 'func' ? 'func' : 'label';
  if (before === 'call' || before === '.func' || (kind[at - 1] === TOKEN.AND && at > 0)) return 'func';
  if (kind[at] >= FIRST_KEYWORD) return text.charCodeAt(from[at]) === 46 ? 'directive' : 'opcode';
  if (text.charCodeAt(from[at]) === 46 && at === 0) return 'directive';
  return before === '-' || kind[at - 1] === TOKEN.HASH ? 'func' : 'label';
}

function kindAt(lexer: Lexer, at: number): LineTokenKind {
  const kind = lexer.kind[at];
  if (kind === TOKEN.R || kind === TOKEN.W) return 'register';
  if (kind === TOKEN.NUM) return 'number';
  if (kind === TOKEN.STRING) return 'string';
  return isWord(kind) ? wordKindAt(lexer, at) : 'punct';
}

function pushTokens(lexer: Lexer, tokens: LineToken[]): void {
  if (lexer.prefixTo > lexer.prefixFrom)
    tokens.push({ from: lexer.prefixFrom, to: lexer.prefixTo, kind: 'comment' });
  for (let i = 0; i < lexer.cnt; i++)
    tokens.push({ from: lexer.from[i], to: lexer.to[i], kind: kindAt(lexer, i) });
}

/** Ranges in ascending order; blanks between them belong to none. */
export function tokenizeLine(line: string): LineToken[] {
  const lexer = makeLexer(line);
  const tokens: LineToken[] = [];
  lexLine(lexer);
  pushTokens(lexer, tokens);
  const { commentFrom, commentTo } = lexer;
  const last = lexer.cnt > 0 ? lexer.to[lexer.cnt - 1] : lexer.prefixTo;
  if (commentFrom < 0) {
    const rest = line.slice(last).search(/\S/);
    if (rest >= 0) tokens.push({ from: last + rest, to: line.trimEnd().length, kind: 'comment' });
    return tokens;
  }
  const patch = /^;@(replace|prepend|\s*\|)/.exec(line.slice(commentFrom, commentTo));
  if (!patch) {
    const kind = line.charCodeAt(commentFrom + 1) === 64 ? 'directive' : 'comment';
    tokens.push({ from: commentFrom, to: commentTo, kind });
    return tokens;
  }
  const body = commentFrom + patch[0].length;
  tokens.push({ from: commentFrom, to: body, kind: 'directive' });
  lexer.pos = body;
  lexer.end = commentTo;
  lexLine(lexer);
  pushTokens(lexer, tokens);
  return tokens;
}

/**
 * Lines that begin with a dot: functions, line information, the setting, tables of insns, and what compilers write that
 * says nothing to us.
 */
import { PLACES_KINDS } from '../program/program.ts';
import { defineFunction } from './functions.ts';
import { readPlaces, readStack } from './read-places.ts';
import { readMap, readProg } from './read-setting.ts';
import { report, reportError, type State, stringIndex } from './state.ts';
import { nearest } from './suggest.ts';
import { intern, USE } from './symbols.ts';
import { readString, tokenText } from './token-text.ts';
import { isWord, TOKEN } from './tokens.ts';

/** Directives of assemblers without a meaning for a program. */
const IGNORED =
  /^\.(weak|hidden|local|extern|p2align|align|balign|size|ident|addrsig|addrsig_sym|cfi_\w+|end|intel_syntax|att_syntax)$/;

type ReadLine = (state: State, from: number, to: number) => void;

/** Lines that compilers write too: inside of a section without code they belong to its data. */
const OF_CODE: ReadonlyMap<string, ReadLine> = new Map<string, ReadLine>([
  ['.func', readFunc],
  ['.loc', readLoc],
  ['.file', readFile],
  ['.type', readType],
  ['.globl', readGlobal],
  ['.global', readGlobal],
]);

/** Lines that only this language has; they count wherever they stand. */
const OF_TABLES: ReadonlyMap<string, ReadLine> = new Map<string, ReadLine>([
  ['.prog', readProg],
  ['.map', readMap],
  ['.stack', readStack],
  ...PLACES_KINDS.map((kind): [string, ReadLine] => [
    `.${kind}`,
    (state, from, to) => readPlaces(state, kind, from, to),
  ]),
]);

const KNOWN = [...OF_CODE.keys(), ...OF_TABLES.keys(), '.text', '.section', '.insn', '.8byte'];

export function readDotLine(state: State): void {
  const { lexer } = state;
  const from = lexer.from[0];
  const to = lexer.to[lexer.cnt - 1];
  const word = tokenText(lexer, 0);
  const skips = skipsLines(state, word);
  const table = OF_TABLES.get(word);
  const code = OF_CODE.get(word);
  if (skips !== undefined) state.skipping = skips;
  else if (table) table(state, from, to);
  else if (state.skipping) return;
  else if (code) code(state, from, to);
  else if (!IGNORED.test(word)) {
    const near = nearest(word, KNOWN);
    const problem = {
      code: 'unknown-directive',
      severity: 'warning' as const,
      from,
      to,
      message: `unknown directive \`${word}\`, the line is skipped`,
    };
    report(state, near ? { ...problem, hint: `did you mean \`${near}\`?` } : problem);
  }
}

/** Whether the section that begins here holds no code; undefined: no section begins. */
function skipsLines(state: State, word: string): boolean | undefined {
  if (word === '.text') return false;
  if (word === '.data' || word === '.bss' || word === '.rodata') return true;
  if (word !== '.section') return undefined;
  const { lexer, text } = state;
  const flags = text.slice(lexer.from[0], lexer.to[lexer.cnt - 1]).split(',')[1];
  return flags !== undefined && !flags.includes('x');
}

function readFunc(state: State): void {
  const { lexer } = state;
  if (lexer.cnt === 1) state.funcStarts.set(state.slotCnt, null);
  else if (lexer.cnt === 2 && lexer.kind[1] === TOKEN.STRING)
    state.funcStarts.set(state.slotCnt, readString(lexer, 1));
  else if (lexer.cnt === 2 && isWord(lexer.kind[1])) defineFunction(state, 1);
  else
    reportError(
      state,
      'bad-directive',
      lexer.from[1],
      lexer.to[lexer.cnt - 1],
      '`.func` takes one name',
      'write `.func main`',
    );
}

/** `.loc "file.c" 12 3 "source text"`, or a compiler's `.loc 0 12 3 …`. */
function readLoc(state: State, from: number, to: number): void {
  const { lexer } = state;
  const { kind, value } = lexer;
  const named = kind[1] === TOKEN.STRING;
  if (lexer.cnt < 3 || (!named && kind[1] !== TOKEN.NUM) || kind[2] !== TOKEN.NUM || value[2] > 0x7fffffff) {
    reportError(
      state,
      'bad-directive',
      from,
      to,
      'this `.loc` has no file and line',
      'write `.loc "file.c" 12 3`',
    );
    return;
  }
  if (!named && value[2] === 0) return;
  const file = named ? readString(lexer, 1) : (state.fileNames.get(value[1]) ?? '');
  const hasText = named && lexer.cnt > 4 && kind[4] === TOKEN.STRING;
  state.pendingLine = {
    file: file === '' ? -1 : stringIndex(state, file),
    line: value[2],
    col: lexer.cnt > 3 && kind[3] === TOKEN.NUM && value[3] <= 0x7fffffff ? value[3] : 0,
    text: hasText ? stringIndex(state, readString(lexer, 4)) : -1,
  };
}

/** `.file 1 "dir" "name"` */
function readFile(state: State): void {
  const { lexer } = state;
  if (lexer.kind[1] !== TOKEN.NUM) return;
  const parts: string[] = [];
  for (let i = 2; i < lexer.cnt && i < 4; i++)
    if (lexer.kind[i] === TOKEN.STRING) parts.push(readString(lexer, i));
  const name = parts.at(-1);
  if (name !== undefined)
    state.fileNames.set(
      lexer.value[1],
      parts.length === 2 && parts[0] !== '.' ? `${parts[0]}/${name}` : name,
    );
}

/** `.type name,@function` */
function readType(state: State): void {
  const { lexer, text, symbols } = state;
  if (lexer.cnt !== 4 || text.slice(lexer.from[3], lexer.to[3]) !== '@function' || !isWord(lexer.kind[1]))
    return;
  const sym = intern(symbols, lexer.from[1], lexer.to[1], lexer.value[1] | 0);
  symbols.use.data[sym] |= USE.FUNC;
}

/** `.globl name`: a function that the verifier looks at by itself. Of data it says nothing to us. */
function readGlobal(state: State): void {
  const { lexer, symbols } = state;
  if (lexer.cnt !== 2 || !isWord(lexer.kind[1])) return;
  const sym = intern(symbols, lexer.from[1], lexer.to[1], lexer.value[1] | 0);
  symbols.use.data[sym] |= USE.GLOBAL;
}

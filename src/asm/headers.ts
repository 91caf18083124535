/** Lines of listings that are no insns: headers of functions, and what llvm-objdump writes around them. */
import { defineFunction, defineLabel } from './functions.ts';
import type { State } from './state.ts';
import { isWord, TOKEN } from './tokens.ts';

/** Labels that compilers make up: they stand in listings like functions, but nobody calls them. */
const MADE_UP = /^\.?L/;

/** Whether the line is a header; it is read then. */
export function readHeader(state: State): boolean {
  const { kind, cnt } = state.lexer;
  if (kind[cnt - 1] === TOKEN.COLON && cnt >= 3) return readFunctionHeader(state) || isObjdumpLine(state);
  return kind[0] === TOKEN.WORD && isObjdumpLine(state);
}

/** `func name:`, the C prototype of bpftool `int main(struct ctx * c):`, and objdump's `0000000000000030 <main>:`. */
function readFunctionHeader(state: State): boolean {
  const { lexer, text } = state;
  const { kind, cnt, from, to } = lexer;
  if (cnt === 3 && isWord(kind[1]) && text.slice(from[0], to[0]) === 'func') {
    defineFunction(state, 1);
    return true;
  }
  if (cnt === 5 && kind[1] === TOKEN.LT && isWord(kind[2]) && kind[3] === TOKEN.GT) {
    if (MADE_UP.test(text.slice(from[2], to[2]))) defineLabel(state, 2);
    else defineFunction(state, 2);
    return true;
  }
  if (kind[cnt - 2] !== TOKEN.RPAREN) return false;
  let open = 0;
  while (open < cnt && kind[open] !== TOKEN.LPAREN) open++;
  if (open < 2 || open >= cnt || !isWord(kind[open - 1])) return false;
  defineFunction(state, open - 1);
  return true;
}

/** The file, a section, a relocation. They say nothing about an insn that its bytes do not say. */
function isObjdumpLine({ lexer, text }: State): boolean {
  const start = lexer.from[0];
  if (text.startsWith('R_BPF_', start) || text.startsWith('Disassembly of section ', start)) return true;
  const last = lexer.cnt - 1;
  return text.slice(start, lexer.to[last]).endsWith('file format elf64-bpf');
}

/**
 * Text → Program. Never throws, whatever the text: a line that cannot be read leaves a placeholder (`goto +0`), so
 * that the slots behind it keep their numbers, and a diagnostic. Both dialects are read side by side.
 */
import type { Diagnosed, Diagnostic } from '../base/diagnostic.ts';
import { pushI32 } from '../base/grow.ts';
import { NOP_WORD } from '../isa/opcodes.ts';
import type { Assembly } from './assembly.ts';
import { bytesInLine, mendFromBytes } from './byte-line.ts';
import { readComment } from './comments.ts';
import { readDotLine } from './directives.ts';
import { finish, finishPiece, sorted } from './finish.ts';
import { defineLabel } from './functions.ts';
import { readHeader } from './headers.ts';
import { lexLine } from './lexer.ts';
import { readInsn } from './parse.ts';
import type { Dialect } from './reader.ts';
import { makeState, noteKfunc, report, reportError, resetState, type State } from './state.ts';
import { intern } from './symbols.ts';
import { isWord, TOKEN } from './tokens.ts';

export interface AssembleOptions {
  readonly dialect?: Dialect;
  /** The text is a piece of a program: jumps may leave it and nothing is said about its end. */
  readonly fragment?: boolean;
}

/** Most insns the kernel accepts from a privileged loader (BPF_COMPLEXITY_LIMIT_INSNS). */
export const MAX_SLOTS = 1_000_000;
/** Longest text, in UTF-16 units. */
export const MAX_TEXT = 64 * 1024 * 1024;
/** A NUL among the first characters, which every object file has, and no text. */
const BINARY_WITHIN = 1024;

export function assemble(text: string, options: AssembleOptions = {}): Diagnosed<Assembly> {
  const { dialect = 'auto', fragment = false } = options;
  if (text.length > MAX_TEXT) {
    const state = makeState('', dialect);
    const size = `${Math.ceil(text.length / 1024 / 1024)} MB`;
    reportError(
      state,
      'text-too-long',
      0,
      0,
      `the text has ${size}, the limit is 64 MB`,
      'split the program, or load it as a file of bytes',
    );
    return finish(state, true);
  }
  const zero = text.slice(0, BINARY_WITHIN).indexOf('\0');
  if (zero >= 0) {
    const state = makeState('', dialect);
    const hint = 'object files cannot be read yet: give what `llvm-objdump -d` prints of it';
    reportError(state, 'binary', zero, zero + 1, 'this is not text', hint);
    return finish(state, true);
  }
  const state = makeState(text, dialect);
  readText(state);
  return finish(state, fragment || state.slotCnt > MAX_SLOTS);
}

/** Reads all lines of the text that `state` stands before. */
function readText(state: State): void {
  const { lexer, text } = state;
  while (lexer.pos < text.length) {
    lexLine(lexer);
    const slot = lexer.cnt > 0 ? readLine(state) : -1;
    if (lexer.commentFrom >= 0) readComment(state, slot);
  }
  if (lexer.unclosed >= 0)
    reportError(
      state,
      'open-comment',
      lexer.unclosed,
      lexer.unclosed + 2,
      'this comment never ends',
      'close it with `*/`',
    );
  leftOver(state);
  if (state.slotCnt > MAX_SLOTS)
    reportError(
      state,
      'too-many-insns',
      0,
      Math.min(text.length, 1),
      `the program has ${state.slotCnt} insns, the limit is ${MAX_SLOTS}`,
      'the insns above the limit are left out',
    );
}

/** The words of a short text, or what is wrong with it; both are worth nothing once the next one is read. */
export interface Piece {
  readonly insns: Int32Array;
  readonly error: Diagnostic | undefined;
}

/**
 * For many short programs: `assemble` of each as a fragment, with one state for all of them and without what only a
 * Program has. Making a state takes longer than reading a line.
 */
export function pieceAssembler(dialect: Dialect): (text: string) => Piece {
  const state = makeState('', dialect);
  return (text) => {
    // What is no text at all is said as of a whole program.
    if (text.length > MAX_TEXT || text.includes('\0')) {
      const { value, diagnostics } = assemble(text, { dialect, fragment: true });
      return { insns: value.program.insns, error: diagnostics.find(isError) };
    }
    resetState(state, text);
    readText(state);
    return {
      insns: finishPiece(state),
      error: state.diagnostics.length > 0 ? sorted(state).find(isError) : undefined,
    };
  };
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

/** The slot of the line's insn, -1 when it has none. */
function readLine(state: State): number {
  const { lexer, reader } = state;
  const { kind } = lexer;
  if (state.skipping && !isDotWord(state)) return -1;
  let at = 0;
  while (kind[at + 1] === TOKEN.COLON && isWord(kind[at])) {
    defineLabel(state, at);
    at += 2;
    if (at >= lexer.cnt) return -1;
  }
  if (at === 0 && readHeader(state)) return -1;
  if (at === 0 && kind[0] === TOKEN.WORD && isDotWord(state)) {
    readDotLine(state);
    return -1;
  }
  const slot = state.slotCnt;
  const ok = readInsn(reader, at, lexer.cnt);
  const bytes = ok || at > 0 ? null : bytesInLine(state);
  if (bytes) {
    if (mendFromBytes(state, bytes)) emit(state, bytes[2], bytes[3], lexer.from[0], lexer.to[lexer.cnt - 1]);
    return -1;
  }
  if (reader.problems.length > 0) for (const problem of reader.problems) report(state, problem);
  attachPending(state, slot, ok && reader.wide);
  const from = lexer.from[at];
  const to = lexer.to[lexer.cnt - 1];
  if (!ok) {
    state.placeholders.add(slot);
    emit(state, NOP_WORD, 0, from, to);
    if (endsWithLl(state)) {
      state.placeholders.add(state.slotCnt);
      emit(state, NOP_WORD, 0, from, to);
    }
    return slot;
  }
  if (reader.nameToken >= 0) noteRef(state, slot);
  noteKfunc(state);
  emit(state, reader.w0, reader.imm, from, to);
  if (reader.wide) emit(state, 0, reader.imm2, from, to);
  return slot;
}

const isDotWord = ({ text, lexer }: State): boolean => text.charCodeAt(lexer.from[0]) === 46;

function emit(state: State, w0: number, imm: number, from: number, to: number): void {
  if (state.slotCnt++ >= MAX_SLOTS) return;
  pushI32(state.insns, w0);
  pushI32(state.insns, imm);
  pushI32(state.from, from);
  pushI32(state.to, to);
  pushI32(state.line, state.lexer.tokenLine);
}

function noteRef(state: State, slot: number): void {
  const { lexer, reader, refs, symbols } = state;
  const token = reader.nameToken;
  const from = lexer.from[token];
  const to = lexer.to[token];
  pushI32(refs, slot);
  pushI32(refs, intern(symbols, from, to, lexer.value[token] | 0));
  pushI32(refs, reader.ref);
  pushI32(refs, from);
  pushI32(refs, to);
}

/** Whether a line that could not be read was meant to take two slots. */
function endsWithLl({ text, lexer }: State): boolean {
  const last = lexer.cnt - 1;
  return lexer.to[last] - lexer.from[last] === 2 && text.startsWith('ll', lexer.from[last]);
}

/** Gives what stood above the insn in `slot` to it. */
function attachPending(state: State, slot: number, wide: boolean): void {
  const { pendingLine, linfo } = state;
  if (slot >= MAX_SLOTS) return;
  if (pendingLine) {
    pushI32(linfo.insnOff, slot);
    pushI32(linfo.file, pendingLine.file);
    pushI32(linfo.line, pendingLine.line);
    pushI32(linfo.col, pendingLine.col);
    pushI32(linfo.text, pendingLine.text);
    state.pendingLine = null;
  }
  if (state.pendingAux.length > 0) {
    for (const aux of state.pendingAux) state.auxGiven.push({ slot, ...aux });
    state.pendingAux = [];
  }
  if (state.pendingPatches.length > 0) {
    for (const draft of state.pendingPatches) {
      draft.at = slot;
      if (draft.cnt < 0) draft.cnt = wide ? 2 : 1;
      if (draft.kind === 'replace' && wide) draft.cnt = 2;
      state.drafts.push(draft);
    }
    state.pendingPatches = [];
  }
}

function leftOver(state: State): void {
  for (const { from, to } of state.pendingPatches)
    reportError(
      state,
      'patch-without-insn',
      from,
      to,
      'there is no insn below that this could patch',
      'put it above the insn it concerns',
    );
  if (state.pendingAux.length > 0)
    reportError(
      state,
      'aux-without-insn',
      state.text.length,
      state.text.length,
      'there is no insn below the last `;@aux`',
    );
}

/** Comments that mean something: line information, and the directives `;@aux`, `;@replace`, `;@prepend`, `;@remove`. */
import { growI32, pushI32 } from '../base/grow.ts';
import { regTypeNames, regTypeNumber } from '../kernel/reg-types.ts';
import { AUX_FIELDS, type AuxField } from './assembly.ts';
import { lexLine } from './lexer.ts';
import { readLineRef } from './line-info-text.ts';
import { readInsn } from './parse.ts';
import { type Draft, noteKfunc, report, reportError, type State, stringIndex } from './state.ts';
import { nearest } from './suggest.ts';
import { intern } from './symbols.ts';
import { TOKEN } from './tokens.ts';

/** Reads the comment of the line just lexed. `slot`: the insn of the same line, -1 when there is none. */
export function readComment(state: State, slot: number): void {
  const { text, lexer } = state;
  const from = lexer.commentFrom;
  const to = lexer.commentTo;
  if (text.charCodeAt(from + 1) === 64) readDirective(state, from, to, slot);
  else if (slot < 0) readLineComment(state, from + 1, to);
}

function readLineComment(state: State, from: number, to: number): void {
  const { text, lineRef } = state;
  if (!readLineRef(text, from, to, lineRef)) return;
  const source = text.slice(lineRef.textFrom, lineRef.textTo);
  state.pendingLine = {
    file: stringIndex(state, text.slice(lineRef.fileFrom, lineRef.fileTo)),
    line: lineRef.line,
    col: lineRef.col,
    text: source === '' ? -1 : stringIndex(state, source),
  };
}

const DIRECTIVES = ['aux', 'replace', 'prepend', 'remove'];

function readDirective(state: State, from: number, to: number, slot: number): void {
  const { text } = state;
  const rest = text.slice(from + 2, to);
  const word = /^[a-z_]*/.exec(rest)?.[0] ?? '';
  const body = from + 2 + word.length;
  if (word === '' && /^\s*\|/.test(rest)) {
    const draft = state.pendingPatches.at(-1);
    if (draft && draft.kind !== 'remove') readPatchInsns(state, draft, from + 2 + rest.indexOf('|') + 1, to);
    else reportError(state, 'misplaced-directive', from, to, 'there is no patch above that this continues');
    return;
  }
  if (word === 'aux') {
    readAux(state, body, to, slot);
    return;
  }
  if (word !== 'replace' && word !== 'prepend' && word !== 'remove') {
    const near = nearest(word, DIRECTIVES);
    const hint = near ? `did you mean \`;@${near}\`?` : 'known are ;@aux ;@replace ;@prepend ;@remove';
    reportError(state, 'unknown-directive', from, to, `unknown directive \`;@${word}\``, hint);
    return;
  }
  if (slot >= 0) {
    const hint = 'put it on a line of its own above the insn';
    reportError(state, 'misplaced-directive', from, to, 'a patch stands above its insn', hint);
    return;
  }
  const draft: Draft = { kind: word, at: -1, cnt: 1, insns: growI32(16), refs: growI32(16), from, to };
  state.pendingPatches.push(draft);
  if (word === 'remove') readRemoveCnt(state, draft, body, to);
  else readPatchInsns(state, draft, body, to);
}

function readRemoveCnt(state: State, draft: Draft, from: number, to: number): void {
  const body = state.text.slice(from, to).trim();
  draft.cnt = body === '' ? -1 : /^\d{1,9}$/.test(body) ? Number(body) : 0;
  if (draft.cnt === 0)
    reportError(state, 'bad-directive', draft.from, to, '`;@remove` takes a number of slots, at least 1');
}

/** Insns separated by `|`. */
function readPatchInsns(state: State, draft: Draft, from: number, to: number): void {
  const { lexer, reader } = state;
  const { pos, end, line } = lexer;
  draft.to = to;
  lexer.pos = from;
  lexer.end = to;
  lexLine(lexer);
  for (let at = 0; at < lexer.cnt; ) {
    let stop = at;
    while (stop < lexer.cnt && lexer.kind[stop] !== TOKEN.PIPE) stop++;
    if (stop > at) {
      const ok = readInsn(reader, at, stop);
      for (const problem of reader.problems) if (problem.code !== 'internal-register') report(state, problem);
      if (ok) emitPatchInsn(state, draft);
    }
    at = stop + 1;
  }
  lexer.pos = pos;
  lexer.end = end;
  lexer.line = line;
}

function emitPatchInsn(state: State, draft: Draft): void {
  const { lexer, reader, symbols } = state;
  const token = reader.nameToken;
  if (token >= 0) {
    const { from, to, value } = lexer;
    pushI32(draft.refs, draft.insns.cnt / 2);
    pushI32(draft.refs, intern(symbols, from[token], to[token], value[token] | 0));
    pushI32(draft.refs, reader.ref);
    pushI32(draft.refs, from[token]);
    pushI32(draft.refs, to[token]);
  }
  noteKfunc(state);
  pushI32(draft.insns, reader.w0);
  pushI32(draft.insns, reader.imm);
  if (reader.wide) {
    pushI32(draft.insns, 0);
    pushI32(draft.insns, reader.imm2);
  }
}

function readAux(state: State, from: number, to: number, slot: number): void {
  const pattern = /\S+/g;
  const body = state.text.slice(from, to);
  for (let match = pattern.exec(body); match; match = pattern.exec(body)) {
    const [word] = match;
    const [name, value] = word.split('=', 2);
    const at = from + match.index;
    if (!(AUX_FIELDS as readonly string[]).includes(name)) {
      const near = nearest(name, AUX_FIELDS);
      const hint = near ? `did you mean \`${near}\`?` : `fields are ${AUX_FIELDS.join(', ')}`;
      reportError(state, 'unknown-aux-field', at, at + word.length, `unknown aux field \`${name}\``, hint);
      continue;
    }
    const field = name as AuxField;
    const number = auxNumber(field, value ?? '');
    if (number === null) {
      badAuxValue(state, field, value ?? '', at, at + word.length);
      continue;
    }
    const known = statedAux(state, slot, field);
    if (known === undefined) {
      if (slot >= 0) state.auxGiven.push({ slot, field, value: number });
      else state.pendingAux.push({ field, value: number });
    } else if (known !== number) {
      const message = `\`${field}\` is stated twice, as ${known} and as ${number}`;
      reportError(state, 'duplicate-aux', at, at + word.length, message, 'the first one counts');
    }
  }
}

/** What has been stated of the insn already; they are noted in ascending order of slots. */
function statedAux({ auxGiven, pendingAux }: State, slot: number, field: AuxField): number | undefined {
  if (slot < 0) return pendingAux.find((aux) => aux.field === field)?.value;
  for (let k = auxGiven.length - 1; k >= 0 && auxGiven[k].slot === slot; k--)
    if (auxGiven[k].field === field) return auxGiven[k].value;
  return undefined;
}

/** A 32-bit number, or the name of one; null: it is neither. */
function auxNumber(field: AuxField, text: string): number | null {
  const named = field === 'ptr_type' ? regTypeNumber(text) : -1;
  if (named >= 0) return named;
  if (!/^-?(\d{1,10}|0x[\da-f]{1,8})$/i.test(text)) return null;
  const number = text[0] === '-' ? -Number(text.slice(1)) : Number(text);
  return number === (number | 0) ? number | 0 : null;
}

function badAuxValue(state: State, field: AuxField, value: string, from: number, to: number): void {
  const isType = field === 'ptr_type';
  const near = isType ? nearest(value, regTypeNames()) : undefined;
  const hint = near ? `did you mean \`${near}\`?` : `write \`${field}=${isType ? 'ctx' : '1'}\``;
  const wants = isType ? 'a type of pointers or a 32-bit number' : 'a 32-bit number';
  reportError(state, 'bad-aux-value', from, to, `\`${field}\` needs ${wants}`, hint);
}

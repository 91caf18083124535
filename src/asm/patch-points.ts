/**
 * Patch points as text: which stand above an insn, and the smallest change that puts one there, changes it or takes it
 * out. The text is read with the assembler's own lexer, so that what counts as a directive here is one there. Everything
 * else in the text stays as it is: blanks, comments between, line ends.
 */
import { lowerBound } from '../base/lower-bound.ts';
import type { Assembly, PatchPoint } from './assembly.ts';
import { lexLine, makeLexer } from './lexer.ts';

export type PatchKind = PatchPoint['kind'];

/** A comment in the text, without blanks at its end: UTF-16 offsets, half open. */
interface Part {
  readonly from: number;
  readonly to: number;
  /** Where its insns begin. */
  readonly bodyFrom: number;
}

/** One patch point as it is written. */
export interface Directive {
  readonly kind: PatchKind;
  /** Its insns, a line for each comment; of a remove the number of slots, or nothing. */
  readonly body: string;
  /** `;@replace …` and each `;@| …` that continues it. */
  readonly parts: readonly Part[];
}

/** An insn of the text and what stands above it. */
export interface PatchPlace {
  /** First slot of the insn. */
  readonly slot: number;
  /** 1-based line of the insn. */
  readonly line: number;
  /** The insn as it is written. */
  readonly insn: string;
  readonly directives: readonly Directive[];
  /** Where a line can be put in directly above the insn. */
  readonly insertAt: number;
  readonly indent: string;
  readonly eol: string;
}

/** A text after a change. */
export interface PatchedText {
  readonly text: string;
  /** Range of the directive in it; empty, and where it stood, when it was taken out. */
  readonly from: number;
  readonly to: number;
}

const HEAD = /^;@(replace|prepend|remove)(?![a-z_])/;
const CONTINUED = /^;@\s*\|/;

interface Draft {
  readonly kind: PatchKind;
  readonly parts: Part[];
}

/** Directives between `start` and the line of the insn at `insnFrom`, and where that line begins. */
function readAbove(text: string, start: number, insnFrom: number): { drafts: Draft[]; insertAt: number } {
  const lexer = makeLexer(text);
  lexer.pos = start;
  const drafts: Draft[] = [];
  // The rest of the line before belongs to the insn before.
  if (start > 0) lexLine(lexer);
  for (;;) {
    const insertAt = lexer.pos;
    lexLine(lexer);
    if (lexer.pos > insnFrom || lexer.pos >= text.length) return { drafts, insertAt };
    if (lexer.commentFrom < 0) continue;
    const from = lexer.commentFrom;
    const comment = text.slice(from, lexer.commentTo).trimEnd();
    const part = (mark: string): Part => ({
      ...{ from, to: from + comment.length },
      bodyFrom: from + mark.length,
    });
    const head = HEAD.exec(comment);
    const continued = CONTINUED.exec(comment);
    if (head) drafts.push({ kind: head[1] as PatchKind, parts: [part(head[0])] });
    else if (continued) drafts.at(-1)?.parts.push(part(continued[0]));
  }
}

/**
 * The insn of a line, with its patch points; null when there is none. A line of one of its directives is as good as
 * its own. `assembly` must be that of the text.
 */
export function placeAt(text: string, assembly: Assembly, line: number): PatchPlace | null {
  const slot = lowerBound(assembly.line, line);
  if (slot >= assembly.line.length) return null;
  const insnFrom = assembly.from[slot];
  const { drafts, insertAt } = readAbove(text, slot === 0 ? 0 : assembly.to[slot - 1], insnFrom);
  if (assembly.line[slot] !== line && !drafts.some(({ parts }) => standsOn(text, parts, line))) return null;
  const newline = text.indexOf('\n', insnFrom);
  const end = newline < 0 ? text.lastIndexOf('\n') : newline;
  return {
    ...{ slot, line: assembly.line[slot], insertAt },
    insn: text.slice(insnFrom, assembly.to[slot]),
    directives: drafts.map(({ kind, parts }) => ({
      ...{ kind, parts },
      body: parts.map(({ bodyFrom, to }) => text.slice(bodyFrom, to).trim()).join('\n'),
    })),
    indent: indentOf(text, insnFrom),
    eol: end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n',
  };
}

const startOfLine = (text: string, offset: number): number =>
  offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;

const indentOf = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(startOfLine(text, offset), offset))?.[0] ?? '';

function standsOn(text: string, parts: readonly Part[], line: number): boolean {
  let start = 0;
  for (let k = 1; k < line; k++) start = text.indexOf('\n', start) + 1;
  const end = text.indexOf('\n', start);
  return parts.some(({ from }) => from >= start && (end < 0 || from < end));
}

/** An insn has one fate, and besides insns can be put before it. */
const competes = (a: PatchKind, b: PatchKind): boolean => (a === 'prepend') === (b === 'prepend');

/** What stands above an insn of this kind or in its way: a replace and a remove take each other's place. */
export const rivalsOf = ({ directives }: PatchPlace, kind: PatchKind): readonly Directive[] =>
  directives.filter((directive) => competes(directive.kind, kind));

/** Lines that say something, without blanks around them. */
const linesOf = (body: string): string[] =>
  body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

interface Change {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

/** Takes a comment out, and its line when nothing else stands there. */
function cut(text: string, { from, to }: Part): Change {
  const start = startOfLine(text, from);
  const before = text.slice(start, from);
  if (before.trim() !== '') return { from: start + before.trimEnd().length, to, put: '' };
  const newline = text.indexOf('\n', to);
  return { from: start, to: newline < 0 ? text.length : newline + 1, put: '' };
}

/** `changes` in ascending order; the range is where `anchor` of the old text begins in the new one. */
function changed(text: string, changes: readonly Change[], anchor: number, length: number): PatchedText {
  let out = '';
  let at = 0;
  let shift = 0;
  for (const { from, to, put } of changes) {
    out += text.slice(at, from) + put;
    at = to;
    if (to <= anchor) shift += put.length - (to - from);
  }
  const from = anchor + shift;
  return { text: out + text.slice(at), from, to: from + length };
}

/**
 * Puts a patch point above the insn, or makes the one that stands there this one. `body`: insns with `|` or line ends
 * between, of a remove the number of slots or nothing. Line by line of the body there is a comment.
 */
export function withPatch(text: string, place: PatchPlace, kind: PatchKind, body: string): PatchedText {
  const [first = '', ...rest] = linesOf(body);
  const comments = [`;@${kind} ${first}`.trimEnd(), ...rest.map((line) => `;@| ${line}`)];
  const [kept, ...others] = rivalsOf(place, kind);
  const isThere = kept?.kind === kind && linesOf(kept.body).join('\n') === linesOf(body).join('\n');
  if (isThere && others.length === 0) {
    const [{ from, to }] = kept.parts;
    return { text, from, to };
  }
  if (!kept) {
    const { indent, eol, insertAt } = place;
    const put = comments.map((comment) => indent + comment + eol).join('');
    const at = insertAt + indent.length;
    const { text: out } = changed(text, [{ from: insertAt, to: insertAt, put }], 0, 0);
    return { text: out, from: at, to: at + comments[0].length };
  }
  const changes: Change[] = kept.parts.map((part, k) => {
    if (k >= comments.length) return cut(text, part);
    const isLast = k === kept.parts.length - 1;
    const more = isLast ? comments.slice(k + 1) : [];
    const isSame =
      kept.kind === kind && text.slice(part.bodyFrom, part.to).trim() === (linesOf(body)[k] ?? '');
    const put = [isSame ? text.slice(part.from, part.to) : comments[k], ...more];
    return { from: part.from, to: part.to, put: put.join(place.eol + indentOf(text, part.from)) };
  });
  for (const { parts } of others) for (const part of parts) changes.push(cut(text, part));
  changes.sort((a, b) => a.from - b.from);
  return changed(text, changes, kept.parts[0].from, comments[0].length);
}

/** Takes the patch points of this kind, or in its way, out. */
export function withoutPatch(text: string, place: PatchPlace, kind: PatchKind): PatchedText {
  const changes = rivalsOf(place, kind).flatMap(({ parts }) => parts.map((part) => cut(text, part)));
  changes.sort((a, b) => a.from - b.from);
  return changed(text, changes, changes[0]?.from ?? place.insertAt, 0);
}

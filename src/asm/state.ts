/** Everything the assembler knows while it reads a text. */
import type { Diagnostic } from '../base/diagnostic.ts';
import { type GrowI32, growI32 } from '../base/grow.ts';
import type { PlacesKind } from '../program/program.ts';
import type { MapInfo } from '../program/setting.ts';
import type { AuxField, AuxGiven } from './assembly.ts';
import { type Lexer, makeLexer, resetLexer } from './lexer.ts';
import type { LineRef } from './line-info-text.ts';
import { type Dialect, makeReader, type Problem, type Reader } from './reader.ts';
import { makeSymbols, resetSymbols, type Symbols } from './symbols.ts';
import { tokenText } from './token-text.ts';

/** Words of one reference in `Refs.words`: slot, symbol, REF, source range. */
export const REF_WORDS = 5;

/** A patch point while its insns are being read. */
export interface Draft {
  kind: 'replace' | 'prepend' | 'remove';
  at: number;
  /** -1: as many slots as the insn has. */
  cnt: number;
  readonly insns: GrowI32;
  readonly refs: GrowI32;
  from: number;
  to: number;
}

/** A table of places while its lines are being read. */
export interface PlacesDraft {
  readonly kind: PlacesKind;
  readonly name: string | null;
  /** ENTRY_WORDS an entry: symbol (-1: none), slot where there is no symbol, source range. */
  readonly entries: GrowI32;
}
export const ENTRY_WORDS = 4;

export interface State {
  text: string;
  readonly lexer: Lexer;
  readonly reader: Reader;
  readonly symbols: Symbols;
  readonly insns: GrowI32;
  readonly from: GrowI32;
  readonly to: GrowI32;
  readonly line: GrowI32;
  readonly refs: GrowI32;
  /** Slots that hold a placeholder for a line that could not be read. */
  readonly placeholders: Set<number>;
  /** Slots the text asks for, also those above the limit, which are not kept. */
  slotCnt: number;
  readonly linfo: { readonly [K in 'insnOff' | 'file' | 'line' | 'col' | 'text']: GrowI32 };
  strings: string[];
  /** Names of kernel functions by BTF id. */
  kfuncs: Record<number, string>;
  readonly stringIdx: Map<string, number>;
  /** Inside of a section without code: its lines are not read. */
  skipping: boolean;
  /** Name of the file that `.file N` declared. */
  readonly fileNames: Map<number, string>;
  /** Line of the next insn, as indices into `strings`. */
  pendingLine: { file: number; line: number; col: number; text: number } | null;
  pendingAux: { field: AuxField; value: number }[];
  pendingPatches: Draft[];
  /** Functions declared without a label: start slot to name (null: it has none, whatever label stands there). */
  readonly funcStarts: Map<number, string | null>;
  readonly labels: { name: string; slot: number; from: number; to: number; sym: number }[];
  readonly auxGiven: AuxGiven[];
  readonly drafts: Draft[];
  /** `progType` is -1 before the text has said anything about it. */
  readonly setting: { progType: number; attach: string; unprivileged: boolean; readonly maps: MapInfo[] };
  /** Tables of places by kind and name, in order of appearance. */
  readonly places: Map<string, PlacesDraft>;
  /** Entries that the tables ask for, also those above the limit. */
  placeCnt: number;
  /** Stack depths, each of the function that the slot is in. */
  readonly stacks: { slot: number; depth: number; from: number; to: number }[];
  /** Triples of every mention of a label: source range and the slot it means. */
  readonly labelRefs: GrowI32;
  readonly diagnostics: Diagnostic[];
  droppedDiagnostics: number;
  /** Suggestions looked for; each costs a walk over all names. */
  suggestions: number;
  /** Scratch for reading comments. */
  readonly lineRef: LineRef;
}

/** A text can be wrong in every line; nobody reads more than this. */
export const MAX_DIAGNOSTICS = 1000;

export function makeState(text: string, dialect: Dialect): State {
  const lexer = makeLexer(text);
  const capacity = Math.max(8, text.length >> 4);
  return {
    text,
    lexer,
    reader: makeReader(lexer, dialect),
    symbols: makeSymbols(text),
    insns: growI32(capacity * 2),
    from: growI32(capacity),
    to: growI32(capacity),
    line: growI32(capacity),
    refs: growI32(),
    placeholders: new Set(),
    slotCnt: 0,
    linfo: { insnOff: growI32(), file: growI32(), line: growI32(), col: growI32(), text: growI32() },
    strings: [],
    kfuncs: {},
    stringIdx: new Map(),
    skipping: false,
    fileNames: new Map(),
    pendingLine: null,
    pendingAux: [],
    pendingPatches: [],
    funcStarts: new Map(),
    labels: [],
    auxGiven: [],
    drafts: [],
    setting: { progType: -1, attach: '', unprivileged: false, maps: [] },
    places: new Map(),
    placeCnt: 0,
    stacks: [],
    labelRefs: growI32(),
    diagnostics: [],
    droppedDiagnostics: 0,
    suggestions: 0,
    lineRef: { fileFrom: 0, fileTo: 0, line: 0, col: 0, textFrom: 0, textTo: 0 },
  };
}

const clearColumns = (columns: readonly GrowI32[]): void => {
  for (const column of columns) column.cnt = 0;
};

/** Puts a state before another text. Its buffers stay, so nothing may be kept of what was read before. */
export function resetState(state: State, text: string): void {
  const { insns, from, to, line, refs, labelRefs, linfo, setting } = state;
  state.text = text;
  resetLexer(state.lexer, text);
  resetSymbols(state.symbols, text);
  clearColumns([insns, from, to, line, refs, labelRefs]);
  clearColumns([linfo.insnOff, linfo.file, linfo.line, linfo.col, linfo.text]);
  for (const set of [state.placeholders, state.stringIdx, state.fileNames, state.funcStarts, state.places])
    if (set.size > 0) set.clear();
  for (const list of [
    state.labels,
    state.auxGiven,
    state.drafts,
    state.stacks,
    state.diagnostics,
    setting.maps,
  ])
    if (list.length > 0) list.length = 0;
  if (state.strings.length > 0) state.strings = [];
  state.kfuncs = {};
  state.slotCnt = state.placeCnt = state.droppedDiagnostics = state.suggestions = 0;
  state.skipping = false;
  state.pendingLine = null;
  state.pendingAux = [];
  state.pendingPatches = [];
  setting.progType = -1;
  setting.attach = '';
  setting.unprivileged = false;
}

export function report(state: State, problem: Problem): void {
  if (state.diagnostics.length < MAX_DIAGNOSTICS) state.diagnostics.push({ ...problem });
  else state.droppedDiagnostics++;
}

export const reportError = (
  state: State,
  code: string,
  from: number,
  to: number,
  message: string,
  hint?: string,
): void => report(state, { code, severity: 'error', from, to, message, ...(hint ? { hint } : {}) });

/** Index of a string in `Program.strings`; equal strings are kept once. */
export function stringIndex(state: State, value: string): number {
  const known = state.stringIdx.get(value);
  if (known !== undefined) return known;
  state.stringIdx.set(value, state.strings.length);
  return state.strings.push(value) - 1;
}

/** Keeps the name of the kernel function that the insn read last calls, if it gave one. */
export function noteKfunc({ reader, lexer, kfuncs }: State): void {
  if (reader.kfuncToken >= 0) kfuncs[reader.imm] = tokenText(lexer, reader.kfuncToken);
}

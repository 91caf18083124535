/**
 * `.insn_array`, `.poke`, `.extable`: tables that name insns; `.stack`: the stack of a function. Lines of one kind and
 * name are one table. What they name may stand behind them, so labels are looked up after the last line.
 */
import { growI32, pushI32 } from '../base/grow.ts';
import { lowerBound } from '../base/lower-bound.ts';
import { OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { DELETED, type Places, type PlacesKind } from '../program/program.ts';
import type { Lexer } from './lexer.ts';
import { resolveLabel } from './resolve.ts';
import { ENTRY_WORDS, type PlacesDraft, report, reportError, type State, stringIndex } from './state.ts';
import { intern } from './symbols.ts';
import { readString, tokenText } from './token-text.ts';
import { isWord, TOKEN } from './tokens.ts';

/** Tables of a text, and entries of all of them together: more than a program of a million insns can want. */
export const MAX_PLACES_TABLES = 1000;
export const MAX_PLACES = 1_000_000;
/** Stands for an insn that was removed; a label of this name is named by its slot. */
export const DELETED_WORD = 'deleted';

const I32_MAX = 0x7fffffff;

const example = (kind: PlacesKind): string =>
  kind === 'insn_array' ? 'write `.insn_array jt: one, two`' : `write \`.${kind} label\``;

/** `.insn_array jt: one, 5, deleted`, `.poke label`, `.extable label` */
export function readPlaces(state: State, kind: PlacesKind, from: number, to: number): void {
  const { lexer } = state;
  const isNamed = lexer.kind[2] === TOKEN.COLON && (isWord(lexer.kind[1]) || lexer.kind[1] === TOKEN.STRING);
  const name = isNamed ? (lexer.kind[1] === TOKEN.STRING ? readString(lexer, 1) : tokenText(lexer, 1)) : null;
  if (!isNamed && lexer.cnt === 1) {
    reportError(state, 'bad-directive', from, to, `\`.${kind}\` names no insns`, example(kind));
    return;
  }
  const draft = tableOf(state, kind, name, from, to);
  if (draft) readEntries(state, draft, isNamed ? 3 : 1);
}

function tableOf(
  state: State,
  kind: PlacesKind,
  name: string | null,
  from: number,
  to: number,
): PlacesDraft | null {
  const id = name === null ? kind : `${kind} ${name}`;
  const known = state.places.get(id);
  if (known) return known;
  if (state.places.size >= MAX_PLACES_TABLES) {
    const message = `a text has at most ${MAX_PLACES_TABLES} tables of insns`;
    reportError(state, 'too-many-places', from, to, message, 'lines with the same name are one table');
    return null;
  }
  const draft: PlacesDraft = { kind, name, entries: growI32(ENTRY_WORDS) };
  state.places.set(id, draft);
  return draft;
}

/** Labels, slots and `deleted`, separated by commas, from token `at` on. */
function readEntries(state: State, { kind, entries }: PlacesDraft, at: number): void {
  const { lexer, symbols } = state;
  const { from, to, value } = lexer;
  for (let i = at; i < lexer.cnt; i += 2) {
    const odd = oddToken(lexer, i);
    if (odd) {
      reportError(state, 'bad-place', from[odd.token], to[odd.token], odd.message, example(kind));
      return;
    }
    if (state.placeCnt++ >= MAX_PLACES) {
      if (state.placeCnt === MAX_PLACES + 1) tooMany(state, from[i], to[i]);
      return;
    }
    const isSlot = lexer.kind[i] === TOKEN.NUM;
    const isDeleted = !isSlot && tokenText(lexer, i) === DELETED_WORD;
    pushI32(entries, isSlot || isDeleted ? -1 : intern(symbols, from[i], to[i], value[i] | 0));
    pushI32(entries, isSlot ? value[i] : DELETED);
    pushI32(entries, from[i]);
    pushI32(entries, to[i]);
  }
}

/** What is wrong with the entry in token `at` or with what separates it from the next one. */
function oddToken({ kind, value, cnt }: Lexer, at: number): { token: number; message: string } | null {
  if (!isWord(kind[at]) && !(kind[at] === TOKEN.NUM && value[at] <= I32_MAX))
    return { token: at, message: 'expected a label, the number of a slot or `deleted`' };
  if (at + 1 === cnt) return null;
  if (kind[at + 1] !== TOKEN.COMMA) return { token: at + 1, message: 'entries are separated by `,`' };
  return at + 2 === cnt ? { token: at + 1, message: 'nothing follows the last `,`' } : null;
}

function tooMany(state: State, from: number, to: number): void {
  const message = `tables of insns have at most ${MAX_PLACES} entries`;
  reportError(state, 'too-many-places', from, to, message, 'the entries above the limit are left out');
}

/** The tables, when every label is known. */
export function resolvePlaces(state: State, insns: Int32Array): Places[] {
  const tables: Places[] = [];
  for (const { kind, name, entries } of state.places.values()) {
    const at = new Int32Array(entries.cnt / ENTRY_WORDS);
    for (let k = 0; k < at.length; k++) {
      const word = k * ENTRY_WORDS;
      const [sym, slot, from, to] = entries.data.subarray(word, word + ENTRY_WORDS);
      const found = sym >= 0 ? resolveLabel(state, sym, from, to) : slot;
      at[k] = found === DELETED ? DELETED : checkedPlace(state, insns, found, from, to);
    }
    tables.push({ kind, name: name === null ? -1 : stringIndex(state, name), at });
  }
  return tables;
}

/** The slot, or DELETED and a message when the program has none there. */
function checkedPlace(state: State, insns: Int32Array, slot: number, from: number, to: number): number {
  const cnt = insns.length / 2;
  if (slot >= cnt) {
    const has = cnt === 0 ? 'the program has no insns' : `the program has insns 0..${cnt - 1}`;
    reportError(state, 'place-out-of-program', from, to, `this is insn ${slot}, ${has}`);
    return DELETED;
  }
  // An insn with opcode 0 is what a 64-bit load has in its second slot, and nothing else.
  if (slot > 0 && codeOf(insns[2 * slot]) === 0 && codeOf(insns[2 * slot - 2]) === OP_LD_IMM64)
    report(state, {
      ...{ code: 'place-in-second-slot', severity: 'warning', from, to },
      message: `slot ${slot} is the second one of a 64-bit load`,
      hint: `name its first slot, ${slot - 1}`,
    });
  return slot;
}

/** `.stack 64` */
export function readStack(state: State, from: number, to: number): void {
  const { lexer, stacks, slotCnt } = state;
  const depth = lexer.value[1];
  if (lexer.cnt !== 2 || lexer.kind[1] !== TOKEN.NUM || depth > I32_MAX) {
    reportError(
      state,
      'bad-directive',
      from,
      to,
      '`.stack` takes a number of bytes',
      'write `.stack 64` below the line of the function',
    );
    return;
  }
  // Several for one insn are an error that is said once the functions are known; two are enough for that.
  if (stacks.at(-2)?.slot !== slotCnt) stacks.push({ slot: slotCnt, depth, from, to });
}

/** Stack depth of each function, -1 where the text says nothing. */
export function stackDepths(state: State, start: Int32Array, cnt: number): Int32Array {
  const depths = new Int32Array(start.length).fill(-1);
  for (const { slot, depth, from, to } of state.stacks) {
    const func = lowerBound(start, slot + 1) - 1;
    if (slot >= cnt)
      reportError(
        state,
        'stack-without-insn',
        from,
        to,
        'there is no insn below whose function this could be',
      );
    else if (depths[func] >= 0) {
      const hint = 'the first one counts; leave the other out';
      reportError(state, 'duplicate-stack', from, to, 'the stack of this function is given twice', hint);
    } else depths[func] = depth;
  }
  return depths;
}

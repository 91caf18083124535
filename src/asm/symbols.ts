/** Names of a text, each once: an open hash table over ranges of the text, so that no name is cut out to be found. */
import { type GrowI32, growI32, pushI32 } from '../base/grow.ts';

export interface Symbols {
  text: string;
  slots: Int32Array;
  /** Names that found their part of the table full; only names made to collide do. */
  readonly crowded: Map<string, number>;
  readonly hash: GrowI32;
  /** Range of the first mention. */
  readonly from: GrowI32;
  readonly to: GrowI32;
  /** Slot of the label, -1: not defined. */
  readonly slot: GrowI32;
  /** Bits of USE. */
  readonly use: GrowI32;
}

/**
 * How a name is used: by a jump, as a function that is called or taken the address of, declared as a function, and as
 * one that other files may call.
 */
export const USE = { JUMP: 1, CALLED: 2, FUNC: 4, GLOBAL: 8 } as const;

export const makeSymbols = (text: string): Symbols => ({
  text,
  slots: new Int32Array(16).fill(-1),
  crowded: new Map(),
  hash: growI32(),
  from: growI32(),
  to: growI32(),
  slot: growI32(),
  use: growI32(),
});

/** Names of another text take the place of those of this one. */
export function resetSymbols(symbols: Symbols, text: string): void {
  const { hash, from, to, slot, use, slots, crowded } = symbols;
  symbols.text = text;
  if (hash.cnt === 0) return;
  // A table that one long text made large is not cleared for each short one behind it.
  if (slots.length > 64 * hash.cnt) symbols.slots = new Int32Array(16).fill(-1);
  else slots.fill(-1);
  hash.cnt = from.cnt = to.cnt = slot.cnt = use.cnt = 0;
  crowded.clear();
}

function sameName({ text, from, to }: Symbols, sym: number, at: number, end: number): boolean {
  const start = from.data[sym];
  if (to.data[sym] - start !== end - at) return false;
  for (let i = 0; i < end - at; i++) if (text.charCodeAt(start + i) !== text.charCodeAt(at + i)) return false;
  return true;
}

function rehash(symbols: Symbols): void {
  const slots = new Int32Array(symbols.slots.length * 2).fill(-1);
  const mask = slots.length - 1;
  for (let sym = 0; sym < symbols.hash.cnt; sym++) {
    let at = mix(symbols.hash.data[sym]) & mask;
    let probes = 0;
    while (slots[at] >= 0 && ++probes < PROBES_MAX) at = (at + 1) & mask;
    if (slots[at] < 0) slots[at] = sym;
    else symbols.crowded.set(symbolName(symbols, sym), sym);
  }
  symbols.slots = slots;
}

/** Spreads names that differ in their last letters only (L1, L2, …) over the whole table. */
const mix = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 8;

/**
 * Anybody can write a million names with one hash, and each would be compared with all before it. The table is at
 * most half full, so that other names are found long before.
 */
const PROBES_MAX = 64;

/** Number of the name in text[from, to). */
export function intern(symbols: Symbols, from: number, to: number, hash: number): number {
  const { slots, crowded } = symbols;
  const mask = slots.length - 1;
  let at = mix(hash) & mask;
  let probes = 0;
  for (; slots[at] >= 0 && ++probes < PROBES_MAX; at = (at + 1) & mask) {
    const sym = slots[at];
    if (symbols.hash.data[sym] === hash && sameName(symbols, sym, from, to)) return sym;
  }
  const isFull = slots[at] >= 0;
  if (isFull || crowded.size > 0) {
    const known = crowded.get(symbols.text.slice(from, to));
    if (known !== undefined) return known;
  }
  const sym = symbols.hash.cnt;
  if (isFull) crowded.set(symbols.text.slice(from, to), sym);
  else slots[at] = sym;
  pushI32(symbols.hash, hash);
  pushI32(symbols.from, from);
  pushI32(symbols.to, to);
  pushI32(symbols.slot, -1);
  pushI32(symbols.use, 0);
  if (symbols.hash.cnt * 2 > symbols.slots.length) rehash(symbols);
  return sym;
}

export const symbolName = ({ text, from, to }: Symbols, sym: number): string =>
  text.slice(from.data[sym], to.data[sym]);

/** Names of labels, at most `limit` of them, for suggestions. */
export function* labelNames(symbols: Symbols, limit: number): Generator<string> {
  for (let sym = 0, left = limit; sym < symbols.slot.cnt && left > 0; sym++)
    if (symbols.slot.data[sym] >= 0) {
      left--;
      yield symbolName(symbols, sym);
    }
}

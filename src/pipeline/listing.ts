/**
 * The two results insn by insn, where they differ: what stands in a slot by this project's rules, and what the kernel
 * or the RFC whose rules count puts there. Words, not texts: how an insn is written is the page's business.
 */
import { SLOT_WORDS } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import type { Patched } from '../patch/algorithm.ts';
import { toldOf } from '../patch/faithful/faithful.ts';

export interface SlotWords {
  readonly w0: number;
  readonly imm: number;
  /** Of the slot behind it, which is the upper half if this is an ld_imm64. */
  readonly nextImm: number;
  readonly isSecond: boolean;
}

export interface ListingRow {
  readonly idx: number;
  /** Null: that result ends before this slot. */
  readonly own: SlotWords | null;
  readonly theirs: SlotWords | null;
  readonly differs: boolean;
  /** Written behind the end of the program's buffer. */
  readonly isBehind: boolean;
}

export interface Listing {
  /** Slots that differ, each with a neighbour on either side; at most so many, but all that differ are counted. */
  readonly rows: readonly ListingRow[];
  readonly total: number;
  /** Whether this project's side is the result in the picture: not if the pass itself asked for other patches. */
  readonly isPictured: boolean;
}

const MAX_ROWS = 200;

/** All that was written, in the buffer and behind it. */
function writtenOf(patched: Patched): Int32Array {
  const { insns } = patched.program;
  const behind = toldOf(patched)?.behind;
  if (behind === undefined) return insns;
  const all = new Int32Array(insns.length + behind.length);
  all.set(insns);
  all.set(behind, insns.length);
  return all;
}

function readerOf(insns: Int32Array): (idx: number) => SlotWords | null {
  const second = secondSlots(insns);
  return (idx) => {
    if (idx >= second.length) return null;
    const word = idx * SLOT_WORDS;
    return {
      ...{ w0: insns[word], imm: insns[word + 1], nextImm: insns[word + 3] ?? 0 },
      isSecond: second[idx] === 1,
    };
  };
}

/** How `got` parts from `want`, slot by slot. */
export function listingOf(want: Patched, got: Patched, isPictured: boolean, max = MAX_ROWS): Listing {
  const [a, b] = [want.program.insns, writtenOf(got)];
  const [own, theirs] = [readerOf(a), readerOf(b)];
  const end = got.program.insns.length / SLOT_WORDS;
  const cnt = Math.max(a.length, b.length) / SLOT_WORDS;
  const differs = (idx: number): boolean => {
    const word = idx * SLOT_WORDS;
    return idx >= 0 && idx < cnt && (a[word] !== b[word] || a[word + 1] !== b[word + 1]);
  };
  const rows: ListingRow[] = [];
  let total = 0;
  for (let idx = 0; idx < cnt; idx++) {
    const here = differs(idx);
    if (here) total++;
    if (rows.length >= max || !(here || differs(idx - 1) || differs(idx + 1))) continue;
    rows.push({ idx, own: own(idx), theirs: theirs(idx), differs: here, isBehind: idx >= end });
  }
  return { rows, total, isPictured };
}

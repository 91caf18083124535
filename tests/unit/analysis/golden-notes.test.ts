/**
 * The programs of ../shared/golden: which insns Linux 6.18 deleted as never seen, and which 32-bit definitions it
 * spoiled under BPF_F_TEST_RND_HI32 because nobody wants their upper half. Would catch a walk that parts from the
 * verifier's on programs as compilers write them: frozen settings, subprograms, callbacks, loops, packets, sockets.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StatedAux } from '../../../src/analysis/aux.ts';
import { type Notes, notesOf } from '../../../src/analysis/notes.ts';
import { readLoaded } from '../../../src/cli/loaded-program.ts';
import { CLASS, CLASS_MASK } from '../../../src/isa/code-parts.ts';
import { def32Of } from '../../../src/isa/regs.ts';
import type { Setting } from '../../../src/program/setting.ts';
import { sharedLines, wordsOfHex } from '../passes/shared.ts';

interface Golden {
  readonly id: string;
  readonly prog_type: number;
  readonly before: { readonly insns: string; readonly func_info: readonly [number, string][] };
  readonly after: { readonly insns: string };
}

const plain = sharedLines<Golden>('golden/golden-plain.jsonl') ?? [];
const rnd = new Map((sharedLines<Golden>('golden/golden-rnd_hi32.jsonl') ?? []).map((g) => [g.id, g]));
const names = plain.map(({ id }) => id.split(':')[0]).filter((name) => !name.startsWith('far_'));

/** What the loader knew: the maps of each program with the contents of frozen ones, and which functions are global. */
const FACTS: Readonly<Record<string, object>> = JSON.parse(
  readFileSync(new URL('../../golden/facts.json', import.meta.url), 'utf8'),
);

/** Runs of slots that the verifier of 6.18 never reached; other programs have none. */
const UNSEEN: Readonly<Record<string, readonly (readonly [from: number, to: number])[]>> = {
  dead_config: [
    [6, 22],
    [37, 39],
    [44, 48],
    [57, 64],
    [74, 77],
  ],
  dead_subprog: [
    [6, 9],
    [15, 18],
    [24, 39],
    [58, 63],
  ],
  gotol: [[28, 29]],
};

const goldenOf = (name: string): Golden => plain.find(({ id }) => id.startsWith(`${name}:`)) as Golden;

function notesOfGolden(
  name: string,
  setting: Partial<Setting> = {},
  given: readonly StatedAux[] = [],
): Notes {
  const read = readLoaded(JSON.stringify({ ...goldenOf(name), ...FACTS[name] }));
  if (!read.ok) throw new Error(read.error.message);
  return notesOf(read.value.program, { ...read.value.setting, ...setting }, given);
}

/** The rewritten program without what spoils upper halves, and behind which of its slots that stood. */
function withoutSpoilers(words: Int32Array): { readonly words: number[]; readonly spoiled: Set<number> } {
  const left: number[] = [];
  const spoiled = new Set<number>();
  for (let i = 0; i < words.length; i += 2) {
    const isSpoiler = (words[i] & 0xffff) === 0x0bb7 && (words[i + 2] & 0xff) === 0x67 && words[i + 3] === 32;
    if (isSpoiler) {
      spoiled.add(left.length / 2 - 1);
      i += 4;
    } else left.push(words[i], words[i + 1]);
  }
  return { words: left, spoiled };
}

/** An insn as both sides of a rewrite have it: distances and map references aside. */
function tokenOf(words: ArrayLike<number>, i: number): string {
  const [w0, imm] = [words[2 * i], words[2 * i + 1]];
  const cls = w0 & CLASS_MASK;
  const isJump = cls === CLASS.JMP || cls === CLASS.JMP32;
  if ((w0 & 0xff) === 0x18) return `ld${w0 & 0xf00}`;
  return isJump ? `${w0 & 0xffff} ${(w0 & 0xff) === 0x85 ? '' : imm}` : `${w0} ${imm}`;
}

/** Longest common subsequence of two lists, as pairs of indexes. */
function aligned(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * width + j] =
        a[i] === b[j]
          ? best[(i + 1) * width + j + 1] + 1
          : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i++;
    else j++;
  }
  return pairs;
}

/** Passes that rewrite an insn say anew whether it defines 32 bits: register divisions, sockets, contexts, prologues. */
const REWRITTEN_TYPES: ReadonlySet<number> = new Set([2, 11, 12, 13]);
function isRewritten(name: string, slot: number, w0: number, notes: Notes): boolean {
  const isDivision = [0x3c, 0x3f, 0x9c, 0x9f].includes(w0 & 0xff);
  const isSignedByMinusOne = [0x34, 0x37, 0x94, 0x97].includes(w0 & 0xff) && w0 >> 16 === 1;
  const hasPrologue = slot === 0 && (name === 'pkt_write' || name === 'loop_insn0');
  return isDivision || isSignedByMinusOne || hasPrologue || REWRITTEN_TYPES.has(notes.columns.ptrType[slot]);
}

describe.skipIf(plain.length === 0)('notes on real programs (../shared/golden)', () => {
  it.each(names)('%s: seen', (name) => {
    const { columns, isComplete } = notesOfGolden(name);
    const dead = (UNSEEN[name] ?? []).flatMap(([from, to]) =>
      Array.from({ length: to - from }, (_, k) => from + k),
    );
    expect(isComplete).toBe(true);
    expect([...columns.seen.keys()].filter((slot) => columns.seen[slot] === 0)).toEqual(dead);
  });

  it.each(names)('%s: zext_dst', (name) => {
    const notes = notesOfGolden(name);
    const insns = wordsOfHex(goldenOf(name).before.insns);
    const { words, spoiled } = withoutSpoilers(
      wordsOfHex((rnd.get(goldenOf(name).id) as Golden).after.insns),
    );
    const slots = [...notes.columns.seen.keys()].filter((slot) => notes.columns.seen[slot] !== 0);
    const pairs = aligned(
      slots.map((slot) => tokenOf(insns, slot)),
      Array.from({ length: words.length / 2 }, (_, i) => tokenOf(words, i)),
    );
    // Most insns are found again, or the comparison would say nothing.
    expect(pairs.length).toBeGreaterThan(slots.length * 0.6);
    const wrong = pairs.filter(([k, j]) => {
      const slot = slots[k];
      if (def32Of(insns[2 * slot], insns[2 * slot + 1]) < 0) return false;
      if (isRewritten(name, slot, insns[2 * slot], notes)) return false;
      return (notes.columns.zextDst[slot] === 1) === spoiled.has(j);
    });
    expect(wrong.map(([k]) => slots[k])).toEqual([]);
  });

  it('maps of calls, indexes of tail calls and callbacks of loops', () => {
    const calls = (name: string): string => {
      const { mapIdx, callArg } = notesOfGolden(name).columns;
      const said = [...mapIdx.keys()].filter((slot) => mapIdx[slot] !== 0 || callArg[slot] !== 0);
      return said.map((slot) => `${slot}:${mapIdx[slot]}/${callArg[slot]}`).join(' ');
    };
    // The third tail call is given one of two maps; its index is the same on both ways.
    expect(calls('tail_calls')).toBe('7:1/4 19:1/0 31:-1/2');
    expect(calls('loop_cb')).toBe('13:0/2');
    expect(calls('each_elem')).toBe('15:1/0 22:2/0');
    // array, hash, hash again, LRU, per-cpu array, array of maps, and what that one holds.
    expect(calls('map_inline')).toBe('10:1/0 20:3/0 33:3/0 38:4/0 48:5/0 60:2/0 67:65538/0');
  });

  it('pointers keep their type over spills and joins', () => {
    const { ptrType } = notesOfGolden('ctx_merge').columns;
    const of = (type: number): number[] => [...ptrType.keys()].filter((slot) => ptrType[slot] === type);
    expect(of(2)).toEqual([4, 15, 17, 18, 20, 36]);
    expect(of(11)).toEqual([29, 33]);
  });

  it('stack is counted where it is touched', () => {
    expect([...notesOfGolden('loop_cb').stackDepth]).toEqual([16, 0]);
    expect([...notesOfGolden('parse_tcp').stackDepth]).toEqual([8]);
  });

  it('without the contents of its settings no branch of a program is decided by them', () => {
    const { columns } = notesOfGolden('dead_config', { maps: [] });
    expect([...columns.seen]).not.toContain(0);
  });

  it('where nobody knows the contents, one statement for each dead way says as much', () => {
    // Of every dead run the first insn is enough: what only it leads to is then dead by itself.
    const firsts = UNSEEN.dead_config.map(([slot]) => ({ slot, field: 'seen', value: 0 }) as const);
    const stated = notesOfGolden('dead_config', { maps: [] }, firsts).columns;
    const known = notesOfGolden('dead_config').columns;
    expect([...stated.seen]).toEqual([...known.seen]);
    expect([...stated.zextDst]).toEqual([...known.zextDst]);
  });
});

/**
 * Random programs of every type, each with what Linux 6.18.44 (x86-64) made of it: several accesses, loads into the
 * register that holds the context, full registers, branches, functions that get the context, stores into packets (which
 * bring a prologue), the arena. They were loaded, never run. Would catch a rewrite that depends on its neighbours, a
 * prologue too many or missing, a jump that lands beside it.
 */
import { describe, expect, it } from 'vitest';
import { comparable, recordings, rewritten } from './ctx-linux.ts';
import { wordsOfHex } from './shared.ts';

interface Recorded {
  readonly progType: number;
  readonly insns: string;
  readonly after: string;
  /** Types of pointers that come from where a static look cannot see (BTF, arenas): slot and number. */
  readonly stated?: readonly (readonly [slot: number, type: number])[];
}
const records = recordings<Recorded>('ctx-programs-6.18.jsonl');

/** Reads the byte of `cloned`, behind what may be a store of the context. */
const hasPrologue = ({ after }: Recorded): boolean => after.startsWith('71167e00');
const cntOf = (hex: string): number => hex.length / 16;

describe('context accesses in programs are those of Linux 6.18.44', () => {
  it('there are programs of every type, with prologues, functions and probing loads', () => {
    expect(new Set(records.map(({ progType }) => progType)).size).toBe(21);
    expect(records.filter(hasPrologue).length).toBeGreaterThan(20);
    expect(records.filter(({ insns }) => /^(.{16})*8510/.test(insns)).length).toBeGreaterThan(10);
    expect(records.filter(({ stated }) => stated).length).toBe(2);
    const grown = records.filter(({ insns, after }) => cntOf(after) > cntOf(insns));
    expect(grown.length).toBeGreaterThan(records.length / 2);
  });

  it.each(records.map((record, k) => [k, record] as const))('program %i', (_, record) => {
    const stated = (record.stated ?? []).map(
      ([slot, value]) => ({ slot, field: 'ptr_type', value }) as const,
    );
    const ours = rewritten({ progType: record.progType, insns: wordsOfHex(record.insns), stated });
    // What brings such pointers about is for other passes to rewrite, one insn for one.
    const from = record.stated?.[0][0] ?? 0;
    expect(comparable(ours, 'ours').slice(from)).toEqual(
      comparable(wordsOfHex(record.after), 'kernel').slice(from),
    );
  });
});

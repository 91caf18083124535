/**
 * Random programs, each with what Linux 6.18.44 found out about it: `unseen` insns (its log), and of the 32-bit
 * definitions those whose upper half is wanted and those it spoils under BPF_F_TEST_RND_HI32. They were loaded, never
 * run. Would catch any rule of the walk that parts from the verifier's: an op, a range, what a spill keeps, which
 * states are kept and when two of them are equal.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { notesOf } from '../../../src/analysis/notes.ts';
import { secondSlots } from '../../../src/isa/pairs.ts';
import { makeProgram } from '../../../src/program/program.ts';
import type { MapInfo } from '../../../src/program/setting.ts';
import { wordsOfHex } from '../passes/shared.ts';
import { mapOf, subprogsFrom } from './mock-programs.ts';

interface Recorded {
  readonly progType: number;
  readonly insns: string;
  readonly unseen: readonly number[];
  readonly wanted: readonly number[];
  readonly unwanted: readonly number[];
  readonly maps?: readonly (Omit<MapInfo, 'frozen' | 'name' | 'inner'> & { readonly frozen?: string })[];
}

const text = readFileSync(fileURLToPath(new URL('linux-6.18.jsonl', import.meta.url)), 'utf8');
const records = text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

describe('notes on random programs are those of Linux 6.18.44', () => {
  it('there are records of dead code, of wanted and of unwanted halves, and of maps', () => {
    for (const field of ['unseen', 'wanted', 'unwanted', 'maps'] as const)
      expect(records.filter((record) => (record[field]?.length ?? 0) > 0).length).toBeGreaterThan(20);
  });

  it.each(records.map((record, k) => [k, record] as const))('program %i', (_, record) => {
    const insns = wordsOfHex(record.insns);
    const maps = (record.maps ?? []).map(({ frozen, ...map }) =>
      mapOf({ ...map, frozen: frozen === undefined ? null : Uint8Array.from(Buffer.from(frozen, 'hex')) }),
    );
    const program = makeProgram({ insns, subprogs: subprogsFrom(insns) });
    const { columns, isComplete } = notesOf(program, { progType: record.progType, maps }, []);
    expect(isComplete).toBe(true);
    // The kernel's log names the first slot of an ld_imm64 only.
    const second = secondSlots(insns);
    const unseen = [...columns.seen.keys()].filter((slot) => columns.seen[slot] === 0 && second[slot] === 0);
    expect(unseen).toEqual(record.unseen);
    expect(record.wanted.filter((slot) => columns.zextDst[slot] === 0)).toEqual([]);
    expect(record.unwanted.filter((slot) => columns.zextDst[slot] === 1)).toEqual([]);
  });
});

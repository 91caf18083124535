/**
 * Programs that were loaded into Linux 6.18.44 (x86-64, never run) and read back: each kind of map and of helper, and
 * random ones with loops, callbacks, divisions and jumps over all of it; some by somebody without CAP_PERFMON. Would
 * catch: any insn, jump or call of a rewrite that parts from the kernel's, a stack slot in the wrong place, a call that
 * is rewritten and must not be.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { StatedAux } from '../../../src/analysis/aux.ts';
import { factsOfAux } from '../../../src/analysis/facts.ts';
import { notesOf } from '../../../src/analysis/notes.ts';
import { secondSlots } from '../../../src/isa/pairs.ts';
import { passById } from '../../../src/passes/index.ts';
import { passContext } from '../../../src/passes/pass.ts';
import type { Algorithm } from '../../../src/patch/algorithm.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import { profileById } from '../../../src/patch/profiles.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram, type Program } from '../../../src/program/program.ts';
import type { MapInfo, Setting } from '../../../src/program/setting.ts';
import { mapOf, subprogsAt } from '../analysis/mock-programs.ts';
import { fromDump, type Symbols, shown } from './fixups-shown.ts';
import { wordsOfHex } from './shared.ts';

type RecordedMap = Omit<MapInfo, 'name' | 'frozen' | 'inner'> & { readonly inner?: RecordedMap };

interface Recorded {
  readonly id: string;
  readonly progType: number;
  readonly insns: string;
  readonly after: string;
  readonly symbols?: Symbols;
  readonly maps?: readonly RecordedMap[];
  readonly starts?: readonly number[];
  readonly aux?: readonly (readonly [slot: number, field: StatedAux['field'], value: number])[];
  readonly unprivileged?: boolean;
}

const text = readFileSync(fileURLToPath(new URL('fixups-6.18.jsonl', import.meta.url)), 'utf8');
const records = text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

const mapFrom = ({ inner, ...map }: RecordedMap): MapInfo =>
  mapOf({ ...map, inner: inner === undefined ? null : mapFrom(inner) });

const PRIVILEGED = ['inline_loop', 'hard_wire', 'dead_code', 'nops_all', 'fixups'];
const UNPRIVILEGED = ['inline_loop', 'sanitize', 'fixups'];

function sourceOf(record: Recorded, setting: Setting): Program {
  const insns = wordsOfHex(record.insns);
  const subprogs = subprogsAt(record.starts ?? [0]);
  const given = (record.aux ?? []).map(([slot, field, value]) => ({ slot, field, value }));
  const notes = notesOf(makeProgram({ insns, subprogs }), setting, given);
  expect(notes.isComplete).toBe(true);
  return makeProgram({ insns, subprogs: { ...subprogs, stackDepth: notes.stackDepth }, aux: notes.columns });
}

const LINUX_6_18 = profileById('linux-6.18')!;

function rewritten(record: Recorded, algorithm: Algorithm): Program {
  const { progType, unprivileged = false } = record;
  const setting = { progType, unprivileged, maps: (record.maps ?? []).map(mapFrom) };
  const { rules } = LINUX_6_18;
  let program = sourceOf(record, setting);
  for (const id of unprivileged ? UNPRIVILEGED : PRIVILEGED) {
    const pass = passById(id)!;
    const facts = factsOfAux(program.aux!);
    const edits = pass.run(program, passContext({ facts, setting, rules, rnd: () => 0 }));
    const result = applyEdits(algorithm, program, edits, pass.layer);
    if (!result.ok) throw new Error(result.error.message);
    program = result.value.program;
  }
  return program;
}

/** Barriers against speculation, which another pass puts; no program is loaded with one. */
const BARRIER = 0xc2;

/** The kernel's program without barriers, and its symbols where they stand then. */
function withoutBarriers({ after, symbols = {} }: Recorded): { insns: Int32Array; symbols: Symbols } {
  const program = makeProgram({ insns: fromDump(wordsOfHex(after)) });
  const second = secondSlots(program.insns);
  const at = [...second.keys()].filter((k) => second[k] === 0 && (program.insns[2 * k] & 0xff) === BARRIER);
  const edits = editsFromOps(at.map((k) => ({ kind: 'remove', at: k, cnt: 1 })));
  const result = applyEdits(stream, program, edits, 'verifier');
  if (!result.ok) throw new Error(result.error.message);
  const moved = Object.entries(symbols).map(([k, symbol]) => [
    Number(k) - at.filter((barrier) => barrier < Number(k)).length,
    symbol,
  ]);
  return { insns: result.value.program.insns, symbols: Object.fromEntries(moved) };
}

describe('programs as Linux 6.18.44 rewrote them', () => {
  it('there is something of everything', () => {
    const all = records.flatMap((record) =>
      shown(fromDump(wordsOfHex(record.after)), true, record.symbols).map((line) =>
        line.replace(/^\d+: /, ''),
      ),
    );
    const cnt = (part: RegExp): number => all.filter((line) => part.test(line)).length;
    expect(cnt(/^tail call/)).toBeGreaterThan(10);
    expect(cnt(/__htab_map_lookup_elem/)).toBeGreaterThan(20);
    expect(cnt(/timed_may_goto/)).toBeGreaterThan(20);
    expect(cnt(/^call insn/)).toBeGreaterThan(10);
    expect(cnt(/bpf_skb_load_helper/)).toBeGreaterThan(15);
    expect(cnt(/jiffies|cpu_number/)).toBeGreaterThan(40);
  });

  it.each(records.map((record) => [record.id, record] as const))('%s', (_, record) => {
    const { insns, symbols } = withoutBarriers(record);
    const theirs = shown(insns, true, symbols);
    expect(shown(rewritten(record, stream).insns, false, symbols)).toEqual(theirs);
    expect(shown(rewritten(record, LINUX_6_18.algorithm!).insns, false, symbols)).toEqual(theirs);
  });
});

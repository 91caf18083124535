/**
 * Programs as compilers write them (../shared/golden), through the passes of a privileged load in the kernel's order, with
 * the maps of tests/golden/facts.json: what comes out is what Linux 6.18 made of them. Would catch a rewrite that parts
 * from the kernel's beside context accesses, prologues, dead code and nops, and a call that is not what it seems.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factsOfAux } from '../../../src/analysis/facts.ts';
import { notesOf } from '../../../src/analysis/notes.ts';
import { ctxAccess } from '../../../src/passes/ctx-access.ts';
import { deadCode } from '../../../src/passes/dead-code.ts';
import { fixups } from '../../../src/passes/fixups.ts';
import { hardWire } from '../../../src/passes/hard-wire.ts';
import { inlineLoop } from '../../../src/passes/inline-loop.ts';
import { nopsAll } from '../../../src/passes/nops.ts';
import { passContext } from '../../../src/passes/pass.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { profileById } from '../../../src/patch/profiles.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram, type Program } from '../../../src/program/program.ts';
import type { MapInfo } from '../../../src/program/setting.ts';
import { mapOf, subprogsAt } from '../analysis/mock-programs.ts';
import { fromDump, shown, symbolsIn } from './fixups-shown.ts';
import { sharedLines, wordsOfHex } from './shared.ts';

interface Golden {
  readonly id: string;
  readonly prog_type: number;
  readonly before: { readonly insns: string; readonly func_info: readonly [number, string][] };
  readonly after: { readonly insns: string };
}

/** As facts.json has it. */
interface StatedMap {
  readonly ref: number;
  readonly name: string;
  readonly type: number;
  readonly key_size: number;
  readonly value_size: number;
  readonly max_entries: number;
  readonly flags?: number;
  readonly frozen?: string;
  readonly inner?: StatedMap;
}

const FACTS: Readonly<Record<string, { readonly maps?: readonly StatedMap[] }>> = JSON.parse(
  readFileSync(new URL('../../golden/facts.json', import.meta.url), 'utf8'),
);

const mapFrom = (map: StatedMap): MapInfo =>
  mapOf({
    ...{ ref: map.ref, name: map.name, type: map.type, keySize: map.key_size, valueSize: map.value_size },
    ...{ maxEntries: map.max_entries, flags: map.flags ?? 0 },
    frozen: map.frozen === undefined ? null : Uint8Array.from(Buffer.from(map.frozen, 'hex')),
    inner: map.inner === undefined ? null : mapFrom(map.inner),
  });

const PASSES = [inlineLoop, hardWire, deadCode, nopsAll, ctxAccess, fixups];
const { rules } = profileById('linux-6.18')!;

function rewritten({ id, prog_type: progType, before }: Golden): Program {
  const setting = { progType, maps: (FACTS[id.split(':')[0]]?.maps ?? []).map(mapFrom) };
  const insns = wordsOfHex(before.insns);
  const subprogs = subprogsAt(before.func_info.map(([start]) => start));
  const notes = notesOf(makeProgram({ insns, subprogs }), setting, []);
  const { columns: aux, stackDepth } = notes;
  let program = makeProgram({ insns, subprogs: { ...subprogs, stackDepth }, aux });
  for (const pass of PASSES) {
    const facts = factsOfAux(program.aux!);
    const edits = pass.run(program, passContext({ facts, setting, rules, rnd: () => 0 }));
    const result = applyEdits(stream, program, edits, pass.layer);
    if (!result.ok) throw new Error(result.error.message);
    program = result.value.program;
  }
  return program;
}

const NAMES = [
  ...['map_inline', 'tail_calls', 'ld_abs', 'helper_inline', 'may_goto', 'gotol', 'loop_cb', 'each_elem'],
  ...['divmod', 'sdivmod', 'loop_insn0', 'big_switch', 'long_line'],
];

const golden = sharedLines<Golden>('golden/golden-plain.jsonl') ?? [];
const rewrittenHere = golden.filter(({ id }) => NAMES.includes(id.split(':')[0]));

describe.skipIf(golden.length === 0)('programs as Linux 6.18 rewrote them (../shared/golden)', () => {
  it('all are there', () => {
    expect(rewrittenHere).toHaveLength(NAMES.length);
  });

  it.each(rewrittenHere.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const theirs = fromDump(wordsOfHex(one.after.insns));
    const symbols = symbolsIn(theirs);
    expect(shown(rewritten(one).insns, false, symbols)).toEqual(shown(theirs, true, symbols));
  });
});

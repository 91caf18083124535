/**
 * Real programs, compiled by clang and loaded into Linux 6.18 (../shared/golden): what our analysis and passes make of
 * `before` against what that kernel made of it, insn for insn, line entry for line entry, in three modes. What belongs to
 * one load (random numbers, ids and addresses) is read out of the kernel's result; what a static look cannot know (maps
 * and their frozen contents, which functions are global) is given in facts.json. Would catch any rewrite that parts from
 * the kernel's on code as compilers write it, and any fact that is no longer needed or no longer closes its gap.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kernelCommand } from '../../src/cli/kernel.ts';
import { type LoadedProgram, readLoaded } from '../../src/cli/loaded-program.ts';
import { kernelMakes } from '../../src/pipeline/index.ts';
import { KERNEL_MODES, type KernelMode } from '../../src/pipeline/kernel-run.ts';
import { linesOf, sharedLines, wordsOfHex } from '../unit/passes/shared.ts';
import { type ReadOut, readBlinded, readPlain } from './read-out.ts';

interface Tables {
  readonly insns: string;
  readonly line_info: unknown;
  readonly func_info: unknown;
}
interface Golden {
  readonly id: string;
  readonly mode?: KernelMode;
  readonly before: Tables;
  readonly after: Tables;
  readonly error?: number;
  readonly log?: string;
}
type Facts = Record<string, unknown> & { readonly maps?: readonly Record<string, unknown>[] };

const FACTS: Readonly<Record<string, Facts>> = JSON.parse(
  readFileSync(new URL('facts.json', import.meta.url), 'utf8'),
);
const nameOf = ({ id }: Golden): string => id.split(':')[0];
const factsOf = (golden: Golden): Facts => FACTS[nameOf(golden)] ?? {};

function loaded(golden: Golden, facts: Facts): LoadedProgram {
  const read = readLoaded(JSON.stringify({ ...golden, ...facts }));
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

/** What we make of it before anything is read out of the kernel's result, and what is read out then. */
function readOut(golden: Golden, facts: Facts, mode: KernelMode): ReadOut {
  const { program, setting, stated, numbers, functions } = loaded(golden, facts);
  const job = { program, setting, stated, maps: numbers, functions, rnd: () => 0 };
  const made = kernelMakes({ ...job, mode: mode === 'blind' ? 'plain' : mode });
  if (!made.ok) throw new Error(made.error.log);
  const theirs = wordsOfHex(golden.after.insns);
  const ours = made.value.program;
  return mode === 'blind' && ours.subprogs.start.length === 1
    ? readBlinded(ours, theirs)
    : readPlain(ours, theirs);
}

const withNumbers = (facts: Facts, { rnd, maps }: ReadOut): Facts => {
  const described = facts.maps ?? [];
  const others = [...maps.keys()].filter((ref) => !described.some((map) => map.ref === ref));
  const all = [...described, ...others.map((ref) => ({ ref }))];
  return {
    ...facts,
    rnd,
    maps: all.map((map) => ({ ...map, ...maps.get(map.ref as number) })),
  };
};

async function answer(golden: Golden, facts: Facts, mode: KernelMode): Promise<Record<string, unknown>> {
  let out = '';
  const { after: _, error: __, log: ___, ...given } = golden;
  const status = await kernelCommand(['--mode', mode], {
    readInput: async () => JSON.stringify({ ...given, ...facts }),
    out: async (chunk) => {
      out += chunk;
    },
    err: async () => {},
  });
  expect(status).toBe(0);
  return JSON.parse(out);
}

/** Insns as lines that people can read, and the tables as they are. */
const readable = ({ insns, ...tables }: Tables) => ({ ...tables, insns: linesOf(wordsOfHex(insns)) });

async function isExact(golden: Golden, facts: Facts, mode: KernelMode): Promise<boolean> {
  const given = withNumbers(facts, readOut(golden, facts, mode));
  const { after } = (await answer(golden, given, mode)) as { after: Tables };
  return JSON.stringify(after) === JSON.stringify(golden.after);
}

const MODES = KERNEL_MODES.map(
  (mode) => [mode, sharedLines<Golden>(`golden/golden-${mode}.jsonl`) ?? []] as const,
);
const refused = sharedLines<Golden>('golden/golden-refused.jsonl') ?? [];
const isThere = refused.length > 0;

describe.each(MODES)('%s, as Linux 6.18 made it (../shared/golden)', (mode, records) => {
  if (!isThere) it.skip('not run: there is no ../shared/golden beside the repository', () => {});
  it.each(records.map((golden) => [golden.id, golden] as const))('%s', async (_, golden) => {
    const facts = withNumbers(factsOf(golden), readOut(golden, factsOf(golden), mode));
    const { after } = (await answer(golden, facts, mode)) as { after: Tables };
    expect(readable(after)).toEqual(readable(golden.after));
  });
});

describe.skipIf(!isThere)('refused, as Linux 6.18 refused it (../shared/golden)', () => {
  it.each(refused.map((golden) => [golden.id, golden.mode ?? 'plain', golden] as const))(
    '%s, %s',
    async (_, mode, golden) => {
      const { error, log } = await answer(golden, factsOf(golden), mode);
      expect(error).toBe(golden.error);
      // Behind it the kernel's log says what the verifier has done, which is not of interest here.
      const said = golden.log?.split('\n').filter((line) => !/^(stack depth|processed) /.test(line));
      expect(log).toBe(said?.join('\n').trimEnd());
    },
  );
});

type Map = Record<string, unknown>;
const onlyOf = (facts: Facts, keys: readonly string[]): Facts => ({
  maps: (facts.maps ?? []).map((map: Map) => Object.fromEntries(keys.map((key) => [key, map[key]]))),
});

/** What a static look cannot know, and the least that has to be said of it. */
const REASONS: Readonly<Record<string, (facts: Facts) => Facts>> = {
  'contents of a frozen map': (facts) => onlyOf(facts, ['ref', 'flags', 'frozen']),
  'types of maps': (facts) => onlyOf(facts, ['ref', 'type']),
  'types and sizes of maps': (facts) =>
    onlyOf(facts, ['ref', 'type', 'key_size', 'value_size', 'max_entries', 'inner']),
  'which functions are global': ({ globals }) => ({ globals }),
};

/** The programs that need to be told something in every mode; all others are exact without a word. */
const NEEDED_ALWAYS = {
  dead_config: 'contents of a frozen map',
  dead_subprog: 'contents of a frozen map',
  gotol: 'contents of a frozen map',
  each_elem: 'types of maps',
  map_inline: 'types and sizes of maps',
  parse_tcp: 'types and sizes of maps',
};
const NEEDS: Readonly<Record<KernelMode, Readonly<Record<string, string>>>> = {
  plain: NEEDED_ALWAYS,
  rnd_hi32: { ...NEEDED_ALWAYS, subprogs: 'which functions are global' },
  blind: NEEDED_ALWAYS,
};

describe.skipIf(!isThere).each(MODES)('%s, without a word about the program', (mode, records) => {
  it('differs where a static look cannot know, and nowhere else', async () => {
    const differing: string[] = [];
    for (const golden of records) if (!(await isExact(golden, {}, mode))) differing.push(nameOf(golden));
    expect(differing.toSorted()).toEqual(Object.keys(NEEDS[mode]).toSorted());
  });
  it.each(Object.entries(NEEDS[mode]))('%s is exact once this is stated: %s', async (name, reason) => {
    const golden = records.find((one) => nameOf(one) === name) as Golden;
    expect(await isExact(golden, REASONS[reason](factsOf(golden)), mode)).toBe(true);
  });
});

/**
 * Conformance cases through every algorithm, as the command line answers them. The project's own stand beside this
 * file; ../shared/vectors (recorded from the kernel's and the RFC's functions) is run too when it is there. Would
 * catch: any result of ours that differs from mainline other than in the ways its README lists, and any at all that
 * a profile's own algorithm gets wrong about the kernel or the RFC it stands for.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../src/cli/apply.ts';
import { passesNamed } from '../../src/passes/pipelines.ts';
import { ALGORITHMS } from '../../src/patch/index.ts';

type Insns = readonly (readonly number[] | { n: number; i: readonly number[] | readonly number[][] })[];
type Result = Record<string, unknown> & { ok: boolean; insns?: Insns; line_info?: unknown };

interface Case {
  readonly id: string;
  readonly tags?: readonly string[];
  readonly input: {
    readonly pass?: string;
    readonly linfo_idx?: number;
    readonly line_info: number[][];
    readonly insns: Insns;
    readonly aux?: number[][];
  };
  readonly expect: { readonly array: Result; readonly array_new?: Result; readonly list?: Result };
}

const OWN = new URL('./', import.meta.url);
const SHARED = new URL('../../../shared/vectors/', import.meta.url);
/** Said of the input to the RFC or of the map, not of the result. */
const NOT_ANSWERED = new Set(['idx_map', 'overrun', 'oob']);

const filesOf = (dir: URL): [string, URL][] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name): [string, URL] => [name, new URL(name, dir)])
    : [];

const writtenOut = (insns: Insns): number[][] =>
  insns.flatMap((item): number[][] => {
    if (!('n' in item)) return [[...item]];
    const body = Array.isArray(item.i[0]) ? (item.i as number[][]) : [item.i as number[]];
    return Array.from({ length: item.n }, () => body).flat();
  });

/** SEMANTICS 7.4 for a function of a bigger table, from where its insns begin in mainline's answer. */
function functionLines(one: Case): number[][] {
  const { insns, line_info: lines, linfo_idx: from = 0 } = one.input;
  const starts = one.expect.array.idx_map as number[];
  const base = lines[from]?.[0] ?? 0;
  const end = writtenOut(insns).length;
  const grown = writtenOut(one.expect.array.insns ?? []).length - end;
  return lines.map(([off, ...rest], k) => {
    if (k < from) return [off, ...rest];
    return [off - base < end ? starts[off - base] + base : off + grown, ...rest];
  });
}

/** SEMANTICS 7.1 for a pass that only cuts what is unseen: of each jump that is left, to the next insn that is left. */
function cutInsns({ input: { insns, aux = [] } }: Case): number[][] {
  const all = writtenOut(insns);
  const before = [0];
  for (const [t, [, seen]] of aux.entries()) before.push(before[t] + (seen === 0 ? 0 : 1));
  return all.flatMap(([code, dst, src, off, imm], t) => {
    if (aux[t][1] === 0) return [];
    const leads = (distance: number): number => before[t + 1 + distance] - before[t] - 1;
    const isCall = (code === 0x85 && src === 1) || (code === 0x18 && src === 4) || code === 0x06;
    if (isCall) return [[code, dst, src, off, leads(imm)]];
    const isJump = [5, 6].includes(code & 7) && ![0x80, 0x90].includes(code & 0xf0);
    return [[code, dst, src, isJump ? leads(off) : off, imm]];
  });
}

/** What section 7 answers: mainline's result but for the four ways listed in the vectors' README. */
function wanted(one: Case): Record<string, unknown> {
  const tags = one.tags ?? [];
  const { array, array_new: newest, list } = one.expect;
  const want: Record<string, unknown> = { ...array };
  for (const [key, value] of Object.entries(newest ?? {})) if (value !== '=') want[key] = value;
  if (tags.includes('wraps')) return { ok: false, errno: -34 };
  if (one.input.pass !== undefined && !array.ok) return { ok: false, errno: -34 };
  if (tags.includes('list-table-of-other-insns')) {
    if (want.idx_map) want.line_info = functionLines(one);
    else delete want.line_info;
  } else if (
    tags.includes('subprog-of-bigger-table') &&
    list?.line_info !== undefined &&
    list.line_info !== '='
  )
    want.line_info = list.line_info;
  if (tags.includes('jump-into-hole') && one.input.pass === 'dead_code') want.insns = cutInsns(one);
  else if (want.insns) want.insns = writtenOut(want.insns as Insns);
  // The last item belongs to the end marker and means nothing.
  if (want.subprog_linfo_idx) want.subprog_linfo_idx = (want.subprog_linfo_idx as number[]).slice(0, -1);
  for (const key of NOT_ANSWERED) delete want[key];
  return want;
}

async function answers(args: readonly string[], text: string): Promise<Record<string, unknown>[]> {
  let out = '';
  const status = await applyCommand(args, {
    readInput: async () => text,
    out: async (chunk) => {
      out += chunk;
    },
    err: async () => {},
  });
  expect(status).toBe(0);
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const isBuilt = ({ input: { pass } }: Case): boolean =>
  pass === undefined || Array.isArray(passesNamed([pass]));

/** Compare the keys that are wanted. */
function compare(one: Case, got: Record<string, unknown>, want: Record<string, unknown>): void {
  const answer = { ...got };
  if (answer.subprog_linfo_idx)
    answer.subprog_linfo_idx = (answer.subprog_linfo_idx as number[]).slice(0, -1);
  // Long lists are compared as text first: a deep comparison of 32,768 insns takes a tenth of a second.
  if (JSON.stringify(answer.insns) === JSON.stringify(want.insns)) delete want.insns;
  const compared = Object.fromEntries(Object.keys(want).map((key) => [key, answer[key]]));
  expect({ id: one.id, ...compared }).toEqual({ id: one.id, ...want });
}

function runFile(name: string, url: URL): void {
  const lines = readFileSync(url, 'utf8').trimEnd().split('\n');
  const cases = lines.map((line): Case => JSON.parse(line));
  const built = cases.filter(isBuilt);
  const missing = cases.length - built.length;
  const note = missing > 0 ? ` (${missing} of ${cases.length} need a pass that is not built yet)` : '';
  it.skipIf(built.length === 0).each(ALGORITHMS.map((one) => one.id))(`${name}${note}: %s`, async (id) => {
    const text = lines.filter((_, i) => isBuilt(cases[i])).join('\n');
    const got = await answers(['--algorithm', id], text);
    expect(got.length).toBe(built.length);
    for (const [i, one] of built.entries()) compare(one, got[i], wanted(one));
  });
}

/** A result as recorded, with short forms written out; null: what was recorded does not hold for this profile. */
function recorded(one: Case, short: Result | undefined): Record<string, unknown> | null {
  if (short === undefined) return null;
  const { array } = one.expect;
  const want: Record<string, unknown> = 'same_as' in short ? { ...array } : {};
  for (const [key, value] of Object.entries(short)) {
    if (key !== 'same_as' && key !== 'differs') want[key] = value === '=' ? array[key] : value;
  }
  if (want.insns) want.insns = writtenOut(want.insns as Insns);
  if (want.subprog_linfo_idx) want.subprog_linfo_idx = (want.subprog_linfo_idx as number[]).slice(0, -1);
  return want;
}

/** The RFC makes no map when the length stays; "the same as" speaks of the result then. */
function recordedRfc(one: Case): Record<string, unknown> | null {
  const { list, array } = one.expect;
  const want = recorded(one, list);
  if (want === null || list === undefined || 'idx_map' in list || array.insns === undefined) return want;
  if (writtenOut(array.insns).length === writtenOut(one.input.insns).length) delete want.idx_map;
  return want;
}

const MAY_GOTO_0 = JSON.stringify([229, 0, 0, 0, 0]);

/** 6.18 differs from 6.1 in prologues, and takes `may_goto +0` for a nop, which was not recorded. */
function recorded618(one: Case): Record<string, unknown> | null {
  const { pass, insns } = one.input;
  const takesNops = pass === 'nops' || pass === 'pipeline';
  if (takesNops && insns.some((insn) => JSON.stringify(insn) === MAY_GOTO_0)) return null;
  return recorded(one, one.expect.array_new ?? one.expect.array);
}

const FAITHFUL = [
  { args: ['--algorithm', 'rfc'], recordedOf: recordedRfc },
  { args: ['--semantics', 'linux-6.1'], recordedOf: (one: Case) => recorded(one, one.expect.array) },
  { args: ['--semantics', 'linux-6.18'], recordedOf: recorded618 },
];

function runFaithful(name: string, url: URL): void {
  const lines = readFileSync(url, 'utf8').trimEnd().split('\n');
  const cases = lines.map((line): Case => JSON.parse(line));
  for (const { args, recordedOf } of FAITHFUL) {
    const wants = cases.map(recordedOf);
    const there = cases.flatMap((one, i) =>
      wants[i] === null ? [] : [{ one, line: lines[i], want: wants[i] }],
    );
    const missing = cases.length - there.length;
    const note = missing > 0 ? ` (${missing} of ${cases.length} were not recorded)` : '';
    it.skipIf(there.length === 0)(`${name}${note}: ${args.join(' ')}`, async () => {
      const got = await answers(args, there.map(({ line }) => line).join('\n'));
      expect(got.length).toBe(there.length);
      for (const [i, { one, want }] of there.entries()) compare(one, got[i], want);
    });
  }
}

describe('own vectors', () => {
  for (const [name, url] of filesOf(OWN)) runFile(name, url);
});

const shared = filesOf(SHARED);
describe('vectors of ../shared', () => {
  if (shared.length === 0) it.skip('not run: there is no ../shared/vectors beside the repository', () => {});
  for (const [name, url] of shared) runFile(name, url);
});

describe('vectors of ../shared, as a kernel or the RFC answers them', () => {
  if (shared.length === 0) it.skip('not run: there is no ../shared/vectors beside the repository', () => {});
  for (const [name, url] of shared) runFaithful(name, url);
});

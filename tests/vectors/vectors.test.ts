/**
 * Conformance cases through every algorithm, as the command line answers them. The project's own stand beside this
 * file; ../shared/vectors (recorded from the kernel's and the RFC's functions) is run too when it is there. Would
 * catch: any result of ours that differs from mainline other than in the ways its README lists, and any at all that
 * a profile's own algorithm gets wrong about the kernel or the RFC it stands for.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../src/cli/apply.ts';
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

/** Of an item, what stands there once, and how often it does. */
function bodyOf(item: Insns[number]): { body: readonly (readonly number[])[]; cnt: number } {
  if (!('n' in item)) return { body: [item], cnt: 1 };
  const body = Array.isArray(item.i[0]) ? (item.i as number[][]) : [item.i as number[]];
  return { body, cnt: item.n };
}

const writtenOut = (insns: Insns): number[][] =>
  insns.flatMap((item): number[][] => {
    const { body, cnt } = bodyOf(item);
    return Array.from({ length: cnt }, () => body.map((insn) => [...insn])).flat();
  });

/** What JSON.stringify writes of the insns written out, without making them: there may be 32,768. */
const textOf = (insns: Insns): string =>
  `[${insns
    .flatMap((item) => {
      const { body, cnt } = bodyOf(item);
      const text = body.map((insn) => JSON.stringify(insn)).join(',');
      return cnt === 0 || text === '' ? [] : [`${text},`.repeat(cnt).slice(0, -1)];
    })
    .join(',')}]`;

const insnCnt = (insns: Insns): number =>
  insns.reduce((sum, item) => {
    const { body, cnt } = bodyOf(item);
    return sum + body.length * cnt;
  }, 0);

/** SEMANTICS 7.4 for a function of a bigger table, from where its insns begin in mainline's answer. */
function functionLines(one: Case): number[][] {
  const { insns, line_info: lines, linfo_idx: from = 0 } = one.input;
  const starts = one.expect.array.idx_map as number[];
  const base = lines[from]?.[0] ?? 0;
  const end = insnCnt(insns);
  const grown = insnCnt(one.expect.array.insns ?? []) - end;
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
  // The last item belongs to the end marker and means nothing.
  if (want.subprog_linfo_idx) want.subprog_linfo_idx = (want.subprog_linfo_idx as number[]).slice(0, -1);
  for (const key of NOT_ANSWERED) delete want[key];
  return want;
}

async function answers(args: readonly string[], text: string): Promise<string[]> {
  let out = '';
  const status = await applyCommand(args, {
    readInput: async () => text,
    out: async (chunk) => {
      out += chunk;
    },
    err: async () => {},
  });
  expect(status).toBe(0);
  return out.trimEnd().split('\n');
}

/** What a case wants, its insns apart and in short. */
interface Wanted {
  readonly id: string;
  readonly keys: Readonly<Record<string, unknown>>;
  readonly insns: Insns | undefined;
}

function wantedOf({ id }: Case, { insns, ...keys }: Record<string, unknown>): Wanted {
  return { id, keys, insns: insns as Insns | undefined };
}

/**
 * Compare the keys that are wanted. Insns that stand in the line as they are wanted need not be parsed: a comparison of
 * 32,768 insns as objects takes a tenth of a second.
 */
function compare(line: string, { id, keys, insns }: Wanted): void {
  const insnsText = insns === undefined ? '' : `"insns":${textOf(insns)},`;
  const isSame = insnsText !== '' && line.includes(insnsText);
  const answer = JSON.parse(isSame ? line.replace(insnsText, '') : line) as Record<string, unknown>;
  if (answer.subprog_linfo_idx)
    answer.subprog_linfo_idx = (answer.subprog_linfo_idx as number[]).slice(0, -1);
  const want = insns === undefined || isSame ? keys : { ...keys, insns: writtenOut(insns) };
  const compared = Object.fromEntries(Object.keys(want).map((key) => [key, answer[key]]));
  expect({ id, ...compared }).toEqual({ id, ...want });
}

interface File {
  readonly name: string;
  readonly lines: readonly string[];
  readonly cases: readonly Case[];
}

function fileOf([name, url]: readonly [string, URL]): File {
  const lines = readFileSync(url, 'utf8').trimEnd().split('\n');
  return { name, lines, cases: lines.map((line): Case => JSON.parse(line)) };
}

function runFile({ name, lines, cases }: File): void {
  const text = lines.join('\n');
  const wants = cases.map((one) => wantedOf(one, wanted(one)));
  it.each(ALGORITHMS.map((one) => one.id))(`${name}: %s`, async (id) => {
    const got = await answers(['--algorithm', id], text);
    expect(got.length).toBe(wants.length);
    for (const [i, want] of wants.entries()) compare(got[i], want);
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
  if (want.subprog_linfo_idx) want.subprog_linfo_idx = (want.subprog_linfo_idx as number[]).slice(0, -1);
  return want;
}

/** The RFC makes no map when the length stays; "the same as" speaks of the result then. */
function recordedRfc(one: Case): Record<string, unknown> | null {
  const { list, array } = one.expect;
  const want = recorded(one, list);
  if (want === null || list === undefined || 'idx_map' in list || array.insns === undefined) return want;
  if (insnCnt(array.insns) === insnCnt(one.input.insns)) delete want.idx_map;
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

function runFaithful({ name, lines, cases }: File): void {
  for (const { args, recordedOf } of FAITHFUL) {
    const there = cases.flatMap((one, i) => {
      const want = recordedOf(one);
      return want === null ? [] : [{ line: lines[i], want: wantedOf(one, want) }];
    });
    const missing = cases.length - there.length;
    const note = missing > 0 ? ` (${missing} of ${cases.length} were not recorded)` : '';
    it.skipIf(there.length === 0)(`${name}${note}: ${args.join(' ')}`, async () => {
      const got = await answers(args, there.map(({ line }) => line).join('\n'));
      expect(got.length).toBe(there.length);
      for (const [i, { want }] of there.entries()) compare(got[i], want);
    });
  }
}

describe('own vectors', () => {
  for (const file of filesOf(OWN).map(fileOf)) runFile(file);
});

const shared = filesOf(SHARED).map(fileOf);
describe('vectors of ../shared', () => {
  if (shared.length === 0) it.skip('not run: there is no ../shared/vectors beside the repository', () => {});
  for (const file of shared) runFile(file);
});

describe('vectors of ../shared, as a kernel or the RFC answers them', () => {
  if (shared.length === 0) it.skip('not run: there is no ../shared/vectors beside the repository', () => {});
  for (const file of shared) runFaithful(file);
});

/**
 * Conformance cases through every algorithm, as the command line answers them. The project's own stand beside this
 * file; ../shared/vectors (recorded from the kernel's and the RFC's functions) is run too when it is there. Would
 * catch: any result that differs from mainline other than in the ways its README lists.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../src/cli/apply.ts';
import { passById } from '../../src/passes/index.ts';
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
  if (want.insns) want.insns = writtenOut(want.insns as Insns);
  // The last item belongs to the end marker and means nothing.
  if (want.subprog_linfo_idx) want.subprog_linfo_idx = (want.subprog_linfo_idx as number[]).slice(0, -1);
  for (const key of NOT_ANSWERED) delete want[key];
  return want;
}

async function answers(algorithm: string, text: string): Promise<Record<string, unknown>[]> {
  let out = '';
  const status = await applyCommand(['--algorithm', algorithm], {
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

const PIPELINE = ['hard_wire', 'dead_code', 'nops'];
const isBuilt = ({ input: { pass } }: Case): boolean =>
  pass === undefined || (pass === 'pipeline' ? PIPELINE : [pass]).every((id) => passById(id) !== undefined);

function runFile(name: string, url: URL): void {
  const lines = readFileSync(url, 'utf8').trimEnd().split('\n');
  const cases = lines.map((line): Case => JSON.parse(line));
  const built = cases.filter(isBuilt);
  const missing = cases.length - built.length;
  const note = missing > 0 ? ` (${missing} of ${cases.length} need a pass that is not built yet)` : '';
  it.skipIf(built.length === 0).each(ALGORITHMS.map((one) => one.id))(`${name}${note}: %s`, async (id) => {
    const got = await answers(id, lines.filter((_, i) => isBuilt(cases[i])).join('\n'));
    expect(got.length).toBe(built.length);
    for (const [i, one] of built.entries()) {
      const answer = { ...got[i] };
      if (answer.subprog_linfo_idx)
        answer.subprog_linfo_idx = (answer.subprog_linfo_idx as number[]).slice(0, -1);
      const want = wanted(one);
      // Long lists are compared as text first: a deep comparison of 32,768 insns takes a tenth of a second.
      if (JSON.stringify(answer.insns) === JSON.stringify(want.insns)) delete want.insns;
      const compared = Object.fromEntries(Object.keys(want).map((key) => [key, answer[key]]));
      expect({ id: one.id, ...compared }).toEqual({ id: one.id, ...want });
    }
  });
}

describe('own vectors', () => {
  for (const [name, url] of filesOf(OWN)) runFile(name, url);
});

const shared = filesOf(SHARED);
describe('vectors of ../shared', () => {
  if (shared.length === 0) it.skip('not run: there is no ../shared/vectors beside the repository', () => {});
  for (const [name, url] of shared) runFile(name, url);
});

/**
 * Every field of every context and socket at every offset and size, as Linux 6.18.44 (x86-64) takes it: which of all
 * loads and stores it accepts, and what it makes of each that it accepts, with the registers that ask for a third one as
 * well. The programs were loaded, never run. Would catch a field at the wrong place or of the wrong width, a mask or a
 * shift too many, a load let through or refused, and any slip in a recipe.
 */
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  type CtxType,
  ctxOf,
  fieldAt,
  loadAllowed,
  pointeeOf,
  storeAllowed,
} from '../../../src/kernel/ctx.ts';
import { PROG_TYPES } from '../../../src/kernel/prog-types.ts';
import { regTypeText } from '../../../src/kernel/reg-types.ts';
import { comparable, recordings, rewritten } from './ctx-linux.ts';
import { type Insn, wordsOf, wordsOfHex } from './shared.ts';

interface Recorded {
  /** Program type, or type of the pointer. */
  readonly ctx?: number;
  readonly pointee?: number;
  /** By kind and size, such as ld4: offsets, `4-12/4 20` for 4, 8, 12 and 20. */
  readonly accepts: Readonly<Record<string, string>>;
  /** Deflated, in base64: lines of an insn and what it became, in hex. */
  readonly rewrites: string;
}
const records = recordings<Recorded>('ctx-fields-6.18.jsonl');

const nameOf = ({ ctx, pointee }: Recorded): string =>
  ctx === undefined ? `a pointer to ${regTypeText(pointee!)}` : PROG_TYPES[ctx];
const structOf = ({ ctx, pointee }: Recorded): CtxType =>
  (ctx === undefined ? pointeeOf(pointee!) : ctxOf(ctx))!;
const named = records.map((record) => [nameOf(record), record] as const);

function offsetsOf(text: string): number[] {
  return text.split(' ').flatMap((part) => {
    const [, from, to = from, step = '1'] = /^(\d+)(?:-(\d+)(?:\/(\d+))?)?$/.exec(part)!;
    const cnt = (Number(to) - Number(from)) / Number(step) + 1;
    return Array.from({ length: cnt }, (_, k) => Number(from) + k * Number(step));
  });
}

/** The kind of an access: a load, one that extends signs, a store of a register and one of a constant. */
function allowed(struct: CtxType, kind: string, off: number, size: number): boolean {
  const field = fieldAt(struct, off);
  if (field === undefined) return false;
  return kind.startsWith('st')
    ? storeAllowed(field, off, size)
    : loadAllowed(field, off, size, kind === 'sx');
}

const KINDS = ['ld', 'sx', 'st', 'sti'].flatMap((kind) =>
  [1, 2, 4, 8].filter((size) => kind !== 'sx' || size < 8).map((size) => ({ kind, size })),
);

const MARK: Insn = [0xb7, 3, 0, 0, 0x77];
const END: Insn[] = [
  [0xb7, 0, 0, 0, 1],
  [0x95, 0, 0, 0, 0],
];
/** `if reg is set`, else the end. */
const must = (reg: number): Insn[] => [[0x55, reg, 0, 2, 0], ...END];
const SK: Insn[] = [[0x79, 1, 1, 168, 0], ...must(1)];
const callOnSk = (helper: number): Insn[] => [...SK, [0x85, 0, 0, 0, helper], ...must(0), [0xbf, 1, 0, 0, 0]];
/** How a pointer of that type gets into r1: the packet's socket, bpf_sk_fullsock(), bpf_tcp_sock(), a map of sockets. */
const POINTERS: Readonly<Record<number, { readonly progType: number; readonly insns: readonly Insn[] }>> = {
  12: { progType: 3, insns: SK },
  11: { progType: 3, insns: callOnSk(95) },
  13: { progType: 3, insns: callOnSk(96) },
  15: {
    progType: 6,
    insns: [
      ...([
        [0x7a, 10, 0, -8, 0],
        [0xbf, 2, 10, 0, 0],
        [0x07, 2, 0, 0, -8],
        [0x18, 1, 1, 0, 1],
      ] as Insn[]),
      ...([[0, 0, 0, 0, 0], [0x85, 0, 0, 0, 1], ...must(0), [0xbf, 1, 0, 0, 0]] as Insn[]),
    ],
  },
};

/** Each access by itself behind a mark, its pointer and what it stores made ready before the mark. */
function programOf({ ctx, pointee }: Recorded, accesses: readonly string[]) {
  const { progType, insns } = pointee === undefined ? { progType: ctx!, insns: [] } : POINTERS[pointee];
  const before = wordsOf([...insns, [0x7b, 10, 1, -16, 0]]);
  const words = [...before];
  for (const hex of accesses) {
    const access = wordsOfHex(hex);
    const [code, dst, src] = [access[0] & 0xff, (access[0] >>> 8) & 15, (access[0] >>> 12) & 15];
    const isStore = (code & 7) !== 1;
    const ready: Insn[] = [[0x79, isStore ? dst : src, 10, -16, 0]];
    if ((code & 7) === 3) ready.push([0xb7, src, 0, 0, 0]);
    words.push(...wordsOf([...ready, MARK]), ...access);
  }
  return { progType, insns: Int32Array.from([...words, ...wordsOf([MARK, ...END])]) };
}

/** What stands behind each mark, without what makes the next access ready. */
function segments(lines: readonly string[], accesses: readonly string[]): string[][] {
  const [mark] = comparable(wordsOf([MARK]), 'ours');
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (line === mark) parts.push([]);
    else parts.at(-1)!.push(line);
  }
  const readyCnt = (access: string | undefined): number =>
    access === undefined ? 0 : (wordsOfHex(access)[0] & 7) === 3 ? 2 : 1;
  return accesses.map((_, k) => parts[k + 1].slice(0, parts[k + 1].length - readyCnt(accesses[k + 1])));
}

interface Row {
  readonly access: string;
  readonly after: string;
}

/** Programs that read tstamp_type are another matter, as that changes what becomes of tstamp. */
function programsOf(record: Recorded): readonly (readonly Row[])[] {
  const text = inflateRawSync(Buffer.from(record.rewrites, 'base64')).toString();
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const typeOff = structOf(record).fields.find(({ name }) => name === 'tstamp_type')?.off;
  const groups: [Row[], Row[]] = [[], []];
  for (const [access, after] of rows)
    groups[Number(wordsOfHex(access)[0] >> 16 === typeOff)].push({ access, after });
  return groups.filter((group) => group.length > 0);
}

describe('contexts are those of Linux 6.18.44', () => {
  it.each(named)('%s: the loads and stores that it accepts', (_, record) => {
    const struct = structOf(record);
    const offs = Array.from({ length: struct.size + 8 }, (__, off) => off);
    const ours = KINDS.map(({ kind, size }) => [
      `${kind}${size}`,
      offs.filter((off) => allowed(struct, kind, off, size)),
    ]);
    const theirs = KINDS.map(({ kind, size }) => [
      `${kind}${size}`,
      record.accepts[`${kind}${size}`] === undefined ? [] : offsetsOf(record.accepts[`${kind}${size}`]),
    ]);
    expect(ours).toEqual(theirs);
  });

  it.each(named)('%s: what it makes of them', (_, record) => {
    const wrong = programsOf(record).flatMap((rows) => {
      const accesses = rows.map(({ access }) => access);
      const all = segments(comparable(rewritten(programOf(record, accesses)), 'ours'), accesses);
      return rows.flatMap(({ access, after }, k) => {
        const [theirs, ours] = [comparable(wordsOfHex(after), 'kernel'), all[k]];
        return theirs.join() === ours.join() ? [] : [{ access, theirs, ours }];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('all types and pointers are recorded, each field with a rewrite', () => {
    expect(named).toHaveLength(25);
    for (const record of records) {
      const loads = new Set(Object.entries(record.accepts).flatMap(([, text]) => offsetsOf(text)));
      for (const { name, off, loads: sizes } of structOf(record).fields)
        if (sizes !== 0) expect(loads, name).toContain(off);
    }
  });
});

/** Random programs and edits that make sense, built from raw numbers so that a failing case shrinks. */
import fc from 'fast-check';
import { FLOW, flowOf } from '../../src/isa/flow.ts';
import { withOff, word0 } from '../../src/isa/insn.ts';
import type { PatchOp } from '../../src/patch/ops.ts';
import {
  type AuxColumns,
  auxColumns,
  DELETED,
  makeProgram,
  PLACES_KINDS,
  type Places,
  type Program,
  slotCnt,
} from '../../src/program/program.ts';

/** Insns by kind; where one jumps, the distance is filled in later. */
const KINDS: readonly (readonly [number, number])[] = [
  [word0(0xb7, 1, 0, 0), 7], // r1 = 7
  [word0(0x04, 2, 0, 0), 1], // w2 += 1
  [word0(0xdc, 3, 0, 0), 64], // a byte swap of all 64 bits
  [word0(0x61, 4, 1, 8), 0], // a 32-bit load
  [word0(0xc3, 1, 2, 0), 1], // fetching atomic
  [word0(0x85, 0, 0, 0), 5], // helper call
  [word0(0x95, 0, 0, 0), 0], // exit
  [word0(0x05, 0, 0, 0), 0], // ja
  [word0(0x15, 1, 0, 0), 3], // if r1 == 3
  [word0(0x1e, 1, 2, 0), 0], // if w1 == w2
  [word0(0xe5, 0, 0, 0), 0], // may_goto
  [word0(0x06, 0, 0, 0), 0], // gotol
  [word0(0x85, 0, 1, 0), 0], // bpf2bpf call
  [word0(0x18, 5, 0, 0), 1], // ld_imm64, two slots
  [word0(0x18, 2, 4, 0), 0], // ld_imm64 of a function, two slots
];

export interface RawInsn {
  readonly kind: number;
  readonly target: number;
}
const rawInsn: fc.Arbitrary<RawInsn> = fc.record({
  kind: fc.nat(KINDS.length - 1),
  target: fc.nat(1000),
});

export const aim = (w0: number, imm: number, distance: number): [number, number] =>
  flowOf(w0) === FLOW.OFF ? [withOff(w0, distance), imm] : [w0, distance];

/** Slots of raw insns; `distance` says how far the jump in a slot goes. */
function slotsOf(raw: readonly RawInsn[], distance: (slot: number, target: number) => number): Int32Array {
  const words: number[] = [];
  for (const { kind, target } of raw) {
    const [w0, imm] = KINDS[kind];
    const slot = words.length / 2;
    words.push(...(flowOf(w0) === FLOW.NONE ? [w0, imm] : aim(w0, imm, distance(slot, target))));
    if ((w0 & 0xff) === 0x18) words.push(0, 99);
  }
  return Int32Array.from(words);
}

const cntOf = (raw: readonly RawInsn[]): number => slotsOf(raw, () => 0).length / 2;

export interface RawProgram {
  readonly body: readonly RawInsn[];
  readonly lines: readonly boolean[];
  readonly starts: readonly number[];
  readonly aux: readonly number[] | null;
  /** Tables of places: a table begins with every multiple of ten; others are entries. */
  readonly places: readonly number[];
  /** One jump in so many leads out of the program. */
  readonly stray: boolean;
}

export const rawProgram: fc.Arbitrary<RawProgram> = fc.record({
  body: fc.array(rawInsn, { maxLength: 24 }),
  lines: fc.array(fc.boolean(), { maxLength: 30 }),
  starts: fc.array(fc.nat(40), { maxLength: 3 }),
  aux: fc.option(fc.array(fc.nat(255), { minLength: 1, maxLength: 12 })),
  places: fc.array(fc.nat(99), { maxLength: 12 }),
  stray: fc.boolean(),
});

/** Entries in any order, some twice, one of nine deleted, one of nine behind the program. */
function placesOf(raw: readonly number[], n: number): Places[] {
  const tables: { kind: Places['kind']; name: number; at: number[] }[] = [];
  for (const one of raw) {
    if (one % 10 === 0) tables.push({ kind: PLACES_KINDS[(one / 10) % 3], name: (one % 4) - 1, at: [] });
    else tables.at(-1)?.at.push(one % 9 === 0 ? DELETED : one % 9 === 1 ? n : one % Math.max(1, n));
  }
  return tables.map((table) => ({ ...table, at: Int32Array.from(table.at) }));
}

export function programOf(raw: RawProgram): Program {
  const n = cntOf(raw.body);
  const insns = slotsOf(raw.body, (slot, target) => {
    const edge = raw.stray && target > 970 ? (target % 2 === 0 ? n + 3 : -2) : target % (n + 1);
    return edge - slot - 1;
  });
  const starts = [...new Set([0, ...(n === 0 ? [] : raw.starts).map((one) => one % n)])].toSorted(
    (a, b) => a - b,
  );
  const offs = Array.from({ length: n }, (_, i) => i).filter(
    (i) => starts.includes(i) || raw.lines[i % Math.max(1, raw.lines.length)] === true,
  );
  const column = (f: (i: number) => number) => Int32Array.from(offs, (_, i) => f(i));
  const noise = raw.aux;
  const record = (salt: number) => (i: number) =>
    ((noise ?? [0])[(i * 7 + salt) % (noise?.length ?? 1)] * (salt + 3)) % 5;
  const aux: AuxColumns | null =
    noise &&
    auxColumns(n, {
      seen: Int32Array.from({ length: n }, (_, i) => record(1)(i)),
      zextDst: Uint8Array.from({ length: n }, (_, i) => record(2)(i) & 1),
      ptrType: Int32Array.from({ length: n }, (_, i) => record(3)(i)),
      ctxFieldSize: Int32Array.from({ length: n }, (_, i) => record(4)(i)),
      aluState: Int32Array.from({ length: n }, (_, i) => record(5)(i)),
      aluLimit: Int32Array.from({ length: n }, (_, i) => record(6)(i)),
      mapIdx: Int32Array.from({ length: n }, (_, i) => record(7)(i)),
      callArg: Int32Array.from({ length: n }, (_, i) => record(8)(i)),
    });
  return makeProgram({
    insns,
    lineInfo: {
      insnOff: Int32Array.from(offs),
      file: column(() => 1),
      line: column((i) => i + 10),
      col: column((i) => i % 3),
      text: column((i) => (i % 2) - 1),
    },
    subprogs: {
      start: Int32Array.from(starts),
      ident: Int32Array.from(starts, (_, k) => k),
      name: Int32Array.from(starts, (_, k) => k - 1),
      linfoIdx: Int32Array.from(starts, (one) => Math.max(0, offs.indexOf(one))),
      stackDepth: Int32Array.from(starts, (_, k) => 8 * k - 1),
    },
    places: placesOf(raw.places, n),
    aux,
    strings: ['main'],
  });
}

export interface RawOp {
  readonly kind: number;
  readonly at: number;
  readonly cnt: number;
  readonly body: readonly RawInsn[];
  /** Raw exits: which slot, where to; only jumps take them. */
  readonly exits: readonly number[];
}

export const rawOps: fc.Arbitrary<readonly RawOp[]> = fc.array(
  fc.record({
    kind: fc.nat(4),
    at: fc.nat(200),
    cnt: fc.integer({ min: 1, max: 4 }),
    body: fc.array(rawInsn, { minLength: 1, maxLength: 4 }),
    exits: fc.array(fc.nat(300), { maxLength: 2 }),
  }),
  { maxLength: 10 },
);

/** Where a patch's jump leads: half of them stay inside, the others leave for a slot of the program. */
function patchInsns(body: readonly RawInsn[], at: number, n: number, prepend: boolean): Int32Array {
  const m = cntOf(body);
  const last = prepend ? m : m - 1;
  return slotsOf(body, (slot, target) => {
    const to = (target >> 1) % (n + 1);
    let inPatch = (target >> 1) % (last + 1);
    if ((target & 1) === 1) {
      if (to < at) inPatch = to - at;
      else if (to > at) inPatch = prepend ? m + to - at : m + to - at - 1;
    }
    return inPatch - slot - 1;
  });
}

function opOf(raw: RawOp, n: number): PatchOp {
  const at = raw.at % n;
  if (raw.kind === 4) return { kind: 'remove', at, cnt: Math.min(raw.cnt, n - at) };
  const kind = raw.kind < 2 ? 'replace' : 'prepend';
  const insns = patchInsns(raw.body, at, n, kind === 'prepend');
  const jumps = Array.from({ length: insns.length / 2 }, (_, s) => s).filter(
    (s) => flowOf(insns[2 * s]) !== FLOW.NONE,
  );
  const slots = new Set(jumps.length === 0 ? [] : raw.exits.map((x) => jumps[x % jumps.length]));
  const exits = [...slots].toSorted((a, b) => a - b).map((slot, i) => ({ slot, to: raw.exits[i] % (n + 1) }));
  return exits.length > 0 ? { kind, at, insns, exits } : { kind, at, insns };
}

/** Edits in any order; those that clash with an earlier one are left out unless `wild`. */
export function opsOf(raw: readonly RawOp[], program: Program | number, wild = false): PatchOp[] {
  const n = typeof program === 'number' ? program : slotCnt(program);
  if (n === 0) return [];
  const ops = raw.map((one) => opOf(one, n));
  if (wild) return ops;
  const taken = new Map<number, string>();
  return ops.filter((op) => {
    const slots = op.kind === 'remove' ? Array.from({ length: op.cnt }, (_, i) => op.at + i) : [op.at];
    const free = slots.every((t) => {
      const held = taken.get(t) ?? '';
      return op.kind === 'prepend'
        ? !held.includes('x')
        : op.kind === 'remove'
          ? held === ''
          : !/[rx]/.test(held);
    });
    const mark = { replace: 'r', prepend: 'p', remove: 'x' }[op.kind];
    if (free) for (const t of slots) taken.set(t, (taken.get(t) ?? '') + mark);
    return free;
  });
}

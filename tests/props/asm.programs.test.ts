/**
 * Print → read → print is the identity for whole programs, with functions and their stacks, labels, source lines, aux,
 * patches, setting and tables of places, and what is read has the same values. Would catch a name, a line, a map or a
 * patch that a text cannot carry.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble } from '../../src/asm/assemble.ts';
import { AUX_FIELDS, type AuxGiven, type PatchPoint } from '../../src/asm/assembly.ts';
import { type DisassembleOptions, disassemble } from '../../src/asm/disassemble.ts';
import { word0 } from '../../src/isa/insn.ts';
import { insnsHex } from '../../src/program/hex.ts';
import { DELETED, makeProgram, PLACES_KINDS, type Places, type Program } from '../../src/program/program.ts';
import type { MapInfo, Setting } from '../../src/program/setting.ts';

interface Made {
  readonly program: Program;
  readonly setting: Setting;
  readonly auxGiven: readonly AuxGiven[];
  readonly patchPoints: readonly PatchPoint[];
}

const reg = fc.nat({ max: 10 });
/** Insns by number of slots; jumps get their distances when the program is laid out. */
const piece = fc.oneof(
  fc.tuple(reg, fc.integer()).map(([d, imm]) => ({ words: [word0(0xb7, d, 0, 0), imm], jump: '' })),
  fc.tuple(reg, reg).map(([d, s]) => ({ words: [word0(0x0f, d, s, 0), 0], jump: '' })),
  fc.tuple(reg, fc.integer(), fc.integer()).map(([d, lo, hi]) => ({
    words: [word0(0x18, d, 0, 0), lo, 0, hi],
    jump: '',
  })),
  fc.tuple(reg, fc.integer()).map(([d, imm]) => ({ words: [word0(0x15, d, 0, 0), imm], jump: 'off' })),
  fc.constant({ words: [0x06, 0], jump: 'imm' }),
  fc.constant({ words: [word0(0x85, 0, 1, 0), 0], jump: 'imm' }),
  fc.tuple(reg).map(([d]) => ({ words: [word0(0x18, d, 4, 0), 0, 0, 0], jump: 'imm' })),
  fc.constant({ words: [0x95, 0], jump: '' }),
);
type Piece = typeof piece extends fc.Arbitrary<infer T> ? T : never;

const name = fc.oneof(
  fc.constantFrom(
    'main',
    'L3',
    '.Lx',
    'exit',
    'r1',
    'with space',
    '',
    'call',
    'pc',
    's',
    'bpf_loop',
    'kernel',
    '"',
  ),
  fc.string({ maxLength: 6 }),
);
const file = fc.oneof(
  fc.constantFrom('a.c', './src/b.h', 'c:\\d.c', 'my file.c', '', 'x:1:2'),
  fc.string({ maxLength: 8 }),
);
const source = fc.oneof(
  fc.constantFrom('return 0;', '', ' x ', 'a @ b.c:3', '; y', 'if (a[1]) [file:z]'),
  fc.string(),
);

const u32 = fc.oneof(fc.constantFrom(0, 1, 0x7fffffff, 0xffffffff), fc.nat());
const bytes = fc.uint8Array({ minLength: 1, maxLength: 9 });
/** Frozen values are the whole value. */
const plainMap: fc.Arbitrary<MapInfo> = fc
  .record({
    name,
    type: fc.oneof(fc.nat({ max: 34 }), fc.constantFrom(99, 0xffffffff)),
    ...{ keySize: u32, valueSize: u32, maxEntries: u32, flags: u32 },
    frozen: fc.option(bytes),
  })
  .map((map) => ({ ...map, valueSize: map.frozen?.length ?? map.valueSize, ref: 0, inner: null }));
const maps = fc.uniqueArray(
  fc
    .tuple(fc.oneof(fc.integer(), fc.nat({ max: 9 })), plainMap, fc.option(plainMap))
    .map(([ref, map, inner]) => ({ ...map, ref, inner })),
  { selector: (map) => map.ref, maxLength: 4 },
);
const setting: fc.Arbitrary<Setting> = fc
  .record({
    progType: fc.oneof(fc.nat({ max: 33 }), fc.constant(0xffffffff)),
    attach: fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: undefined }),
    unprivileged: fc.boolean(),
    maps,
  })
  // What is not so is not said.
  .map(({ attach, unprivileged, ...rest }) => ({
    ...rest,
    ...(attach !== undefined && { attach }),
    ...(unprivileged && { unprivileged }),
  }));

/** Tables of places by kind and name: two of a kind with the same name would be one. */
const tables = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...PLACES_KINDS),
    name: fc.option(name),
    picks: fc.array(fc.option(fc.nat(), { freq: 4 }), { minLength: 1, maxLength: 20 }),
    isEmpty: fc.boolean(),
  }),
  { selector: (table) => `${table.kind} ${JSON.stringify(table.name)}`, maxLength: 4 },
);

/** Start slots of the pieces, and the number of slots. */
function layOut(pieces: readonly Piece[]): { starts: number[]; n: number } {
  const starts: number[] = [];
  let n = 0;
  for (const { words } of pieces) {
    starts.push(n);
    n += words.length / 2;
  }
  return { starts, n };
}

/** Words with every jump led to the start of some piece. */
function link(pieces: readonly Piece[], starts: readonly number[], picks: readonly number[]): number[] {
  const words: number[] = [];
  pieces.forEach((one, i) => {
    const own = [...one.words];
    const distance = starts[picks[i % picks.length] % starts.length] - starts[i] - 1;
    if (one.jump === 'off') own[0] = (own[0] & 0xffff) | (distance << 16);
    else if (one.jump === 'imm') own[1] = distance;
    words.push(...own);
  });
  return words;
}

const made: fc.Arbitrary<Made> = fc
  .record({
    pieces: fc.array(piece, { minLength: 1, maxLength: 30 }),
    picks: fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
    names: fc.array(name, { minLength: 1, maxLength: 8 }),
    more: fc.array(fc.nat(), { maxLength: 3 }),
    lines: fc.array(fc.tuple(fc.nat(), file, fc.nat(), fc.nat({ max: 1000 }), fc.option(source)), {
      maxLength: 8,
    }),
    setting,
    tables,
    stacks: fc.array(fc.option(fc.nat()), { minLength: 1, maxLength: 5 }),
    aux: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...AUX_FIELDS), fc.integer()), { maxLength: 4 }),
    patches: fc.array(
      fc.tuple(fc.nat(), fc.boolean(), fc.array(piece, { minLength: 1, maxLength: 5 }), fc.nat()),
      {
        maxLength: 4,
      },
    ),
  })
  .map(({ pieces, picks, names, more, lines, setting, tables, stacks, aux, patches }) => {
    const { starts } = layOut(pieces);
    const at = (pick: number): number => starts[pick % starts.length];
    const insns = Int32Array.from(link(pieces, starts, picks));
    const strings: string[] = [];
    const index = (text: string): number => strings.push(text) - 1;
    const called = pieces.flatMap((one, i) =>
      one.jump === 'imm' && one.words[0] !== 0x06 ? [starts[picks[i % picks.length] % starts.length]] : [],
    );
    const funcs = [...new Set([0, ...called, ...more.map(at)])].sort((a, b) => a - b);
    const byOff = new Map(lines.map((line) => [at(line[0]), line]));
    const offs = [...byOff.keys()].sort((a, b) => a - b);
    const lineOf = (off: number) => byOff.get(off) as (typeof lines)[number];
    const lineInfo = {
      insnOff: Int32Array.from(offs),
      file: Int32Array.from(offs, (off) => (lineOf(off)[1] === '' ? -1 : index(lineOf(off)[1]))),
      line: Int32Array.from(offs, (off) => lineOf(off)[2]),
      col: Int32Array.from(offs, (off) => lineOf(off)[3]),
      text: Int32Array.from(offs, (off) => (lineOf(off)[4] === null ? -1 : index(lineOf(off)[4] as string))),
    };
    const subprogs = {
      start: Int32Array.from(funcs),
      ident: Int32Array.from(funcs, (_, i) => i),
      name: Int32Array.from(funcs, (_, i) => (names[i] === undefined ? -1 : index(names[i]))),
      linfoIdx: Int32Array.from(funcs, (start) => offs.filter((off) => off < start).length),
      stackDepth: Int32Array.from(funcs, (_, i) => stacks[i % stacks.length] ?? -1),
    };
    const places = tables.map(
      ({ kind, name, picks, isEmpty }): Places => ({
        kind,
        name: name === null ? -1 : index(name),
        at:
          isEmpty && name !== null
            ? new Int32Array(0)
            : Int32Array.from(picks, (pick) => (pick === null ? DELETED : at(pick))),
      }),
    );
    const sorted = [...new Map(patches.map((patch) => [at(patch[0]), patch])).entries()].sort(
      (a, b) => a[0] - b[0],
    );
    return {
      program: makeProgram({ insns, lineInfo, subprogs, places, strings }),
      setting,
      auxGiven: aux
        .map(([slot, field, value]) => ({ slot: at(slot), field, value }))
        // A field of an insn is stated once.
        .filter(
          ({ slot, field }, k, all) => all.findIndex((one) => one.slot === slot && one.field === field) === k,
        )
        .sort((a, b) => a.slot - b.slot),
      patchPoints: sorted.map(([slot, [, prepend, body, pick]]) => patchOf(body, slot, prepend, at(pick))),
    };
  });

/** Jumps of a patch alternate between staying inside and leaving by name. */
function patchOf(body: readonly Piece[], at: number, prepend: boolean, to: number): PatchPoint {
  const { starts } = layOut(body);
  const words = body.flatMap(({ words }) => words);
  const exits = body.flatMap(({ jump }, i) => (jump !== '' && i % 2 === 0 ? [{ slot: starts[i], to }] : []));
  return {
    kind: prepend ? 'prepend' : 'replace',
    at,
    cnt: 1,
    insns: Int32Array.from(words),
    exits,
    from: 0,
    to: 0,
  };
}

/** What a text carries of a program, without the numbering of strings. */
function gist({ program, setting, auxGiven, patchPoints }: Made): unknown {
  const { strings, lineInfo, subprogs, places } = program;
  return {
    insns: insnsHex(program.insns, ' '),
    lines: [...lineInfo.insnOff].map((off, i) => [
      off,
      strings[lineInfo.file[i]],
      lineInfo.line[i],
      lineInfo.col[i],
      strings[lineInfo.text[i]],
    ]),
    subprogs: [...subprogs.start].map((start, i) => [
      start,
      strings[subprogs.name[i]],
      subprogs.linfoIdx[i],
      subprogs.stackDepth[i],
    ]),
    places: places.map(({ kind, name, at }) => [kind, strings[name], ...at]),
    setting,
    auxGiven,
    patches: patchPoints.map(({ kind, at, cnt, insns, exits }) => [
      kind,
      at,
      cnt,
      insnsHex(insns, ' '),
      exits,
    ]),
  };
}

const options: fc.Arbitrary<DisassembleOptions> = fc.record({
  dialect: fc.constantFrom('kernel', 'llvm'),
  immBase: fc.constantFrom('hex', 'dec'),
});

test('print → read gives the same program, and printing that the same text', () => {
  fc.assert(
    fc.property(made, options, (input, style) => {
      const text = disassemble(input.program, { ...style, ...input });
      const { value, diagnostics } = assemble(text);
      expect(
        diagnostics.filter(({ code }) => !/falls|out-of-program/.test(code)),
        text,
      ).toEqual([]);
      // Replacing a 64-bit load is said as two edits, which a text states as one.
      const patchPoints = value.patchPoints.filter(({ kind }) => kind !== 'remove');
      expect(gist({ ...value, patchPoints }), text).toEqual(gist(input));
      expect(disassemble(value.program, { ...style, ...value, patchPoints })).toBe(text);
    }),
    { numRuns: 400 },
  );
});

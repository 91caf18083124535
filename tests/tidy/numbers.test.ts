/**
 * Holds "no opcode, helper or ctx number outside isa/ and kernel/". Catches: a number that has a name there and is given it
 * a second time elsewhere, and an opcode, a flag or the meaning of a field written as a number. What it cannot see is a
 * number put together from others, or one under a name that says something else.
 */
import { expect, test } from 'vitest';
import { type SourceFile, SRC, withoutComments } from './source.ts';

const roomOf = ({ path }: SourceFile): string => path.split('/')[1];

/** Where numbers of BPF and of Linux have their names, beside the two rooms. */
const ALSO_HOMES: ReadonlySet<string> = new Set(['src/base/errno.ts', 'src/program/map-number.ts']);
const isHome = (file: SourceFile): boolean =>
  ['isa', 'kernel'].includes(roomOf(file)) || ALSO_HOMES.has(file.path);

/** Rooms that work on insns; figures and views have numbers of other things by the same short names. */
const SPEAK_BPF = ['program', 'asm', 'analysis', 'patch', 'passes', 'recipes', 'pipeline', 'cli'] as const;
const speaksBpf = (file: SourceFile): boolean =>
  SPEAK_BPF.some((room) => room === roomOf(file)) && !isHome(file);

/** Tables of numbers whose names say what they are without that of the table. */
const TABLES = /^export const (?:ATOMIC|ERRNO|ALU_STATE|POINTER_FLAG|HELPER) = \{([^}]*)\}/gm;

/** Names of the constants that a file defines as numbers, wherever in it. */
const constantsOf = ({ text }: SourceFile): string[] =>
  [
    ...withoutComments(text).matchAll(
      /^ *(?:export )?const ([A-Z][A-Z0-9_]*)(?:: number)? = -?(?:0[xb][0-9a-f_]+|\d[\d_]*)\b.*;/gm,
    ),
  ].map(([, name]) => name);

const keysOf = ({ text }: SourceFile): string[] =>
  [...withoutComments(text).matchAll(TABLES)].flatMap(([, body]) =>
    [...body.matchAll(/\b([A-Z][A-Z0-9_]*):/g)].map(([, name]) => name),
  );

const homes = SRC.filter(isHome).flatMap((file) =>
  [...constantsOf(file), ...keysOf(file)].map((name) => ({ name, path: file.path })),
);

test('what isa/ and kernel/ give a name to is defined nowhere else', () => {
  const named = new Set(homes.map(({ name }) => name));
  for (const name of ['CMPXCHG', 'EINVAL', 'FP', 'F_INNER_MAP', 'MAX_LOOPS', 'PSEUDO_KFUNC', 'ZEXT_MARK'])
    expect(named).toContain(name);
  const again = SRC.filter(speaksBpf).flatMap((file) =>
    constantsOf(file)
      .filter((name) => named.has(name.replace(/^BPF_/, '')))
      .map((name) => `${file.path}: ${name}`),
  );
  expect(again).toEqual([]);
});

test('... and there only once', () => {
  const twice = homes.filter(({ name }, i) => homes.findIndex((other) => other.name === name) !== i);
  expect(twice).toEqual([]);
});

/** Opcodes, flags and what an atomic's imm says are small, and masks of ones are neither. */
const OPCODE_MAX = 0xfff;
const isMask = (value: number): boolean => (value & (value + 1)) === 0;

type Room = (typeof SPEAK_BPF)[number];

const SIGNS: readonly { readonly what: string; readonly pattern: RegExp; readonly but: readonly Room[] }[] = [
  // Texts are full of characters and examples.
  { what: 'an opcode or a flag', pattern: /(?<![\w'])0x[0-9a-f]+\b/g, but: ['asm', 'cli'] },
  // These have flags of their own.
  {
    what: 'a bit of a word of flags',
    pattern: /\bconst [A-Z][A-Z0-9_]* = 1 << \d+/g,
    but: ['analysis', 'cli'],
  },
  { what: 'the meaning of a field', pattern: /\b(?:code|src|off)Of\([^()]*\) *[!=]== *-?[1-9]\d*/g, but: [] },
  { what: 'an insn', pattern: /\bword0\([1-9]/g, but: [] },
];

const isHarmless = (found: string): boolean =>
  found.startsWith('0x') && (Number(found) > OPCODE_MAX || isMask(Number(found)));

test.each(SIGNS)('$what is not written as a number', ({ pattern, but }) => {
  const looked = SRC.filter((file) => speaksBpf(file) && !but.some((room) => room === roomOf(file)));
  const found = looked.flatMap((file) =>
    [...withoutComments(file.text).matchAll(pattern)]
      .filter(([text]) => !isHarmless(text))
      .map(([text]) => `${file.path}: ${text}`),
  );
  expect(found).toEqual([]);
});

/**
 * What a text says beside its insns: the setting, tables of places, stacks, and names of pointer types. Would catch a
 * fact that is read as another one, lost, or taken from a line that compilers write.
 */
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import type { Assembly } from '../../../src/asm/assembly.ts';
import { disassemble } from '../../../src/asm/disassemble.ts';
import { MAP_TYPES } from '../../../src/kernel/map-types.ts';
import { PROG_TYPES, progTypeNumber } from '../../../src/kernel/prog-types.ts';
import { regTypeNumber, regTypeText } from '../../../src/kernel/reg-types.ts';
import { DELETED, type Program } from '../../../src/program/program.ts';
import { NO_SETTING } from '../../../src/program/setting.ts';

function clean(text: string): Assembly {
  const { value, diagnostics } = assemble(text);
  expect(diagnostics).toEqual([]);
  return value;
}
const places = ({ places, strings }: Program): unknown[] =>
  places.map(({ kind, name, at }) => [kind, strings[name] ?? null, [...at]]);
const stacks = ({ subprogs }: Program): number[][] =>
  [...subprogs.start].map((start, i) => [start, subprogs.stackDepth[i]]);

describe('kernel numbers', () => {
  // Spot values of the three enums: a name too many or too few moves all behind it.
  test.each([
    [PROG_TYPES, 'sched_cls', 3],
    [PROG_TYPES, 'xdp', 6],
    [PROG_TYPES, 'sock_ops', 13],
    [PROG_TYPES, 'tracing', 26],
    [PROG_TYPES, 'netfilter', 32],
    [MAP_TYPES, 'array', 2],
    [MAP_TYPES, 'prog_array', 3],
    [MAP_TYPES, 'hash_of_maps', 13],
    [MAP_TYPES, 'sk_storage', 24],
    [MAP_TYPES, 'ringbuf', 27],
    [MAP_TYPES, 'arena', 33],
  ])('%#: %s %s', (names, name, number) => {
    expect(names.indexOf(name)).toBe(number);
    expect(names.lastIndexOf(name)).toBe(number);
  });

  test.each([
    ['scalar', 1],
    ['ctx', 2],
    ['map_value', 4],
    ['fp', 6],
    ['pkt', 8],
    ['sock', 11],
    ['xdp_sock', 15],
    ['ptr_', 16],
    ['dynptr_ptr', 21],
  ])('%s is register type %i', (name, number) => {
    expect(regTypeNumber(name)).toBe(number);
    expect(regTypeText(number)).toBe(name);
  });

  test('no name is given for nothing known, for flags and for what is out of range', () => {
    expect([0, 22, -1, 0x102].map(regTypeText)).toEqual(['0', '22', '-1', '258']);
    expect(regTypeNumber('?')).toBe(-1);
  });

  test('words of sections name types too', () => {
    expect(['tc', 'socket', 'sockops', 'raw_tp'].map(progTypeNumber)).toEqual([3, 1, 13, 17]);
    expect(progTypeNumber('constructor')).toBe(-1);
  });
});

describe('.prog', () => {
  test.each([
    ['tc', 3],
    ['sched_cls', 3],
    ['6', 6],
    ['0x20', 32],
    ['77', 77],
    ['unspec', 0],
  ])('%s', (word, number) => {
    expect(clean(`.prog ${word} ; comment\nexit`).setting).toEqual({ progType: number, maps: [] });
  });

  test.each([
    ['struct_ops "Qdisc_ops.reset"', { progType: 27, attach: 'Qdisc_ops.reset' }],
    ['fexit', { progType: 26, attach: 'fexit' }],
    ['socket unprivileged', { progType: 1, unprivileged: true }],
    ['tracing "fmod_ret.s" unprivileged', { progType: 26, attach: 'fmod_ret.s', unprivileged: true }],
  ])('what it attaches to, and by whom it is loaded: %s', (words, said) => {
    const { setting, program } = clean(`.prog ${words}\nexit`);
    expect(setting).toEqual({ ...said, maps: [] });
    expect(clean(disassemble(program, { setting })).setting).toEqual(setting);
  });

  test.each(['tc privileged', 'tc "a" "b"', 'unprivileged tc x'])('%s is no such line', (words) => {
    const { diagnostics } = assemble(`.prog ${words}\nexit`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['bad-directive']);
  });

  test('functions that are not static are global, but for the first, which is looked at anyway', () => {
    const text =
      '.globl main\n.func main\ncall one\ncall two\nexit\n.func one\nexit\n.globl two\n.func two\nexit\n.globl data\n';
    const { setting, program } = clean(text);
    expect(setting.globals).toEqual([2]);
    expect(clean(disassemble(program, { setting })).setting).toEqual(setting);
  });

  test('a text that says nothing has no setting', () => {
    expect(clean('exit').setting).toEqual(NO_SETTING);
  });
});

describe('.map', () => {
  test('every field', () => {
    const text = '.map 4 array key=4 value = 4 max=0x10 flags=0x80 name=.rodata frozen=002aFFe1 // x\nexit';
    expect(clean(text).setting.maps).toEqual([
      {
        ...{ ref: 4, name: '.rodata', type: 2, keySize: 4, valueSize: 4, maxEntries: 16, flags: 0x80 },
        ...{ frozen: Uint8Array.of(0, 0x2a, 0xff, 0xe1), inner: null },
      },
    ]);
  });

  test('fields behind inner= are those of the map inside', () => {
    const [map] = clean('.map 9 array_of_maps key=4 max=2 inner=hash key=8 value=16 name="a b"\nexit').setting
      .maps;
    expect(map).toMatchObject({ ref: 9, type: 12, keySize: 4, valueSize: 0, maxEntries: 2, name: '' });
    expect(map.inner).toMatchObject({
      ref: 0,
      type: 1,
      keySize: 8,
      valueSize: 16,
      maxEntries: 0,
      name: 'a b',
    });
  });

  test('a number is that of the insns, signed and unsigned', () => {
    const { setting, program } = clean('.map 0xffffffff hash\n.map -2 99\nr1 = map[fd:4294967295]\nexit');
    expect(setting.maps.map(({ ref, type }) => [ref, type])).toEqual([
      [-1, 1],
      [-2, 99],
    ]);
    expect(program.insns[1]).toBe(setting.maps[0].ref);
  });

  test('frozen values give the size where the text does not', () => {
    expect(clean('.map 1 array frozen=0102\nexit').setting.maps[0].valueSize).toBe(2);
  });
});

describe('tables of places', () => {
  test('lines of one kind and name are one table; others are others', () => {
    const { program } = clean(`
.insn_array jt: one, 3, deleted
.insn_array other: two
.poke two
.extable one
.insn_array jt: two
.insn_array empty:
one: r0 = 0
r1 = 5 ll
two: exit`);
    expect(places(program)).toEqual([
      ['insn_array', 'jt', [0, 3, DELETED, 3]],
      ['insn_array', 'other', [3]],
      ['poke', null, [3]],
      ['extable', null, [0]],
      ['insn_array', 'empty', []],
    ]);
  });

  test('they count also behind the data of a compiler', () => {
    const { program, setting } = clean(
      'out: exit\n.section .maps,"aw",@progbits\n.quad 0\n.poke out\n.prog xdp',
    );
    expect(places(program)).toEqual([['poke', null, [0]]]);
    expect(setting.progType).toBe(6);
  });

  test('a label in them is a mention of it, and makes no function of it', () => {
    const { program, labelRefs, labels } = clean('.extable out\nout: r0 = 0\nexit');
    expect([...labelRefs]).toEqual([9, 12, 0]);
    expect(labels.map(({ slot }) => slot)).toEqual([0]);
    expect(program.subprogs.name[0]).toBe(-1);
  });

  test('a label called deleted is printed as its slot', () => {
    const { program } = clean('.poke 1\nexit\nfunc deleted:\nexit');
    const text = disassemble(program);
    expect(text).toContain('.poke 1\n');
    expect(places(clean(text).program)).toEqual([['poke', null, [1]]]);
  });
});

describe('.stack', () => {
  test('belongs to the function of the next insn', () => {
    const { program } = clean('call f\n.stack 16\nexit\nfunc f:\n.stack 64\nexit\nfunc g:\nexit');
    expect(stacks(program)).toEqual([
      [0, 16],
      [2, 64],
      [3, -1],
    ]);
  });
});

test('aux names types of pointers, and is printed with the names', () => {
  const { auxGiven, program } = clean(
    ';@aux ptr_type=ctx alu_limit=5 map_idx=-1 call_arg=3\nr0 = 0\nexit ;@aux ptr_type=0x10a',
  );
  expect(auxGiven.map(({ field, value }) => [field, value])).toEqual([
    ['ptr_type', 2],
    ['alu_limit', 5],
    ['map_idx', -1],
    ['call_arg', 3],
    ['ptr_type', 0x10a],
  ]);
  expect(disassemble(program, { auxGiven: auxGiven.slice(0, 4) })).toBe(
    ';@aux ptr_type=ctx alu_limit=5 map_idx=-1 call_arg=3\nr0 = 0\nexit\n',
  );
});

test('a program is printed as it is loaded: setting, code, tables', () => {
  const text = `.prog sched_cls
.map 4 hash key=4 value=8 max=16 flags=0x80 name=counts
.map 5 array_of_maps key=4 max=2 inner=array key=4 value=2 frozen=002a
.func main
.stack 64
r1 = map[fd:4]
L2:
r0 = 0
exit
.insn_array jt: L2, deleted, main
.extable L2
`;
  const { program, setting } = clean(text);
  expect(disassemble(program, { setting })).toBe(text);
});

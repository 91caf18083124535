/** What the assembler reads besides insns: labels, functions, line information, aux, patches, and pasted listings. */
import { describe, expect, test } from 'vitest';
import { type AssembleOptions, assemble } from '../../../src/asm/assemble.ts';
import type { Assembly } from '../../../src/asm/assembly.ts';
import { disassemble, listing as insnTexts } from '../../../src/asm/disassemble.ts';
import { insnsHex } from '../../../src/program/hex.ts';

/** The assembly of a text that must be right. */
function clean(text: string, options?: AssembleOptions): Assembly {
  const { value, diagnostics } = assemble(text, options);
  expect(diagnostics).toEqual([]);
  return value;
}
const listing = ({ program }: Assembly): string[] => insnTexts(program.insns);
const lines = ({ program: { lineInfo, strings } }: Assembly): unknown[] =>
  [...lineInfo.insnOff].map((off, i) => [
    off,
    strings[lineInfo.file[i]] ?? null,
    lineInfo.line[i],
    lineInfo.col[i],
    strings[lineInfo.text[i]] ?? null,
  ]);
const functions = ({ program: { subprogs, strings } }: Assembly): unknown[] =>
  [...subprogs.start].map((start, i) => [start, strings[subprogs.name[i]] ?? null, subprogs.linfoIdx[i]]);

describe('jumps and labels', () => {
  test('labels count both slots of a 64-bit load', () => {
    const value = clean('goto out\nr1 = 5 ll\nif r1 == 0 goto -3\nout: exit');
    expect(listing(value)).toEqual(['goto pc+3', 'r1 = 0x5 ll', 'if r1 == 0x0 goto pc-3', 'exit']);
    expect(value.labels).toEqual([{ name: 'out', slot: 4, from: 38, to: 41 }]);
    expect([...value.labelRefs]).toEqual([5, 8, 4]);
  });

  test.each([
    'goto +1',
    'goto pc+1',
    'goto 1',
    'goto +0x1',
    'goto pc + 1',
    'goto +0x1 <main+0x10>',
    '7: (05) goto pc+1',
  ])('%s', (text) => {
    expect(insnsHex(clean(text, { fragment: true }).program.insns)).toBe('0500010000000000');
  });

  test('labels may be called like words of the language', () => {
    const value = clean('goto exit\nexit:\nlock: exit\ngoto lock');
    expect(listing(value)).toEqual(['goto pc+0', 'exit', 'goto pc-2']);
  });

  test('each slot knows its range and line, also behind a comment of several lines', () => {
    const text = 'r0 = 0 ; zero\n/* a\nb */ r1 = 7 ll // seven\nexit';
    const value = clean(text);
    expect([...value.line]).toEqual([1, 3, 3, 4]);
    expect([...value.from].map((from, i) => text.slice(from, value.to[i]))).toEqual([
      'r0 = 0',
      'r1 = 7 ll',
      'r1 = 7 ll',
      'exit',
    ]);
  });
});

describe('calls', () => {
  test.each([
    ['call bpf_map_lookup_elem', '8500000001000000'],
    ['call map_lookup_elem', '8500000001000000'],
    ['call bpf_map_lookup_elem#1', '8500000001000000'],
    ['call 1', '8500000001000000'],
    ['call pc+5', '8510000005000000'],
    ['call pc+18#bpf_prog_0832429676979909_pick', '8510000012000000'],
    ['call kernel-function#70000', '8520000070110100'],
    ['call bpf_rcu_read_lock#70000', '8520000070110100'],
    ['call bpf_map_lookup_elem#1', '8500000001000000'],
    ['call __htab_map_lookup_elem#330864', '85000000700c0500'],
    ['call __htab_map_lookup_elem', '85000000700c0500'],
    ['call unknown#-7', '85000000f9ffffff'],
    ['callx r3', '8d03000000000000'],
  ])('%s', (text, hex) => {
    expect(insnsHex(clean(text, { fragment: true }).program.insns)).toBe(hex);
  });

  test('a function of the program goes before a helper of the same name', () => {
    const value = clean('call bpf_loop\nexit\nbpf_loop:\nexit');
    expect(listing(value)).toEqual(['call pc+1', 'exit', 'exit']);
    expect(functions(value)).toEqual([
      [0, null, 0],
      [2, 'bpf_loop', 0],
    ]);
  });

  test('the address of a function makes it one', () => {
    const value = clean('r1 = &cb\nexit\nr2 = cb ll\nexit\ncb: exit');
    expect(listing(value)).toEqual(['r1 = subprog[+5]', 'exit', 'r2 = subprog[+2]', 'exit', 'exit']);
    expect(functions(value)).toEqual([
      [0, null, 0],
      [6, 'cb', 0],
    ]);
  });
});

describe('functions', () => {
  test.each([
    'func f:',
    '.func f',
    '.type f,@function\nf:',
    'int f(struct __sk_buff * skb):',
    '0000000000000008 <f>:',
  ])('%s declares one', (header) => {
    const value = clean(`main: exit\n; a.c:3:1 x\n${header}\nexit`);
    expect(functions(value)).toEqual([
      [0, 'main', 0],
      [1, 'f', 0],
    ]);
  });

  test('their first line entry is the first at or behind their start', () => {
    const value = clean('; a.c:1:1\nr0 = 0\n; a.c:2:1\nexit\nfunc f:\nr0 = 1\n; a.c:9:1\nexit');
    expect(functions(value)).toEqual([
      [0, null, 0],
      [2, 'f', 2],
    ]);
  });

  test('a label that is only jumped to names no function', () => {
    expect(functions(clean('loop: r0 = 0\nif r0 == 1 goto loop\nexit'))).toEqual([[0, null, 0]]);
  });
});

describe('line information', () => {
  test.each([
    ['; file.c:12:3 int x = a / b;', ['file.c', 12, 3, 'int x = a / b;']],
    [';file.c:12:3', ['file.c', 12, 3, null]],
    ['; a:b.c:12:3 x', ['a:b.c', 12, 3, 'x']],
    ['; int x = a / b; @ file.c:12', ['file.c', 12, 0, 'int x = a / b;']],
    ['; int x; @ file.c:12:7', ['file.c', 12, 7, 'int x;']],
    ['; if (a[1]) [file:./s/f.c line_num:46 line_col:6]', ['./s/f.c', 46, 6, 'if (a[1])']],
    ['.loc "my file.c" 12 3 "say \\"hi\\""', ['my file.c', 12, 3, 'say "hi"']],
    ['.loc "" 12 3', [null, 12, 3, null]],
    ['.file 1 "inc" "f.h"\n.loc 1 12 3 prologue_end', ['inc/f.h', 12, 3, null]],
  ])('%s', (comment, want) => {
    expect(lines(clean(`${comment}\nexit`))).toEqual([[0, ...want]]);
  });

  test.each(['; file.c:12 is the place', '; at 12:30', '; x @ y', '; email me @ home:no', ';', '; [file:x]'])(
    '%s is only a comment',
    (comment) => {
      expect(lines(clean(`${comment}\nexit`))).toEqual([]);
    },
  );

  test('of two in a row the last one counts, and one behind an insn is a comment', () => {
    expect(lines(clean('; a.c:1:1\n; a.c:2:1\nr0 = 0 ; a.c:3:1\nexit'))).toEqual([[0, 'a.c', 2, 1, null]]);
  });
});

describe('aux and patches', () => {
  test('aux stands behind its insn or above it', () => {
    const { auxGiven } = clean('r0 = 0 ;@aux seen=1 alu_state=-2\n;@aux ptr_type=0x10\nr1 = 5 ll\nexit');
    expect(auxGiven).toEqual([
      { slot: 0, field: 'seen', value: 1 },
      { slot: 0, field: 'alu_state', value: -2 },
      { slot: 1, field: 'ptr_type', value: 16 },
    ]);
  });

  test('a patch point has its insns, its place and its exits', () => {
    const text = ';@replace if r1 == 0 goto out | r2 = 5 ll | call f | goto +1\nr0 = 0\nout: exit\nf: exit';
    const [point, ...others] = clean(text).patchPoints;
    expect(others).toEqual([]);
    expect([point.kind, point.at, point.cnt]).toEqual(['replace', 0, 1]);
    expect(insnsHex(point.insns, ' ')).toBe(
      '1501000000000000 1802000005000000 0000000000000000 8510000000000000 0500010000000000',
    );
    expect(point.exits).toEqual([
      { slot: 0, to: 1 },
      { slot: 3, to: 2 },
    ]);
    expect(text.slice(point.from, point.to)).toBe(text.split('\n')[0]);
  });

  test('several patches may stand above one insn, each over several lines', () => {
    const { patchPoints } = clean(';@prepend r1 = 1\n;@| r2 = 2\n;@replace r0 = 3\n; note\nr0 = 0\nexit');
    expect(patchPoints.map(({ kind, at, insns }) => [kind, at, insns.length / 2])).toEqual([
      ['prepend', 0, 2],
      ['replace', 0, 1],
    ]);
  });

  test('a 64-bit load is replaced and removed as a whole', () => {
    const { patchPoints } = clean(';@replace r1 = 5\nr1 = 5 ll\n;@remove\nr2 = 6 ll\nexit');
    expect(patchPoints.map(({ kind, at, cnt }) => [kind, at, cnt])).toEqual([
      ['replace', 0, 1],
      ['remove', 1, 1],
      ['remove', 2, 2],
    ]);
  });
});

describe('listings', () => {
  test('of bpftool, with indices, opcodes and source', () => {
    const value = clean(
      [
        'int main(struct __sk_buff * skb):',
        '; int main(struct __sk_buff *skb) [file:a.c line_num:1 line_col:0]',
        '   0: (18) r8 = map[id:34325][0]+4',
        '   2: (18) r2 = 0x5',
        '   4: (b7) r3 = 5',
        '   5: (95) exit',
      ].join('\n'),
    );
    expect(insnsHex(value.program.insns, ' ')).toBe(
      '1828000015860000 0000000004000000 1802000005000000 0000000000000000 b703000005000000 9500000000000000',
    );
    expect(functions(value)).toEqual([[0, 'main', 0]]);
  });

  test('of llvm-objdump, with bytes and relocations', () => {
    const value = clean(
      [
        'obj/a.bpf.o:\tfile format elf64-bpf',
        '',
        'Disassembly of section tc:',
        '0000000000000000 <main>:',
        '       0:\t18 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00\tr1 = 0x0 ll'.replace(
          ' 00 00 00 00 00 00 00 00\t',
          '\t',
        ),
        '\t\t00000000000000b0:  R_BPF_64_64\ttable',
        '       2:\tif w2 == 0x0 goto +0x0 <LBB0_1>',
        '0000000000000018 <LBB0_1>:',
        '       3:\texit',
      ].join('\n'),
    );
    expect(listing(value)).toEqual(['r1 = 0x0 ll', 'if w2 == 0x0 goto pc+0', 'exit']);
    expect(functions(value)).toEqual([[0, 'main', 0]]);
  });

  test('of clang -S, without its data', () => {
    const value = clean(
      [
        '\t.text',
        '\t.globl\tf                               # -- Begin function f',
        '\t.type\tf,@function',
        'f:                                      # @f',
        '\tw0 = *(u32 *)(r1 + 4)',
        '\texit',
        '.Lend:',
        '\t.section\t.maps,"aw",@progbits',
        'table:',
        '\t.quad\t0',
        '\t.section\ttc,"ax",@progbits',
        '\tw0 = 1',
        '\texit',
      ].join('\n'),
    );
    expect(listing(value)).toEqual(['r0 = *(u32 *)(r1 +4)', 'exit', 'w0 = 1', 'exit']);
    expect(value.labels.map(({ name }) => name)).toEqual(['f', '.Lend']);
  });
});

describe('the dialect', () => {
  test.each([
    ['r1 = 0x5', 'kernel', '18010000050000000000000000000000'],
    ['r1 = 0x5', 'llvm', 'b701000005000000'],
    ['r1 = 0x5', 'auto', 'b701000005000000'],
    ['r1 = 5', 'kernel', 'b701000005000000'],
    ['r1 = 0xffffffff', 'llvm', 'b7010000ffffffff'],
    ['(18) r1 = 0x5', 'llvm', '18010000050000000000000000000000'],
    ['(b7) r1 = 0x5', 'kernel', 'b701000005000000'],
    ['r1 = -1 ll', 'auto', '18010000ffffffff00000000ffffffff'],
  ] as const)('%s to %s', (text, dialect, hex) => {
    expect(insnsHex(clean(text, { dialect, fragment: true }).program.insns)).toBe(hex);
  });
});

test('a kernel function keeps the name that it was called by, in patches too', () => {
  const { value } = assemble(';@replace call bpf_two#8 | exit\ncall bpf_one#7\ncall kernel-function#9\nexit');
  expect(value.program.kfuncs).toEqual({ 7: 'bpf_one', 8: 'bpf_two' });
  expect(disassemble(value.program)).toBe('call bpf_one#7\ncall kernel-function#9\nexit\n');
});

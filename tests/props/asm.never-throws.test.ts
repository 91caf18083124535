/** Whatever the text, the assembler answers with a program and messages inside of the text; it never throws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/asm/assemble.ts';
import { tokenizeLine } from '../../src/asm/tokenize-line.ts';
import { DELETED } from '../../src/program/program.ts';
import type { MapInfo } from '../../src/program/setting.ts';
import { SAMPLES } from '../unit/asm/samples.ts';

const numbersOf = ({ type, keySize, valueSize, maxEntries, flags }: MapInfo): number[] => [
  ...[type, keySize, valueSize],
  ...[maxEntries, flags],
];

function expectSound(text: string): void {
  for (const dialect of ['auto', 'kernel', 'llvm'] as const) {
    const { value, diagnostics } = assemble(text, { dialect });
    const n = value.program.insns.length / 2;
    expect([value.from.length, value.to.length, value.line.length]).toEqual([n, n, n]);
    const outside = diagnostics.filter(({ from, to }) => from < 0 || to < from || to > text.length);
    expect(outside, text).toEqual([]);
    const { start } = value.program.subprogs;
    expect(start.every((slot, i) => i === 0 || (slot > start[i - 1] && slot < n))).toBe(true);
    expect(value.program.lineInfo.insnOff.every((slot) => slot < n)).toBe(true);
    expect(value.program.subprogs.stackDepth.every((depth) => depth >= -1)).toBe(true);
    for (const { at } of value.program.places)
      expect(at.every((slot) => slot === DELETED || (slot >= 0 && slot < n))).toBe(true);
    const { progType, maps } = value.setting;
    const numbers = maps.flatMap((map) => [map, map.inner ?? map]).flatMap(numbersOf);
    expect([progType, ...numbers].every((number) => number >= 0 && number <= 0xffffffff)).toBe(true);
    expect(new Set(maps.map(({ ref }) => ref)).size).toBe(maps.length);
    expect(value.patchPoints.every(({ at }) => at >= 0 && at < n)).toBe(true);
  }
  for (const line of text.split('\n')) {
    let last = 0;
    for (const { from, to } of tokenizeLine(line)) {
      expect(from >= last && to >= from && to <= line.length, line).toBe(true);
      last = to;
    }
  }
}

const VALID = [
  ...SAMPLES.flatMap(([, , kernel, llvm]) => [kernel, llvm]),
  'out: exit',
  'goto out',
  'call helper',
  'func helper:',
  '; a.c:1:2 text',
  ';@aux seen=1',
  ';@replace r0 = 1 | goto out',
  ';@| exit',
  ';@remove 2',
  '.loc "a.c" 1 2',
  '12: (18) r1 = 0x5',
  'r1 = out ll',
  'r2 = &helper',
  '/* c */',
  '.prog tc',
  '.map 4 hash key=4 value=8 max=16 flags=0x80 name=counts',
  '.map -1 array value=4 frozen=00ffA9e1 name="a b"',
  '.map 5 array_of_maps key=4 inner=array value=4 max=1',
  '.insn_array jt: out, 0, deleted',
  '.insn_array "a b": out',
  '.poke out, 1',
  '.extable helper',
  '.stack 64',
  ';@aux ptr_type=ctx map_idx=1 call_arg=2 alu_limit=5',
];
const noise = fc.constantFrom(
  ...' \t\n\r;:,.#|@"\\/*+-()[]{}<>=!%^&0123456789abfrwsx_'.split(''),
  '/*',
  '*/',
  '//',
  ';@',
  'll',
  'pc',
  '0x',
  '🙂',
  '\u0000',
  '\u2028',
  '99999999999999999999999',
);

describe('assembling never throws', () => {
  test('on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectSound), { numRuns: 300 });
    fc.assert(
      fc.property(
        fc.array(noise, { maxLength: 100 }).map((parts) => parts.join('')),
        expectSound,
      ),
      { numRuns: 500 },
    );
  });

  test('on valid text with something put in, taken out or swapped', () => {
    const mutated = fc
      .tuple(
        fc.array(fc.constantFrom(...VALID), { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), noise), { maxLength: 6 }),
      )
      .map(([lines, edits]) => {
        let text = lines.join('\n');
        for (const [pick, cut, put] of edits) {
          const at = pick % (text.length + 1);
          text = text.slice(0, at) + put + text.slice(at + cut);
        }
        return text;
      });
    fc.assert(fc.property(mutated, expectSound), { numRuns: 1000 });
  });
});

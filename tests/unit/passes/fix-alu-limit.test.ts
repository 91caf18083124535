/**
 * Would catch: a mask on the wrong register or with another limit, + taken for -, an offset that stays turned round, and
 * arithmetic that is masked though the verifier did not ask for it.
 */
import { describe, expect, it } from 'vitest';
import { fixed, lines } from './fix-text.ts';

const SRC = 1;
const DST = 2;
const NEG = 4;
const NON_POINTER = 8;
const CONST = 16;

const masked = (insn: string, state: number, options = {}): string[] =>
  fixed(`${insn} ;@aux alu_state=${state} alu_limit=31\nexit`, options).slice(0, -1);

const MASK = (off: string): string[] =>
  lines(`
    w11 = 31
    r11 -= ${off}
    r11 |= ${off}
    r11 = -r11
    r11 s>>= 63
    r11 &= ${off}`);

describe('masked pointer arithmetic', () => {
  it('p += o and p -= o', () => {
    expect(masked('r3 += r4', SRC)).toEqual([...MASK('r4'), 'r3 += r11']);
    expect(masked('r3 -= r4', SRC)).toEqual([...MASK('r4'), 'r3 -= r11']);
  });

  it('o += p: the pointer is taken over first', () => {
    expect(masked('r3 += r4', DST)).toEqual([...MASK('r3'), 'r3 = r4', 'r3 += r11']);
  });

  it('an offset below 0 is turned round, and a source back again', () => {
    expect(masked('r3 += r4', SRC | NEG)).toEqual(['r4 *= -1', ...MASK('r4'), ...['r3 -= r11', 'r4 *= -1']]);
    expect(masked('r3 -= r4', SRC | NEG).at(-2)).toBe('r3 += r11');
    expect(masked('r3 += r4', DST | NEG)).toEqual(['r3 *= -1', ...MASK('r3'), ...['r3 = r4', 'r3 -= r11']]);
  });

  it('a constant needs no mask', () => {
    expect(masked('r3 += r4', SRC | CONST)).toEqual(['w11 = 31', 'r3 += r11']);
    expect(masked('r3 += r4', SRC | CONST | NEG)).toEqual(['w11 = 31', 'r3 -= r11']);
    expect(masked('r3 += r4', DST | CONST)).toEqual(['w11 = 31', 'r3 = r4', 'r3 += r11']);
  });

  it('before 5.12 the limit was one less and the destination masked in place', () => {
    const rules = { linux: 502 };
    const old = (off: string): string[] => ['w11 = 30', ...MASK(off).slice(1, -1)];
    expect(masked('r3 += r4', SRC, { rules })).toEqual([...old('r4'), 'r11 &= r4', 'r3 += r11']);
    expect(masked('r3 += r4', DST, { rules })).toEqual([...old('r3'), 'r3 &= r11', 'r3 += r4']);
    expect(masked('r3 += r4', SRC | NEG, { rules })).toEqual([
      'r4 *= -1',
      ...old('r4'),
      ...['r11 &= r4', 'r3 -= r11', 'r4 *= -1'],
    ]);
    expect(masked('r3 += r4', SRC, { rules: { linux: 601 } })).toEqual(masked('r3 += r4', SRC));
  });

  it.each(['r3 += r4', 'r3 -= r4', 'r3 += 4', 'w3 += w4', 'r3 |= r4', 'r3 *= r4'])('%s as it is', (insn) => {
    expect(masked(insn, 0)).toEqual([insn]);
    expect(masked(insn, NON_POINTER)).toEqual([insn]);
    if (!/^r3 [+-]= r4/.test(insn)) expect(masked(insn, SRC)).toEqual([insn]);
  });
});

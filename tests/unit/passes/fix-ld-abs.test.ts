/** Would catch: a load of another size, an offset that is lost or added for nothing, an exit that is not jumped over. */
import { describe, expect, it } from 'vitest';
import { fixed, lines } from './fix-text.ts';

const REST = (bits: number): string[] =>
  lines(`
    r1 = r6
    call bpf_skb_load_helper_${bits}_no_cache
    if r0 s>= 0x0 goto pc+2
    w0 ^= w0
    exit`);

describe('loads of the packet in the classic way', () => {
  it.each([
    ['u8', 8],
    ['u16', 16],
    ['u32', 32],
  ])('%s', (type, bits) => {
    const load = (at: string): string[] =>
      fixed(`.prog socket\nr0 = *(${type} *)skb[${at}]\nexit`).slice(0, -1);
    expect(load('14')).toEqual(['r2 = 14', ...REST(bits)]);
    expect(load('0')).toEqual(['r2 = 0', ...REST(bits)]);
    expect(load('r7 + 0')).toEqual(['r2 = r7', ...REST(bits)]);
    expect(load('r7 + 14')).toEqual(['r2 = r7', 'r2 += 14', ...REST(bits)]);
  });

  it('jumps over a load go on behind it, jumps to it to its first insn', () => {
    expect(fixed('if r1 == 0 goto L\nr0 = *(u8 *)skb[3]\nL: if r0 == 0 goto M\ngoto L\nM: exit')).toEqual([
      'if r1 == 0x0 goto pc+6',
      ...['r2 = 3', ...REST(8)],
      ...['if r0 == 0x0 goto pc+1', 'goto pc-2', 'exit'],
    ]);
  });
});

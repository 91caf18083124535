/** Would catch: a cast that the JIT is to do and that is taken from it, and arena arithmetic that stays wide. */
import { describe, expect, it } from 'vitest';
import { fixed } from './fix-text.ts';

const after = (insn: string, setting = '', options = {}): string[] =>
  fixed(`.prog tc\n${setting}\n${insn}\nexit`, options).slice(0, -1);

const TO_KERNEL = 'r2 = addr_space_cast(r3, 0x0, 0x1)';
const TO_USER = 'r2 = addr_space_cast(r3, 0x1, 0x0)';
const ARENA = '.map 4 arena max=1 flags=0x400';
const PLAIN_ARENA = '.map 4 arena max=1 flags=0x40400';

describe('arena pointers', () => {
  it('a cast to the kernel is a move of the lower half, one to the user only without user addresses', () => {
    expect(after(TO_KERNEL)).toEqual(['w2 = w3']);
    expect(after(TO_KERNEL, ARENA)).toEqual(['w2 = w3']);
    expect(after(TO_USER)).toEqual(after(TO_USER, ARENA));
    expect(after(TO_USER, ARENA)[0]).toMatch(/^r2 = addr_space_cast/);
    expect(after(TO_USER, PLAIN_ARENA)).toEqual(['w2 = w3']);
    expect(after('r2 = r3', PLAIN_ARENA)).toEqual(['r2 = r3']);
    expect(after(TO_KERNEL, '', { rules: { linux: 601 } })[0]).toMatch(/^r2 = addr_space_cast/);
  });

  it('arithmetic with an arena pointer is done in 32 bits, a division in addition guarded', () => {
    const arena = (insn: string, options = {}): string[] =>
      after(`${insn} ;@aux ptr_type=arena`, '', options);
    expect(arena('r2 += 8')).toEqual(['w2 += 8']);
    expect(arena('r2 += r3')).toEqual(['w2 += w3']);
    expect(arena('r2 /= r3')).toEqual(after('w2 /= w3'));
    expect(arena('w2 += w3')).toEqual(['w2 += w3']);
    expect(arena('r2 = *(u64 *)(r3 +0)')).toEqual(['r2 = *(u64 *)(r3 +0)']);
    expect(after('r2 += r3 ;@aux ptr_type=mem')).toEqual(['r2 += r3']);
    expect(arena('r2 += 8', { rules: { linux: 601 } })).toEqual(['r2 += 8']);
  });
});

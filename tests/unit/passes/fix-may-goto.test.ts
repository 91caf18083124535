/**
 * Would catch: a count in a slot that the function or another rewrite uses, a jump that leaves for another insn, a count
 * that a loop sets anew or that nobody sets, and a distance that wraps.
 */
import { describe, expect, it } from 'vitest';
import { LINUX_6_18_X86_64 } from '../../../src/kernel/kernel.ts';
import { fixups } from '../../../src/passes/fix/fixups.ts';
import { inlineLoop } from '../../../src/passes/inline-loop.ts';
import { fixed, lines } from './fix-text.ts';

const COUNT = (at: number, leave: number): string[] =>
  lines(`
    r11 = *(u64 *)(r10 ${at})
    if r11 == 0x0 goto pc${leave < 0 ? leave : `+${leave}`}
    r11 -= 1
    if r11 != 0x0 goto pc+2
    r11 = ${at}
    call arch_bpf_timed_may_goto
    *(u64 *)(r10 ${at}) = r11`);
const SET_UP = (at: number): string[] => [`*(u64 *)(r10 ${at}) = 65535`, `*(u64 *)(r10 ${at + 8}) = 0`];

const LOOP = 'L: may_goto M\nr0 += 1\ngoto L\nM: exit';

describe('may_goto', () => {
  it('counts in two slots that are set where the function begins, and not at every round', () => {
    expect(fixed(LOOP)).toEqual([...SET_UP(-16), ...COUNT(-16, 7), ...['r0 += 1', 'goto pc-9', 'exit']]);
  });

  it('leads back as well as forward', () => {
    expect(fixed('r0 = 0\ngoto L\nM: exit\nL: r0 += 1\nmay_goto M\ngoto L')).toEqual([
      ...SET_UP(-16),
      ...['r0 = 0', 'goto pc+1', 'exit', 'r0 += 1'],
      ...COUNT(-16, -4),
      'goto pc-9',
    ]);
  });

  it('stands below what the function uses, once a function', () => {
    const text = `*(u64 *)(r10 - 24) = 0\n${LOOP.replace('M: exit', 'M: may_goto +1\ngoto -2\ncall one\nexit')}
      one: *(u8 *)(r10 - 1) = 0\nN: may_goto O\ngoto N\nO: exit`;
    const after = fixed(text);
    expect(after.filter((line) => line.includes('65535'))).toEqual([
      '*(u64 *)(r10 -40) = 65535',
      '*(u64 *)(r10 -24) = 65535',
    ]);
    expect(after.filter((line) => line.startsWith('r11 = *'))).toEqual(
      [-40, -40, -24].map((at) => `r11 = *(u64 *)(r10 ${at})`),
    );
  });

  it('knows of stack that is only reached through another register, and not of what never runs', () => {
    const through = `r2 = r10\nr2 += -40\n*(u64 *)(r2 + 0) = 0\n${LOOP}`;
    expect(fixed(through).slice(0, 2)).toEqual(SET_UP(-56));
    const never = `*(u64 *)(r10 - 8) = 0\ngoto L\n*(u64 *)(r10 - 64) = 0\n${LOOP}`;
    expect(fixed(never).slice(0, 2)).toEqual(SET_UP(-24));
  });

  it('counts as it did before 6.15 where there is no clock to look at', () => {
    const { functions, ...kernel } = LINUX_6_18_X86_64;
    const { arch_bpf_timed_may_goto: _, ...calls } = functions.calls;
    const old = [
      ...['*(u64 *)(r10 -8) = 8388608', 'r11 = *(u64 *)(r10 -8)', 'if r11 == 0x0 goto pc+4'],
      ...['r11 -= 1', '*(u64 *)(r10 -8) = r11', 'r0 += 1', 'goto pc-6', 'exit'],
    ];
    expect(fixed(LOOP, { rules: { linux: 614 } })).toEqual(old);
    expect(fixed(LOOP, { kernel: { ...kernel, functions: { ...functions, calls } } })).toEqual(old);
    expect(fixed(LOOP, { rules: { linux: 608 } })[0]).toMatch(/^may_goto/);
  });

  it('whose target is too far away then is refused, and does not wrap', () => {
    const far = `L: may_goto M\n${'r0 += 1\n'.repeat(32_760)}M: exit`;
    expect(fixed(far)).toHaveLength(32_760 + 10);
    expect(() => fixed(`L: may_goto M\n${'r0 += 1\n'.repeat(32_765)}M: exit`)).toThrow(/distance|fit/);
  });

  it('a loop in place and a may_goto do not share a slot', () => {
    const text = `.prog tc
      r1 = 3
      r2 = one ll
      r3 = 0
      r4 = 0
      call loop
      ${LOOP}
      one: r0 = 0
      exit`;
    const after = fixed(text, { passes: [inlineLoop, fixups] });
    const slots = after.flatMap((line) => /r10 (-\d+)/.exec(line)?.[1] ?? []);
    expect(slots).toEqual(['-40', '-32', '-24', '-16', '-8', '-24', '-16', '-8', '-40', '-40']);
  });
});

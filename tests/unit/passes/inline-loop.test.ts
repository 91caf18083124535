/**
 * Would catch: a loop in place of a call that may not be one, a callback called under its old number, saved registers in
 * slots that the function uses, and loops of one function that take more than one set of slots.
 */
import { describe, expect, it } from 'vitest';
import { deadCode } from '../../../src/passes/dead-code.ts';
import { inlineLoop } from '../../../src/passes/inline-loop.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { mainline618 } from '../../../src/patch/faithful/mainline.ts';
import { type FixOptions, fixed, fixedProgram, lines, linesOfProgram } from './fix-text.ts';

const ONLY: FixOptions = { passes: [inlineLoop] };
const looped = (text: string, options: FixOptions = ONLY): string[] => fixed(`.prog tc\n${text}`, options);

const CALL = (callback: string, flags = 0): string =>
  `r1 = 7\nr2 = ${callback} ll\nr3 = 0\nr4 = ${flags}\ncall loop`;

const LOOP = (slot: number, callback: string): string[] =>
  lines(`
    if r1 <= 0x800000 goto pc+2
    w0 = -7
    goto pc+16
    *(u64 *)(r10 ${slot}) = r6
    *(u64 *)(r10 ${slot + 8}) = r7
    *(u64 *)(r10 ${slot + 16}) = r8
    r6 = r1
    w7 = 0
    r8 = r3
    if r7 >= r6 goto pc+5
    r1 = r7
    r2 = r8
    ${callback}
    r7 += 1
    if r0 == 0x0 goto pc-6
    r0 = r7
    r6 = *(u64 *)(r10 ${slot})
    r7 = *(u64 *)(r10 ${slot + 8})
    r8 = *(u64 *)(r10 ${slot + 16})`);

const STAYS = 'call bpf_loop';
/** The loop in `after`, which is what stands where the call stood. */
const loopsIn = (after: readonly string[]): string[][] =>
  after.flatMap((line, k) => (line === 'if r1 <= 0x800000 goto pc+2' ? [after.slice(k, k + 19)] : []));

describe('a loop in place', () => {
  it('calls the callback behind the program, and lies below an empty stack', () => {
    const after = looped(`${CALL('one')}\nexit\none: r0 = 0\nexit`);
    expect(after).toHaveLength(5 + 19 - 1 + 1 + 2);
    expect(loopsIn(after)).toEqual([LOOP(-24, 'call pc+7')]);
  });

  it('calls a callback in front of it, too', () => {
    const after = looped(`call two\nexit\none: r0 = 0\nexit\ntwo: ${CALL('one')}\nexit`);
    expect(loopsIn(after)).toEqual([LOOP(-24, 'call pc-20')]);
  });

  it('keeps what the function has on its stack, and two of a function share the slots', () => {
    const after = looped(
      `*(u32 *)(r10 - 20) = 0\n${CALL('one')}\n${CALL('one')}\nexit\none: *(u8 *)(r10 - 100) = 0\nr0 = 0\nexit`,
    );
    expect(loopsIn(after).map((loop) => loop[3])).toEqual(
      [-48, -48].map((slot) => `*(u64 *)(r10 ${slot}) = r6`),
    );
  });

  it('lies below the stack of its own function', () => {
    const after = looped(
      `*(u64 *)(r10 - 16) = 0\n${CALL('one')}\ncall two\nexit
      one: r0 = 0\nexit\ntwo: *(u64 *)(r10 - 40) = 0\n${CALL('one')}\nexit`,
    );
    expect(loopsIn(after).map((loop) => loop[3])).toEqual(
      [-40, -64].map((slot) => `*(u64 *)(r10 ${slot}) = r6`),
    );
  });

  it('is not there for flags, for a callback that is not always the same, or where nobody looked', () => {
    expect(looped(`${CALL('one', 1)}\nexit\none: r0 = 0\nexit`)).toContain(STAYS);
    const two = `r6 = *(u32 *)(r1 + 0)\nr1 = 7\nr2 = one ll\nif r6 == 0 goto L\nr2 = two ll\nL: r3 = 0\nr4 = 0
      call loop\nexit\none: r0 = 0\nexit\ntwo: r0 = 0\nexit`;
    expect(looped(two)).toContain(STAYS);
    expect(looped('call loop\nexit')).toEqual([STAYS, 'exit']);
    const text = `${CALL('one')}\nexit\none: r0 = 0\nexit`;
    expect(looped(text, { ...ONLY, rules: { linux: 519 } })).toContain(STAYS);
    expect(looped(text, { ...ONLY, rules: { linux: 601 } })).not.toContain(STAYS);
  });

  it('knows its callback by what it was, when functions before it are gone', () => {
    const text = `${CALL('one')}\nexit\ndead: r0 = 1\nr0 = 2\nexit\none: r0 = 0\nexit`;
    const after = looped(text, { passes: [deadCode, inlineLoop] });
    expect(loopsIn(after)).toEqual([LOOP(-24, 'call pc+7')]);
  });

  it('a second time there is nothing to do', () => {
    const text = `${CALL('one')}\nexit\none: r0 = 0\nexit`;
    expect(looped(text, { passes: [inlineLoop, inlineLoop] })).toEqual(looped(text));
  });

  it('is put by the kernel one after the other and comes out alike', () => {
    const text = `.prog tc\n${CALL('one')}\n${CALL('one')}\nexit\none: r0 = 0\nexit`;
    const before = fixedProgram(text, { passes: [] });
    const after = fixedProgram(text, {
      passes: [
        {
          ...inlineLoop,
          run: (program, context) => {
            const edits = inlineLoop.run(program, context);
            const faithful = applyEdits(mainline618, before, edits, 'verifier');
            expect(faithful.ok && linesOfProgram(faithful.value.program)).toEqual(looped(text.slice(9)));
            return edits;
          },
        },
      ],
    });
    expect(loopsIn(linesOfProgram(after))).toHaveLength(2);
  });
});

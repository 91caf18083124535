/** Would catch: a descriptor where the JIT must not poke, a wrong number of one, a mask that is missing or too many. */
import { describe, expect, it } from 'vitest';
import { fixed, fixedProgram, lines } from './fix-text.ts';

const MAPS = '.prog tc\n.map 4 prog_array key=4 value=4 max=5\n.map 5 prog_array key=4 value=4 max=16';
const CALL = (map: number, index: string): string =>
  `r1 = r6\nr2 = map[fd:${map}]\nr3 = ${index}\ncall tail_call`;
const tailCalls = (text: string, options = {}): string[] =>
  fixed(`${MAPS}\nr6 = r1\n${text}\nexit`, options).filter((line) => /tail_call|r3 >=|w3 &=/.test(line));

const ONE_OF_TWO = lines(`
  r7 = *(u32 *)(r6 + 0)
  r2 = map[fd:4]
  if r7 == 0 goto L
  r2 = map[fd:5]
  L: r1 = r6
  r3 = 1
  call tail_call`).join('\n');

describe('tail calls', () => {
  it('of a constant index into one map get descriptors, in order', () => {
    expect(tailCalls(`${CALL(4, '3')}\n${CALL(5, '0')}\n${CALL(4, '3')}`)).toEqual([
      ...['tail_call 1', 'tail_call 2', 'tail_call 3'],
    ]);
  });

  it('of an index or a map that is not always the same get none', () => {
    const text = `${CALL(4, 'r6')}\n${CALL(4, '3')}\n${ONE_OF_TWO}\n${CALL(5, '3')}`;
    expect(tailCalls(text)).toEqual(['tail_call 0', 'tail_call 1', 'tail_call 0', 'tail_call 2']);
  });

  it('of somebody without privileges get none, and an index that is masked', () => {
    expect(tailCalls(`${CALL(4, '3')}\n${CALL(5, 'r6')}`, { unprivileged: true })).toEqual(
      lines(`
        if r3 >= 0x5 goto pc+2
        w3 &= 7
        tail_call 0
        if r3 >= 0x10 goto pc+2
        w3 &= 15
        tail_call 0`),
    );
    expect(tailCalls(ONE_OF_TWO, { unprivileged: true })).toEqual(['tail_call 0']);
  });

  it('before 5.5 there were no descriptors', () => {
    expect(tailCalls(CALL(4, '3'), { rules: { linux: 502 } })).toEqual(['tail_call 0']);
    expect(tailCalls(CALL(4, '3'), { rules: { linux: 601 } })).toEqual(['tail_call 1']);
  });

  it('have the number of their entry where the text states a table, and it goes with them', () => {
    const { insns, places } = fixedProgram(
      `${MAPS}
      .poke two
      .poke one
      r6 = r1
      r0 /= r6
      ${CALL(4, '1').replace('call', 'one: call')}
      ${CALL(4, '2').replace('call', 'two: call')}
      ${CALL(4, '3')}
      exit`,
    );
    const at = [...Array(insns.length / 2).keys()].filter((k) => (insns[2 * k] & 0xff) === 0xf5);
    expect(at.map((k) => insns[2 * k + 1])).toEqual([2, 1, 3]);
    expect([...places[0].at]).toEqual([at[1], at[0]]);
  });
});

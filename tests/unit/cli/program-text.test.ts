/** Would catch a fact of a text that is lost, or misplaced, in what `run` prints of its program. */
import { expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { programText } from '../../../src/cli/program-text.ts';
import { auxColumns, makeProgram } from '../../../src/program/program.ts';

const TEXT = `.prog sched_cls
.map 4 array key=4 value=2 max=1 flags=0x80 frozen=002a
.map 5 array_of_maps key=4 max=2 inner=hash key=8 value=16
.func main
.stack 64
r1 = map[fd:4]
L2:
exit
.insn_array jt: main, deleted
.poke L2
`;
const { program, setting } = assemble(TEXT).value;

test('json has names, stacks, tables of insns, and the setting', () => {
  const { insns, subprogs, strings, places } = program;
  const aux = auxColumns(3, { mapIdx: Int32Array.of(0, 0, 1), callArg: Int32Array.of(0, 0, 3) });
  const whole = makeProgram({ insns, subprogs, strings, places, aux });
  expect(JSON.parse(programText(whole, 'json', {}, setting))).toMatchObject({
    subprog_name: ['main'],
    stack_depth: [64],
    places: [
      { kind: 'insn_array', name: 'jt', at: [0, -1] },
      { kind: 'poke', name: '', at: [2] },
    ],
    aux_more: [[2, 0, 1, 3]],
    prog_type: 3,
    maps: [
      { ref: 4, type: 2, key: 4, value: 2, max: 1, flags: 0x80, name: '', frozen: '002a', inner: null },
      { ref: 5, type: 12, frozen: null, inner: { type: 1, key: 8, value: 16 } },
    ],
  });
});

test('asm is the text again; what other tools print has none of it', () => {
  expect(programText(program, 'asm', {}, setting)).toBe(TEXT);
  expect(programText(program, 'xlated', {}, setting)).toBe(
    'main:\n   0: (18) r1 = map[id:4]\n   2: (95) exit\n',
  );
});

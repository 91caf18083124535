/** What a refusal says. Would catch: another jump named than the first, and a sentence that names the wrong number. */
import { describe, expect, it } from 'vitest';
import { word0 } from '../../../src/isa/insn.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import type { PatchOp } from '../../../src/patch/ops.ts';
import { makeProgram } from '../../../src/program/program.ts';

const REACH = 0x7fff;
const ja = (off: number): [number, number] => [word0(0x05, 0, 0, off), 0];

/** Moves, with a jump as far forward as can be in each slot given; one insn more in the middle breaks all of them. */
function refusal(id: string, jumps: readonly number[], patches: readonly PatchOp[]) {
  const insns = new Int32Array(2 * (REACH + 2000));
  for (let w = 0; w < insns.length; w += 2) insns[w] = 0xb7;
  for (const at of jumps) insns.set(ja(REACH), 2 * at);
  const grow: PatchOp = { kind: 'replace', at: 1000, insns: new Int32Array(4).fill(0xb7) };
  const program = makeProgram({ insns });
  const before = insns.slice();
  const patching = ALGORITHMS.find((one) => one.id === id)!.open(program);
  const applied = patching.apply(editsFromOps([...patches, grow]));
  const result = applied.ok ? patching.finish() : applied;
  expect(program.insns).toEqual(before);
  return result.ok ? null : result.error;
}

/** The jump leaves the patch of one insn at `at` for the slot as far behind as can be. */
const leaving = (at: number): PatchOp => ({ kind: 'replace', at, insns: Int32Array.of(...ja(REACH)) });
const born = (at: number): PatchOp => ({
  ...{ kind: 'prepend', at, insns: Int32Array.of(...ja(3)) },
  exits: [{ slot: 0, to: at + REACH + 1 }],
});

describe.each(ALGORITHMS.map((one) => one.id))('%s names', (id) => {
  it('the jump, both distances and what the field holds', () => {
    expect(refusal(id, [2], [])).toEqual({
      ...{ code: 'ERANGE', errno: -34, at: 2, field: 'off', before: 32767, needed: 32768 },
      message: 'jump at insn 2 needs a distance of 32,768; off holds at most 32,767 (it was 32,767)',
    });
  });
  it.each([
    ['kept before a patch', [2], [leaving(5)], 2],
    ['of a patch before a kept one', [5], [leaving(2)], 2],
    ['of two kept ones', [9, 4], [], 4],
    ['of two patches', [], [leaving(9), leaving(4)], 4],
  ] as const)('the first: %s', (_, jumps, patches, at) => {
    expect(refusal(id, jumps, patches)).toMatchObject({ at });
  });
  it('the insn patched when the jump was born there', () => {
    expect(refusal(id, [], [born(3)])).toMatchObject({
      ...{ at: 3, before: 3, needed: 32769 },
      message: 'jump in the patch of insn 3 needs a distance of 32,769; off holds at most 32,767 (it was 3)',
    });
  });
  it('nothing where no distance breaks', () => {
    expect(refusal(id, [1001], [leaving(1002)])).toBeNull();
  });
});

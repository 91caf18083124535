/**
 * Programs that are copied in more than one piece. Would catch: a jump that is left out or written twice where one piece ends,
 * one that leads from a piece to another, and another jump named than the first when one breaks far inside.
 */
import { describe, expect, it } from 'vitest';
import { word0 } from '../../../src/isa/insn.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import { list } from '../../../src/patch/list.ts';
import type { PatchOp } from '../../../src/patch/ops.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram, type Program } from '../../../src/program/program.ts';
import { random } from '../../../src/recipes/random.ts';

const N = 60_000;
const JA = 0x05;
const JEQ_IMM = 0x15;
const jump = (off: number): number[] => [word0(JA, 0, 0, off), 0];

/** Every jump of `program` in twos: put before, replaced by one that leaves for the same slot, removed, or kept. */
function mixedEdits({ insns }: Program): PatchOp[] {
  const ops: PatchOp[] = [];
  for (let at = 0, k = 0; at < N - 1; at++) {
    if ((insns[2 * at] & 0xff) !== JEQ_IMM) continue;
    const to = at + 1 + (insns[2 * at] >> 16);
    k++;
    if (k % 4 === 0) ops.push({ kind: 'prepend', at, insns: Int32Array.of(0xb7, k) });
    if (k % 4 === 1)
      ops.push({
        ...{ kind: 'replace', at, insns: Int32Array.of(0xb7, k, ...jump(0), 0xb7, k) },
        exits: [{ slot: 1, to }],
      });
    if (k % 4 === 2) ops.push({ kind: 'remove', at, cnt: 1 });
  }
  return ops;
}

/** -1: they are alike. */
const firstDifference = (a: Int32Array, b: Int32Array): number =>
  a.length === b.length ? a.findIndex((value, k) => value !== b[k]) : Math.min(a.length, b.length);

describe('a program of several pieces', () => {
  const { program } = random.build({ n: N, seed: 5, params: [20, 9_000, 10] });

  it('comes out as by the list', () => {
    const edits = editsFromOps(mixedEdits(program));
    const [batch, linked] = [stream, list].map((one) => applyEdits(one, program, edits, 'verifier'));
    if (!batch.ok || !linked.ok) throw new Error('refused');
    const columns = [batch, linked].map(({ value: { program: moved, remap } }) => [
      ...[moved.insns, remap.outer, remap.inner],
    ]);
    expect(columns[0].map((column, k) => firstDifference(column, columns[1][k]))).toEqual([-1, -1, -1]);
    expect(batch.value.work.jump).toBeGreaterThan(N / 10);
  });

  it.each([
    ['kept before a patch', [40_002], [40_005]],
    ['of a patch before a kept one', [40_005], [40_002]],
  ])('names the first that breaks: %s', (_, kept, leaving) => {
    const insns = new Int32Array(2 * 80_000);
    for (let word = 0; word < insns.length; word += 2) insns[word] = 0xb7;
    for (const at of kept) insns.set(jump(0x7fff), 2 * at);
    const refused = applyEdits(
      ...([stream, makeProgram({ insns })] as const),
      editsFromOps([
        ...leaving.map((at) => ({ kind: 'replace', at, insns: Int32Array.of(...jump(0x7fff)) }) as const),
        { kind: 'prepend', at: 50_000, insns: Int32Array.of(0xb7, 0) },
      ]),
      'core',
    );
    expect(refused).toMatchObject({ ok: false, error: { code: 'ERANGE', at: 40_002 } });
  });
});

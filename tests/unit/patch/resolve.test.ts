/** Edits in, canonical edits out. Would catch: a clash that passes, one blamed on the wrong edits, a jump read wrongly. */
import { describe, expect, it } from 'vitest';
import { word0 } from '../../../src/isa/insn.ts';
import { editBuilder } from '../../../src/patch/edit-builder.ts';
import { editsFromOps, opAt } from '../../../src/patch/edit-list.ts';
import { EDIT, type EditList, type PatchOp } from '../../../src/patch/ops.ts';
import { resolveEdits } from '../../../src/patch/resolve.ts';

const MOV = [0xb7, 0];
const ja = (off: number) => [word0(0x05, 0, 0, off), 0];
const call = (imm: number) => [word0(0x85, 0, 1, 0), imm];
const put = (...insns: number[][]) => Int32Array.from(insns.flat());

const replace = (at: number, ...insns: number[][]): PatchOp => ({
  kind: 'replace',
  at,
  insns: put(...insns),
});
const prepend = (at: number, ...insns: number[][]): PatchOp => ({
  kind: 'prepend',
  at,
  insns: put(...insns),
});
const remove = (at: number, cnt: number): PatchOp => ({ kind: 'remove', at, cnt });

function resolved(ops: readonly PatchOp[], slotCnt = 10) {
  const result = resolveEdits(slotCnt, editsFromOps(ops));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const leavesOf = (ops: readonly PatchOp[]) => {
  const { leaveCnt, leaveEdit, leaveSlot, leaveTo } = resolved(ops);
  return Array.from({ length: leaveCnt }, (_, j) => [leaveEdit[j], leaveSlot[j], leaveTo[j]]);
};

describe('an edit that cannot stand', () => {
  const refused: readonly [string, readonly PatchOp[], readonly number[], RegExp][] = [
    ['two replaces', [replace(1, MOV), replace(4, MOV), replace(1, MOV)], [0, 2], /^two replaces at insn 1$/],
    [
      'remove over a replace',
      [replace(3, MOV), remove(2, 3)],
      [0, 1],
      /^remove of insns 2 to 4 overlaps the replace at insn 3$/,
    ],
    [
      'remove over a prepend',
      [remove(2, 3), prepend(4, MOV)],
      [0, 1],
      /^remove of insns 2 to 4 overlaps the prepend at insn 4$/,
    ],
    [
      'two removes',
      [remove(2, 3), remove(4, 1)],
      [0, 1],
      /^remove of insns 2 to 4 overlaps the remove of insn 4$/,
    ],
    [
      'two removes at one insn',
      [remove(2, 1), remove(2, 2)],
      [0, 1],
      /^remove of insn 2 overlaps the remove of insns 2 to 3$/,
    ],
    ['a replace by nothing', [replace(2)], [0], /use remove/],
    ['an edit behind the end', [replace(10, MOV)], [0], /has 10 slots/],
    ['an edit before the beginning', [prepend(-1, MOV)], [0], /has 10 slots/],
    ['a remove beyond the end', [remove(8, 3)], [0], /8 to 10/],
    ['a jump to nowhere', [replace(9, MOV, ja(1))], [0], /leads to insn 11/],
    ['a jump before the beginning', [prepend(0, ja(-2))], [0], /leads to insn -1/],
    [
      'an exit to nowhere',
      [{ ...replace(1, ja(0)), exits: [{ slot: 0, to: 11 }] } as PatchOp],
      [0],
      /to insn 11/,
    ],
    [
      'an exit of no jump',
      [{ ...replace(1, MOV), exits: [{ slot: 0, to: 1 }] } as PatchOp],
      [0],
      /does not jump/,
    ],
    [
      'an exit of no slot',
      [{ ...replace(1, MOV), exits: [{ slot: 1, to: 1 }] } as PatchOp],
      [0],
      /slot 1, which it does not put/,
    ],
  ];
  it.each(refused)('%s', (_, ops, edits, message) => {
    const result = resolveEdits(10, editsFromOps(ops));
    expect(result.ok ? null : result.error).toMatchObject({ code: 'EINVAL', errno: -22, edits });
    if (!result.ok) expect(result.error.message).toMatch(message);
  });

  it('is refused where its insns are not in the list', () => {
    const edits: EditList = { ...editsFromOps([replace(1, MOV)]), first: Int32Array.of(1) };
    expect(resolveEdits(10, edits)).toMatchObject({ ok: false, error: { edits: [0] } });
  });
});

describe('edits that stand together', () => {
  it('are put in ascending order, and know their number in the list given', () => {
    const { at, kind, callerOf } = resolved([remove(7, 2), replace(3, MOV), prepend(3, MOV)]);
    expect([...at]).toEqual([3, 3, 7]);
    expect([...kind]).toEqual([EDIT.PREPEND, EDIT.REPLACE, EDIT.REMOVE]);
    expect([...(callerOf ?? [])]).toEqual([2, 1, 0]);
  });

  it('are left as they are when they stand in order already', () => {
    const edits = editsFromOps([replace(0, MOV, MOV), replace(1, MOV), remove(2, 3), prepend(5, MOV)]);
    const result = resolveEdits(10, edits);
    expect(result.ok && result.value.callerOf).toBeNull();
    expect(result.ok && result.value.insns).toBe(edits.insns);
    expect(result.ok && result.value.newSlotCnt).toBe(10 + 1 - 3 + 1);
  });

  it('drop those that do nothing, also where something else happens', () => {
    expect(resolved([prepend(4), remove(4, 0), remove(4, 1)]).cnt).toBe(1);
  });

  it('take two prepends for one, the later in front', () => {
    const { cnt, len, first, insns } = resolved([prepend(2, [1, 1]), prepend(2, [2, 2], [3, 3])]);
    expect([cnt, len[0]]).toEqual([1, 3]);
    expect([...insns.subarray(first[0] * 2, first[0] * 2 + 6)]).toEqual([2, 2, 3, 3, 1, 1]);
  });

  it('keep the exits of prepends that became one', () => {
    const exits = [{ slot: 0, to: 9 }];
    const both = [{ ...prepend(2, ja(0), MOV), exits } as PatchOp, prepend(2, MOV, MOV)];
    expect(leavesOf(both)).toEqual([[0, 2, 9]]);
  });
});

describe('a jump of a patch', () => {
  it('stays inside or leaves by its distance', () => {
    // Three insns for insn 4: slots -1, 0, 2, 3 and 4 of the patch.
    expect(leavesOf([replace(4, ja(-2), ja(-2), ja(-1))])).toEqual([[0, 0, 3]]);
    expect(leavesOf([replace(4, ja(2), ja(2), ja(-2))])).toEqual([
      [0, 0, 5],
      [0, 1, 6],
    ]);
  });

  it('of a prepend may stay at the insn it stands before', () => {
    expect(leavesOf([prepend(4, ja(1), ja(0))])).toEqual([]);
    expect(leavesOf([prepend(4, ja(2), call(1))])).toEqual([
      [0, 0, 5],
      [0, 1, 5],
    ]);
  });

  it('goes where an exit says, whatever its distance', () => {
    expect(leavesOf([{ ...replace(4, ja(0), MOV), exits: [{ slot: 0, to: 0 }] } as PatchOp])).toEqual([
      [0, 0, 0],
    ]);
  });

  it('is found in patches that share their insns', () => {
    const one = editsFromOps([replace(2, MOV, ja(1)), replace(5, MOV, ja(1))]);
    const shared = resolveEdits(10, { ...one, first: Int32Array.of(0, 0), insns: one.insns.slice(0, 4) });
    expect(shared.ok && [...shared.value.leaveTo.subarray(0, shared.value.leaveCnt)]).toEqual([4, 7]);
  });
});

describe('edits as data', () => {
  it('are the ops they were built from', () => {
    const ops: PatchOp[] = [
      remove(3, 2),
      { ...replace(1, MOV, ja(1)), exits: [{ slot: 1, to: 0 }] } as PatchOp,
      prepend(0, MOV),
    ];
    const edits = editsFromOps(ops);
    expect(ops.map((_, k) => opAt(edits, k))).toEqual(ops);
  });

  it('are built one insn at a time, however many', () => {
    const builder = editBuilder();
    for (let i = 0; i < 1000; i++) {
      builder.replace(i);
      for (let s = 0; s < 3; s++) builder.put(i, s);
      if (i % 2 === 0) builder.remove(i + 1000, 1);
    }
    const edits = builder.finish();
    expect([edits.cnt, edits.insns.length]).toEqual([1500, 6000]);
    expect(opAt(edits, 1498)).toEqual({ kind: 'remove', at: 1998, cnt: 1 } satisfies PatchOp);
    expect(opAt(edits, 1499)).toMatchObject({
      kind: 'replace',
      at: 999,
      insns: put([999, 0], [999, 1], [999, 2]),
    });
  });
});

/** The film of a small run, and how a refused one ends. Would catch a timeline that differs from the table of ops. */
import { describe, expect, it } from 'vitest';
import { headroom, jumpRowAt, jumpsAlive, patchRowAt } from '../../../src/figures/tables.ts';
import { word0 } from '../../../src/isa/insn.ts';
import type { Layer, PatchError, Patched } from '../../../src/patch/algorithm.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import { frameAt, programAt } from '../../../src/patch/frame.ts';
import { retargetedBy } from '../../../src/patch/jump-at.ts';
import { momentsOf } from '../../../src/patch/moments.ts';
import { EDIT, type PatchOp } from '../../../src/patch/ops.ts';
import { stream } from '../../../src/patch/stream.ts';
import { NEVER, OP_NAMES, type Trace } from '../../../src/patch/trace.ts';
import { traceOf } from '../../../src/patch/trace-build.ts';
import { makeProgram, type Program } from '../../../src/program/program.ts';

const MOV = [0xb7, 0];
const jeq = (off: number) => [word0(0x15, 1, 0, off), 0];
const put = (...insns: number[][]) => Int32Array.from(insns.flat());

function film(
  program: Program,
  ops: readonly PatchOp[],
  style: Trace['style'],
  layer: Layer = 'verifier',
): Trace {
  const patching = stream.open(program);
  const edits = editsFromOps(ops);
  const applied = patching.apply(edits);
  const result = applied.ok ? patching.finish() : applied;
  const outcome: Patched | PatchError = result.ok ? result.value : result.error;
  return traceOf(program, edits, style, outcome, layer);
}

const opsOf = (trace: Trace): string[] => [...trace.opKind].map((kind) => OP_NAMES[kind]);

/** if goto end; three moves; if goto the first. */
const small = makeProgram({ insns: put(jeq(3), MOV, MOV, MOV, jeq(-5)) });
const grow: PatchOp = { kind: 'replace', at: 2, insns: put(MOV, MOV, MOV) };

describe('the timeline', () => {
  it('of a list is create, the edits, linearize, each changed jump, the tables', () => {
    const trace = film(small, [grow, { kind: 'remove', at: 3, cnt: 1 }], 'list');
    expect(opsOf(trace)).toEqual([
      'create',
      'replace',
      'remove',
      'linearize',
      'retarget',
      'retarget',
      'subprograms',
    ]);
    expect([...trace.growth]).toEqual([2, -1]);
  });
  it('of a list in the core layer has no tables but line info', () => {
    const { insns } = small;
    const zero = Int32Array.of(0);
    const lineInfo = { insnOff: zero, file: zero, line: zero, col: zero, text: zero };
    const trace = film(makeProgram({ insns, lineInfo }), [grow], 'list', 'core');
    expect(opsOf(trace).slice(-2)).toEqual(['retarget', 'line info']);
  });
  it('of an array is the edits', () => {
    expect(opsOf(film(small, [grow, { kind: 'remove', at: 3, cnt: 1 }], 'array'))).toEqual([
      'replace',
      'remove',
    ]);
  });
});

describe('a jump on its way', () => {
  it('carries its old distance until its op, and knows the new one before', () => {
    const trace = film(small, [grow], 'list');
    const moments = momentsOf(trace);
    const jumps = Array.from(
      { length: trace.opCnt + 1 },
      (_, k) => frameAt(trace, moments, k, 0, 1).rows[0].jump,
    );
    expect(jumps.map((jump) => jump?.now)).toEqual([3, 3, 5, 5, 5, 5, 5]);
    expect(jumps.map((jump) => jump?.written)).toEqual([3, 3, 3, 3, 5, 5, 5]);
    expect(jumps.map((jump) => jump?.before)).toEqual([3, 3, 3, 3, 3, 3, 3]);
    expect(jumps.map((jump) => jump?.done)).toEqual([false, false, false, false, true, true, true]);
  });
  it('into the last slot of a patch continues the one that was patched', () => {
    const blinded: PatchOp = {
      ...{ kind: 'replace', at: 4, insns: put(MOV, MOV, jeq(-7)) },
      exits: [{ slot: 2, to: 0 }],
    };
    const trace = film(small, [blinded], 'list');
    const { rows } = frameAt(trace, momentsOf(trace), trace.opCnt, 0, 99);
    expect(rows[6].jump).toMatchObject({ before: -5, now: -7, targetRow: 0 });
    expect(rows[4]).toMatchObject({ rewritten: true, jump: null, before: { distance: -5, targetRow: 0 } });
  });
  it('into a deleted insn leads to the next that lives', () => {
    const trace = film(small, [{ kind: 'remove', at: 4, cnt: 1 }], 'list');
    const { rows, rowCnt } = frameAt(trace, momentsOf(trace), trace.opCnt, 0, 99);
    expect(rows[0].jump?.targetRow).toBe(rowCnt);
    expect(rows[0].before?.targetRow).toBe(4);
    expect(rows[4]).toMatchObject({ alive: false, afterIdx: -1, edit: 0, jump: null });
  });
});

describe('the jumps that an edit retargets', () => {
  const blinded: PatchOp = {
    ...{ kind: 'replace', at: 4, insns: put(MOV, MOV, jeq(-7)) },
    exits: [{ slot: 2, to: 0 }],
  };
  const cases: readonly [string, readonly PatchOp[], readonly number[]][] = [
    ['both lead over it', [grow], [2]],
    ['one is deleted, the other leads to it', [{ kind: 'remove', at: 4, cnt: 1 }], [0]],
    ['one for one', [{ kind: 'replace', at: 2, insns: put(MOV) }], [0]],
    ['one goes on in the last slot of its patch', [blinded], [1]],
    ['one gives way to another', [{ kind: 'replace', at: 4, insns: put(MOV, MOV) }], [0]],
    ['the back jump skips what is put before its target', [{ kind: 'prepend', at: 0, insns: put(MOV) }], [0]],
    ['one edit after the other', [blinded, grow], [2, 1]],
  ];
  it.each(cases)('%s', (_, ops, want) => {
    for (const style of ['list', 'array'] as const) {
      const trace = film(small, ops, style);
      expect([...trace.editOp].map((op) => retargetedBy(trace, op))).toEqual(want);
    }
    expect(retargetedBy(film(small, ops, 'list'), 1)).toBe(0);
  });
});

describe('a second half of an ld_imm64 that is spelled out in bytes', () => {
  it('may look like a jump out of the program, and goes on leading there', () => {
    const program = makeProgram({
      insns: put([0x18, 0], [0x05 | (0x7ff0 << 16), 0], MOV, MOV),
    });
    for (const style of ['list', 'array'] as const) {
      const trace = film(program, [{ kind: 'prepend', at: 3, insns: put(MOV) }], style);
      expect(programAt(trace, 0)).toEqual(program.insns);
      expect(programAt(trace, trace.opCnt)[2] >> 16).toBe(0x7ff1);
    }
  });
});

describe('the halves of an ld_imm64', () => {
  const pair = makeProgram({ insns: put([0x18, 7], [0, 9], MOV) });
  it('are told apart', () => {
    const trace = film(pair, [], 'list');
    const { rows } = frameAt(trace, momentsOf(trace), trace.opCnt, 0, 99);
    expect(rows.map((row) => row.isSecondSlot)).toEqual([false, true, false]);
    expect(rows[0].nextImm).toBe(9);
  });
  it('are told apart in the window that begins between them, and when deleted', () => {
    const trace = film(pair, [{ kind: 'remove', at: 0, cnt: 2 }], 'list');
    const moments = momentsOf(trace);
    expect(frameAt(trace, moments, 0, 1, 1).rows[0].isSecondSlot).toBe(true);
    expect(frameAt(trace, moments, trace.opCnt, 1, 1).rows[0]).toMatchObject({
      isSecondSlot: true,
      alive: false,
    });
  });
});

describe('a refused run', () => {
  const long = makeProgram({
    insns: put(MOV, jeq(32_766), ...Array.from({ length: 32_766 }, () => MOV), MOV),
  });
  const edits = [100, 200, 300].map((at): PatchOp => ({ kind: 'replace', at, insns: put(MOV, MOV) }));
  it('of a list ends with the jump that cannot be retargeted', () => {
    const trace = film(long, edits, 'list');
    expect(opsOf(trace)).toEqual(['create', 'replace', 'replace', 'replace', 'linearize', 'retarget']);
    expect(trace.refused).toMatchObject({ code: 'ERANGE', at: 1, before: 32_766, needed: 32_769 });
    const j = trace.opRef[trace.opCnt - 1];
    expect([trace.jumps.node[j], trace.jumps.op[j], trace.jumps.final[j]]).toEqual([1, trace.opCnt, 32_769]);
    const jump = frameAt(trace, momentsOf(trace), trace.opCnt, 1, 1).rows[0].jump;
    expect(jump).toMatchObject({ broken: true, done: false, written: 32_766, now: 32_769 });
  });
  it('of an array ends with the edit after which a distance does not fit', () => {
    const trace = film(long, edits, 'array');
    expect(opsOf(trace)).toEqual(['replace', 'replace']);
    expect([...trace.editOp]).toEqual([1, 2, NEVER]);
    expect([...trace.editKind]).toEqual([EDIT.REPLACE, EDIT.REPLACE, EDIT.REPLACE]);
  });
  it('of an array has written what the edit before the last made of a distance', () => {
    const trace = film(long, edits, 'array');
    const moments = momentsOf(trace);
    const at = (k: number) => frameAt(trace, moments, k, 1, 1).rows[0].jump;
    expect(at(1)).toMatchObject({ broken: false, done: true, written: 32_767, now: 32_767 });
    expect(at(2)).toMatchObject({ broken: true, done: false, written: 32_767, now: 32_768 });
  });
  it('says so in the tables: no op for edits behind it, no room for the jump', () => {
    const trace = film(long, edits, 'array');
    const source = { trace, moments: momentsOf(trace), before: long };
    expect([0, 1, 2].map((e) => patchRowAt(source, e).op)).toEqual([1, 2, null]);
    const [j] = jumpsAlive(source, 2);
    expect(jumpRowAt(source, 2, j)).toMatchObject({ written: 32_767, now: 32_768, room: -1, fits: false });
    const roomAt = (k: number) => headroom(source, k);
    expect([0, 1, 2].map(roomAt)).toEqual([
      { largest: 32_766, room: 1 },
      { largest: 32_767, room: 0 },
      { largest: 32_768, room: -1 },
    ]);
  });
  it('for edits that clash has no edits', () => {
    const trace = film(small, [grow, grow], 'list');
    expect(opsOf(trace)).toEqual(['create']);
    expect(trace.refused).toMatchObject({ code: 'EINVAL', edits: [0, 1] });
    expect([...trace.death]).toEqual(new Array(5).fill(NEVER));
  });
});

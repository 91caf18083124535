/**
 * A trace shows what happened: its last moment is the output, its moment k is the program after k edits. Would catch a
 * picture that lies about a number, and a rank that is right only for edits in order.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOW, fitsFlow, flowOf } from '../../src/isa/flow.ts';
import { codeOf, offOf } from '../../src/isa/insn.ts';
import { array } from '../../src/patch/array.ts';
import { editsFromOps, opAt } from '../../src/patch/edit-list.ts';
import { frameAt, programAt } from '../../src/patch/frame.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import type { EditList, PatchOp } from '../../src/patch/ops.ts';
import { resolveEdits } from '../../src/patch/resolve.ts';
import { stream } from '../../src/patch/stream.ts';
import { NEVER, OP, type Trace } from '../../src/patch/trace.ts';
import { traceOf } from '../../src/patch/trace-build.ts';
import { type Program, slotCnt } from '../../src/program/program.ts';
import { opsOf, programOf, rawOps, rawProgram } from './patch-cases.ts';

const RUNS = { numRuns: 300 };
const STYLES = ['list', 'array'] as const;

function patched(program: Program, edits: EditList) {
  const patching = stream.open(program);
  const applied = patching.apply(edits);
  const result = applied.ok ? patching.finish() : applied;
  return result.ok ? result.value : result.error;
}

/** The canonical edits as ops again: exits say where each leaving jump goes, so a prefix of them means the same. */
function canonicalOps(program: Program, edits: EditList): PatchOp[] {
  const resolved = resolveEdits(slotCnt(program), edits);
  if (!resolved.ok) throw new Error(resolved.error.message);
  const { value } = resolved;
  const exits: number[] = [];
  for (let j = 0; j < value.leaveCnt; j++)
    exits.push(value.leaveEdit[j], value.leaveSlot[j], value.leaveTo[j]);
  const list = { ...value, exits: Int32Array.from(exits) };
  return Array.from({ length: value.cnt }, (_, k) => opAt(list, k));
}

function insnsAfter(program: Program, ops: readonly PatchOp[]): Int32Array {
  const patching = array.open(program);
  expect(patching.apply(editsFromOps(ops)).ok).toBe(true);
  const result = patching.finish();
  if (!result.ok) throw new Error(result.error.message);
  return result.value.program.insns;
}

const everyTrace = (check: (trace: Trace, program: Program, edits: EditList) => void): void =>
  fc.assert(
    fc.property(rawProgram, rawOps, fc.constantFrom(...STYLES), (raw, rawList, style) => {
      const program = programOf(raw);
      const edits = editsFromOps(opsOf(rawList, program));
      check(traceOf(program, edits, style, patched(program, edits)), program, edits);
    }),
    RUNS,
  );

describe('moments', () => {
  it('count and find nodes as going through all of them does, whatever the order of births', () => {
    const life = fc.record({ birth: fc.nat(12), span: fc.option(fc.nat(9)) });
    fc.assert(
      fc.property(fc.array(life, { maxLength: 80 }), fc.nat(14), (lives, k) => {
        const birth = Int32Array.from(lives, (one) => one.birth);
        const death = Int32Array.from(lives, (one) => (one.span === null ? NEVER : one.birth + one.span));
        const moments = momentsOf({ nodeCnt: lives.length, birth, death });
        const born = [...birth.keys()].filter((i) => birth[i] <= k);
        const alive = born.filter((i) => death[i] > k);
        expect([moments.bornCnt(k), moments.aliveCnt(k)]).toEqual([born.length, alive.length]);
        for (let pos = 0; pos <= lives.length; pos++) {
          expect(moments.rankBorn(k, pos)).toBe(born.filter((i) => i < pos).length);
          expect(moments.rankAlive(k, pos)).toBe(alive.filter((i) => i < pos).length);
        }
        expect([...born.keys()].map((i) => moments.selectBorn(k, i))).toEqual(born);
        expect([...alive.keys()].map((i) => moments.selectAlive(k, i))).toEqual(alive);
        expect(moments.selectAlive(k, alive.length)).toBe(lives.length);
      }),
      RUNS,
    );
  });
});

describe('a trace', () => {
  it('begins with the input and ends with the output', () => {
    everyTrace((trace, program, edits) => {
      const result = patched(program, edits);
      expect(programAt(trace, 0)).toEqual(program.insns);
      if ('code' in result) return;
      expect(programAt(trace, trace.opCnt)).toEqual(result.program.insns);
      const alive = [...trace.death.keys()].filter((node) => trace.death[node] === NEVER);
      expect(alive.map((node) => trace.uid[node])).toEqual([...result.program.uid]);
    });
  });

  it('shows after k edits what the array algorithm makes of the first k', () => {
    everyTrace((trace, program, edits) => {
      if (trace.refused !== null) return;
      const ops = canonicalOps(program, edits);
      const before = trace.style === 'list' ? 1 : 0;
      for (let k = 0; k <= ops.length; k++) {
        expect(programAt(trace, before + k)).toEqual(insnsAfter(program, ops.slice(0, k)));
      }
    });
  });

  it('has the ops of its style, each edit once, each changed jump once and in order', () => {
    everyTrace((trace, program) => {
      if (trace.refused !== null) return;
      const kinds = [...trace.opKind];
      const edits = kinds.filter((kind) => kind === OP.REPLACE || kind === OP.PREPEND || kind === OP.REMOVE);
      expect(edits.length).toBe(trace.editAt.length);
      if (trace.style === 'array') {
        expect(kinds).toEqual(edits);
        return;
      }
      const changed = [...trace.jumps.op.keys()].filter(
        (j) => trace.jumps.to[j] === NEVER && trace.jumps.final[j] !== trace.jumps.written[j],
      );
      expect(kinds).toEqual([
        OP.CREATE,
        ...edits,
        OP.LINEARIZE,
        ...changed.map(() => OP.RETARGET),
        ...(program.aux === null ? [] : [OP.AUX]),
        OP.SUBPROGS,
        ...(program.lineInfo.insnOff.length > 0 ? [OP.LINES] : []),
      ]);
      expect([...trace.opRef].filter((_, i) => kinds[i] === OP.RETARGET)).toEqual(changed);
    });
  });
});

describe('a frame', () => {
  it('has one row for each node born, and its numbers are those of the program at that moment', () => {
    everyTrace((trace, program) => {
      const moments = momentsOf(trace);
      for (let k = 0; k <= trace.opCnt; k++) {
        const frame = frameAt(trace, moments, k, 0, 1e6);
        const insns = programAt(trace, k);
        const alive = frame.rows.filter((row) => row.alive);
        expect(frame.rows.length).toBe(frame.rowCnt);
        expect(alive.map((row) => row.afterIdx)).toEqual([...alive.keys()]);
        expect(frame.aliveCnt * 2).toBe(insns.length);
        expect(frame.rows.filter((row) => row.beforeIdx >= 0).length).toBe(slotCnt(program));
        for (const row of alive) {
          const flow = flowOf(insns[2 * row.afterIdx]);
          expect(codeOf(row.w0)).toBe(codeOf(insns[2 * row.afterIdx]));
          expect(row.jump?.flow ?? FLOW.NONE).toBe(flow);
          if (row.jump === null) {
            expect([row.w0, row.imm]).toEqual([insns[2 * row.afterIdx], insns[2 * row.afterIdx + 1]]);
            continue;
          }
          const distance = flow === FLOW.OFF ? offOf(insns[2 * row.afterIdx]) : insns[2 * row.afterIdx + 1];
          expect(row.jump.now).toBe(distance);
          expect(row.jump.broken).toBe(!fitsFlow(distance, flow));
          expect(flow === FLOW.OFF ? offOf(row.w0) : row.imm).toBe(row.jump.written);
          if (k === trace.opCnt && trace.refused === null) expect(row.jump.written).toBe(distance);
          // The row it points at is the one that stands there, dead rows passed over.
          const target = row.afterIdx + 1 + distance;
          if (target >= 0 && target < frame.aliveCnt) {
            expect(frame.rows[row.jump.targetRow]).toMatchObject({ alive: true, afterIdx: target });
          } else if (target >= frame.aliveCnt) expect(row.jump.targetRow).toBe(frame.rowCnt);
        }
      }
    });
  });

  it('says of each input insn where it led in Before', () => {
    everyTrace((trace, program) => {
      const moments = momentsOf(trace);
      const k = trace.opCnt;
      const { rows, rowCnt } = frameAt(trace, moments, k, 0, 1e6);
      for (const row of rows) {
        const slot = row.beforeIdx;
        const flow = slot < 0 ? FLOW.NONE : flowOf(program.insns[2 * slot]);
        if (flow === FLOW.NONE) {
          expect(row.before).toBeNull();
          continue;
        }
        const distance = flow === FLOW.OFF ? offOf(program.insns[2 * slot]) : program.insns[2 * slot + 1];
        const target = slot + 1 + distance;
        if (target < 0 || target > slotCnt(program)) expect(row.before).toBeNull();
        else {
          expect(row.before).toMatchObject({ flow, distance });
          const led =
            target === slotCnt(program) ? rowCnt : rows.findIndex((one) => one.beforeIdx === target);
          expect(row.before?.targetRow).toBe(led);
        }
      }
    });
  });

  it('is the same through any window', () => {
    everyTrace((trace) => {
      const moments = momentsOf(trace);
      const k = trace.opCnt >> 1;
      const whole = frameAt(trace, moments, k, 0, 1e6);
      const window = frameAt(trace, moments, k, 3, 4);
      expect(window.rows).toEqual(whole.rows.slice(3, 7));
    });
  });
});

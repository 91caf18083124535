/**
 * A trace shows what happened: its last moment is the output, its moment k is the program after k edits. Would catch a
 * picture that lies about a number, and ranks that a trace in another order would make wrong.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceOf, FLOW, type Flow, fitsFlow, flowOf } from '../../src/isa/flow.ts';
import { codeOf, offOf } from '../../src/isa/insn.ts';
import { frameAt, programAt } from '../../src/patch/frame.ts';
import { retargetedBy } from '../../src/patch/jump-at.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { EDIT } from '../../src/patch/ops.ts';
import type { ResolvedEdits } from '../../src/patch/resolve.ts';
import { NEVER, OP, type Trace } from '../../src/patch/trace.ts';
import { type Program, slotCnt } from '../../src/program/program.ts';
import { arrayAfter, canonicalOps, everyTrace, patched, RUNS, resolvedOf } from './patch-moments.ts';

/** Times from `first` on, each so much later than the last; `none` where nothing happens. */
function inOrder(steps: readonly (number | null)[], first: number, none: number): Int32Array {
  let time = first;
  return Int32Array.from(steps, (step) => {
    if (step === null) return none;
    time += step;
    return time;
  });
}

/** Ranks and selects at moment k held against a count. */
function checkMoments(birth: Int32Array, death: Int32Array, k: number): void {
  const nodeCnt = birth.length;
  const moments = momentsOf({ nodeCnt, birth, death });
  const born = [...birth.keys()].filter((i) => birth[i] <= k);
  const alive = born.filter((i) => death[i] > k);
  expect([moments.bornCnt(k), moments.aliveCnt(k)]).toEqual([born.length, alive.length]);
  for (let pos = 0; pos <= nodeCnt; pos++) {
    expect(moments.rankBorn(k, pos)).toBe(born.filter((i) => i < pos).length);
    expect(moments.rankAlive(k, pos)).toBe(alive.filter((i) => i < pos).length);
  }
  expect([...born.keys()].map((i) => moments.selectBorn(k, i))).toEqual(born);
  expect([...alive.keys()].map((i) => moments.selectAlive(k, i))).toEqual(alive);
  expect(moments.selectAlive(k, alive.length)).toBe(nodeCnt);
}

describe('moments', () => {
  it('count and find nodes as going through all of them does', () => {
    // A node is born after those before it, and dies after those before it die, as a trace has it.
    const life = fc.record({ birth: fc.option(fc.nat(2)), death: fc.option(fc.nat(2)) });
    fc.assert(
      fc.property(fc.array(life, { maxLength: 80 }), fc.nat(99), fc.boolean(), (lives, k, adds) => {
        const birth = inOrder(
          lives.map((one) => one.birth),
          1,
          0,
        );
        const death = inOrder(
          lives.map((one) => one.death),
          adds ? 170 : 1,
          NEVER,
        );
        for (const i of birth.keys()) if (death[i] < birth[i]) death[i] = NEVER;
        checkMoments(birth, death, k);
        checkMoments(birth, death, k + 100);
      }),
      RUNS,
    );
  });

  it('need what every trace has: births in the final order, and deaths', () => {
    everyTrace(({ birth, death }) => {
      for (const times of [birth, death]) {
        const events = Array.from(times).filter((time) => time > 0 && time < NEVER);
        expect(events).toEqual(events.toSorted((a, b) => a - b));
      }
    });
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

  it('shows at each moment what the array algorithm makes of the edits done by then', () => {
    everyTrace((trace, program, edits) => {
      if (trace.refused !== null) return;
      const ops = canonicalOps(program, edits);
      for (let k = 0; k <= trace.opCnt; k++)
        expect(programAt(trace, k)).toEqual(arrayAfter(trace, program, ops, k).insns);
    });
  });

  it('knows of each edit its kind and its op; an array adds before it deletes', () => {
    everyTrace((trace, program, edits) => {
      if (trace.refused !== null) return;
      const { kind, cnt } = resolvedOf(program, edits);
      expect([...trace.editKind]).toEqual([...kind.subarray(0, cnt)]);
      expect([...trace.editOp].map((op) => trace.opRef[op - 1])).toEqual([...trace.editOp.keys()]);
      const done = [...trace.editOp.keys()].toSorted((a, b) => trace.editOp[a] - trace.editOp[b]);
      const isRemove = (e: number): number => (kind[e] === EDIT.REMOVE ? 1 : 0);
      const want =
        trace.style !== 'array'
          ? done.toSorted((a, b) => a - b)
          : done.toSorted((a, b) => isRemove(a) - isRemove(b) || a - b);
      expect(done).toEqual(want);
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
      const isBatch = trace.style === 'batch';
      expect(kinds).toEqual([
        ...(isBatch ? [] : [OP.CREATE]),
        ...edits,
        isBatch ? OP.NUMBER : OP.LINEARIZE,
        ...changed.map(() => OP.RETARGET),
        ...(isBatch ? [OP.COPY] : []),
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

/** Nodes of the program as it would be at moment k, in order. */
const nodesAt = (trace: Trace, k: number): number[] =>
  [...trace.birth.keys()].filter((node) => trace.birth[node] <= k && k < trace.death[node]);

/** Slot of its patch in which the jump of the insn that edit e replaces goes on, said of the edits; -1: in none. */
function heirSlot(program: Program, edits: ResolvedEdits, e: number): number {
  const at = edits.at[e];
  const w0 = program.insns[2 * at];
  const flow = flowOf(w0);
  const target = at + 1 + distanceOf(w0, program.insns[2 * at + 1], flow);
  const prepended = e > 0 && edits.at[e - 1] === at;
  for (let slot = edits.len[e] - 1; slot >= 0; slot--) {
    const word = 2 * (edits.first[e] + slot);
    const own = flowOf(edits.insns[word]);
    if (own === FLOW.NONE || (own === FLOW.CALL) !== (flow === FLOW.CALL)) continue;
    const leave = Array.from({ length: edits.leaveCnt }, (_, i) => i).find(
      (i) => edits.leaveEdit[i] === e && edits.leaveSlot[i] === slot,
    );
    if (leave !== undefined ? edits.leaveTo[leave] === target : false) return slot;
    // A jump to itself goes on as one to the first slot; of a call the first slot is that of the prologue.
    const inside = slot + 1 + distanceOf(edits.insns[word], edits.insns[word + 1], own);
    if (leave === undefined && inside === 0 && target === at && !(own === FLOW.CALL && prepended))
      return slot;
  }
  return -1;
}

describe('jumps that an op retargets', () => {
  it('are those whose distance differs between the programs before and after it', () => {
    everyTrace((trace, program, edits) => {
      if (trace.refused !== null) return;
      const resolved = resolvedOf(program, edits);
      const distanceAt = (insns: Int32Array, idx: number): number =>
        distanceOf(insns[2 * idx], insns[2 * idx + 1], flowOf(insns[2 * idx]) as Flow);
      for (let k = 1; k <= trace.opCnt; k++) {
        const [was, is] = [programAt(trace, k - 1), programAt(trace, k)];
        const after = nodesAt(trace, k);
        let cnt = 0;
        for (const [idx, node] of nodesAt(trace, k - 1).entries()) {
          if (flowOf(was[2 * idx]) === FLOW.NONE || !after.includes(node)) continue;
          const replaced = trace.rewriteOp[node] === k;
          const slot = replaced ? heirSlot(program, resolved, trace.opRef[k - 1]) : 0;
          if (slot < 0) continue;
          const differs = distanceAt(was, idx) !== distanceAt(is, after.indexOf(node) + slot);
          if (differs) cnt++;
        }
        expect(retargetedBy(trace, k)).toBe(cnt);
      }
    });
  });
});

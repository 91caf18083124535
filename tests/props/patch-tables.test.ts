/**
 * The tables at every moment of a run: what they derive from the trace is what the array algorithm computes from the
 * edits done by then. Would catch a row that is right at the end only, and one that is wrong for some order of edits.
 */
import { describe, expect, it } from 'vitest';
import { auxRowAt } from '../../src/figures/aux-rows.ts';
import { lineRowAt } from '../../src/figures/line-rows.ts';
import { jumpRowAt, jumpsAlive, subprogRowAt } from '../../src/figures/tables.ts';
import { distanceOf, FLOW, fitsFlow, flowOf } from '../../src/isa/flow.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import type { Trace } from '../../src/patch/trace.ts';
import { auxAt, type Program, slotCnt } from '../../src/program/program.ts';
import { arrayAfter, canonicalOps, everyTrace } from './patch-moments.ts';

interface Moment {
  readonly source: Parameters<typeof auxRowAt>[0];
  readonly trace: Trace;
  readonly k: number;
  readonly before: Program;
  /** The program as the algorithm has it at moment k. */
  readonly now: Program;
}

const everyMoment = (check: (moment: Moment) => void): void =>
  everyTrace((trace, before, edits) => {
    if (trace.refused !== null) return;
    const source = { trace, moments: momentsOf(trace), before };
    const ops = canonicalOps(before, edits);
    for (let k = 0; k <= trace.opCnt; k++)
      check({ source, trace, k, before, now: arrayAfter(trace, before, ops, k) });
  });

describe('at every moment', () => {
  it('aux is that of the program made so far', () => {
    everyMoment(({ source, k, before, now }) => {
      const { aux } = now;
      expect(source.moments.aliveCnt(k)).toBe(slotCnt(now));
      for (let i = 0; i < slotCnt(now); i++) {
        const row = auxRowAt(source, k, i);
        if (aux === null) {
          expect(row).toBeNull();
          continue;
        }
        const { origIdx, seen, zextDst, ptrType } = auxAt(aux, i);
        expect(row).toMatchObject({ idx: i, origIdx, seen, zextDst, ptrType });
        expect(row?.record === 'new').toBe(aux.home[i] < 0);
        expect(row?.home).toBe(aux.home[i] < 0 ? ~aux.home[i] : aux.home[i]);
        // Identities given to insns born depend on how many were born before.
        if (now.uid[i] < before.nextUid) expect(row?.uid).toBe(now.uid[i]);
      }
    });
  });

  it('line entries stand where they stand in the program made so far', () => {
    everyMoment(({ source, k, before, now }) => {
      const rows = Array.from(before.lineInfo.insnOff, (_, i) => lineRowAt(source, k, i));
      expect(rows.filter((row) => row.idx >= 0).map((row) => [row.idx, row.line, row.col])).toEqual(
        Array.from(now.lineInfo.insnOff, (off, i) => [off, now.lineInfo.line[i], now.lineInfo.col[i]]),
      );
    });
  });

  it('subprograms begin and end where they do in the program made so far', () => {
    everyMoment(({ source, k, before, now }) => {
      const { start, ident } = now.subprogs;
      const rows = Array.from(before.subprogs.start, (_, i) => ({ i, ...subprogRowAt(source, k, i) }));
      expect(rows.filter((row) => !row.dead).map((row) => [row.i, row.start, row.end])).toEqual(
        Array.from(start, (from, i) => [ident[i], from, start[i + 1] ?? slotCnt(now)]),
      );
    });
  });

  it('jumps stand, lead and reach as in the program made so far', () => {
    everyMoment(({ source, trace, k, before, now }) => {
      const rows = Array.from(jumpsAlive(source, k), (j) => ({ j, ...jumpRowAt(source, k, j) }));
      const jumps = [...now.uid.keys()].filter((i) => flowOf(now.insns[2 * i]) !== FLOW.NONE);
      expect(rows.map((row) => row.at)).toEqual(jumps);
      for (const row of rows) {
        const flow = flowOf(now.insns[2 * row.at]);
        const distance = distanceOf(now.insns[2 * row.at], now.insns[2 * row.at + 1], flow);
        expect(row).toMatchObject({
          ...{ to: row.at + 1 + distance, now: distance, isCall: flow === FLOW.CALL },
          ...{ fits: fitsFlow(distance, flow), written: row.done ? distance : trace.jumps.written[row.j] },
        });
        expect(row.fits).toBe(row.room >= 0);
        if (trace.style === 'array' || k === trace.opCnt) expect(row.written).toBe(distance);
        if (trace.style === 'list' && k <= 1) expect(row.done).toBe(false);
        const slot = before.uid.indexOf(row.uid);
        if (slot < 0 || trace.rewriteOp[trace.nodeOf[slot]] <= k) continue;
        const [w0, imm] = before.insns.subarray(2 * slot);
        expect(row.before).toBe(distanceOf(w0, imm, flow));
      }
    });
  });
});

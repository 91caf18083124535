/**
 * Counts that look at a patch only, held against going through everything. Would catch a line entry or a function that
 * is missed at the edge of a patch, one that is counted though it was gone, and an entry that is left without insns and
 * still numbered.
 */
import { describe, expect, it } from 'vitest';
import { lineRowAt } from '../../src/figures/line-rows.ts';
import { movedLines, movedSubprogs } from '../../src/figures/pictures/moved.ts';
import { linfoNumbers } from '../../src/figures/place-rows.ts';
import { subprogRowAt, type TableSource } from '../../src/figures/tables.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { EDIT } from '../../src/patch/ops.ts';
import type { Trace } from '../../src/patch/trace.ts';
import type { Program } from '../../src/program/program.ts';
import { everyTrace } from './patch-moments.ts';

const sourceOf = (trace: Trace, before: Program): TableSource => ({
  trace,
  before,
  moments: momentsOf(trace),
});

describe('counts of what moves', () => {
  it('are those of all line entries and functions, at each op that is an edit', () => {
    everyTrace((trace, before) => {
      const source = sourceOf(trace, before);
      const lineCnt = before.lineInfo.insnOff.length;
      const subCnt = before.subprogs.start.length;
      const starts = (op: number) =>
        Array.from({ length: subCnt }, (_, k) => {
          const { dead, start } = subprogRowAt(source, op, k);
          return dead ? -1 : start;
        });
      const lines = (op: number) => Array.from({ length: lineCnt }, (_, k) => lineRowAt(source, op, k).idx);
      const differing = (a: number[], b: number[]): number => a.filter((one, k) => one !== b[k]).length;
      for (const op of trace.editOp) {
        if (op > trace.opCnt) continue;
        expect(movedLines(source, op)).toEqual({ cnt: lineCnt, moved: differing(lines(op - 1), lines(op)) });
        expect(movedSubprogs(source, op)).toEqual({
          cnt: subCnt,
          moved: differing(starts(op - 1), starts(op)),
        });
      }
    });
  });

  it('number the line entries that are left before each function', () => {
    everyTrace((trace, before) => {
      const source = sourceOf(trace, before);
      for (let op = 0; op <= trace.opCnt; op++) {
        const isCut = trace.editKind.some((kind, e) => kind === EDIT.REMOVE && trace.editOp[e] <= op);
        const want = before.subprogs.linfoIdx.map((first) => {
          let left = 0;
          for (let entry = 0; entry < first; entry++) if (lineRowAt(source, op, entry).idx >= 0) left++;
          return isCut && first > 0 ? left : first;
        });
        expect(linfoNumbers(source, op)).toEqual(want);
      }
    });
  });

  it('find the slot that each line entry stands at by going from insn to insn', () => {
    everyTrace((trace, before) => {
      const source = sourceOf(trace, before);
      const { insnOff } = before.lineInfo;
      for (let op = 0; op <= trace.opCnt; op += 2)
        for (const [entry, was] of insnOff.entries()) {
          const end = insnOff[entry + 1] ?? trace.inputCnt;
          let slot = was;
          while (slot >= 0 && trace.death[trace.nodeOf[slot]] <= op) if (++slot >= end) slot = -1;
          const { idx, heir } = lineRowAt(source, op, entry);
          expect([idx >= 0, heir]).toEqual([slot >= 0, slot >= 0 && slot !== was]);
        }
    });
  });
});

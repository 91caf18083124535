/**
 * Random pipelines of all passes over random programs. Would catch: a pass whose edits two algorithms take differently
 * once other passes have been there, and a composed map that loses an insn, a target, a line entry or a start on the way.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceOf, FLOW, flowOf } from '../../src/isa/flow.ts';
import { agree } from '../../src/patch/agree.ts';
import { ALGORITHMS } from '../../src/patch/index.ts';
import { EDIT } from '../../src/patch/ops.ts';
import type { Remap } from '../../src/patch/remap.ts';
import { runSteps, type Steps } from '../../src/pipeline/steps.ts';
import { DELETED, type Program, slotCnt } from '../../src/program/program.ts';
import { inputFor, pipelineCase } from './pipeline-cases.ts';

const slotsOf = (program: Program): number[] => Array.from({ length: slotCnt(program) }, (_, i) => i);

/** Where the jump or call in a slot leads; null: it does neither. */
function targetOf({ insns }: Program, i: number): { to: number; isCall: boolean } | null {
  const flow = flowOf(insns[2 * i]);
  if (flow === FLOW.NONE) return null;
  return { to: i + 1 + distanceOf(insns[2 * i], insns[2 * i + 1], flow), isCall: flow === FLOW.CALL };
}

describe('all algorithms', () => {
  it('come to the same program and map after every pass of a pipeline', () => {
    const worked = new Set<string>();
    fc.assert(
      fc.property(pipelineCase, (one) => {
        const [first, ...rest] = ALGORITHMS.map((algorithm) => runSteps(inputFor(one, algorithm)));
        for (const { pass, edits } of first.done) if (edits.cnt > 0) worked.add(pass.id);
        for (const other of rest) {
          expect(other.done.length).toBe(first.done.length);
          expect(other.refused).toEqual(first.refused);
          for (const [k, { edits, patched, rndUsed }] of other.done.entries()) {
            expect(edits).toEqual(first.done[k].edits);
            expect(rndUsed).toBe(first.done[k].rndUsed);
            expect(agree([first.done[k].patched, patched])).toBeNull();
          }
        }
      }),
      { numRuns: 80 },
    );
    // Most passes find something to do in such programs, or this would say little.
    expect(worked.size).toBeGreaterThan(5);
  });
});

/** Follow a slot from pass to pass; a removed one is at the next survivor from then on. */
const followed = (steps: Steps, slot: number, way: (remap: Remap) => Int32Array): number =>
  steps.done.reduce((at, { patched }) => way(patched.remap)[at], slot);

/** Slots of the source that keep their very insn to the end: no pass has put another one in their place. */
function untouched({ source, done }: Steps): Map<number, number> {
  let at = new Map(slotsOf(source).map((t) => [t, t]));
  for (const { edits, patched } of done) {
    const replaced = new Set(edits.at.filter((_, k) => edits.kind[k] === EDIT.REPLACE));
    const left = [...at].filter(([, i]) => !replaced.has(i) && patched.remap.heir[i] >= 0);
    at = new Map(left.map(([t, i]) => [t, patched.remap.heir[i]]));
  }
  return at;
}

describe('the composed map', () => {
  const RUNS = { numRuns: 200 };
  const everyRun = (check: (steps: Steps, through: Remap) => void): void =>
    fc.assert(
      fc.property(pipelineCase, (one) => {
        const steps = runSteps(inputFor(one, ALGORITHMS[0]));
        check(steps, steps.remap);
      }),
      RUNS,
    );

  it('is that of the passes one after the other, slot by slot', () => {
    everyRun((steps, through) => {
      const slots = [...slotsOf(steps.source), slotCnt(steps.source)];
      expect([...through.outer]).toEqual(slots.map((t) => followed(steps, t, ({ outer }) => outer)));
      expect([...through.inner]).toEqual(slots.map((t) => followed(steps, t, ({ inner }) => inner)));
    });
  });

  it('finds every insn where its identity and its place in the source are', () => {
    everyRun(({ source, program }, { inner, heir, dead }) => {
      const origOf = new Map(slotsOf(program).map((i) => [program.origIdx[i], i]));
      expect([...heir]).toEqual(slotsOf(source).map((t) => origOf.get(t) ?? -1));
      expect([...dead]).toEqual(slotsOf(source).map((t) => Number(!origOf.has(t))));
      // The uids of a source are its slots.
      const kept = slotsOf(program).filter((i) => program.uid[i] < source.nextUid);
      expect(kept.map((i) => inner[program.uid[i]])).toEqual(kept);
    });
  });

  it('says where every jump and call that no pass has replaced leads', () => {
    let [jumps, calls] = [0, 0];
    everyRun((steps, { inner, outer }) => {
      const { source, program } = steps;
      for (const [t, i] of untouched(steps)) {
        const was = targetOf(source, t);
        if (was === null) continue;
        expect(targetOf(program, i)?.to).toBe((was.isCall ? outer : inner)[was.to]);
        if (was.isCall) calls++;
        else jumps++;
      }
    });
    expect(Math.min(jumps, calls)).toBeGreaterThan(20);
  });

  it('says where every line entry, subprogram and place that is left has gone', () => {
    let moved = 0;
    everyRun(({ source, program }, { outer }) => {
      const offOf = new Map([...source.lineInfo.line].map((line, k) => [line, source.lineInfo.insnOff[k]]));
      for (const [k, line] of program.lineInfo.line.entries()) {
        const off = offOf.get(line) ?? -1;
        expect(program.lineInfo.insnOff[k]).toBe(outer[off]);
        if (outer[off] !== off) moved++;
      }
      for (const [k, ident] of program.subprogs.ident.entries())
        expect(program.subprogs.start[k]).toBe(outer[source.subprogs.start[ident]]);
      for (const [p, { at }] of program.places.entries())
        for (const [k, to] of at.entries())
          if (to !== DELETED) expect(to).toBe(outer[source.places[p].at[k]]);
    });
    expect(moved).toBeGreaterThan(20);
  });
});

/**
 * The history of an insn, and the map of slots, at every moment of a run. Would catch a distance that is listed but was
 * never carried, one that is missing or has the wrong op, and a slot of the map that only the end gets right.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceIndexAt, distancesOf } from '../../src/figures/distance-history.ts';
import { mapRowAt, mapRowCnt } from '../../src/figures/index-map.ts';
import { lineCoverAt } from '../../src/figures/line-rows.ts';
import { provenanceOf } from '../../src/figures/provenance.ts';
import { listedDistances } from '../../src/figures/provenance-lines.ts';
import { distanceOf, FLOW, flowOf } from '../../src/isa/flow.ts';
import { editsFromOps } from '../../src/patch/edit-list.ts';
import { frameAt } from '../../src/patch/frame.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { NEVER } from '../../src/patch/trace.ts';
import { arrayAfter, canonicalOps, everyTrace, patched } from './patch-moments.ts';

test('every distance listed is the one that the insn carries, at every op', () => {
  everyTrace((trace) => {
    const moments = momentsOf(trace);
    const histories = Array.from(trace.uid, (_, node) => distancesOf(trace, moments, node));
    for (const history of histories) {
      // Each op is listed once, in order, and only where something changed.
      for (let i = 1; i < (history?.from.length ?? 0); i++)
        expect((history?.from[i] ?? 0) - (history?.from[i - 1] ?? 0)).toBeGreaterThan(0);
    }
    for (let k = 0; k <= trace.opCnt; k++)
      for (const row of frameAt(trace, moments, k, 0, trace.nodeCnt).rows) {
        const history = histories[row.node];
        const at = history === null ? -1 : distanceIndexAt(history, k);
        expect(at < 0 ? null : history?.distance[at], `node ${row.node}, op ${k}`).toBe(
          row.jump?.written ?? null,
        );
      }
  });
});

test('in an array it is the distance that the algorithm itself has written by then', () => {
  everyTrace((trace, program, edits) => {
    if (trace.style !== 'array' || trace.refused !== null) return;
    const moments = momentsOf(trace);
    const ops = canonicalOps(program, edits);
    for (let k = 0; k <= trace.opCnt; k++) {
      const { insns } = arrayAfter(trace, program, ops, k);
      for (let idx = 0; idx < insns.length / 2; idx++) {
        const flow = flowOf(insns[2 * idx]);
        const history = distancesOf(trace, moments, moments.selectAlive(k, idx));
        const at = history === null ? -1 : distanceIndexAt(history, k);
        if (flow === FLOW.NONE) expect(at).toBe(-1);
        else expect(history?.distance[at]).toBe(distanceOf(insns[2 * idx], insns[2 * idx + 1], flow));
      }
    }
  });
});

test('an insn is said to be there exactly while it is, and its patch has as many insns as are numbered', () => {
  everyTrace((trace, before) => {
    const source = { trace, moments: momentsOf(trace), before };
    for (let node = 0; node < trace.nodeCnt; node++)
      for (let k = 0; k <= trace.opCnt; k++) {
        const { state, afterIdx, born, rewritten } = provenanceOf(source, k, node);
        expect(state === 'there').toBe(trace.birth[node] <= k && k < trace.death[node]);
        if (state === 'there') expect(source.moments.selectAlive(k, afterIdx)).toBe(node);
        for (const place of [born, rewritten]) {
          if (place === null) continue;
          expect(place.nth).toBeGreaterThanOrEqual(1);
          expect(place.nth).toBeLessThanOrEqual(place.cnt);
          expect(place.cnt).toBe(trace.editLen[place.patch - 1]);
        }
        expect(rewritten === null).toBe(trace.rewriteOp[node] === NEVER);
        if (rewritten) expect(rewritten.nth).toBe(1);
      }
  });
});

test('the map of slots is that of the edits done so far', () => {
  everyTrace((trace, before, edits) => {
    if (trace.refused !== null) return;
    const source = { trace, moments: momentsOf(trace), before };
    const ops = canonicalOps(before, edits);
    for (let k = 0; k <= trace.opCnt; k++) {
      const result = patched(before, editsFromOps(ops.filter((_, e) => trace.editOp[e] <= k)));
      if ('code' in result) return;
      const { outer, inner, heir, dead } = result.remap;
      const rows = Array.from({ length: mapRowCnt(source) }, (_, slot) => mapRowAt(source, k, slot));
      expect(rows.map((row) => row.outer)).toEqual([...outer.slice(0, rows.length)]);
      expect(rows.map((row) => row.inner)).toEqual([...inner.slice(0, rows.length)]);
      expect(rows.slice(0, -1).map((row) => row.heir)).toEqual([...heir.slice(0, rows.length - 1)]);
      expect(rows.slice(0, -1).map((row) => Number(row.dead))).toEqual([...dead.slice(0, rows.length - 1)]);
    }
  });
});

test('line entries cover all insns behind the first, without a gap or an overlap', () => {
  everyTrace((trace, before) => {
    const source = { trace, moments: momentsOf(trace), before };
    for (let k = 0; k <= trace.opCnt; k++) {
      const left = Array.from(before.lineInfo.insnOff, (_, i) => lineCoverAt(source, k, i)).filter(
        ({ idx }) => idx >= 0,
      );
      for (const [i, row] of left.entries())
        expect(row.end).toBe(i + 1 < left.length ? left[i + 1].idx : source.moments.aliveCnt(k));
    }
  });
});

test('of many distances some are listed: the first, the last, and those around the one that is carried', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: -1, max: 39 }), (cnt, at) => {
      const current = Math.min(at, cnt - 1);
      const listed = listedDistances(cnt, current);
      expect(listed).toEqual([...new Set(listed)].toSorted((a, b) => a - b));
      expect(listed.length).toBeLessThanOrEqual(12);
      if (cnt > 0) expect(listed).toEqual(expect.arrayContaining([0, cnt - 1, Math.max(0, current)]));
      if (cnt <= 6) expect(listed.length).toBe(cnt);
    }),
  );
});

/**
 * What differs between two moments, held against the two programs laid beside each other. Would catch an insn that is
 * called rewritten because its distance moved, a re-targeted jump that is not seen, one half of a 64-bit constant that
 * stands for the whole, and a row that has the slot of another.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceOf, FLOW, flowOf } from '../../src/isa/flow.ts';
import { withOff } from '../../src/isa/insn.ts';
import { secondSlots } from '../../src/isa/pairs.ts';
import { compare, nodeOfRow, rowOfNode, slotIn } from '../../src/patch/compare.ts';
import { DIFF } from '../../src/patch/diff.ts';
import { editBuilder } from '../../src/patch/edit-builder.ts';
import { programAt } from '../../src/patch/frame.ts';
import type { Trace } from '../../src/patch/trace.ts';
import { traceOf } from '../../src/patch/trace-build.ts';
import { makeProgram } from '../../src/program/program.ts';
import { everyTrace, patched } from './patch-moments.ts';

interface Listed {
  readonly node: number;
  readonly w0: number;
  readonly imm: number;
  /** Node of the ld_imm64 whose second slot it is. */
  readonly pair: number | undefined;
}

/** The whole program at a moment, by node. */
function listed(trace: Trace, k: number): Map<number, Listed> {
  const insns = programAt(trace, k);
  const second = secondSlots(insns);
  const nodes = [...trace.birth.keys()].filter((node) => trace.birth[node] <= k && k < trace.death[node]);
  return new Map(
    nodes.map((node, i) => [
      node,
      { node, w0: insns[2 * i], imm: insns[2 * i + 1], pair: second[i] === 1 ? nodes[i - 1] : undefined },
    ]),
  );
}

/** Words without the distance. */
function words({ w0, imm }: Listed): readonly number[] {
  const flow = flowOf(w0);
  if (flow === FLOW.NONE) return [w0, imm];
  return flow === FLOW.OFF ? [withOff(w0, 0), imm] : [w0];
}

function naiveDiff(was: Listed | undefined, is: Listed | undefined): number {
  if (was === undefined) return DIFF.INSERTED;
  if (is === undefined) return DIFF.DELETED;
  if (String(words(was)) !== String(words(is))) return DIFF.REWRITTEN;
  const flow = flowOf(is.w0);
  if (flow === FLOW.NONE) return DIFF.UNCHANGED;
  const differs = distanceOf(was.w0, was.imm, flow) !== distanceOf(is.w0, is.imm, flow);
  return differs ? DIFF.RETARGETED : DIFF.UNCHANGED;
}

/** [node, DIFF] of each row. */
function naiveRows(trace: Trace, a: number, b: number): [number, number][] {
  const [was, is] = [listed(trace, a), listed(trace, b)];
  const rows = new Map<number, number>();
  for (const node of [...new Set([...was.keys(), ...is.keys()])].toSorted((x, y) => x - y)) {
    const [one, other] = [was.get(node), is.get(node)];
    const diff = naiveDiff(one, other);
    const first = one?.pair ?? other?.pair;
    const isHalf =
      first !== undefined &&
      [one, other].every((at) => at === undefined || (at.pair === first && (at.w0 & 0xff) === 0)) &&
      was.has(first) === was.has(node) &&
      is.has(first) === is.has(node);
    if (isHalf) rows.set(first, Math.min(diff, rows.get(first) ?? diff));
    else rows.set(node, diff);
  }
  return [...rows];
}

interface RawInsn {
  readonly opcode: number;
  readonly reach: number;
}
interface RawEdit {
  readonly kind: number;
  readonly opcode: number;
  readonly len: number;
}

/** A thousand insns and more, made of a few that come again and again in another order each time. */
function longTrace(raw: readonly RawInsn[], rawEdits: readonly RawEdit[], style: Trace['style']): Trace {
  const n = 1100;
  const insns = new Int32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const { opcode, reach } = raw[(i + Math.floor(i / raw.length)) % raw.length];
    const to = Math.max(0, Math.min(n - 1, i + reach));
    const isCall = opcode === 0x85;
    insns[2 * i] = opcode | (isCall ? 0x1000 : opcode === 0x55 || opcode === 5 ? (to - i - 1) << 16 : 0);
    insns[2 * i + 1] = isCall ? to - i - 1 : i;
  }
  const program = makeProgram({ insns });
  const edits = editBuilder();
  for (let i = 0, e = 0; i < n - 8; e++) {
    const { kind, opcode, len } = rawEdits[(e + Math.floor(e / rawEdits.length)) % rawEdits.length];
    if (kind === 0) edits.remove(i, len);
    else if (kind < 4) {
      if (kind === 1) edits.prepend(i);
      else edits.replace(i);
      // No jump of a patch leaves it.
      for (let s = 0; s < len; s++)
        edits.put(opcode === 0x55 || opcode === 5 || opcode === 0x85 ? 0xb7 : opcode, s);
    }
    i += kind === 0 ? len : 1 + (kind % 3);
  }
  const list = edits.finish();
  return traceOf(program, list, style, patched(program, list));
}

describe('the difference between two moments', () => {
  it('is that of the two programs, row by row', () => {
    everyTrace((trace) => {
      // What a refused op would have made has distances that no program can hold.
      const last = trace.refused === null ? trace.opCnt : trace.opCnt - 1;
      for (let a = 0; a <= last; a += 2)
        for (let b = a; b <= last; b += 3) {
          const comparison = compare(trace, a, b);
          const { diff, rowCnt, cnt } = comparison;
          const rows = naiveRows(trace, a, b);
          const found = Array.from({ length: rowCnt }, (_, row) => nodeOfRow(comparison, row));
          expect(found.map((node) => [node, diff[node]])).toEqual(rows);
          expect([...cnt]).toEqual(
            Object.values(DIFF).map((diff) => rows.filter(([, one]) => one === diff).length),
          );
        }
    });
  });

  it('is so in long programs, too, where ld_imm64 follow each other without a second slot', () => {
    const opcode = fc.constantFrom(0x18, 0x18, 0, 0xb7, 0x55, 0x05, 0x85);
    const insn = fc.record({ opcode, reach: fc.integer({ min: -40, max: 600 }) });
    const edit = fc.record({ kind: fc.nat(5), opcode, len: fc.integer({ min: 1, max: 4 }) });
    const style = fc.constantFrom('list', 'batch', 'array');
    const insnList = fc.array(insn, { minLength: 1, maxLength: 40 });
    const editList = fc.array(edit, { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(insnList, editList, style, fc.nat(99), (insns, edits, by, at) => {
        const trace = longTrace(insns, edits, by);
        const last = trace.refused === null ? trace.opCnt : trace.opCnt - 1;
        const b = Math.round((at * last) / 99);
        for (const a of [0, b >> 1, b]) {
          const comparison = compare(trace, a, b);
          const rows = naiveRows(trace, a, b);
          const found = Array.from({ length: comparison.rowCnt }, (_, row) => nodeOfRow(comparison, row));
          expect(found.map((node) => [node, comparison.diff[node]])).toEqual(rows);
          for (const k of [0, 1, 2, 3, 4])
            expect(comparison.cnt[k]).toBe(rows.filter(([, one]) => one === k).length);
          const seconds = (k: number) =>
            [...listed(trace, k).values()].filter(({ pair }) => pair !== undefined);
          for (const side of [comparison.a, comparison.b])
            expect(side.slotCnt - side.insnCnt).toBe(seconds(side.moment).length);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('knows the slot of each node at both moments, how many insns there are, and the row of each', () => {
    everyTrace((trace) => {
      const [a, b] = [trace.opCnt >> 1, trace.opCnt];
      const comparison = compare(trace, a, b);
      for (const side of [comparison.a, comparison.b]) {
        const nodes = [...listed(trace, side.moment).values()];
        expect(side.slotCnt).toBe(nodes.length);
        expect(side.insnCnt).toBe(nodes.filter(({ pair }) => pair === undefined).length);
        expect(nodes.map(({ node }) => slotIn(side, node))).toEqual([...nodes.keys()]);
      }
      let before = -1;
      for (let node = 0; node < trace.nodeCnt; node++) {
        const row = rowOfNode(comparison, node);
        const isThere = slotIn(comparison.a, node) >= 0 || slotIn(comparison.b, node) >= 0;
        expect(row >= 0).toBe(isThere);
        // Its own, or that of the first of its two slots; nodes that are there at neither moment may lie between.
        if (isThere) expect([node, before]).toContain(nodeOfRow(comparison, row));
        if (isThere) before = node;
      }
    });
  });

  it('of a moment and itself is nothing', () => {
    everyTrace((trace) => {
      fc.pre(trace.opCnt > 0);
      const { cnt, rowCnt } = compare(trace, trace.opCnt, trace.opCnt);
      expect(cnt[DIFF.UNCHANGED]).toBe(rowCnt);
    });
  });
});

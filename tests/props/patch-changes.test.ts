/**
 * Which ops change an insn. Would catch an op that is passed over, or gone to in vain, when one looks for the next change
 * of an insn.
 */
import { expect, it } from 'vitest';
import { changesAnything, changesOf, nextAmong, nextChangeFrom } from '../../src/patch/changes.ts';
import { jumpAt, jumpOfNode } from '../../src/patch/jump-at.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { everyTrace } from './patch-moments.ts';

it('an insn changes with those ops after which it is there or not, says something else or leads elsewhere', () => {
  everyTrace((trace) => {
    if (trace.refused !== null) return;
    const moments = momentsOf(trace);
    const { birth, death, rewriteOp } = trace;
    for (let node = 0; node < trace.nodeCnt; node++) {
      const stateAt = (k: number): string => {
        if (birth[node] > k || death[node] <= k) return 'away';
        const j = jumpOfNode(trace, node, k);
        return `${rewriteOp[node] <= k} ${j < 0 ? '' : jumpAt(trace, moments, k, j).written}`;
      };
      const changes: number[] = [];
      for (let k = 1; k <= trace.opCnt; k++) if (stateAt(k) !== stateAt(k - 1)) changes.push(k);
      expect([...changesOf(trace, node)]).toEqual(changes);
    }
  });
});

it('the next change and the one before lead to the same ops, one after the other', () => {
  everyTrace((trace) => {
    const some = Array.from({ length: trace.opCnt }, (_, i) => i + 1).filter((op) =>
      changesAnything(trace, op),
    );
    const forth: number[] = [];
    for (let k = nextChangeFrom(trace, 0, 1); k > 0; k = nextChangeFrom(trace, k, 1)) forth.push(k);
    expect(forth).toEqual(some);
    const back: number[] = [];
    for (let k = nextChangeFrom(trace, trace.opCnt, -1); k > 0; k = nextChangeFrom(trace, k - 1, -1))
      back.push(k);
    expect(back.reverse()).toEqual(some);
    const ops = Int32Array.from(some);
    for (let k = 0; k <= trace.opCnt; k++)
      for (const by of [1, -1] as const) expect(nextAmong(ops, k, by)).toBe(nextChangeFrom(trace, k, by));
  });
});

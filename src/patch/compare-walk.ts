/** Walks over the insns of moments that keep the two slots of an ld_imm64 together, from any place at which none waits. */
import { FLOW, flowOf, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS, withOff } from '../isa/insn.ts';
import { DIFF, NO_ROW } from './diff.ts';
import type { Moments } from './moments.ts';
import type { Trace } from './trace.ts';
import { wordsOf } from './trace-facts.ts';

/** Whether a node is in the program at a moment, and the opcode it has then. */
export const isThere = ({ birth, death }: Trace, node: number, k: number): boolean =>
  birth[node] <= k && k < death[node];
export const codeAt = (trace: Trace, node: number, k: number): number =>
  codeOf(wordsOf(trace, node, k)[node * SLOT_WORDS]);

/** Whether two insns say the same but for how far they lead. */
function isSame(w0: number, imm: number, otherW0: number, otherImm: number): boolean {
  const flow = flowOf(w0);
  if (flow !== flowOf(otherW0)) return false;
  if (flow === FLOW.OFF) return withOff(w0, 0) === withOff(otherW0, 0) && imm === otherImm;
  return w0 === otherW0 && (flow !== FLOW.NONE || imm === otherImm);
}

/**
 * DIFF of the nodes from `from` on, but for distances; at `from` no ld_imm64 waits for its second slot on either side.
 * Goes to `end`, and on until none waits there, and each side that is `unsure` has come by an insn that is none: from
 * there on it does not matter how a walk began. Gives back where it stopped.
 */
export function diffNodes(
  trace: Trace,
  [a, b]: readonly [number, number],
  diff: Uint8Array,
  [from, end]: readonly [number, number],
  unsure: { a: boolean; b: boolean },
): number {
  const { nodeCnt, birth, death, rewriteOp, insns, rewritten } = trace;
  let openA = -1;
  let openB = -1;
  let { a: unsureA, b: unsureB } = unsure;
  let node = from;
  for (; node < nodeCnt; node++) {
    if (node >= end && openA < 0 && openB < 0 && !unsureA && !unsureB) break;
    const inA = birth[node] <= a && a < death[node];
    const inB = birth[node] <= b && b < death[node];
    diff[node] = NO_ROW;
    if (!inA && !inB) continue;
    const word = node * SLOT_WORDS;
    const at = rewriteOp[node];
    const wordsA = at <= a ? rewritten : insns;
    const wordsB = at <= b ? rewritten : insns;
    const codeA = inA ? codeOf(wordsA[word]) : 0;
    const codeB = inB ? codeOf(wordsB[word]) : 0;
    const pairA = inA ? openA : -1;
    const pairB = inB ? openB : -1;
    if (inA) {
      openA = openA < 0 && codeA === OP_LD_IMM64 ? node : -1;
      if (codeA !== OP_LD_IMM64 && node >= end) unsureA = false;
    }
    if (inB) {
      openB = openB < 0 && codeB === OP_LD_IMM64 ? node : -1;
      if (codeB !== OP_LD_IMM64 && node >= end) unsureB = false;
    }
    const own = !inA
      ? DIFF.INSERTED
      : !inB
        ? DIFF.DELETED
        : wordsA === wordsB || isSame(wordsA[word], wordsA[word + 1], wordsB[word], wordsB[word + 1])
          ? DIFF.UNCHANGED
          : DIFF.REWRITTEN;
    const first = inA ? pairA : pairB;
    const isHalf =
      first >= 0 &&
      (!inB || pairB === first) &&
      isThere(trace, first, a) === inA &&
      isThere(trace, first, b) === inB &&
      // One that has the opcode of a jump (bytes in a text) can be re-targeted by itself.
      codeA === 0 &&
      codeB === 0;
    if (isHalf) diff[first] = Math.min(diff[first], own);
    else diff[node] = own;
  }
  return node;
}

/** The last place at or before a position at which no ld_imm64 waits for its second slot at any of the moments. */
export function closedBefore(trace: Trace, moments: Moments, pos: number, ks: readonly number[]): number {
  let at = pos;
  for (let isMoved = true; isMoved; ) {
    isMoved = false;
    for (const k of ks) {
      const rank = moments.rankAlive(k, at);
      const before = rank > 0 ? moments.selectAlive(k, rank - 1) : -1;
      if (before < 0 || codeAt(trace, before, k) !== OP_LD_IMM64) continue;
      at = before;
      isMoved = true;
    }
  }
  return at;
}

/** The walk over the insns of moment k from a place at which it is closed, until `isOver` at one. */
export function walkPairs(
  trace: Trace,
  k: number,
  from: number,
  onSecond: (node: number) => void,
  isOver: (node: number, code: number) => boolean,
): number {
  let isOpen = false;
  for (let node = from; node < trace.nodeCnt; node++) {
    if (!isThere(trace, node, k)) continue;
    const code = codeAt(trace, node, k);
    if (isOpen) onSecond(node);
    isOpen = !isOpen && code === OP_LD_IMM64;
    if (!isOpen && isOver(node, code)) return node + 1;
  }
  return trace.nodeCnt;
}

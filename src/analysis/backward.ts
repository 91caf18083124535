/**
 * Backward dataflow over blocks, one bit a register: what is wanted of the registers at each place, for whatever
 * "wanted" means. Each block is summed up as two masks, and a mask can grow at most twelve times, so the work is
 * linear in blocks and edges however the jumps run. Subprograms do not mix: a call returns, so it is no edge.
 *
 *   wanted before = reads | (wanted after & ~defs)
 */
import { distanceOf, FLOW, flowOf, OP_GOTOX } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import { defsOf, effectsOf } from '../isa/regs.ts';
import { fallsThrough } from './reach.ts';

const ALL_REGS = 0xfff;

/** Registers that the insn with these words wants. */
export type ReadsOf = (w0: number, imm: number) => number;

/** Blocks in program order; block b is slots [first[b], first[b + 1]). */
interface Blocks {
  readonly cnt: number;
  readonly first: Int32Array;
  readonly blockOf: Int32Array;
}

/** Slot a jump leads to, or -1: calls return, so they end no block. */
function jumpTarget(insns: Int32Array, idx: number, n: number): number {
  const w0 = insns[2 * idx];
  const flow = flowOf(w0);
  if (flow !== FLOW.OFF && flow !== FLOW.IMM) return -1;
  const target = idx + 1 + distanceOf(w0, insns[2 * idx + 1], flow);
  return target >= 0 && target < n ? target : -1;
}

const endsBlock = (w0: number): boolean => {
  const flow = flowOf(w0);
  return flow === FLOW.OFF || flow === FLOW.IMM || !fallsThrough(w0);
};

function blocksOf(insns: Int32Array, n: number, second: Uint8Array): Blocks {
  const leads = new Uint8Array(n + 2);
  leads[0] = 1;
  for (let idx = 0; idx < n; idx++) {
    if (second[idx] === 1) continue;
    const target = jumpTarget(insns, idx, n);
    if (target >= 0) leads[target] = 1;
    if (endsBlock(insns[2 * idx])) leads[idx + 1] = 1;
  }
  const blockOf = new Int32Array(n);
  let cnt = 0;
  for (let i = 0; i < n; i++) {
    cnt += leads[i];
    blockOf[i] = cnt - 1;
  }
  const first = new Int32Array(cnt + 1);
  for (let i = n - 1; i >= 0; i--) first[blockOf[i]] = i;
  first[cnt] = n;
  return { cnt, first, blockOf };
}

/** Predecessors of block b: pred[at[b]] up to pred[at[b + 1]]. A block has at most two successors. */
interface Edges {
  readonly succ: Int32Array; // two a block, -1: none
  readonly at: Int32Array;
  readonly pred: Int32Array;
}

/** A block can end in the second slot of an ld_imm64, which is no jump whatever stands in it. */
function edgesOf(insns: Int32Array, n: number, second: Uint8Array, blocks: Blocks): Edges {
  const { cnt, first, blockOf } = blocks;
  const succ = new Int32Array(2 * cnt).fill(-1);
  const at = new Int32Array(cnt + 1);
  for (let b = 0; b < cnt; b++) {
    const last = first[b + 1] - 1;
    const isSecond = second[last] === 1;
    const target = isSecond ? -1 : jumpTarget(insns, last, n);
    if (target >= 0) succ[2 * b] = blockOf[target];
    if ((isSecond || fallsThrough(insns[2 * last])) && b + 1 < cnt) succ[2 * b + 1] = b + 1;
  }
  for (const to of succ) if (to >= 0) at[to + 1]++;
  for (let b = 0; b < cnt; b++) at[b + 1] += at[b];
  const pred = new Int32Array(at[cnt]);
  const fill = at.slice();
  for (let e = 0; e < 2 * cnt; e++) if (succ[e] >= 0) pred[fill[succ[e]]++] = e >> 1;
  return { succ, at, pred };
}

/** Wanted at the end of each block, by a worklist that starts with the last block. */
function solve(
  insns: Int32Array,
  second: Uint8Array,
  blocks: Blocks,
  edges: Edges,
  readsOf: ReadsOf,
): Int32Array {
  const { cnt, first } = blocks;
  const reads = new Int32Array(cnt);
  const defs = new Int32Array(cnt);
  const out = new Int32Array(cnt);
  for (let b = 0; b < cnt; b++) {
    for (let idx = first[b]; idx < first[b + 1]; idx++) {
      if (second[idx] === 1) continue;
      const w0 = insns[2 * idx];
      const imm = insns[2 * idx + 1];
      reads[b] |= readsOf(w0, imm) & ~defs[b];
      defs[b] |= defsOf(effectsOf(w0, imm));
      if (codeOf(w0) === OP_GOTOX) out[b] = ALL_REGS;
    }
  }
  const stack = new Int32Array(cnt);
  const queued = new Uint8Array(cnt).fill(1);
  for (let b = 0; b < cnt; b++) stack[b] = b;
  let depth = cnt;
  while (depth > 0) {
    const b = stack[--depth];
    queued[b] = 0;
    const wanted = reads[b] | (out[b] & ~defs[b]);
    for (let e = edges.at[b]; e < edges.at[b + 1]; e++) {
      const p = edges.pred[e];
      if ((out[p] | wanted) === out[p]) continue;
      out[p] |= wanted;
      if (!queued[p]) {
        queued[p] = 1;
        stack[depth++] = p;
      }
    }
  }
  return out;
}

/** What is wanted behind each slot. */
export function wantedBehind(insns: Int32Array, readsOf: ReadsOf): Int32Array {
  const n = insns.length / 2;
  const behind = new Int32Array(n);
  if (n === 0) return behind;
  const second = secondSlots(insns);
  const blocks = blocksOf(insns, n, second);
  const out = solve(insns, second, blocks, edgesOf(insns, n, second, blocks), readsOf);
  const { blockOf, first } = blocks;
  let wanted = 0;
  for (let idx = n - 1; idx >= 0; idx--) {
    if (idx + 1 === first[blockOf[idx] + 1]) wanted = out[blockOf[idx]];
    behind[idx] = wanted;
    if (second[idx] === 0) wanted = wantedBefore(wanted, insns[2 * idx], insns[2 * idx + 1], readsOf);
  }
  return behind;
}

/** The equation: what an insn makes of what is wanted behind it. */
export const wantedBefore = (behind: number, w0: number, imm: number, readsOf: ReadsOf): number =>
  readsOf(w0, imm) | (behind & ~defsOf(effectsOf(w0, imm)));

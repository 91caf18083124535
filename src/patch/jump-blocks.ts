/**
 * Jumps of a trace in blocks of neighbours, with what bounds all of a block: so a million of them need not be gone over
 * for a question that concerns few. Made once for a trace, and not before it is needed; 16 bytes a block.
 */
import { FLOW } from '../isa/flow.ts';
import type { Trace } from './trace.ts';

/** Jumps in a block. */
export const JUMP_BLOCK = 256;

export interface JumpBlocks {
  readonly cnt: number;
  /** Least and greatest final-order position at which a jump of the block stands or leads to. */
  readonly least: Int32Array;
  readonly greatest: Int32Array;
  /** Greatest way of one of its jumps of 16 bits: positions between where it stands and where it leads. */
  readonly span: Float64Array;
  /** Blocks from the greatest span to the least. */
  readonly bySpan: readonly number[];
}

const known = new WeakMap<Int32Array, JumpBlocks>();

export function jumpBlocksOf({ jumps }: Pick<Trace, 'jumps'>): JumpBlocks {
  let blocks = known.get(jumps.node);
  if (!blocks) {
    blocks = makeBlocks(jumps);
    known.set(jumps.node, blocks);
  }
  return blocks;
}

function makeBlocks({ cnt: jumpCnt, node, target, flow }: Trace['jumps']): JumpBlocks {
  const cnt = Math.ceil(jumpCnt / JUMP_BLOCK);
  const least = new Int32Array(cnt).fill(0x7fffffff);
  const greatest = new Int32Array(cnt).fill(-0x80000000);
  const span = new Float64Array(cnt);
  for (let j = 0; j < jumpCnt; j++) {
    const b = Math.floor(j / JUMP_BLOCK);
    const lo = Math.min(node[j], target[j]);
    const hi = Math.max(node[j], target[j]);
    if (lo < least[b]) least[b] = lo;
    if (hi > greatest[b]) greatest[b] = hi;
    if (flow[j] === FLOW.OFF && hi - lo > span[b]) span[b] = hi - lo;
  }
  const bySpan = Array.from({ length: cnt }, (_, b) => b).sort((a, b) => span[b] - span[a] || a - b);
  return { cnt, least, greatest, span, bySpan };
}

/** From what the pass shown was given back to the text: passes that went before have moved the insns. */
import { upperBound } from '../base/lower-bound.ts';
import { slotOfNode as patchedSlot } from '../patch/trace-facts.ts';
import type { RunDone } from '../pipeline/index.ts';

/** Slot of the source that a slot in front of the pass shown stands for. */
export function sourceSlot({ step, throughs }: RunDone, slot: number): number {
  if (step === 0) return slot;
  const { outer } = throughs[step - 1];
  // The last one that begins at or before it: removed slots name the survivor behind them.
  return upperBound(outer, slot) - 1;
}

/** The slot in front of the pass shown that a node of the trace holds, or that it was born for. */
export const slotOfNode = ({ trace }: RunDone, node: number): number => patchedSlot(trace, node);

/** Where the selected insn stands after each of several passes. */
import type { RunDone } from '../pipeline/index.ts';
import { derive } from './derive.ts';
import { nodeOfUid } from './selectors.ts';
import { slotOfNode, sourceSlot } from './source-slot.ts';
import type { State } from './store.ts';

export interface Stop {
  readonly label: string;
  /** First of the slots that stand for the insn then, and how many; 0: it is gone. */
  readonly first: number;
  readonly cnt: number;
}

export interface Journey {
  /** Slot of the source. */
  readonly slot: number;
  readonly stops: readonly Stop[];
}

/** Slot of the source that an insn comes from, -1 when it is not in the picture. */
function slotOfUid(run: RunDone, uid: number): number {
  // The source's own uids are its slots.
  if (uid < run.source.uid.length) return uid;
  const node = nodeOfUid(run, uid);
  return node < 0 ? -1 : sourceSlot(run, slotOfNode(run, node));
}

/** Null: nothing is selected, or there is only one pass to go through. */
export const journeyOf: (s: State) => Journey | null = derive(
  (s: State) => [s.good, s.focusUid] as const,
  (run: RunDone | null, uid: number | null) => {
    if (run === null || uid === null || run.steps.length < 2) return null;
    const slot = slotOfUid(run, uid);
    if (slot < 0) return null;
    const stops = run.throughs.map(({ outer, heir }, k) => ({
      label: run.steps[k].label,
      first: outer[slot],
      cnt: heir[slot] < 0 ? 0 : outer[slot + 1] - outer[slot],
    }));
    return { slot, stops };
  },
);

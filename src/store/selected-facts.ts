/** How far the selected insn leads, and may lead. */
import { type DistanceFacts, distanceFacts } from '../figures/distance-facts.ts';
import { jumpOfNode } from '../patch/jump-at.ts';
import { derive } from './derive.ts';
import { nodeOfUid } from './selectors.ts';
import type { State } from './store.ts';

/** null: no insn is selected that is a jump at this moment. */
export const selectedFacts: (s: State) => DistanceFacts | null = derive(
  (s: State) => [s.good, s.focusUid, s.op] as const,
  (good: State['good'], uid: number | null, op: number) => {
    if (good === null || uid === null) return null;
    const node = nodeOfUid(good, uid);
    const j = node < 0 ? -1 : jumpOfNode(good.trace, node, op);
    return j < 0 ? null : distanceFacts(good.trace, j, op);
  },
);

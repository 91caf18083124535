/** What is read of two moments that are compared: what differs, its items on the grid, and the rows that are selected. */
import { type DebugItems, debugItems, nodeBeside } from '../figures/debug-items.ts';
import type { TableSource } from '../figures/tables.ts';
import { type Comparison, compare, rowOfNode } from '../patch/compare.ts';
import { DIFF_NAMES } from '../patch/diff.ts';
import type { RunDone } from '../pipeline/index.ts';
import { derive } from './derive.ts';
import { focus } from './intents.ts';
import { nodeOfUid, tableSource } from './selectors.ts';
import { type DiffClass, get, type State } from './store.ts';

/** The two moments, the earlier one first: the one shown may have been moved in front of the other. */
export const comparison: (s: State) => Comparison | null = derive(
  (s: State) => [s.good, s.fromOp, s.op] as const,
  (run: RunDone | null, fromOp: number | null, op: number) =>
    run === null ? null : compare(run.trace, Math.min(fromOp ?? 0, op), Math.max(fromOp ?? 0, op)),
);

export const itemsNow: (s: State) => DebugItems | null = derive(
  (s: State) => [tableSource(s), comparison(s), s.hidden] as const,
  (source: TableSource | null, compared: Comparison | null, hidden: readonly DiffClass[]) =>
    source === null || compared === null
      ? null
      : debugItems(
          source,
          compared,
          DIFF_NAMES.map((name) => hidden.includes(name)),
        ),
);

/** Row of the comparison that shows an insn, -1: none does. */
export function rowOfUid(run: RunDone | null, compared: Comparison | null, uid: number | null): number {
  if (run === null || compared === null || uid === null) return -1;
  return rowOfNode(compared, nodeOfUid(run, uid));
}

/** Move the selection along the rows that are shown. */
export function moveRow(by: number): void {
  const s = get();
  const compared = comparison(s);
  const items = itemsNow(s);
  if (s.good === null || compared === null || items === null) return;
  const from = s.focusUid === null ? -1 : nodeOfUid(s.good, s.focusUid);
  const node = nodeBeside(items, compared, from, by);
  if (node >= 0) focus(s.good.trace.uid[node]);
}

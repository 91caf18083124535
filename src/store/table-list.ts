/** Every table of the Tables pane: how it is called, and which runs have anything for it. */
import { placeRowCnt } from '../figures/place-rows.ts';
import type { RunDone } from '../pipeline/index.ts';
import { TABLE_IDS, type TableId } from './store.ts';

interface TableEntry {
  readonly name: string;
  /** Whether a run has anything for it; without it there is always a tab. */
  readonly has?: (run: RunDone) => boolean;
}

export const TABLES: Readonly<Record<TableId, TableEntry>> = {
  aux: { name: 'Aux' },
  lines: { name: 'Line info' },
  subprogs: { name: 'Subprograms' },
  jumps: { name: 'Jumps' },
  patches: { name: 'Patches' },
  map: { name: 'Index map' },
  places: { name: 'Places', has: ({ before }) => placeRowCnt(before) > 0 },
  funcs: { name: 'Func info', has: ({ before }) => before.subprogs.name.some((name) => name >= 0) },
  private: {
    name: 'Private data',
    has: ({ before }) => before.subprogs.stackDepth.some((depth) => depth > 0),
  },
};

/** Those that a run has, in the order of their tabs. */
export const tablesOf = (run: RunDone | null): readonly TableId[] =>
  TABLE_IDS.filter((id) => {
    const { has } = TABLES[id];
    return has === undefined || (run !== null && has(run));
  });

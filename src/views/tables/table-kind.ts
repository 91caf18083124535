/** How a table of the Tables pane is filled; its name, and which runs have one, stand in store/table-list.ts. */
import type { ReactNode } from 'react';
import type { TableSource } from '../../figures/tables.ts';
import type { OpKind } from '../../patch/trace.ts';
import type { RunDone } from '../../pipeline/index.ts';
import type { TableId } from '../../store/store.ts';
import type { Column, TableRow } from './virtual-table.tsx';

export interface TableView {
  readonly rowCnt: number;
  readonly rowAt: (i: number) => TableRow;
  /** Where this run needs others than the kind's. */
  readonly columns?: readonly Column[];
  /** Row that a node of the final order belongs to, -1: none. Without it a row belongs to its own insn only. */
  readonly rowOf?: (node: number) => number;
  /** Why there are no rows. */
  readonly empty: string;
  /** One short line under the rows. */
  readonly note?: ReactNode;
}

export interface TableKind {
  readonly id: TableId;
  readonly columns: readonly Column[];
  /** What its columns mean, each in a sentence or two. */
  readonly about: readonly (readonly [column: string, meaning: string])[];
  /** Op of a list that writes it. */
  readonly writtenBy?: OpKind;
  readonly view: (run: RunDone, source: TableSource, moment: number) => TableView;
}

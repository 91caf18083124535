/** What a table of the Tables pane is. */
import type { ReactNode } from 'react';
import type { TableSource } from '../../figures/tables.ts';
import type { RunDone } from '../../pipeline/index.ts';
import type { TableId } from '../../store/store.ts';
import type { Column, TableRow } from './virtual-table.tsx';

export interface TableView {
  readonly rowCnt: number;
  readonly rowAt: (i: number) => TableRow;
  /** Where this run needs others than the kind's. */
  readonly columns?: readonly Column[];
  readonly revealRow?: number;
  readonly note?: ReactNode;
}

export interface TableKind {
  readonly id: TableId;
  readonly name: string;
  readonly columns: readonly Column[];
  /** Whether a run has anything for it; without it there is always a tab. */
  readonly has?: (run: RunDone) => boolean;
  readonly view: (run: RunDone, source: TableSource, moment: number) => TableView;
}

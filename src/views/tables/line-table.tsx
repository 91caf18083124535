/** The table of line info: every entry with the insns that it covers. */

import { entryAt, lineCoverAt } from '../../figures/line-rows.ts';
import type { TableSource } from '../../figures/tables.ts';
import { OP } from '../../patch/trace.ts';
import type { RunDone } from '../../pipeline/index.ts';
import { slotOfNode } from '../../store/source-slot.ts';
import { GONE, slots, strong } from './cells.tsx';
import type { TableKind, TableView } from './table-kind.ts';

export const lineKind: TableKind = {
  id: 'lines',
  columns: [
    { head: 'insns', right: true },
    { head: 'were', right: true },
    { head: 'C', right: true, title: 'line and column of the C source' },
    { head: 'source', grow: true },
  ],
  about: [
    [
      'insns',
      'What the entry covers: from its own insn up to the next entry. An entry stays at the first insn that stands for its own; nothing is added.',
    ],
    ['were', 'What it covered before this pass, where that differs.'],
    ['C', 'Line and column of the C source; point at it for the file.'],
    [
      GONE,
      'The entry is gone with its insns. Of a run of deleted insns the last entry may stay, on the next insn, if that has none.',
    ],
  ],
  writtenBy: OP.LINES,
  view: lineView,
};

function lineView(run: RunDone, source: TableSource, moment: number): TableView {
  const { lineInfo } = run.before;
  return {
    rowCnt: lineInfo.insnOff.length,
    rowAt: (i) => {
      const row = lineCoverAt(source, moment, i);
      const now = slots(row.idx, row.end);
      const was = slots(row.was, row.wasEnd);
      const isGone = row.idx < 0;
      return {
        key: i,
        uid: row.uid,
        cls: isGone ? 'del' : '',
        cells: [
          isGone ? GONE : now === was ? now : strong(now),
          <span key="w" className="dim">
            {isGone || now !== was ? was : ''}
          </span>,
          <span key="c" className="dim" title={row.file}>
            {row.line}:{row.col}
          </span>,
          <span key="s" title={row.text}>
            {row.text}
          </span>,
        ],
      };
    },
    rowOf: (node) => entryAt(lineInfo, slotOfNode(run, node)),
    empty: 'The program brings no line info.',
  };
}

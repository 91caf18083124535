/** The table of the map from old slots to new ones: every fixup is one look into it. */
import { grouped, signed } from '../../figures/index.ts';
import { type MapEdits, type MapRow, mapEditsAt, mapRowAt, mapRowCnt } from '../../figures/index-map.ts';
import type { TableSource } from '../../figures/tables.ts';
import type { RunDone } from '../../pipeline/index.ts';
import { slotOfNode } from '../../store/source-slot.ts';
import { GONE, moved } from './cells.tsx';
import type { TableKind, TableView } from './table-kind.ts';

export const mapKind: TableKind = {
  id: 'map',
  columns: [
    { head: 'before', right: true },
    { head: 'first', right: true, title: 'where calls, subprogram starts and line info go' },
    { head: 'jumps', right: true, title: 'where jumps go' },
    { head: 'heir', right: true, title: 'the slot that has its aux record' },
    { head: 'why' },
  ],
  about: [
    ['before', 'Number of the slot before this pass; end is the place behind the last one.'],
    [
      'first',
      'The first slot that stands for it, with what is put before it: calls, subprogram starts and line entries go there.',
    ],
    [
      'jumps',
      'Behind what is put before it: jumps go there. Of a deleted slot both name the next one that stays.',
    ],
    ['heir', 'The slot that has its aux record: the last one of a replace.'],
  ],
  view: mapView,
};

function mapView(run: RunDone, source: TableSource, moment: number): TableView {
  return {
    rowCnt: run.trace.inputCnt === 0 ? 0 : mapRowCnt(source),
    rowAt: (slot) => {
      const row = mapRowAt(source, moment, slot);
      const edits = mapEditsAt(source, moment, slot);
      const isEnd = row.uid === null;
      return {
        key: slot,
        ...(row.uid === null ? {} : { uid: row.uid }),
        cls: row.dead ? 'gone' : edits.inPlace > 1 || edits.before > 0 ? 'ins' : edits.rewritten ? 'rew' : '',
        cells: [
          <span key="b" className="dim">
            {isEnd ? 'end' : grouped(slot)}
          </span>,
          moved(row.outer, row.outer !== slot),
          moved(row.inner, row.inner !== slot),
          isEnd ? '' : row.dead ? GONE : moved(row.heir, row.heir !== slot),
          <span key="w" className="words">
            {whyWords(row, edits)}
          </span>,
        ],
      };
    },
    rowOf: (node) => slotOfNode(run, node),
    empty: 'The program has no insns.',
  };
}

/** What was done at the slot itself, or how far it only moved. */
function whyWords({ slot, inner, dead }: MapRow, { before, inPlace, rewritten }: MapEdits): string {
  if (dead) return 'deleted';
  const words = [
    ...(before > 0 ? [`${grouped(before)} put before`] : []),
    ...(inPlace > 1 ? [`became ${grouped(inPlace)}`] : rewritten ? ['rewritten'] : []),
  ];
  if (words.length > 0) return words.join(', ');
  return inner === slot ? '' : `moved ${signed(inner - slot)}`;
}

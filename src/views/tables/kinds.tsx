/** The tables that every run has: aux, line info, subprograms, jumps and patches. */
import { grouped, plural, signed } from '../../figures/index.ts';
import { linfoNumbers } from '../../figures/place-rows.ts';
import {
  jumpRowAt,
  jumpsAlive,
  lineRowAt,
  patchRowAt,
  subprogRowAt,
  type TableSource,
} from '../../figures/tables.ts';
import type { RunDone } from '../../pipeline/index.ts';
import { seek } from '../../store/intents.ts';
import { auxKind } from './aux-table.tsx';
import { moved, strong, was } from './cells.tsx';
import type { TableKind, TableView } from './table-kind.ts';

export const KINDS: readonly TableKind[] = [
  auxKind,
  {
    id: 'lines',
    name: 'Line info',
    columns: [
      { head: 'insn', right: true },
      { head: 'was', right: true },
      { head: 'C line', right: true },
      { head: 'source' },
    ],
    view: (run, source, moment) => ({
      rowCnt: run.before.lineInfo.insnOff.length,
      rowAt: (i) => {
        const row = lineRowAt(source, moment, i);
        return {
          key: i,
          uid: row.uid,
          cls: row.idx < 0 ? 'del' : '',
          cells: [
            row.idx < 0 ? '\u2013' : moved(row.idx, row.idx !== row.was),
            was(row.was, row.idx),
            <span key="l" className="dim" title={row.file}>
              {row.line}:{row.col}
            </span>,
            row.text,
          ],
        };
      },
      note: 'An entry of a patched insn stays at its first new insn. Nothing is added.',
    }),
  },
  {
    id: 'subprogs',
    name: 'Subprograms',
    columns: [
      { head: 'subprogram' },
      { head: 'start', right: true },
      { head: 'end', right: true },
      { head: 'was', right: true },
      { head: 'slots', right: true },
      { head: 'linfo', right: true, title: 'linfo_idx: which line entry is its first' },
    ],
    view: subprogView,
  },
  {
    id: 'jumps',
    name: 'Jumps',
    columns: [
      { head: 'at', right: true },
      { head: 'to', right: true },
      { head: 'distance', right: true },
      { head: 'was', right: true },
      { head: 'room', right: true, title: 'how much further it may reach before -ERANGE' },
    ],
    view: jumpView,
  },
  {
    id: 'patches',
    name: 'Patches',
    columns: [
      { head: 'op', right: true },
      { head: 'edit' },
      { head: 'insn', right: true },
      { head: 'slots', right: true },
      { head: 'grows', right: true },
    ],
    view: (run, source, moment) => ({
      rowCnt: run.trace.editAt.length,
      rowAt: (i) => {
        const row = patchRowAt(source, i);
        const { op } = row;
        const isDone = op !== null && op <= moment;
        return {
          key: i,
          uid: row.uid,
          cls: !isDone || row.kind === 'remove' ? '' : row.growth > 0 ? 'ins' : 'rew',
          cells: [
            op === null ? (
              <span title="patching was refused before it">{'\u2013'}</span>
            ) : (
              <button key="op" type="button" onClick={() => seek(op)} aria-label={`Go to op ${op}`}>
                {op}
              </button>
            ),
            row.kind,
            grouped(row.at),
            grouped(row.len),
            row.growth === 0 ? '0' : signed(row.growth),
          ],
        };
      },
      note: run.trace.editAt.length === 0 ? 'No patches: nothing to do.' : 'Click an op number to go there.',
    }),
  },
];

function subprogView({ before }: RunDone, source: TableSource, moment: number): TableView {
  const { start, linfoIdx } = before.subprogs;
  const linfo = linfoNumbers(source, moment);
  return {
    rowCnt: start.length,
    rowAt: (i) => {
      const row = subprogRowAt(source, moment, i);
      const hasLines = linfoIdx[i] >= 0 && before.lineInfo.insnOff.length > 0;
      return {
        key: i,
        ...(row.uid === null ? {} : { uid: row.uid }),
        cls: row.dead ? 'del' : '',
        cells: [
          strong(row.name),
          moved(row.start, row.start !== row.was),
          moved(row.end, row.end !== row.wasEnd),
          row.start === row.was && row.end === row.wasEnd ? (
            ''
          ) : (
            <span className="dim">{`${row.was}\u2013${row.wasEnd}`}</span>
          ),
          grouped(row.end - row.start),
          row.dead || !hasLines ? '' : moved(linfo[i], linfo[i] !== linfoIdx[i]),
        ],
      };
    },
    note: 'A start stays in front of what is put before, or in place of, its first insn; the end moves with the growth. linfo_idx counts the line entries that are left before its first one.',
  };
}

function jumpView(_run: RunDone, source: TableSource, moment: number): TableView {
  const alive = jumpsAlive(source, moment);
  return {
    rowCnt: alive.length,
    rowAt: (i) => {
      const row = jumpRowAt(source, moment, alive[i]);
      const changed = row.before !== null && row.before !== row.now;
      return {
        key: alive[i],
        uid: row.uid,
        cls: changed ? 'ret' : '',
        cells: [
          grouped(row.at),
          grouped(row.to),
          <b key="d" className={row.fits ? (changed ? 'ret' : '') : 'err'}>
            {signed(row.now)}
          </b>,
          <span key="w" className="dim">
            {row.before === null ? 'new' : changed ? signed(row.before) : ''}
          </span>,
          <span key="r" className="dim">
            {row.isCall ? '32 bit' : grouped(row.room)}
          </span>,
        ],
      };
    },
    note: `${plural(alive.length, 'jump')}; target \u2212 position \u2212 1 = distance. Distances are those if finished now.`,
  };
}

/** The tables that every run has: aux, line info, subprograms, jumps, patches and the map of slots. */
import { grouped, plural, signed } from '../../figures/index.ts';
import { linfoNumbers } from '../../figures/place-rows.ts';
import {
  jumpRowAt,
  jumpsAlive,
  patchOfNode,
  patchRowAt,
  subprogAt,
  subprogRowAt,
  type TableSource,
} from '../../figures/tables.ts';
import { OP } from '../../patch/trace.ts';
import type { RunDone } from '../../pipeline/index.ts';
import { slotOfNode } from '../../store/source-slot.ts';
import { seek } from '../../store/time.ts';
import { auxKind } from './aux-table.tsx';
import { moved, strong } from './cells.tsx';
import { mapKind } from './index-map.tsx';
import { lineKind } from './line-table.tsx';
import type { TableKind, TableView } from './table-kind.ts';

export const KINDS: readonly TableKind[] = [
  auxKind,
  lineKind,
  {
    id: 'subprogs',
    columns: [
      { head: 'subprogram' },
      { head: 'start', right: true },
      { head: 'end', right: true },
      { head: 'was', right: true },
      { head: 'slots', right: true },
      { head: 'linfo', right: true, title: 'linfo_idx: which line entry is its first' },
    ],
    about: [
      ['start', 'It stays in front of what is put before, or in place of, the first insn.'],
      ['end', 'The slot behind the last one; it moves with what is put and deleted.'],
      ['was', 'Start and end before this pass.'],
      ['linfo', 'linfo_idx: how many line entries are left before its first one.'],
    ],
    writtenBy: OP.SUBPROGS,
    view: subprogView,
  },
  {
    id: 'jumps',
    columns: [
      { head: 'at', right: true },
      { head: 'to', right: true },
      { head: 'distance', right: true },
      { head: 'was', right: true },
      { head: 'room', right: true, title: 'how much further it may reach before -ERANGE' },
    ],
    about: [
      ['distance', 'to \u2212 at \u2212 1, in slots.'],
      ['was', 'The distance that the insn had before this pass, where that differs.'],
      ['room', 'How much further the jump may reach before -ERANGE; calls and gotol have 32 bits.'],
    ],
    view: jumpView,
  },
  {
    id: 'patches',
    columns: [
      { head: 'patch' },
      { head: 'op', right: true },
      { head: 'edit' },
      { head: 'insn', right: true },
      { head: 'slots', right: true },
      { head: 'grows', right: true },
    ],
    about: [
      ['patch', 'Its number in the order of the insns.'],
      ['op', 'The op that carries it out; a click goes there.'],
      ['insn', 'The slot before this pass that it is for, or the first one deleted.'],
      ['slots', 'How many it puts or deletes.'],
      ['grows', 'By how much the program is longer for it.'],
    ],
    view: patchView,
  },
  mapKind,
];

function patchView({ trace }: RunDone, source: TableSource, moment: number): TableView {
  return {
    rowCnt: trace.editAt.length,
    rowAt: (i) => {
      const row = patchRowAt(source, i);
      const { op } = row;
      const isDone = op !== null && op <= moment;
      return {
        key: i,
        uid: row.uid,
        cls: !isDone || row.kind === 'remove' ? '' : row.growth > 0 ? 'ins' : 'rew',
        cells: [
          <span key="p" className="dim">
            P{grouped(i + 1)}
          </span>,
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
    rowOf: (node) => patchOfNode(trace, node),
    empty: 'No patches: this pass changes nothing here.',
  };
}

function subprogView(run: RunDone, source: TableSource, moment: number): TableView {
  const { before } = run;
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
    rowOf: (node) => subprogAt(before.subprogs, slotOfNode(run, node)),
    empty: 'The program has no functions.',
  };
}

function jumpView({ trace }: RunDone, source: TableSource, moment: number): TableView {
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
    rowOf: (node) => alive.findIndex((j) => trace.jumps.node[j] === node),
    empty: 'No jumps or calls within the program.',
    note: plural(alive.length, 'jump or call', 'jumps and calls'),
  };
}

/** The table of aux records. */
import type { ReactNode } from 'react';
import { type AuxRow, auxRowAt } from '../../figures/aux-rows.ts';
import type { AuxOrigin } from '../../figures/debug-input.ts';
import { grouped, signed } from '../../figures/index.ts';
import type { TableSource } from '../../figures/tables.ts';
import { regTypeText } from '../../kernel/reg-types.ts';
import { OP } from '../../patch/trace.ts';
import type { RunDone } from '../../pipeline/index.ts';
import type { AuxColumns } from '../../program/program.ts';
import type { Setting } from '../../program/setting.ts';
import { auxOriginOf } from '../../store/aux-origin.ts';
import type { TableKind, TableView } from './table-kind.ts';
import type { Column } from './virtual-table.tsx';

const COLUMNS: readonly Column[] = [
  { head: 'idx', right: true },
  { head: 'orig', right: true, title: 'orig_idx' },
  { head: 'seen', right: true },
  { head: 'zext', right: true, title: 'zext_dst' },
  { head: 'ptr', right: true, title: 'ptr_type: what the insn goes through, in the words of the verifier' },
  { head: 'record' },
];
const WITH_MORE: readonly Column[] = [
  ...COLUMNS,
  { head: 'more', title: 'ctx_field_size, alu_state, alu_limit, and what a helper call is given' },
];

const ABOUT: TableKind['about'] = [
  ['idx', 'Slot of the insn, if finished at this moment.'],
  ['orig', 'orig_idx: the slot it was recorded for; 0 in a record that is new, as in the kernel.'],
  ['seen', 'Whether the verifier ever came there. A new record takes it from the insn that was patched.'],
  ['zext', 'zext_dst: whether the insn defines a 32-bit value. Bold: recomputed from the insn by a patch.'],
  ['ptr', 'ptr_type: the kind of pointer that the insn goes through.'],
  [
    'record',
    'kept or moved with its insn: valid. new (hatched): invalidated by that op. inherits: the last slot of a patch takes the record of the insn, as in mainline (the 2019 RFC: the first).',
  ],
  ['more', 'size is ctx_field_size, alu and limit are alu_state and alu_limit, arg is of a call.'],
  ['values', 'What the verifier would note. Underlined: given in the text. \u00b7: unknown.'],
];

export const auxKind: TableKind = {
  id: 'aux',
  columns: COLUMNS,
  about: ABOUT,
  writtenBy: OP.AUX,
  view: auxView,
};

/** Fields that few insns have: a column of their own only where there are any. */
const RARE = ['ctxFieldSize', 'aluState', 'aluLimit', 'mapIdx', 'callArg'] as const;
const hasRare = new WeakMap<AuxColumns, boolean>();
function hasMore(records: AuxColumns): boolean {
  const known = hasRare.get(records);
  if (known !== undefined) return known;
  const found = RARE.some((field) => records[field].some((value) => value !== 0));
  hasRare.set(records, found);
  return found;
}

/** The rare fields that are known: as the kernel calls them, and in as few letters as there is room for. */
function moreWords(row: AuxRow, { maps }: Setting): ReactNode {
  const { ctxFieldSize, aluState, aluLimit, mapIdx, callArg } = row;
  const words: (readonly [name: string, short: string, value: string | number])[] = [];
  if (ctxFieldSize !== 0) words.push(['ctx_field_size', 'size', ctxFieldSize]);
  if (aluState !== 0) words.push(['alu_state', 'alu', `0x${(aluState >>> 0).toString(16)}`]);
  if (aluLimit !== 0) words.push(['alu_limit', 'limit', aluLimit]);
  if (mapIdx < 0) words.push(['one of several', 'some', 'map']);
  else if (mapIdx > 0) {
    const map = maps[mapIdx - 1];
    words.push(['map', 'map', map?.name || (map?.ref ?? mapIdx)]);
  }
  if (callArg !== 0) words.push(['argument', 'arg', callArg - 1]);
  if (words.length === 0) return '';
  return (
    <span className="words" title={words.map(([name, , value]) => `${name} ${value}`).join(', ')}>
      {words.map(([, short, value]) => `${short} ${value}`).join(', ')}
    </span>
  );
}

/** An aux value and where it comes from: given in the text, computed, or unknown. */
function Sourced({ value, origin }: { value: ReactNode; origin: AuxOrigin }) {
  if (origin === 'given') return <u title="given in the text">{value}</u>;
  return origin === 'unknown' ? <span title="unknown">{'\u00b7'}</span> : value;
}

function auxView(run: RunDone, source: TableSource, moment: number): TableView {
  const { aux } = run.before;
  if (!aux)
    return { rowCnt: 0, rowAt: () => ({ key: 0, cells: [] }), empty: 'The core layer carries no aux.' };
  const { setting } = run.assembly;
  const more = hasMore(aux.records);
  const originOf = auxOriginOf(run);
  return {
    rowCnt: source.moments.aliveCnt(moment),
    ...(more && { columns: WITH_MORE }),
    rowAt: (i) => {
      const row = auxRowAt(source, moment, i);
      if (!row) return { key: i, cells: [] };
      const isNew = row.record === 'new';
      const tail =
        row.record === 'moved'
          ? ` ${signed(row.shift)}`
          : row.record === 'inherits'
            ? ` ${grouped(row.home)}`
            : '';
      const since = row.since > 0 ? ` \u00b7 op ${grouped(row.since)}` : '';
      return {
        key: row.uid,
        uid: row.uid,
        cls: isNew ? 'hatch ins' : row.record === 'inherits' ? 'ins' : '',
        cells: [
          grouped(row.idx),
          <span key="o" className="dim">
            {row.origIdx}
          </span>,
          <Sourced key="s" value={row.seen} origin={originOf('seen', row.home)} />,
          row.zextSince > 0 ? (
            <b title={`recomputed from the insn by op ${grouped(row.zextSince)}`}>{row.zextDst}</b>
          ) : (
            <Sourced key="z" value={row.zextDst} origin={originOf('zextDst', row.home)} />
          ),
          isNew ? (
            0
          ) : (
            <Sourced key="p" value={regTypeText(row.ptrType)} origin={originOf('ptrType', row.home)} />
          ),
          <span key="r" className="words">
            {row.record}
            {tail}
            {since}
          </span>,
          ...(more ? [moreWords(row, setting)] : []),
        ],
      };
    },
    rowOf: (node) => {
      const { birth, death } = run.trace;
      return birth[node] <= moment && moment < death[node] ? source.moments.rankAlive(moment, node) : -1;
    },
    empty: 'The program has no insns.',
    note: (
      <>
        <span className="hatch-sample" aria-hidden="true" /> new record, <b>bold</b> recomputed, <u>given</u>{' '}
        in the text, {'\u00b7'} unknown
      </>
    ),
  };
}

/** Tables that only some programs have: places, func_info, private data. */
import { grouped } from '../../figures/index.ts';
import {
  funcRowAt,
  functionNumbers,
  placeRowAt,
  placeRowCnt,
  privateRowAt,
} from '../../figures/place-rows.ts';
import { subprogAt } from '../../figures/tables.ts';
import { OP } from '../../patch/trace.ts';
import type { PlacesKind } from '../../program/program.ts';
import { slotOfNode } from '../../store/source-slot.ts';
import { GONE, moved, strong, was } from './cells.tsx';
import type { TableKind } from './table-kind.ts';

const KIND_WORDS: Readonly<Record<PlacesKind, string>> = {
  insn_array: 'insn array',
  poke: 'poke',
  extable: 'exception',
};

const uidOf = (uid: number | null) => (uid === null ? {} : { uid });
/** The number of an entry, or that it is gone. */
const entryNow = (now: number, before: number) => (now < 0 ? GONE : moved(now, now !== before));

export const PLACE_KINDS: readonly TableKind[] = [
  {
    id: 'places',
    columns: [
      { head: 'table' },
      { head: 'entry', right: true },
      { head: 'insn', right: true },
      { head: 'was', right: true },
    ],
    about: [
      [
        'insn',
        'Insn arrays and poke descriptors lead to the first insn that stands for theirs, an exception entry to the last.',
      ],
      ['deleted', 'Of a removed insn a mark stays, so that the others keep their numbers.'],
    ],
    view: ({ before }, source, moment) => ({
      rowCnt: placeRowCnt(before),
      rowAt: (i) => {
        const row = placeRowAt(source, moment, i);
        return {
          ...{ key: i, ...uidOf(row.uid), cls: row.idx < 0 ? 'gone' : '' },
          cells: [
            <span key="t">
              {KIND_WORDS[row.kind]} {row.name !== '' && strong(row.name)}
            </span>,
            row.entry,
            row.idx < 0 ? 'deleted' : moved(row.idx, row.idx !== row.was),
            row.was < 0 ? '' : was(row.was, row.idx),
          ],
        };
      },
      empty: 'The program has no such tables.',
    }),
  },
  {
    id: 'funcs',
    columns: [
      { head: 'entry', right: true },
      { head: 'function' },
      { head: 'insn', right: true },
      { head: 'was', right: true },
    ],
    about: [
      [
        'entry',
        'Number in func_info. An entry dies with its function; the others keep name and type and move up.',
      ],
      ['insn', 'Where the function begins.'],
    ],
    writtenBy: OP.SUBPROGS,
    view: (run, source, moment) => {
      const { before } = run;
      const numbers = functionNumbers(source, moment);
      return {
        rowCnt: before.subprogs.start.length,
        rowAt: (k) => {
          const row = funcRowAt(source, moment, numbers, k);
          const isGone = row.entry < 0;
          return {
            ...{ key: k, ...uidOf(row.uid), cls: isGone ? 'del' : '' },
            cells: [
              entryNow(row.entry, row.wasEntry),
              strong(row.name),
              isGone ? GONE : moved(row.start, row.start !== row.was),
              isGone ? <span className="dim">{grouped(row.was)}</span> : was(row.was, row.start),
            ],
          };
        },
        rowOf: (node) => subprogAt(before.subprogs, slotOfNode(run, node)),
        empty: 'The program has no functions.',
      };
    },
  },
  {
    id: 'private',
    columns: [
      { head: 'entry', right: true },
      { head: 'was', right: true },
      { head: 'function' },
      { head: 'stack', right: true, title: 'stack_depth: bytes that the function itself uses' },
    ],
    about: [
      [
        'entry',
        'What a kernel notes of a function moves with its entry when a function before it is removed.',
      ],
      ['stack', 'stack_depth: bytes that the function itself uses.'],
    ],
    writtenBy: OP.SUBPROGS,
    view: (run, source, moment) => {
      const { before } = run;
      const numbers = functionNumbers(source, moment);
      return {
        rowCnt: before.subprogs.start.length,
        rowAt: (k) => {
          const row = privateRowAt(source, moment, numbers, k);
          return {
            ...{ key: k, ...uidOf(row.uid), cls: row.entry < 0 ? 'del' : '' },
            cells: [
              entryNow(row.entry, row.wasEntry),
              was(row.wasEntry, row.entry),
              strong(row.name),
              row.stackDepth < 0 ? <span title="unknown">{'\u00b7'}</span> : grouped(row.stackDepth),
            ],
          };
        },
        rowOf: (node) => subprogAt(before.subprogs, slotOfNode(run, node)),
        empty: 'The program has no functions.',
      };
    },
  },
];

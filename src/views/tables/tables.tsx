import { type ReactNode, useMemo } from 'react';
import { AUX_SOURCE } from '../../analysis/aux.ts';
import { grouped, plural, signed } from '../../figures/index.ts';
import {
  auxRowAt,
  jumpRowAt,
  jumpsAlive,
  lineRowAt,
  patchRowAt,
  subprogRowAt,
  type TableSource,
} from '../../figures/tables.ts';
import type { RunDone } from '../../pipeline.ts';
import { chooseTable, focus, hover, seek } from '../../store/intents.ts';
import { isFinished, tableSource } from '../../store/selectors.ts';
import { type TableId, useStore } from '../../store/store.ts';
import { type Column, type TableRow, VirtualTable } from './virtual-table.tsx';

interface TableView {
  readonly rowCnt: number;
  readonly rowAt: (i: number) => TableRow;
  readonly revealRow?: number;
  readonly note?: ReactNode;
}

interface TableKind {
  readonly id: TableId;
  readonly name: string;
  readonly columns: readonly Column[];
  readonly view: (run: RunDone, source: TableSource, moment: number) => TableView;
}

const strong = (value: ReactNode) => <b>{value}</b>;
/** A number that is only worth a place when it is another than before. */
const was = (before: number, now: number) =>
  before === now ? '' : <span className="dim">{grouped(before)}</span>;
const moved = (n: number, changed: boolean) => (changed ? strong(grouped(n)) : grouped(n));

const TABLES: readonly TableKind[] = [
  {
    id: 'aux',
    name: 'Aux',
    columns: [
      { head: 'idx', right: true },
      { head: 'orig', right: true, title: 'orig_idx: 0 in a record that is new, as in the kernel' },
      { head: 'seen', right: true },
      { head: 'zext_dst', right: true },
      { head: 'ptr', right: true, title: 'ptr_type: known only when the text gives it' },
      { head: 'record' },
    ],
    view: auxView,
  },
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
    ],
    view: (run, source, moment) => ({
      rowCnt: run.before.subprogs.start.length,
      rowAt: (i) => {
        const row = subprogRowAt(source, moment, i);
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
          ],
        };
      },
      note: 'A start stays in front of what is put before, or in place of, its first insn; the end moves with the growth.',
    }),
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

/** An aux value and where it comes from: given in the text, computed, or unknown. */
function Sourced({ value, source }: { value: number; source: number }) {
  if (source === AUX_SOURCE.GIVEN) return <u title="given in the text">{value}</u>;
  return source === AUX_SOURCE.UNKNOWN ? <span title="unknown">{'\u00b7'}</span> : value;
}

function auxView(run: RunDone, source: TableSource, moment: number): TableView {
  if (!run.before.aux)
    return { rowCnt: 0, rowAt: () => ({ key: 0, cells: [] }), note: 'The core layer carries no aux.' };
  const words = { kept: 'kept', moved: 'moved', inherits: 'inherits', new: 'new' } as const;
  const from = run.auxSource;
  return {
    rowCnt: source.moments.aliveCnt(moment),
    rowAt: (i) => {
      const row = auxRowAt(source, moment, i);
      if (!row) return { key: i, cells: [] };
      const isNew = row.record === 'new';
      const tail =
        row.record === 'moved' ? ` ${signed(row.shift)}` : row.record === 'inherits' ? ` ${row.home}` : '';
      return {
        key: row.uid,
        uid: row.uid,
        cls: isNew ? 'hatch ins' : row.record === 'inherits' ? 'ins' : '',
        cells: [
          strong(grouped(row.idx)),
          <span key="o" className="dim">
            {row.origIdx}
          </span>,
          <Sourced key="s" value={row.seen} source={from.seen[row.home]} />,
          row.zextComputed ? (
            <b title="computed from the insn by the patch">{row.zextDst}</b>
          ) : (
            <Sourced key="z" value={row.zextDst} source={from.zextDst[row.home]} />
          ),
          isNew ? 0 : <Sourced key="p" value={row.ptrType} source={from.ptrType[row.home]} />,
          <span key="r" className="words">
            {words[row.record]}
            {tail}
          </span>,
        ],
      };
    },
    note: (
      <>
        The last slot of a patch inherits the record, as in mainline (the 2019 RFC: the first). Values are
        computed by a static look; <u>underlined</u>: given in the text; {'\u00b7'} unknown; <b>bold</b>{' '}
        zext_dst: computed by the patch; hatched: new.
      </>
    ),
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

export function Tables() {
  const good = useStore((s) => s.good);
  const source = useStore(tableSource);
  const moment = useStore((s) => s.op);
  const table = useStore((s) => s.table);
  const focusUid = useStore((s) => s.focusUid);
  const hoverUid = useStore((s) => s.hoverUid);
  const finished = useStore(isFinished);
  const refused = good?.trace.refused !== null;
  const kind = TABLES.find((t) => t.id === table) ?? TABLES[0];
  const view = useMemo(
    () => (good && source ? kind.view(good, source, moment) : null),
    [good, source, kind, moment],
  );
  return (
    <>
      <div className="tabs" role="tablist" aria-label="Tables" onKeyDown={moveTab}>
        {TABLES.map((t) => (
          <button
            key={t.id}
            type="button"
            role="tab"
            id={`tab-${t.id}`}
            aria-selected={t.id === kind.id}
            aria-controls="table-panel"
            tabIndex={t.id === kind.id ? 0 : -1}
            onClick={() => chooseTable(t.id)}
          >
            {t.name}
          </button>
        ))}
      </div>
      <div className="pane-body" id="table-panel" role="tabpanel" aria-labelledby={`tab-${kind.id}`}>
        {view && (
          <VirtualTable
            name={kind.name}
            columns={kind.columns}
            focusUid={focusUid}
            hoverUid={hoverUid}
            onFocus={focus}
            onHover={hover}
            {...view}
            note={
              <>
                {!finished && <b>If finished now. </b>}
                {finished && refused && (
                  <b>Refused: nothing was written; this is what it would have been. </b>
                )}
                {view.note}
              </>
            }
          />
        )}
      </div>
    </>
  );
}

function moveTab(e: React.KeyboardEvent): void {
  const by = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
  if (by === 0) return;
  e.preventDefault();
  e.stopPropagation();
  const tabs = [...e.currentTarget.querySelectorAll<HTMLButtonElement>('[role="tab"]')];
  const at = tabs.indexOf(document.activeElement as HTMLButtonElement);
  const next = tabs[(at + by + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}

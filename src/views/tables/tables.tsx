import { memo, useDeferredValue, useMemo, useState } from 'react';
import type { TableSource } from '../../figures/tables.ts';
import type { RunDone } from '../../pipeline/index.ts';
import { chooseTable, focus, hover } from '../../store/intents.ts';
import { nodeOfUid, tableSource } from '../../store/selectors.ts';
import { type TableId, useStore } from '../../store/store.ts';
import { TABLES, tablesOf } from '../../store/table-list.ts';
import { KINDS } from './kinds.tsx';
import { PLACE_KINDS } from './place-tables.tsx';
import type { TableKind, TableView } from './table-kind.ts';
import { stateWords } from './table-state.ts';
import { VirtualTable } from './virtual-table.tsx';

const ALL_KINDS = [...KINDS, ...PLACE_KINDS];
const kindOf = (id: TableId): TableKind => ALL_KINDS.find((kind) => kind.id === id) ?? KINDS[0];

export function Tables() {
  const good = useStore((s) => s.good);
  const source = useStore(tableSource);
  const moment = useStore((s) => s.op);
  const focusUid = useStore((s) => s.focusUid);
  const hoverUid = useStore((s) => s.hoverUid);
  const shown = useMemo(
    () => ({ good, source, moment, focusUid, hoverUid }),
    [good, source, moment, focusUid, hoverUid],
  );
  // They follow when the stage's frame of a moment is out, which comes the sooner for it.
  return <TablesAt {...useDeferredValue(shown)} />;
}

interface Shown {
  readonly good: RunDone | null;
  readonly source: TableSource | null;
  readonly moment: number;
  /** Of the same moment: a row is looked for where it is. */
  readonly focusUid: number | null;
  readonly hoverUid: number | null;
}

const TablesAt = memo(function TablesAt({ good, source, moment, focusUid, hoverUid }: Shown) {
  const table = useStore((s) => s.table);
  const tables = useMemo(() => tablesOf(good), [good]);
  const kind = kindOf(tables.includes(table) ? table : tables[0]);
  const view = useMemo(
    () => (good && source ? kind.view(good, source, moment) : null),
    [good, source, kind, moment],
  );
  return (
    <div className="tables">
      <div className="tabs" role="tablist" aria-label="Tables" onKeyDown={moveTab}>
        {tables.map((id) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={id === kind.id}
            aria-controls="table-panel"
            tabIndex={id === kind.id ? 0 : -1}
            onClick={() => chooseTable(id)}
          >
            {TABLES[id].name}
          </button>
        ))}
      </div>
      <div className="pane-body" id="table-panel" role="tabpanel" aria-labelledby={`tab-${kind.id}`}>
        {good && view && (
          <>
            <About
              key={`about ${kind.id}`}
              kind={kind}
              state={stateWords(good.trace, moment, kind.writtenBy)}
            />
            <VirtualTable
              key={kind.id}
              name={TABLES[kind.id].name}
              columns={kind.columns}
              focusUid={focusUid}
              hoverUid={hoverUid}
              focusRow={rowOf(good, view, focusUid)}
              hoverRow={rowOf(good, view, hoverUid)}
              onFocus={focus}
              onHover={hover}
              {...view}
            />
          </>
        )}
      </div>
    </div>
  );
});

/** Row that an insn belongs to, -1: none. */
function rowOf(run: RunDone, { rowOf }: TableView, uid: number | null): number {
  if (uid === null || !rowOf) return -1;
  const node = nodeOfUid(run, uid);
  return node < 0 ? -1 : rowOf(node);
}

/** Of which moment the numbers are, and, when asked, what the columns mean. */
function About({ kind, state }: { kind: TableKind; state: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className="table-state">
        <span>{state}</span>
        <button type="button" className="more" aria-expanded={open} onClick={() => setOpen(!open)}>
          What the columns mean
        </button>
      </div>
      {open && (
        <dl className="table-about">
          {kind.about.map(([column, meaning]) => (
            <div key={column}>
              <dt>{column}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      )}
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

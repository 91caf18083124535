import { useMemo } from 'react';
import { chooseTable, focus, hover } from '../../store/intents.ts';
import { isFinished, tableSource } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { KINDS } from './kinds.tsx';
import { PLACE_KINDS } from './place-tables.tsx';
import { VirtualTable } from './virtual-table.tsx';

const TABLES = [...KINDS, ...PLACE_KINDS];

export function Tables() {
  const good = useStore((s) => s.good);
  const source = useStore(tableSource);
  const moment = useStore((s) => s.op);
  const table = useStore((s) => s.table);
  const focusUid = useStore((s) => s.focusUid);
  const hoverUid = useStore((s) => s.hoverUid);
  const finished = useStore(isFinished);
  const refused = good?.trace.refused !== null;
  const tables = useMemo(() => TABLES.filter(({ has }) => !has || (good !== null && has(good))), [good]);
  const kind = tables.find((t) => t.id === table) ?? tables[0];
  const view = useMemo(
    () => (good && source ? kind.view(good, source, moment) : null),
    [good, source, kind, moment],
  );
  return (
    <>
      <div className="tabs" role="tablist" aria-label="Tables" onKeyDown={moveTab}>
        {tables.map((t) => (
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

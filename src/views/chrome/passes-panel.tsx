import { useEffect, useRef } from 'react';
import { choosePass } from '../../store/intents.ts';
import { choosePasses, inKernelOrder, PASSES_MAX, passIds } from '../../store/pass-list.ts';
import { get, useStore } from '../../store/store.ts';
import { CrossIcon } from './icons.tsx';
import { DownIcon, UpIcon } from './time-icons.tsx';

/** Passes that run one after the other: any of them, in any order. */
export function PassesPanel() {
  const ids = useStore(passIds);
  const { passes, pipelines } = useStore((s) => s.catalog);
  const list = useRef<HTMLOListElement>(null);
  /** What is to have the focus when the list has changed: its row moves, or goes. */
  const wanted = useRef<{ readonly row: number; readonly name: string } | null>({ row: 0, name: 'down' });
  useEffect(() => {
    const { row, name } = wanted.current ?? {};
    wanted.current = null;
    if (row === undefined || !list.current) return;
    const target = list.current.children[Math.min(row, ids.length - 1)];
    target?.querySelector<HTMLElement>(`[data-act="${name}"]`)?.focus();
  }, [ids]);
  const put = (next: readonly string[], row: number, name: string): void => {
    wanted.current = { row, name };
    choosePasses(next);
  };
  const move = (k: number, by: number, name: string): void => {
    const to = k + by;
    if (to < 0 || to >= ids.length) return;
    put(ids.toSpliced(k, 1).toSpliced(to, 0, ids[k]), to, name);
  };
  return (
    <>
      <header>
        <h2>Passes</h2>
        <button
          type="button"
          className="btn line"
          onClick={() => choosePasses(inKernelOrder(ids, get().catalog))}
        >
          In the kernel&rsquo;s order
        </button>
      </header>
      <ol ref={list} aria-label="Passes in order">
        {ids.map((id, k) => (
          <PassRow
            key={`${id} ${k}`}
            id={id}
            isFirst={k === 0}
            isLast={k === ids.length - 1}
            onMove={(by, name) => move(k, by, name)}
            onRemove={() => put(ids.toSpliced(k, 1), k, 'remove')}
          />
        ))}
      </ol>
      <p className="dim">
        {ids.length >= PASSES_MAX ? `${PASSES_MAX} passes are as many as there may be.` : 'Add at the end:'}
      </p>
      <ul aria-label="Add a pass">
        {passes.map(({ id, label, why }) => (
          <li key={id}>
            <button
              type="button"
              title={why}
              aria-label={`Add ${label}`}
              onClick={() => choosePasses([...ids, id])}
            >
              + {label}
            </button>
          </li>
        ))}
      </ul>
      <footer>
        <span className="dim">Or take</span>
        {pipelines.map(({ id, label, why }) => (
          <button key={id} type="button" className="btn line" title={why} onClick={() => choosePass(id)}>
            {label}
          </button>
        ))}
      </footer>
    </>
  );
}

interface RowProps {
  readonly id: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (by: number, name: string) => void;
  readonly onRemove: () => void;
}

function PassRow({ id, isFirst, isLast, onMove, onRemove }: RowProps) {
  const pass = useStore((s) => s.catalog.passes.find((one) => one.id === id));
  const label = pass?.label ?? id;
  return (
    <li>
      <span title={pass?.why}>{label}</span>
      {/* What cannot be done now keeps its place and the focus. */}
      <button
        type="button"
        className="btn icon"
        data-act="up"
        aria-label={`Move ${label} up`}
        aria-disabled={isFirst}
        onClick={() => onMove(-1, 'up')}
      >
        <UpIcon />
      </button>
      <button
        type="button"
        className="btn icon"
        data-act="down"
        aria-label={`Move ${label} down`}
        aria-disabled={isLast}
        onClick={() => onMove(1, 'down')}
      >
        <DownIcon />
      </button>
      <button
        type="button"
        className="btn icon"
        data-act="remove"
        aria-label={`Remove ${label}`}
        aria-disabled={isFirst && isLast}
        onClick={() => !(isFirst && isLast) && onRemove()}
      >
        <CrossIcon />
      </button>
    </li>
  );
}

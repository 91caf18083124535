import { type ReactNode, useEffect, useRef, useState } from 'react';

export interface Column {
  readonly head: string;
  readonly right?: boolean;
  readonly title?: string;
}

export interface TableRow {
  readonly key: number | string;
  readonly uid?: number;
  readonly cls?: string;
  readonly cells: readonly ReactNode[];
}

interface Props {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rowCnt: number;
  readonly rowAt: (i: number) => TableRow;
  readonly focusUid: number | null;
  readonly hoverUid: number | null;
  readonly onFocus: (uid: number) => void;
  readonly onHover: (uid: number | null) => void;
  /** Row to keep in view when it changes. */
  readonly revealRow?: number;
  readonly note?: ReactNode;
}

const ROW = 20;
const HEAD = 24;
const OVERSCAN = 8;

/** A real table of which only the rows in view exist. */
export function VirtualTable(props: Props) {
  const { rowCnt, revealRow } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400 });
  useEffect(() => {
    const el = box.current;
    if (!el) return;
    const measure = () => setView({ top: el.scrollTop, height: el.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(el);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const el = box.current;
    if (!el || revealRow === undefined || revealRow < 0) return;
    const y = revealRow * ROW;
    if (y < el.scrollTop) el.scrollTop = y;
    else if (y + ROW + HEAD > el.scrollTop + el.clientHeight) el.scrollTop = y + ROW + HEAD - el.clientHeight;
  }, [revealRow]);
  const first = Math.max(0, Math.min(rowCnt, Math.floor(view.top / ROW) - OVERSCAN));
  const last = Math.min(rowCnt, Math.ceil((view.top + view.height) / ROW) + OVERSCAN);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => props.rowAt(first + i));
  return (
    <div
      className="vtable"
      role="region"
      aria-label={`${props.name}, scrollable`}
      ref={box}
      // A scroll region must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onScroll={(e) => setView({ top: e.currentTarget.scrollTop, height: e.currentTarget.clientHeight })}
      onMouseLeave={() => props.onHover(null)}
    >
      <table aria-label={props.name} aria-rowcount={rowCnt + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {props.columns.map((c) => (
              <th key={c.head} scope="col" className={c.right ? 'r' : undefined} title={c.title}>
                {c.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Spacer height={first * ROW} columns={props.columns.length} />}
          {rows.map((row, i) => (
            <Row key={row.key} row={row} index={first + i} {...props} />
          ))}
          {last < rowCnt && <Spacer height={(rowCnt - last) * ROW} columns={props.columns.length} />}
        </tbody>
      </table>
      {props.note && <p className="table-note">{props.note}</p>}
    </div>
  );
}

const Spacer = ({ height, columns }: { height: number; columns: number }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row is not focusable; this one only keeps a height
  <tr aria-hidden="true">
    <td colSpan={columns} style={{ height, padding: 0 }} />
  </tr>
);

function Row({ row, index, ...props }: { row: TableRow; index: number } & Props) {
  const { uid } = row;
  const cls = `${row.cls ?? ''}${uid !== undefined && uid === props.focusUid ? ' focus' : ''}${uid !== undefined && uid === props.hoverUid ? ' hover' : ''}`;
  return (
    <tr
      aria-rowindex={index + 2}
      data-uid={uid}
      className={cls.trim() || undefined}
      onClick={uid === undefined ? undefined : () => props.onFocus(uid)}
      onMouseEnter={uid === undefined ? undefined : () => props.onHover(uid)}
    >
      {row.cells.map((cell, i) => (
        <td key={props.columns[i].head} className={props.columns[i].right ? 'r' : undefined}>
          {cell}
        </td>
      ))}
    </tr>
  );
}

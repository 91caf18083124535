import { type ReactNode, useRef } from 'react';
import { pinLetters, rowClassOf } from '../../store/pin-letters.ts';
import { useStore } from '../../store/store.ts';
import { useSize } from '../use-size.ts';
import { ROW, useRowScroll } from './use-row-scroll.ts';

export interface Column {
  readonly head: string;
  readonly right?: boolean;
  /** It takes what room there is, and is cut off behind it. */
  readonly grow?: boolean;
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
  /** Row that the selected insn (the one pointed at) belongs to, even if it is another insn's; -1: none. */
  readonly focusRow: number;
  readonly hoverRow: number;
  readonly onFocus: (uid: number) => void;
  readonly onHover: (uid: number | null) => void;
  readonly empty: string;
  readonly note?: ReactNode;
}

const OVERSCAN = 8;

/** A real table of which only the rows in view exist. */
export function VirtualTable(props: Props) {
  const { rowCnt, focusRow, focusUid } = props;
  const box = useRef<HTMLDivElement>(null);
  const { height } = useSize(box);
  const { top, setTop } = useRowScroll(box, { focusUid, focusRow, height });
  const first = Math.max(0, Math.min(rowCnt, Math.floor(top / ROW) - OVERSCAN));
  const last = Math.min(rowCnt, Math.ceil((top + height) / ROW) + OVERSCAN);
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
      onScroll={(e) => setTop(e.currentTarget.scrollTop)}
      onMouseLeave={() => props.onHover(null)}
    >
      <table aria-label={props.name} aria-rowcount={rowCnt + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {props.columns.map((c) => (
              <th key={c.head} scope="col" className={columnClass(c)} title={c.title}>
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
      {rowCnt === 0 ? (
        <p className="table-note">{props.empty}</p>
      ) : (
        props.note && <p className="table-note">{props.note}</p>
      )}
    </div>
  );
}

const columnClass = ({ right, grow }: Column): string | undefined =>
  right ? 'r' : grow ? 'grow' : undefined;

const Spacer = ({ height, columns }: { height: number; columns: number }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row is not focusable; this one only keeps a height
  <tr aria-hidden="true">
    <td colSpan={columns} style={{ height, padding: 0 }} />
  </tr>
);

function Row({ row, index, ...props }: { row: TableRow; index: number } & Props) {
  const { uid } = row;
  const pins = useStore(pinLetters);
  const isOf = (insn: number | null, at: number): boolean =>
    index === at || (insn !== null && uid !== undefined && uid === insn);
  const cls = [
    row.cls ?? '',
    isOf(props.focusUid, props.focusRow) ? 'focus' : '',
    isOf(props.hoverUid, props.hoverRow) ? 'hover' : '',
    rowClassOf(pins, uid),
  ]
    .join(' ')
    .trim();
  return (
    <tr
      aria-rowindex={index + 2}
      data-uid={uid}
      className={cls || undefined}
      onClick={uid === undefined ? undefined : () => props.onFocus(uid)}
      onMouseEnter={uid === undefined ? undefined : () => props.onHover(uid)}
    >
      {row.cells.map((cell, i) => (
        <td key={props.columns[i].head} className={columnClass(props.columns[i])}>
          {cell}
        </td>
      ))}
    </tr>
  );
}

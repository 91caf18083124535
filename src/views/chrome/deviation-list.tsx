import { useState } from 'react';
import { plural } from '../../figures/index.ts';
import type { Deviation } from '../../pipeline/index.ts';
import { chooseSemantics, chooseTable, focus, seek } from '../../store/intents.ts';
import { bugSaid, deviations, lastMoment } from '../../store/selectors.ts';
import { get, initialState, type TableId, useStore } from '../../store/store.ts';

/** Whose rules are in force while they are not this project's, and where they part from the result in the picture. */
export function DeviationList() {
  const found = useStore(deviations);
  const scene = useStore(bugSaid);
  const [open, setOpen] = useState(false);
  if (found === null) return null;
  const { label, total, rows, refusal, uidOf } = found;
  const [first, ...more] = rows;
  const says =
    total === 0
      ? 'come to the same result as this project\u2019s here.'
      : refusal === null
        ? `part from this project\u2019s result, shown below, in ${plural(total, 'place')}:`
        : `here the program is ${refusal}.`;
  return (
    <section className={`deviations${total > 0 ? ' bad' : ''}`} aria-label="Deviations">
      <p>
        <b className="mode">Rules: {label}</b> {says}
      </p>
      <button type="button" className="btn line" onClick={() => chooseSemantics(initialState.semantics)}>
        This project&rsquo;s rules
      </button>
      {scene !== null && <p className="scene">{scene}</p>}
      {first && (
        <ul>
          <Row row={first} uid={uidOf(first)} />
          {open && more.map((row, k) => <Row key={k} row={row} uid={uidOf(row)} />)}
        </ul>
      )}
      {more.length > 0 && (
        <button type="button" className="more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Fewer' : `${plural(total - 1, 'more', 'more')}`}
        </button>
      )}
      {open && rows.length < total && <p className="dim">The first {rows.length} are listed.</p>}
    </section>
  );
}

/** Where a row is seen. */
const TABLE_OF: Readonly<Record<Deviation['column'], TableId | null>> = {
  insns: null,
  aux: 'aux',
  line_info: 'lines',
  subprogs: 'subprogs',
  func_info: 'funcs',
  places: 'places',
};

/** With all patches done, the insn where it went wrong, or the table. */
function show({ column }: Deviation, uid: number | null): void {
  seek(lastMoment(get()));
  const table = TABLE_OF[column];
  if (table !== null) chooseTable(table);
  if (uid !== null) focus(uid);
}

const Row = ({ row, uid }: { row: Deviation; uid: number | null }) => (
  <li>
    <button type="button" onClick={() => show(row, uid)}>
      {row.sentence}
    </button>
  </li>
);

import { useState } from 'react';
import { plural } from '../../figures/index.ts';
import type { Deviation } from '../../pipeline/index.ts';
import { chooseSemantics, chooseTable, focus, seek } from '../../store/intents.ts';
import { bugSaid, type DeviationsShown, deviations, lastMoment } from '../../store/selectors.ts';
import { get, initialState, type TableId, useStore } from '../../store/store.ts';

/** What is said behind the name of the rules; rows follow it where there are any. */
function saysOf({ check, isPending }: DeviationsShown): string {
  if (check === null) return isPending ? 'comparing\u2026' : '';
  if (!check.ok) return `not compared: ${check.error}.`;
  const { total, refusal } = check.value;
  if (total === 0) return 'come to the same result as this project\u2019s here.';
  return refusal === null
    ? `part from this project\u2019s result, shown below, in ${plural(total, 'place')}:`
    : `here the program is ${refusal}.`;
}

/** Whose rules are in force while they are not this project's, and where they part from the result in the picture. */
export function DeviationList() {
  const shown = useStore(deviations);
  const scene = useStore(bugSaid);
  const [open, setOpen] = useState(false);
  if (shown === null) return null;
  const { label, check, isPending, uidOf } = shown;
  const { total, rows } = check?.ok ? check.value : { total: 0, rows: [] };
  const [first, ...more] = rows;
  return (
    <section
      className={`deviations${total > 0 ? ' bad' : ''}${isPending ? ' pending' : ''}`}
      aria-label="Deviations"
      aria-busy={isPending}
    >
      <p>
        <b className="mode">Rules: {label}</b> {saysOf(shown)}
      </p>
      <button type="button" className="btn line" onClick={() => chooseSemantics(initialState.semantics)}>
        This project&rsquo;s rules
      </button>
      {scene !== null && <p className="scene">{scene}</p>}
      {first && (
        <ul>
          <Row row={first} uid={uidOf(first)} isOld={isPending} />
          {open && more.map((row, k) => <Row key={k} row={row} uid={uidOf(row)} isOld={isPending} />)}
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

/** One of the picture before leads nowhere. */
const Row = ({ row, uid, isOld }: { row: Deviation; uid: number | null; isOld: boolean }) => (
  <li>
    <button type="button" onClick={() => isOld || show(row, uid)}>
      {row.sentence}
    </button>
  </li>
);

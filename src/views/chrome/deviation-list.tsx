import { useState } from 'react';
import { plural } from '../../figures/index.ts';
import type { Deviation } from '../../pipeline/index.ts';
import { focus, seek } from '../../store/intents.ts';
import { deviations, lastMoment } from '../../store/selectors.ts';
import { get, useStore } from '../../store/store.ts';

/** Where the kernel or the RFC whose rules were chosen parts from the result in the picture. */
export function DeviationList() {
  const found = useStore(deviations);
  const [open, setOpen] = useState(false);
  if (found === null) return null;
  const { label, total, rows, refusal, uidOf } = found;
  if (total === 0)
    return (
      <section className="deviations" aria-label="Deviations">
        <p>
          <b>{label}</b> comes to the same result here.
        </p>
      </section>
    );
  const [first, ...more] = rows;
  return (
    <section className="deviations bad" aria-label="Deviations">
      <p>
        <b>{label}</b> {refusal ?? `parts from this result in ${plural(total, 'place')}:`}
      </p>
      <ul>
        {first && <Row row={first} uid={uidOf(first)} />}
        {open && more.map((row) => <Row key={row.sentence} row={row} uid={uidOf(row)} />)}
      </ul>
      {more.length > 0 && (
        <button type="button" className="btn line" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Fewer' : `${plural(total - 1, 'more', 'more')}`}
        </button>
      )}
      {open && rows.length < total && <p className="dim">The first {rows.length} are listed.</p>}
    </section>
  );
}

/** A click shows the insn where it went wrong, with all patches done. */
const Row = ({ row, uid }: { row: Deviation; uid: number | null }) => (
  <li>
    {uid === null ? (
      row.sentence
    ) : (
      <button
        type="button"
        onClick={() => {
          seek(lastMoment(get()));
          focus(uid);
        }}
      >
        {row.sentence}
      </button>
    )}
  </li>
);

import { useState } from 'react';
import { plural } from '../../figures/index.ts';
import type { Deviation } from '../../pipeline/index.ts';
import { chooseSemantics, chooseTable, focus } from '../../store/intents.ts';
import { bugSaid, type DeviationsShown, deviations, lastMoment } from '../../store/selectors.ts';
import { get, initialState, type TableId, useStore } from '../../store/store.ts';
import { seek } from '../../store/time.ts';
import { NARROW, useMedia } from '../use-media.ts';
import { ListingTable } from './listing-table.tsx';

/** What is said behind the name of the rules; rows follow it where there are any. */
function saysOf({ label, check, listing, isPending }: DeviationsShown): string {
  if (check === null) return isPending ? 'comparing\u2026' : '';
  if (!check.ok) return `not compared: ${check.error}.`;
  const { total, refusal } = check.value;
  if (total === 0) return 'come to the same result as this project\u2019s here.';
  if (refusal !== null) return `${label} ${refusal}.`;
  const places = plural(total, 'place');
  return listing?.isPictured === false
    ? `ask for other patches than this project; the picture is of theirs. The results part in ${places}:`
    : `part from this project\u2019s result, shown below, in ${places}:`;
}

/** The same in a few words. */
function shortOf(shown: DeviationsShown): string {
  const { check } = shown;
  if (!check?.ok || check.value.total === 0) return saysOf(shown);
  const { total, refusal } = check.value;
  return refusal === null ? plural(total, 'deviation') : 'one side refuses the program';
}

/** Whose rules are in force while they are not this project's, and where they part from the result in the picture. */
export function DeviationList() {
  const shown = useStore(deviations);
  const scene = useStore(bugSaid);
  const narrow = useMedia(NARROW);
  const [unfolded, setUnfolded] = useState(false);
  if (shown === null) return null;
  const { label, check, isPending } = shown;
  const isOpen = unfolded || !narrow;
  return (
    <section
      className={`deviations${check?.ok && check.value.total > 0 ? ' bad' : ''}${isPending ? ' pending' : ''}`}
      aria-label="Deviations"
      aria-busy={isPending}
    >
      <p>
        <b className="mode">Rules: {label}</b> {isOpen ? saysOf(shown) : shortOf(shown)}
      </p>
      {narrow ? (
        <button
          type="button"
          className="more"
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? 'Hide' : 'Details'}
        </button>
      ) : (
        <OwnRules />
      )}
      {isOpen && (
        <>
          {scene !== null && <p className="scene">{scene}</p>}
          <Rows {...shown} />
          <BothResults key={scene} {...shown} atOnce={scene !== null && !narrow} />
          {narrow && <OwnRules />}
        </>
      )}
    </section>
  );
}

const OwnRules = () => (
  <button type="button" className="btn line" onClick={() => chooseSemantics(initialState.semantics)}>
    This project&rsquo;s rules
  </button>
);

/** Where they part, in sentences: the first, and the others when asked. */
function Rows({ check, isPending, uidOf }: DeviationsShown) {
  const [open, setOpen] = useState(false);
  const { total, rows } = check?.ok ? check.value : { total: 0, rows: [] };
  const [first, ...more] = rows;
  return (
    <>
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
    </>
  );
}

/** The insns of both results; of a known bug they are what it is about, and stand there `atOnce`. */
function BothResults({ listing, label, atOnce }: DeviationsShown & { atOnce: boolean }) {
  const [chosen, setOpen] = useState<boolean | null>(null);
  if (listing === null || listing.total === 0) return null;
  const open = chosen ?? atOnce;
  return (
    <>
      <button type="button" className="both" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide both results' : `Both results side by side (${plural(listing.total, 'slot')} differ)`}
      </button>
      {open && <ListingTable listing={listing} label={label} />}
    </>
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

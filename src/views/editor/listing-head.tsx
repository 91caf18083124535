/** Why the program is read and not edited, and the way to edit it where the editor can hold it. */
import { grouped, plural } from '../../figures/number.ts';
import { listed } from '../../store/listing.ts';
import { useStore } from '../../store/store.ts';
import { NOT_LOADED, say } from '../../store/visit.ts';

/** The editor opens so many lines and can be typed in, though not as quickly as in fewer. */
const TEXT_SLOTS_MAX = 400_000;

const openAsText = (): void =>
  void import('./open-as-text.ts').then((loaded) => loaded.openAsText()).catch(() => say(NOT_LOADED));

export function ListingHead() {
  const cnt = useStore((s) => listed(s)?.cnt ?? 0);
  const label = useStore((s) => s.good?.recipe?.label);
  const isHeld = cnt <= TEXT_SLOTS_MAX;
  return (
    <div className="listing-head">
      <p>
        {label && <b>{label}. </b>}
        Read only: {plural(cnt, 'slot')} are {isHeld ? 'many' : 'too many'} for the editor
        {isHeld ? '.' : `, which holds ${grouped(TEXT_SLOTS_MAX)} at most.`}
      </p>
      {isHeld && (
        <button type="button" className="btn line" onClick={openAsText}>
          Open as text
        </button>
      )}
    </div>
  );
}

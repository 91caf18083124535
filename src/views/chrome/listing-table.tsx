/** Both results side by side, where their insns differ. */
import { grouped } from '../../figures/index.ts';
import { highHalf, insnText } from '../../figures/insn-text.ts';
import type { Listing, ListingRow, SlotWords } from '../../pipeline/index.ts';
import { useStore } from '../../store/store.ts';

/** What stands for a slot that a result does not have. */
const NONE = '\u2013';

export function ListingTable({ listing, label }: { listing: Listing; label: string }) {
  const run = useStore((s) => s.good);
  const kfuncs = run?.before.kfuncs;
  const text = (slot: SlotWords | null): string => {
    if (slot === null) return NONE;
    const { w0, imm, nextImm, isSecond } = slot;
    return isSecond ? `\u2514 ${highHalf(imm)}` : insnText(w0, imm, null, nextImm, kfuncs);
  };
  const { rows, total, isPictured } = listing;
  const listed = rows.filter(({ differs }) => differs).length;
  return (
    // A scroll region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <div className="listing" role="region" aria-label="Both results" tabIndex={0}>
      <table aria-label="Insns that differ">
        <thead>
          <tr>
            <th scope="col">slot</th>
            <th scope="col">This project</th>
            <th scope="col">{label}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.idx} className={row.differs ? undefined : 'dim'}>
              <td>{grouped(row.idx)}</td>
              <td>{text(row.own)}</td>
              <td>
                {text(row.theirs)} <Place {...row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {listed < total && (
        <p className="dim">
          The first {grouped(listed)} of {grouped(total)} are listed.
        </p>
      )}
      {!isPictured && (run?.rndUsed ?? 0) > 0 && (
        <p className="dim">In place of each random number stands the same one here.</p>
      )}
    </div>
  );
}

const Place = ({ isBehind, theirs }: ListingRow) =>
  isBehind && theirs !== null ? <em>behind the buffer</em> : null;

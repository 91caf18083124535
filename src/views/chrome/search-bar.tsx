/** Search in the insns of After and in their C lines: found rows are marked, Enter goes from one to the next. */
import { useEffect, useRef } from 'react';
import { grouped, plural } from '../../figures/index.ts';
import { goToInsn } from '../../store/places.ts';
import { besideFound, inSlices, search } from '../../store/search.ts';
import { nodeOfUid, tableSource } from '../../store/selectors.ts';
import { get, useStore } from '../../store/store.ts';
import { closeSearch, type Found, NOTHING_FOUND, setFound, setQuery, useVisit } from '../../store/visit.ts';
import { CrossIcon } from './icons.tsx';
import { DownIcon, UpIcon } from './time-icons.tsx';
import './search-bar.css';

export function SearchBar() {
  const query = useVisit((s) => s.query);
  const found = useVisit((s) => s.found);
  const asked = useVisit((s) => s.searchCnt);
  const focusUid = useStore((s) => s.focusUid);
  const input = useRef<HTMLInputElement>(null);
  const from = useRef<Element | null>(null);
  useFinding(query);

  useEffect(() => {
    // Asked for again, it starts from what is typed.
    if (asked > 0) {
      const { activeElement } = document;
      if (activeElement !== input.current) from.current = activeElement;
      input.current?.focus();
      input.current?.select();
    }
  }, [asked]);

  const close = () => {
    closeSearch();
    if (from.current instanceof HTMLElement || from.current instanceof SVGElement) from.current.focus();
  };
  return (
    <search className="search-bar" aria-label="Search insns">
      <input
        ref={input}
        type="text"
        aria-label="Search"
        placeholder="text or regular expression"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(e) => setQuery(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter') goBeside(found, e.shiftKey ? -1 : 1);
          else if (e.key === 'Escape') close();
          else return;
          e.preventDefault();
        }}
      />
      <button
        type="button"
        className="btn icon"
        aria-label="Previous found"
        onClick={() => goBeside(found, -1)}
      >
        <UpIcon />
      </button>
      <button type="button" className="btn icon" aria-label="Next found" onClick={() => goBeside(found, 1)}>
        <DownIcon />
      </button>
      <span className="cnt" role="status" aria-label="Found">
        {query === '' ? '' : countWords(found, focusUid)}
      </span>
      <span className="why">{query === '' ? '' : found.note}</span>
      <button type="button" className="btn icon" aria-label="Close search" onClick={close}>
        <CrossIcon />
      </button>
    </search>
  );
}

/** "3 of 17"; before one of them is selected, "17 insns"; "17 insns in the first 40 %" while the search goes on. */
function countWords({ order, uids, searched }: Found, focusUid: number | null): string {
  const sofar = searched < 1 ? ` in the first ${Math.floor(100 * searched)}\u00a0%` : '';
  if (order.length === 0) return `none${sofar}`;
  if (focusUid === null || !uids.has(focusUid)) return `${plural(order.length, 'insn')}${sofar}`;
  return `${grouped(order.indexOf(focusUid) + 1)} of ${grouped(order.length)}${sofar}`;
}

/** Found again whenever the query, the run or the moment is another. */
function useFinding(query: string): void {
  const run = useStore((s) => s.good);
  const source = useStore(tableSource);
  const op = useStore((s) => s.op);
  useEffect(() => {
    if (run && source && query !== '') return inSlices(search(run, source, op, query), setFound);
    setFound(NOTHING_FOUND);
  }, [run, source, op, query]);
}

function goBeside(found: Found, by: 1 | -1): void {
  const { good, focusUid } = get();
  if (!good) return;
  const uid = besideFound(found, (other) => nodeOfUid(good, other), focusUid, by);
  if (uid !== null) goToInsn(uid);
}

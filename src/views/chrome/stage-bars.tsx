import { useStore } from '../../store/store.ts';
import { closeSearch, useVisit } from '../../store/visit.ts';
import { useLoaded } from '../use-loaded.ts';

const loadPins = () => import('./pins-bar.tsx');
const loadSearch = () => import('./search-bar.tsx');

/** Lines over the stage that are there when they are wanted: pins, and search. */
export function StageBars() {
  const isSearching = useVisit((s) => s.isSearching);
  const hasPins = useStore((s) => s.pins.some((uid) => uid !== null));
  const pins = useLoaded(loadPins, hasPins);
  const search = useLoaded(loadSearch, isSearching, closeSearch);
  return (
    <>
      {hasPins && pins && <pins.PinsBar />}
      {isSearching && search && <search.SearchBar />}
    </>
  );
}

/** What a visit knows beside the scene: none of it is in a link or saved. */
import { create } from 'zustand';

/** Rows that a search found so far, in the order of the program; `uids` are the same as a set. */
export interface Found {
  readonly order: Int32Array;
  readonly uids: Pick<ReadonlySet<number>, 'has' | 'size'>;
  /** Why the query was taken as plain text only; empty: it was not. */
  readonly note: string;
  /** Share of the program that was searched; 1: all of it. */
  readonly searched: number;
}

export const NOTHING_FOUND: Found = { order: new Int32Array(0), uids: new Set(), note: '', searched: 1 };

export const ZOOM_MAX = 2;
const TRAIL_MAX = 100;

export interface Visit {
  readonly isSearching: boolean;
  /** How often somebody asked to search: each time, the bar takes the focus. */
  readonly searchCnt: number;
  readonly query: string;
  readonly found: Found;
  /** What the palette was opened for: anything, or a place to go to. */
  readonly paletteFor: 'commands' | 'place';
  /** Steps from the row pitch that fits, -2 to 2. */
  readonly zoom: number;
  /** Insns one came from, by uid; the last one came last. */
  readonly trail: readonly number[];
  /** What was done last, where no view shows it by itself; `saidCnt` tells two equal ones apart. */
  readonly said: string;
  readonly saidCnt: number;
}

export const initialVisit: Visit = {
  isSearching: false,
  searchCnt: 0,
  query: '',
  found: NOTHING_FOUND,
  paletteFor: 'commands',
  zoom: 0,
  trail: [],
  said: '',
  saidCnt: 0,
};

export const useVisit = create<Visit>()(() => initialVisit);

const set = (part: Partial<Visit>): void => useVisit.setState(part);
const get = (): Visit => useVisit.getState();

export const openSearch = (): void => set({ isSearching: true, searchCnt: get().searchCnt + 1 });
export const closeSearch = (): void => set({ isSearching: false, found: NOTHING_FOUND });
export const setQuery = (query: string): void => set({ query });
export const setFound = (found: Found): void => set({ found });

export const setPaletteFor = (paletteFor: Visit['paletteFor']): void => set({ paletteFor });

/** Rows nearer together (-1), farther apart (1), or as they fit (0). */
export const zoomBy = (by: -1 | 0 | 1): void =>
  set({ zoom: by === 0 ? 0 : Math.max(-ZOOM_MAX, Math.min(ZOOM_MAX, get().zoom + by)) });

/** Remember where one goes away from. */
export function leaveFrom(uid: number | null): void {
  const { trail } = get();
  if (uid !== null && trail.at(-1) !== uid) set({ trail: [...trail.slice(1 - TRAIL_MAX), uid] });
}

/** The place one came from last of those that are known still; null when there is none. */
export function comeBack(isKnown: (uid: number) => boolean): number | null {
  const { trail } = get();
  const at = trail.findLastIndex(isKnown);
  set({ trail: trail.slice(0, Math.max(0, at)) });
  return at < 0 ? null : trail[at];
}

/** Said, or shown in its place, when a part of the page does not come: offline, or gone with a new version. */
export const NOT_LOADED = 'A part of the page could not be loaded. Reload the page to try again.';

export const say = (said: string): void => set({ said, saidCnt: get().saidCnt + 1 });

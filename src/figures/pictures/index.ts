/**
 * Every picture, one line each: what the middle column is called, and where the picture is. That of the list is there
 * from the start, the others are fetched when they are asked for.
 */
import { listAtFirst } from './list.ts';
import type { Picture } from './picture.ts';

export interface PictureEntry {
  /** Name of the middle column's grid. */
  readonly column: string;
  readonly load: () => Promise<Picture>;
  /** By rules (a profile's id): the picture of the algorithm that those rules have in place of this one. */
  readonly under?: Readonly<Record<string, () => Promise<Picture>>>;
}

/** What there is before anything is fetched. */
export const FIRST_PICTURE = listAtFirst;

const rfc = async (): Promise<Picture> => (await import('./rfc.ts')).rfc;

/** By id of the algorithm; those without a line here are computed with and compared, and not drawn. */
export const PICTURES: Readonly<Record<string, PictureEntry>> = {
  list: {
    column: 'List',
    load: async () => (await import('./list-whole.ts')).list,
    under: { 'rfc-2019': rfc },
  },
  array: { column: 'Memory', load: async () => (await import('./array.ts')).array },
  stream: { column: 'Edits', load: async () => (await import('./stream.ts')).stream },
  'list-pooled': { column: 'List', load: async () => (await import('./list-pooled.ts')).listPooled },
  'target-pointers': {
    column: 'List',
    load: async () => (await import('./target-pointers.ts')).targetPointers,
  },
  'patcher-map': { column: 'List', load: async () => (await import('./patcher-map.ts')).patcherMap },
};

/** What a table has under an id that came from outside: not what every object has. */
const own = <T>(table: Readonly<Record<string, T>> | undefined, id: string): T | undefined =>
  table && Object.hasOwn(table, id) ? table[id] : undefined;

/** The picture of an algorithm, drawn while the rules of a profile count. */
export const loadPicture = (algorithm: string, semantics: string): Promise<Picture> => {
  const { load, under } = own(PICTURES, algorithm) ?? { load: async () => FIRST_PICTURE };
  return (own(under, semantics) ?? load)();
};
/** Two runs with one key have one picture. */
export const pictureKey = (algorithm: string, semantics: string): string =>
  own(own(PICTURES, algorithm)?.under, semantics) === undefined ? algorithm : `${algorithm} ${semantics}`;

/** The list with its two links set in the other order; null for a picture that is not of the list. */
export function swappedOf({ linksSet }: Picture): (() => Promise<Picture>) | null {
  if (linksSet === 'wrong') return PICTURES.list.load;
  return linksSet === 'right' ? async () => (await import('./list-swapped.ts')).listSwapped : null;
}

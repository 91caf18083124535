/** What a person put on rows of the stage: letters of pins, and that a search found them. */
import type { Mark } from '../../figures/index.ts';

export interface Decoration {
  /** Letter by uid. */
  readonly pins: ReadonlyMap<number, string>;
  readonly found: Pick<ReadonlySet<number>, 'has' | 'size'>;
}

/** Strokes of the letters in a box of 6 × 8 around the middle. They are no text: a row's text is index and insn. */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'M-3 4L0 -4L3 4M-2 1.5H2',
  B: 'M-2.5 4V-4H0.5A2 2 0 0 1 0.5 0H-2.5M0.5 0A2 2 0 0 1 0.5 4H-2.5',
  C: 'M3 -2.5A3.5 4 0 1 0 3 2.5',
  D: 'M-2.5 -4V4H-0.5A3.5 4 0 0 0 -0.5 -4Z',
  E: 'M2.5 -4H-2.5V4H2.5M-2.5 0H1.5',
  F: 'M2.5 -4H-2.5V4M-2.5 0H1.5',
};
const BOX = 14;

/** Rows are boxed where they are higher than lines of text. */
const DENSE_H = 20;
/** A column of indices only has no room for a badge. */
const SLIM_W = 90;

/** Where the badge of a row stands: on a corner of a box, behind a line of text; null: there is no room. */
function badgePlace(row: Mark): { x: number; y: number } | null {
  const parts = row.children?.find(({ key }) => key === 'cell')?.children ?? [];
  const base = parts.find(({ key }) => key === 'node' || key === 'wash');
  if (!base) return null;
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(base.attrs[name]));
  const isLane = base.key === 'node' && width < BOX * 2;
  if (isLane) return { x: x + width / 2 + 12, y: 0 };
  if (base.key === 'node') return { x: x + 1, y: height > DENSE_H ? y : 0 };
  if (width < SLIM_W) return null;
  if (height <= DENSE_H) return { x: x + width - BOX / 2 - 1, y: 0 };
  // Before says nothing of what is unchanged: the letter stands by the index.
  const isBefore = String(row.attrs.id).startsWith('before-');
  return { x: isBefore ? x + BOX / 2 - 1 : x + width - BOX / 2 - 1, y };
}

function badge(letter: string, { x, y }: { x: number; y: number }): Mark {
  const h = BOX / 2;
  return {
    tag: 'g',
    key: 'pin',
    attrs: { 'aria-hidden': 'true', transform: `translate(${x},${y})` },
    children: [
      {
        tag: 'rect',
        key: 'box',
        attrs: { x: -h, y: -h, width: BOX, height: BOX, rx: 3, class: 'pin-box' },
      },
      { tag: 'path', key: 'letter', attrs: { d: LETTERS[letter], class: 'pin-letter' } },
    ],
  };
}

/** The rows with what is on them; a row that has nothing on it is the same mark. */
export function decorateRows(rows: readonly Mark[], { pins, found }: Decoration): readonly Mark[] {
  if (pins.size === 0 && found.size === 0) return rows;
  return rows.map((row) => {
    const uid = Number(row.attrs['data-uid']);
    const letter = pins.get(uid);
    const isFound = found.has(uid);
    if (letter === undefined && !isFound) return row;
    const place = letter === undefined ? null : badgePlace(row);
    const pinned = letter === undefined ? '' : ` pinned pin-${letter}`;
    return {
      ...row,
      attrs: {
        ...row.attrs,
        class: `${row.attrs.class}${pinned}${isFound ? ' found' : ''}`,
        'aria-label':
          letter === undefined ? row.attrs['aria-label'] : `${row.attrs['aria-label']}, pin ${letter}`,
      },
      ...(letter !== undefined && place && { children: [...(row.children ?? []), badge(letter, place)] }),
    };
  });
}

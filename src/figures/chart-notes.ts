/** Small words in a picture of lines, each at that of its possible places where it covers least. */

export interface XY {
  readonly x: number;
  readonly y: number;
}

/** A word, what it belongs to, and where its middle may stand: best place first. */
export interface Note {
  readonly key: string;
  readonly text: string;
  readonly of: XY;
  readonly places: readonly XY[];
}

export interface Placed extends XY {
  readonly key: string;
  readonly text: string;
}

/** What words should not cover. */
export interface Scenery {
  /** Middles of marks. */
  readonly marks: readonly XY[];
  /** Pieces of lines. */
  readonly pieces: readonly (readonly [XY, XY])[];
  /** Nothing may reach out of it. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Of a letter in the small type of pictures, with some air; a mark is as wide in all directions. */
const LETTER_W = 6.4;
const TEXT_H = 13;
const MARK_R = 7;
/**
 * What it costs to cover a word or a mark, to reach out of the picture, to have a line between itself and what it belongs
 * to, to lie on a line, and to take the next place.
 */
const COST = { covers: 20, leaves: 40, parted: 8, crosses: 3, next: 0.2 } as const;
/** Where a word's own line ends, seen from what it belongs to: a share of the way. */
const OWN = 0.2;

const boxOf = ({ x, y }: XY, text: string): Box => {
  const half = (text.length * LETTER_W) / 2;
  return { left: x - half, right: x + half, top: y - TEXT_H / 2, bottom: y + TEXT_H / 2 };
};

const around = ({ x, y }: XY): Box => ({
  ...{ left: x - MARK_R, right: x + MARK_R, top: y - MARK_R, bottom: y + MARK_R },
});

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The piece from a to b passes through the box: what is left of it after each side has cut off its part. */
function crosses(box: Box, [a, b]: readonly [XY, XY]): boolean {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  let [from, to] = [0, 1];
  const sides = [
    [-dx, a.x - box.left],
    [dx, box.right - a.x],
    [-dy, a.y - box.top],
    [dy, box.bottom - a.y],
  ];
  for (const [way, room] of sides) {
    if (way === 0 && room < 0) return false;
    if (way < 0) from = Math.max(from, room / way);
    if (way > 0) to = Math.min(to, room / way);
  }
  return from <= to;
}

const between = (a: XY, b: XY, t: number): XY => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });

/** On which side of the line through a and b it is: the sign. */
const sideOf = (a: XY, b: XY, { x, y }: XY): number =>
  Math.sign((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x));

const meet = ([a, b]: readonly [XY, XY], [c, d]: readonly [XY, XY]): boolean =>
  sideOf(a, b, c) !== sideOf(a, b, d) && sideOf(c, d, a) !== sideOf(c, d, b);

/** Shares of a piece's way at which a word may stand. */
const MIDDLE = [0.5, 0.4, 0.6];
export const ANYWHERE = [0.5, 0.65, 0.35, 0.8, 0.2, 0.9];

/** Places beside the piece of a line for a word, both sides by turns, first above or first below. */
export function besidePiece(
  [a, b]: readonly [XY, XY],
  text: string,
  isBelow: boolean,
  shares: readonly number[] = MIDDLE,
): XY[] {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  // Points up: a picture's lines go to the right.
  const up = { x: (b.y - a.y) / length, y: -(b.x - a.x) / length };
  const clear = (Math.abs(up.x) * text.length * LETTER_W + Math.abs(up.y) * TEXT_H) / 2;
  return [3, 7, 13, 20].flatMap((air) =>
    [isBelow ? -1 : 1, isBelow ? 1 : -1].flatMap((way) =>
      shares.map((t) => {
        const { x, y } = between(a, b, t);
        return { x: x + up.x * way * (clear + air), y: y + up.y * way * (clear + air) };
      }),
    ),
  );
}

/** Each in its turn, so those that have little choice should come first. */
export function placeNotes(notes: readonly Note[], scenery: Scenery): Placed[] {
  const covered = scenery.marks.map(around);
  const costOf = (box: Box): number =>
    COST.covers * covered.filter((one) => overlap(one, box)).length +
    COST.crosses * scenery.pieces.filter((piece) => crosses(box, piece)).length +
    (box.left < scenery.left || box.right > scenery.right ? COST.leaves : 0) +
    (box.top < scenery.top || box.bottom > scenery.bottom ? COST.leaves : 0);
  const partedBy = (of: XY, place: XY): number =>
    scenery.pieces.filter((piece) => meet([between(of, place, OWN), place], piece)).length;
  return notes.map(({ key, text, of, places }) => {
    const costs = places.map(
      (place, k) => costOf(boxOf(place, text)) + COST.parted * partedBy(of, place) + COST.next * k,
    );
    const { x, y } = places[costs.indexOf(Math.min(...costs))];
    covered.push(boxOf({ x, y }, text));
    return { key, text, x, y };
  });
}

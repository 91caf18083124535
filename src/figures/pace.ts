/**
 * How marks come to where they stand, in at most three stages: room is made, what is new is put there, numbers and
 * rails settle. Times are milliseconds at single speed. Where nothing is put, everything moves at once.
 */
import type { Moves } from './mark.ts';
import type { Row, StageInput } from './pictures/picture.ts';

/** A line of an op, as it is played. */
export const LINE_MS = 160;
const ROOM = 140;
const PLACE = 200;
const SETTLE = 140;
/** A pointer that is set anew. */
export const RELINK: Moves = { duration: 220 };
const FLIGHT = 240;
/** The last of all flights begins no later than this after the first. */
const STAGGER = 400;

/** Whether the rows of an edit have just come into the grid. */
const hasPut = ({ currentEdit, frame, op }: StageInput): boolean => currentEdit >= 0 && frame.moment === op;

/** Rails, pills and brackets wait until rows stand where they will. */
export const settling = (input: StageInput): Moves =>
  hasPut(input) ? { delay: ROOM + PLACE, duration: SETTLE } : { duration: PLACE };

/** The camera keeps step with the rows that make room, so that one which it holds on to stands still. */
export const cameraMoves = (input: StageInput): Moves => ({ duration: hasPut(input) ? ROOM : PLACE });

/** A row moves to make room, or comes out of the row that it was put behind. */
export function rowMoves(input: StageInput, r: Row, y: number, dx = 0): Moves {
  if (!hasPut(input)) return { duration: PLACE };
  if (r.bornOp !== input.op || r.bornOp === 0) return { duration: ROOM };
  const from = y - input.geometry.pitch * input.newNumber(r.node, r.edit);
  return { from: { transform: `translate(${dx},${from})`, opacity: 0 }, delay: ROOM, duration: PLACE };
}

/** Of what flies from `dx` pixels away into a cell of After, one row of the window after the other. */
export function flight({ frame }: StageInput, r: Row, dx: number): Moves {
  const share = (r.row - frame.firstRow) / Math.max(1, frame.rows.length);
  return {
    from: { transform: `translate(${dx},0)`, opacity: 1 },
    ...{ delay: Math.round(STAGGER * share), duration: FLIGHT },
  };
}

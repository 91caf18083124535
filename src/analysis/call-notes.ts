/** What the walk notes of a call for those who rewrite it: the map, and one constant, if they are the same on every way. */

import { relyOn } from './precision.ts';
import { isConst, isZero } from './scalar.ts';
import type { Walk } from './walk.ts';

/** Seen, and not the same on every way. In `call_arg` it stands only until the walk is over. */
export const UNFIT = -1;

function noteSame(column: Int32Array, idx: number, value: number): void {
  if (column[idx] === 0) column[idx] = value;
  else if (column[idx] !== value) column[idx] = UNFIT;
}

export function noteMap(walk: Walk, map: number): void {
  noteSame(walk.columns.mapIdx, walk.idx, walk.maps.recordOf(map));
}

/** A loop may be put in place of the call when its flags are 0 and its callback is one and the same on every way. */
export function noteLoop(walk: Walk, func: number): void {
  const { frame } = walk.state;
  const hasNoFlags = frame.isScalar(4) && isZero(frame.values[4]);
  if (hasNoFlags) relyOn(walk, 4);
  noteSame(walk.columns.callArg, walk.idx, hasNoFlags && func >= 0 ? func + 1 : UNFIT);
}

export function noteTailCall(walk: Walk): void {
  const { frame } = walk.state;
  const value = frame.values[3];
  const isIndex = frame.isScalar(3) && isConst(value) && value.value <= 0xffffffffn;
  if (isIndex) relyOn(walk, 3);
  const index = isIndex ? Number(value.value) : -1;
  noteSame(walk.columns.callArg, walk.idx, index >= 0 && index < 0x7fffffff ? index + 1 : UNFIT);
}

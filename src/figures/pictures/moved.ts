/** How many things an op comes by, and how many of them it changes: counted when it is told, by going through all. */
import { shiftsOf } from '../../patch/jump-at.ts';
import { lineSlotAt } from '../line-rows.ts';
import { outerPos, subprogRowAt, type TableSource } from '../tables.ts';

export interface Moved {
  readonly cnt: number;
  readonly moved: number;
}

/**
 * Line entries that an edit op moves or takes away. One whose insn stands both times moves by what the op puts or
 * deletes in front of it; only others are looked up among the insns that live.
 */
export function movedLines(source: TableSource, op: number): Moved {
  const { trace, moments, before } = source;
  const cnt = before.lineInfo.insnOff.length;
  const shift = shiftsOf(trace);
  const idxAt = (moment: number, slot: number): number =>
    slot < 0 ? -1 : moments.rankAlive(moment, outerPos(trace, slot));
  let moved = 0;
  for (let entry = 0; entry < cnt; entry++) {
    const was = lineSlotAt(source, op - 1, entry);
    const is = lineSlotAt(source, op, entry);
    const isMoved =
      was === is ? is >= 0 && shift(op, outerPos(trace, is)) !== 0 : idxAt(op - 1, was) !== idxAt(op, is);
    if (isMoved) moved++;
  }
  return { cnt, moved };
}

/** Subprograms that an edit op moves or takes away. */
export function movedSubprogs(source: TableSource, op: number): Moved {
  const cnt = source.before.subprogs.start.length;
  const startAt = (moment: number, k: number): number => {
    const { dead, start } = subprogRowAt(source, moment, k);
    return dead ? -1 : start;
  };
  let moved = 0;
  for (let k = 0; k < cnt; k++) if (startAt(op, k) !== startAt(op - 1, k)) moved++;
  return { cnt, moved };
}

/** Jumps and calls that stand in the program at a moment. */
export const jumpCntAt = ({ trace }: TableSource, moment: number): number => {
  let cnt = 0;
  for (let j = 0; j < trace.jumps.cnt; j++)
    if (trace.jumps.from[j] <= moment && moment < trace.jumps.to[j]) cnt++;
  return cnt;
};

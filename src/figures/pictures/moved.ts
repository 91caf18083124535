/** How many things an op comes by, and how many of them it changes: counted when it is told, by going through all. */
import { lineRowAt } from '../line-rows.ts';
import { subprogRowAt, type TableSource } from '../tables.ts';

/** How many of `cnt` things have another number at moment `op` than before it. */
function changedCnt(cnt: number, numberAt: (moment: number, k: number) => number, op: number): number {
  let changed = 0;
  for (let k = 0; k < cnt; k++) if (numberAt(op, k) !== numberAt(op - 1, k)) changed++;
  return changed;
}

export interface Moved {
  readonly cnt: number;
  readonly moved: number;
}

/** Line entries and subprograms that an edit op moves or takes away. */
export const movedLines = (source: TableSource, op: number): Moved => {
  const cnt = source.before.lineInfo.insnOff.length;
  return { cnt, moved: changedCnt(cnt, (k, entry) => lineRowAt(source, k, entry).idx, op) };
};
export const movedSubprogs = (source: TableSource, op: number): Moved => {
  const cnt = source.before.subprogs.start.length;
  const startAt = (k: number, entry: number) => {
    const { dead, start } = subprogRowAt(source, k, entry);
    return dead ? -1 : start;
  };
  return { cnt, moved: changedCnt(cnt, startAt, op) };
};

/** Jumps and calls that stand in the program at a moment. */
export const jumpCntAt = ({ trace }: TableSource, moment: number): number => {
  let cnt = 0;
  for (let j = 0; j < trace.jumps.cnt; j++)
    if (trace.jumps.from[j] <= moment && moment < trace.jumps.to[j]) cnt++;
  return cnt;
};

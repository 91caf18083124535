/** How many things an op comes by, and how many of them it changes: counted when it is told. */
import { OP, type Trace } from '../../patch/trace.ts';
import { entriesAt, lineSlotAt } from '../line-rows.ts';
import { outerPos, subprogRowAt, type TableSource } from '../tables.ts';

export interface Moved {
  readonly cnt: number;
  readonly moved: number;
}

/** What an edit op patches, [slot, last), and whether all behind it moves. null: the op is no edit. */
function patchedBy({ opKind, opRef, editAt, editLen, growth }: Trace, op: number) {
  const kind = opKind[op - 1];
  if (kind !== OP.REPLACE && kind !== OP.PREPEND && kind !== OP.REMOVE) return null;
  const edit = opRef[op - 1];
  const slot = editAt[edit];
  return { slot, last: kind === OP.REMOVE ? slot + editLen[edit] : slot + 1, moves: growth[edit] !== 0 };
}

/**
 * How many of the things in front of those slots, ascending, an edit op moves or takes away. All behind its patch are
 * there still, as edits are done from the front to the back, and move as one; those at the patch are looked at.
 */
function movedOf(
  { trace }: TableSource,
  op: number,
  slots: Int32Array,
  placeAt: (moment: number, k: number) => number,
): Moved {
  const patched = patchedBy(trace, op);
  const cnt = slots.length;
  if (patched === null) return { cnt, moved: 0 };
  const { from, end } = entriesAt(slots, patched.slot, patched.last);
  let moved = patched.moves ? cnt - end : 0;
  for (let k = from; k < end; k++) if (placeAt(op, k) !== placeAt(op - 1, k)) moved++;
  return { cnt, moved };
}

/** Line entries that an edit op moves or takes away. */
export const movedLines = (source: TableSource, op: number): Moved =>
  movedOf(source, op, source.before.lineInfo.insnOff, (moment, entry) => {
    const slot = lineSlotAt(source, moment, entry);
    return slot < 0 ? -1 : source.moments.rankAlive(moment, outerPos(source.trace, slot));
  });

/** Subprograms that an edit op moves or takes away. */
export const movedSubprogs = (source: TableSource, op: number): Moved =>
  movedOf(source, op, source.before.subprogs.start, (moment, k) => {
    const { dead, start } = subprogRowAt(source, moment, k);
    return dead ? -1 : start;
  });

/** Jumps and calls that stand in the program at a moment. */
export const jumpCntAt = ({ trace }: TableSource, moment: number): number => {
  let cnt = 0;
  for (let j = 0; j < trace.jumps.cnt; j++)
    if (trace.jumps.from[j] <= moment && moment < trace.jumps.to[j]) cnt++;
  return cnt;
};

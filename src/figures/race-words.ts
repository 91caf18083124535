/** What a lane of the race does, in words. */
import { LAP, type Lap } from '../patch/laps.ts';
import { EDIT } from '../patch/ops.ts';
import type { Race } from '../patch/race.ts';
import type { TouchKind } from '../patch/work.ts';
import type { LaneState } from './lane-state.ts';
import { grouped, plural } from './number.ts';
import { racerOf } from './racers.ts';

/** What is counted, in words. */
export const TOUCH_WORDS: Readonly<Record<TouchKind, string>> = {
  node: 'nodes made, linked, walked',
  map: 'slots numbered',
  insn: 'insns moved or written',
  scan: 'insns looked at for jumps',
  jump: 'jumps checked or adjusted',
  aux: 'aux records moved or written',
  line: 'line entries visited',
  subprog: 'subprogram starts visited',
};

/** In short, beside the name of the lane. */
export function phaseWords(race: Race, { lane, isOver, lap, edit, nth }: LaneState): string {
  if (isOver || lap === null) return lane.isCut ? 'cut' : 'finished';
  if (edit >= 0) return `patch ${grouped(nth)} of ${grouped(race.edits.cnt)}`;
  return PHASES[lap];
}

const PHASES: Readonly<Record<Lap, string>> = {
  [LAP.CHECK]: 'checks distances',
  [LAP.GROW]: 'copies everything',
  [LAP.MOVE]: 'moves the tail',
  [LAP.WRITE]: 'writes',
  [LAP.SCAN]: 'scans',
  [LAP.TABLES]: 'tables',
  [LAP.CREATE]: 'makes nodes',
  [LAP.PATCH]: 'patches',
  [LAP.NUMBER]: 'numbers',
  [LAP.COPY]: 'copies',
  [LAP.RETARGET]: 're-targets',
  [LAP.AUX]: 'aux records',
};

const DOING: Readonly<Record<Lap, string>> = {
  [LAP.CHECK]: 'looks at every insn whether distances will still fit',
  [LAP.GROW]: 'the pages are used up: everything is copied to bigger ones',
  [LAP.MOVE]: 'the tail moves',
  [LAP.WRITE]: 'the patch is written',
  [LAP.SCAN]: 'every insn is looked at for jumps across the patch',
  [LAP.TABLES]: 'line entries and subprograms are visited',
  [LAP.CREATE]: 'a node is made for each insn',
  [LAP.PATCH]: 'the walk to the patch, and two links',
  [LAP.NUMBER]: 'every slot is given its new number',
  [LAP.COPY]: 'insns are copied to the new array',
  [LAP.RETARGET]: 'every insn is looked at for jumps, once for all patches',
  [LAP.AUX]: 'aux records are written',
};

function editWords({ edits }: Race, e: number): string {
  const [at, len] = [edits.at[e], edits.len[e]];
  if (edits.kind[e] === EDIT.REMOVE) return `removes ${plural(len, 'insn')} from insn ${grouped(at)} on`;
  const put = plural(len, 'insn');
  return edits.kind[e] === EDIT.PREPEND
    ? `puts ${put} before insn ${grouped(at)}`
    : `puts ${put} for insn ${grouped(at)}`;
}

/** What it is doing, in a sentence. */
export function doingWords(race: Race, { lane, isOver, lap, edit, nth }: LaneState): string {
  if (isOver && lane.isCut)
    return `Cut at the budget of ${grouped(race.budget)} touches, in patch ${grouped(nth)} of ${grouped(race.edits.cnt)}: it would need more.`;
  if (isOver || lap === null) return racerOf(lane.id).over;
  const doing = DOING[lap];
  if (edit < 0) return `${doing[0].toUpperCase()}${doing.slice(1)}.`;
  return `It ${editWords(race, edit)}: ${doing}.`;
}

/** The race at a moment of its clock. The clock counts touches: at t, each algorithm has done as many, or is done. */
import { LAP, type Lap, type Laps } from '../patch/laps.ts';
import { EDIT } from '../patch/ops.ts';
import type { Race, RaceLane } from '../patch/race.ts';
import { TOUCH_KINDS, type TouchKind } from '../patch/work.ts';
import { grouped, plural } from './number.ts';

export interface LaneState {
  readonly lane: RaceLane;
  /** At most its total. */
  readonly touches: number;
  /** Nothing is left of it to show: it is through, or was cut at the budget. */
  readonly isOver: boolean;
  /** The lap it is in, null when it is over; share of it that is done, below 1. */
  readonly lap: Lap | null;
  readonly share: number;
  /** Number of the edit that is being done, -1: of none. */
  readonly edit: number;
  /** Edits begun. */
  readonly nth: number;
  /** Touches by kind: as counted at the ends of laps, in proportion between them. Their sum is `touches`. */
  readonly counts: Readonly<Record<TouchKind, number>>;
}

/** First lap that ends behind t. */
function lapAt({ end, cnt }: Laps, t: number): number {
  let lo = 0;
  let hi = cnt;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (end[mid] > t) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

function countsAt({ counts }: Laps, at: number, share: number, touches: number): Record<TouchKind, number> {
  let sum = 0;
  let most: TouchKind = TOUCH_KINDS[0];
  let mostDelta = -1;
  const now = {} as Record<TouchKind, number>;
  for (const kind of TOUCH_KINDS) {
    const from = at === 0 ? 0 : counts[kind][at - 1];
    const delta = counts[kind][at] - from;
    now[kind] = from + Math.floor(delta * share);
    sum += now[kind];
    if (delta > mostDelta) [most, mostDelta] = [kind, delta];
  }
  now[most] += touches - sum;
  return now;
}

export function laneAt(lane: RaceLane, t: number): LaneState {
  const { laps, total, work } = lane;
  const touches = Math.max(0, Math.min(total, Math.floor(t)));
  const at = lapAt(laps, touches);
  if (at === laps.cnt) {
    const counts = Object.fromEntries(TOUCH_KINDS.map((kind) => [kind, work[kind]])) as Record<
      TouchKind,
      number
    >;
    const nth = laps.cnt === 0 ? 0 : laps.nth[laps.cnt - 1];
    return { lane, touches, isOver: true, lap: null, share: 1, edit: -1, nth, counts };
  }
  const from = at === 0 ? 0 : laps.end[at - 1];
  const share = (touches - from) / (laps.end[at] - from);
  return {
    ...{
      lane,
      touches,
      isOver: false,
      lap: laps.kind[at] as Lap,
      share,
      edit: laps.edit[at],
      nth: laps.nth[at],
    },
    counts: countsAt(laps, at, share, touches),
  };
}

/** Where the clock ends: when the slowest is over. */
export const raceEnd = ({ lanes }: Race): number => Math.max(0, ...lanes.map(({ total }) => total));

/** The lane of the algorithm that goes through the program for each patch. */
export const arrayLane = ({ lanes }: Race): RaceLane => lanes.find(({ id }) => id === 'array') ?? lanes[0];

/** The next (previous) time at which the array is through with a patch; the ends of the race count as such. */
export function nextPatch(race: Race, t: number, by: 1 | -1): number {
  const { laps } = arrayLane(race);
  const isLast = (at: number): boolean => at + 1 === laps.cnt || laps.nth[at + 1] !== laps.nth[at];
  if (by > 0) {
    for (let at = lapAt(laps, t); at < laps.cnt; at++) if (isLast(at)) return laps.end[at];
    return raceEnd(race);
  }
  for (let at = lapAt(laps, t - 1) - 1; at >= 0; at--) if (isLast(at)) return laps.end[at];
  return 0;
}

/** The next (previous) time at which any of them is through with a part of its work. */
export function nextLap({ lanes }: Race, t: number, by: 1 | -1): number {
  const times = lanes.map(({ laps }) => {
    const at = lapAt(laps, by > 0 ? t : t - 1);
    if (by > 0) return at < laps.cnt ? laps.end[at] : Number.POSITIVE_INFINITY;
    return at === 0 ? 0 : laps.end[at - 1];
  });
  const next = by > 0 ? Math.min(...times) : Math.max(0, ...times);
  return Number.isFinite(next) ? next : t;
}

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
export function phaseWords(race: Race, { lane, isOver, lap, nth }: LaneState): string {
  if (isOver) return lane.isCut ? 'cut' : 'finished';
  if (lap === null || lap === LAP.CREATE) return 'makes nodes';
  if (nth > 0 && (lap <= LAP.TABLES || lap === LAP.PATCH) && lane.laps.edit[lane.laps.cnt - 1] >= 0)
    return `patch ${grouped(nth)} of ${grouped(race.edits.cnt)}`;
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
  if (isOver || lap === null) return OVER[lane.id] ?? 'Done.';
  const doing = DOING[lap];
  if (edit < 0) return `${doing[0].toUpperCase()}${doing.slice(1)}.`;
  return `It ${editWords(race, edit)}: ${doing}.`;
}

const OVER: Readonly<Record<string, string>> = {
  array: 'Touching squares move together: every patch moved the tail and looked at all of them.',
  list: 'Separate boxes do not move: a patch touches its own node and the new ones. Numbers come once, at the end.',
  stream: 'The edits stood beside the array, and a few sweeps over it did for all of them together.',
};

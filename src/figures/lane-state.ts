/** What a lane of the race has done at a moment of its clock. The clock counts touches: at t it has done as many, or is done. */
import { partitionPoint } from '../base/lower-bound.ts';
import type { Lap, Laps } from '../patch/laps.ts';
import type { RaceLane } from '../patch/race.ts';
import { TOUCH_KINDS, type TouchKind } from '../patch/work.ts';

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
export const lapAt = ({ end, cnt }: Laps, t: number): number => partitionPoint(0, cnt, (at) => end[at] > t);

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

/**
 * Jump rails: orthogonal lines in the gutter beside a column. Jumps to one target share a trunk and an arrow head;
 * shorter spans lie inside; a rail that leaves the window ends in a stub that names where it goes.
 */
import { circle, group, type Mark, path } from './mark.ts';

export interface Rail {
  readonly key: string;
  /** Rows of the shared grid (may lie outside of the window); fractional rows are not used. */
  readonly from: number;
  readonly to: number;
  /** plain, retarget, focus, ghost or broken */
  readonly cls: string;
  readonly conditional: boolean;
  readonly call: boolean;
}

export interface RailPlace {
  /** x of the column's edge, and the direction in which lanes are counted: -1 left, +1 right. */
  readonly root: number;
  readonly side: -1 | 1;
  /** Widest distance between lanes, and the width they must share. */
  readonly lane: number;
  readonly space: number;
  readonly yOf: (row: number) => number;
  readonly yMin: number;
  readonly yMax: number;
}

interface Trunk {
  readonly to: number;
  lo: number;
  hi: number;
  lane: number;
  readonly rails: Rail[];
}

/** Lanes closer than this cannot be told apart. */
const LANE_MIN = 5;

/**
 * Lane of each trunk: shortest first, the innermost lane that is free over its span; -1 when none of `lanes` is.
 * Answers how many lanes are in use.
 */
export function assignLanes(trunks: readonly Trunk[], lanes: number): number {
  const taken: Trunk[][] = [];
  for (const trunk of [...trunks].sort((a, b) => a.hi - a.lo - (b.hi - b.lo) || a.lo - b.lo)) {
    trunk.lane = taken.findIndex((others) => others.every((o) => o.hi < trunk.lo || o.lo > trunk.hi));
    if (trunk.lane < 0 && taken.length < lanes) trunk.lane = taken.push([]) - 1;
    if (trunk.lane >= 0) taken[trunk.lane].push(trunk);
  }
  return taken.length;
}

const isQuiet = ({ rails }: Trunk): boolean => rails.every(({ cls }) => cls === 'plain');

/** The same, but where lanes run out it is the unchanged jumps that go without. */
function assignByWeight(trunks: readonly Trunk[], lanes: number): number {
  const used = assignLanes(trunks, lanes);
  if (trunks.every(({ lane, rails }) => lane >= 0 || rails.every(({ cls }) => cls === 'plain'))) return used;
  for (const trunk of trunks) trunk.lane = -1;
  return assignLanes(
    trunks.filter((trunk) => !isQuiet(trunk)),
    lanes,
  );
}

const trunksOf = (rails: readonly Rail[]): Trunk[] => {
  const byTarget = new Map<string, Trunk>();
  for (const rail of rails) {
    // A ghost never shares a trunk: it shows a place nobody jumps to.
    const id = rail.cls.includes('ghost') ? rail.key : String(rail.to);
    const trunk = byTarget.get(id) ?? { to: rail.to, lo: rail.to, hi: rail.to, lane: -1, rails: [] };
    trunk.lo = Math.min(trunk.lo, rail.from, rail.to);
    trunk.hi = Math.max(trunk.hi, rail.from, rail.to);
    trunk.rails.push(rail);
    byTarget.set(id, trunk);
  }
  return [...byTarget.values()];
};

const HEAD = 6;
const RADIUS = 6;

/** Arrow head of the given size whose tip is at (x, y), pointing against `side` (towards the column). */
export const headTowards = (x: number, y: number, side: -1 | 1, size = HEAD): string =>
  `M${x} ${y}l${side * size} ${-size * 0.62}v${size * 1.24}z`;

function railPath(x: number, lx: number, y1: number, y2: number, side: -1 | 1): string {
  const dir = y2 >= y1 ? 1 : -1;
  const r = Math.min(RADIUS, Math.abs(y2 - y1) / 2, Math.abs(lx - x));
  return (
    `M${x} ${y1}H${lx - side * r}Q${lx} ${y1} ${lx} ${y1 + dir * r}` +
    `V${y2 - dir * r}Q${lx} ${y2} ${lx - side * r} ${y2}H${x + side * HEAD}`
  );
}

export interface RailMarks {
  readonly marks: readonly Mark[];
  /** Rails that found no lane or leave the window, to be named as stubs in their row. */
  readonly stubs: readonly Rail[];
}

/** Marks of all rails of one side. */
export function railMarks(rails: readonly Rail[], place: RailPlace): RailMarks {
  const { root, side, space, yOf, yMin, yMax } = place;
  const trunks = trunksOf(rails);
  const used = assignByWeight(trunks, Math.floor(space / LANE_MIN));
  const lane = Math.min(place.lane, space / Math.max(1, used));
  const stubs: Rail[] = [];
  const marks: Mark[] = [];
  for (const trunk of trunks) {
    if (trunk.lane < 0) {
      stubs.push(...trunk.rails);
      continue;
    }
    const lx = root + side * (lane * (trunk.lane + 1) + 2);
    const yTo = yOf(trunk.to);
    for (const rail of trunk.rails) {
      const yFrom = yOf(rail.from);
      if (yFrom < yMin || yFrom > yMax || yTo < yMin || yTo > yMax) stubs.push(rail);
      // A row that is source and target: the leaving line is set off towards its target.
      const nudge = rail.from === rail.to ? 0 : rail.to > rail.from ? 3 : -3;
      const y1 = clamp(yFrom + nudge, yMin, yMax);
      const y2 = clamp(yTo - nudge, yMin, yMax);
      const cls = `rail ${rail.cls}${rail.conditional ? ' cond' : ''}${rail.to <= rail.from ? ' back' : ''}${rail.call ? ' call' : ''}`;
      marks.push(
        group(rail.key, { class: cls, 'aria-hidden': 'true' }, [
          path('line', railPath(root, lx, y1, y2, side), 'line'),
          ...(yFrom >= yMin && yFrom <= yMax ? [circle('dot', root, y1, 2, 'dot')] : []),
          ...(yTo >= yMin && yTo <= yMax ? [path('head', headTowards(root, y2, side), 'head')] : []),
        ]),
      );
    }
  }
  return { marks, stubs };
}

const clamp = (v: number, lo: number, hi: number): number => Math.max(lo, Math.min(hi, v));

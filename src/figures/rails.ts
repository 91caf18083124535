/**
 * Jump rails: orthogonal lines in the gutter beside a column. Jumps to one target share a trunk and an arrow head;
 * shorter spans lie inside. A rail that leaves the window ends in an arrow head at the edge, where the slots it goes
 * to are named; one that goes too far, or finds no lane, is a stub in its row. What only passes is counted.
 */
import { stubWidth } from './geometry.ts';
import type { Mark } from './mark.ts';
import { grouped } from './number.ts';
import { assignLanes, isFocus, type Rail, type RailNames, type Trunk, trunksOf } from './rail-lanes.ts';
import {
  density,
  EDGE_LINE,
  edgeLine,
  HEAD,
  pointsBack,
  type RailPlace,
  type Run,
  railMark,
  stubMark,
} from './rail-marks.ts';

export type { Rail } from './rail-lanes.ts';
export type { RailPlace } from './rail-marks.ts';

/** Lanes closer than this cannot be told apart. */
const LANE_MIN = 5;
/** A jump over more than this many screens is a stub: its rail would only cross the picture. */
const SCREENS = 3;

const clamp = (v: number, lo: number, hi: number): number => Math.max(lo, Math.min(hi, v));

/** Slots by number with commas between, as many as there is room for; else how many they are. */
export function slotsLine(slots: readonly number[], fits: (text: string) => boolean): string {
  const sorted = [...new Set(slots)].sort((a, b) => a - b);
  const all = sorted.map(grouped).join(', ');
  if (fits(all)) return all;
  const ends = `${grouped(sorted[0])} \u2026 ${grouped(sorted[sorted.length - 1])}`;
  if (sorted.length > 2 && fits(ends)) return ends;
  const first = `${grouped(sorted[0])} +${sorted.length - 1}`;
  return sorted.length > 1 && fits(first) ? first : `${sorted.length}`;
}

export interface RailFigure {
  readonly marks: readonly Mark[];
  /** Rails that are named in their row because they go too far or found no lane. */
  readonly stubs: readonly Rail[];
  readonly trunks: readonly Trunk[];
  /** How many pass through without an end in view. */
  readonly passing: number;
}

const inView = ({ yMin, yMax }: RailPlace, y: number): boolean => y >= yMin && y <= yMax;

interface Sorted {
  readonly drawn: readonly Rail[];
  readonly stubs: readonly Rail[];
  readonly passing: number;
}

/** Which rails are drawn as lines, which are stubs, and how many pass through and are not drawn. */
function sort(rails: readonly Rail[], place: RailPlace): Sorted {
  const { yOf, yMin, yMax } = place;
  const farthest = SCREENS * Math.max(1, yMax - yMin);
  const drawn: Rail[] = [];
  const stubs: Rail[] = [];
  let passing = 0;
  for (const rail of rails) {
    const a = yOf(rail.from);
    const b = yOf(rail.to);
    const hasEnd = inView(place, a) || inView(place, b);
    const crosses = Math.min(a, b) < yMin && Math.max(a, b) > yMax;
    const always = isFocus(rail) || rail.cls.includes('broken');
    if (!hasEnd && !crosses) continue;
    if (!hasEnd && !always) passing++;
    else if (always || Math.abs(b - a) <= farthest) drawn.push(rail);
    // Where an old number would land is shown or left out, but is no place to go to.
    else if (rail.cls.includes('ghost')) continue;
    else if (inView(place, a)) stubs.push(rail);
    else passing++;
  }
  return { drawn, stubs, passing };
}

/** Marks of all rails of one side. */
export function railMarks(rails: readonly Rail[], place: RailPlace): RailFigure {
  const { root, side, space, yOf } = place;
  const { drawn, stubs: far, passing } = sort(rails, place);
  const trunks = trunksOf(drawn);
  const used = assignLanes(trunks, Math.floor(space / LANE_MIN));
  const lane = Math.min(place.lane, space / Math.max(1, used));
  const fades = rails.some(isFocus);
  const stubs = [...far];
  const lines: Mark[] = [];
  const exits = { up: [] as Rail[], down: [] as Rail[] };
  const upper = place.yMin + EDGE_LINE * (passing > 0 ? 2 : 1) + 3;
  for (const trunk of trunks) {
    if (trunk.lane < 0) {
      stubs.push(...trunk.rails.filter((rail) => inView(place, yOf(rail.from))));
      continue;
    }
    const lx = root + side * (lane * (trunk.lane + 1) + 2);
    const outermost = farthestBack(trunk);
    for (const rail of trunk.rails) {
      const run = runOf(place, rail, lx, upper);
      if (!run.hasTo) (run.isDown ? exits.down : exits.up).push(rail);
      lines.push(railMark(place, run, rail === outermost, fades));
    }
  }
  const marks = [
    ...density(place, passing),
    ...lines,
    ...stubs.map((rail) => stubMark(place, rail, fades)),
    ...edgeNames(place, exits, passing),
  ];
  return { marks, stubs, trunks, passing };
}

/** Of the jumps back to one target, the one that comes from farthest. */
const farthestBack = ({ rails }: Trunk): Rail | null =>
  rails.reduce<Rail | null>(
    (most, rail) => (pointsBack(rail) && (most === null || rail.from > most.from) ? rail : most),
    null,
  );

/** `upper`: where rails that leave upwards end, below the lines of words there. */
function runOf(place: RailPlace, rail: Rail, lx: number, upper: number): Run {
  const { yOf, yMin, yMax } = place;
  const yFrom = yOf(rail.from);
  const yTo = yOf(rail.to);
  // A row that is source and target: the leaving line is set off towards its target, also where it is its own.
  const nudge = rail.to > rail.from ? 3 : -3;
  const hasFrom = inView(place, yFrom);
  const hasTo = inView(place, yTo);
  const lower = yMax - EDGE_LINE - 3;
  const isDown = yTo > yFrom;
  const y1 = hasFrom ? yFrom + (rail.to === rail.from ? 4 : nudge) : clamp(yFrom, yMin, yMax);
  const y2 = hasTo
    ? yTo - (rail.to === rail.from ? 4 : nudge)
    : // One that leaves right at the edge is at least as long as its head.
      isDown
      ? Math.max(lower, y1 + HEAD)
      : Math.min(upper, y1 - HEAD);
  return { rail, lx, hasFrom, hasTo, isDown, y1, y2 };
}

/** At each edge the slots that rails leave for; at the upper one how many pass. */
function edgeNames(
  place: RailPlace,
  exits: { readonly up: readonly Rail[]; readonly down: readonly Rail[] },
  passing: number,
): Mark[] {
  const { space, yMin, yMax } = place;
  const fits = (text: string): boolean => stubWidth(text) <= space + 8;
  const marks: Mark[] = [];
  const name = (key: string, sign: string, rails: readonly Rail[], y: number): void => {
    const named = rails.map(({ names }) => names).filter((names): names is RailNames => names !== undefined);
    if (named.length === 0) return;
    const slots = named.map(({ targetSlot }) => targetSlot);
    const only = new Set(slots).size === 1 ? named[0].targetUid : null;
    const line = slotsLine(slots, fits);
    const whole = `${sign} ${line}`;
    marks.push(edgeLine(place, key, y, fits(whole) ? whole : line, only));
  };
  name('edge-up', '\u2191', exits.up, yMin + EDGE_LINE / 2);
  name('edge-down', '\u2193', exits.down, yMax - EDGE_LINE / 2);
  if (passing > 0) {
    const words = `${passing} pass`;
    const y = yMin + EDGE_LINE / 2 + (exits.up.length > 0 ? EDGE_LINE : 0);
    marks.push(edgeLine(place, 'passing', y, fits(words) ? words : String(passing), null));
  }
  return marks;
}

/** Which rail goes where: one trunk per target, and a lane of the gutter for each trunk. */

export interface Rail {
  readonly key: string;
  /** Rows of the shared grid; they may lie outside of the window. */
  readonly from: number;
  readonly to: number;
  /** plain, ret (re-targeted), ghost or broken; with focus behind it for the one that is asked about. */
  readonly cls: string;
  readonly conditional: boolean;
  readonly call: boolean;
  /** Who jumps and where to; where it is missing, nothing is named and nothing can be clicked. */
  readonly names?: RailNames;
}

export interface RailNames {
  /** Identity of the insn that jumps, and of the one it leads to (null: the end of the program). */
  readonly uid: number;
  readonly targetUid: number | null;
  /** Slot it leads to, as it is named where the target is out of view. */
  readonly targetSlot: number;
}

export interface Trunk {
  readonly to: number;
  lo: number;
  hi: number;
  /** Counted from the column outwards; -1: none was free. */
  lane: number;
  readonly rails: Rail[];
}

export const isLoud = ({ cls }: Rail): boolean => cls !== 'plain';
export const isFocus = ({ cls }: Rail): boolean => cls.includes('focus');

/** Jumps to one target share a trunk and an arrow head. */
export function trunksOf(rails: readonly Rail[]): Trunk[] {
  const byTarget = new Map<string, Trunk>();
  for (const rail of rails) {
    // A ghost never shares a trunk: it shows a place nobody jumps to. Nor does what cannot be done.
    const alone = rail.cls.includes('ghost') || rail.cls.includes('broken');
    const id = alone ? rail.key : String(rail.to);
    const trunk = byTarget.get(id) ?? { to: rail.to, lo: rail.to, hi: rail.to, lane: -1, rails: [] };
    trunk.lo = Math.min(trunk.lo, rail.from, rail.to);
    trunk.hi = Math.max(trunk.hi, rail.from, rail.to);
    trunk.rails.push(rail);
    byTarget.set(id, trunk);
  }
  return [...byTarget.values()];
}

/** Puts trunks into the innermost lane that is free over their span, shortest first; those that find none keep -1. */
function fill(trunks: readonly Trunk[], taken: Trunk[][], lanes: number): void {
  const shortestFirst = (a: Trunk, b: Trunk) => a.hi - a.lo - (b.hi - b.lo) || a.lo - b.lo;
  for (const trunk of [...trunks].sort(shortestFirst)) {
    trunk.lane = taken.findIndex((others) => others.every((o) => o.hi < trunk.lo || o.lo > trunk.hi));
    if (trunk.lane < 0 && taken.length < lanes) trunk.lane = taken.push([]) - 1;
    if (trunk.lane >= 0) taken[trunk.lane].push(trunk);
  }
}

/**
 * Gives each trunk a lane and answers how many are in use. Where lanes run out, the jumps that changed or are asked
 * about choose first, and what is left is for the others.
 */
export function assignLanes(trunks: readonly Trunk[], lanes: number): number {
  const taken: Trunk[][] = [];
  fill(trunks, taken, lanes);
  if (trunks.every(({ lane }) => lane >= 0)) return taken.length;
  const again: Trunk[][] = [];
  const loud = trunks.filter(({ rails }) => rails.some(isLoud));
  fill(
    loud.filter(({ rails }) => rails.some(isFocus)),
    again,
    lanes,
  );
  fill(
    loud.filter(({ rails }) => !rails.some(isFocus)),
    again,
    lanes,
  );
  fill(
    trunks.filter(({ rails }) => !rails.some(isLoud)),
    again,
    lanes,
  );
  return again.length;
}

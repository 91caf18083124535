/** The overview: the whole program from top to bottom, what happened where, and which part of it is in view. */
import type { Moments } from '../patch/moments.ts';
import type { Trace } from '../patch/trace.ts';
import { group, type Mark, path, rect } from './mark.ts';
import { CHANGES, type Change, countsAt, type OverviewBins } from './overview-bins.ts';
import { SIGNS } from './signs.ts';

export interface OverviewPlace {
  readonly w: number;
  readonly h: number;
  /**
   * Upper edge and height of a bin; where rows are all in view they are those of the rows. While they stay the same it is
   * the same function: what was drawn of a bin is kept.
   */
  readonly spanOf: (bin: number) => { readonly y: number; readonly h: number };
  /** Part of it that is in view; null: all of it, so there is nothing to show. */
  readonly view: { readonly y: number; readonly h: number } | null;
  readonly moment: number;
}

/** Columns of the wide form from the left; the strip has two, of which the first holds what becomes of an insn. */
export const WIDE_X: Readonly<Record<Change, number>> = { ins: 4, rew: 19, ret: 34, del: 49 };
export const WIDE_W = 12;
const STRIP_X: Readonly<Record<Change, number>> = { ins: 1.5, rew: 1.5, del: 1.5, ret: 5.5 };
const STRIP_W = 3;
const HEAD_H = 14;

/** Height above the first bin: the wide form has the signs of its columns there. */
export const overviewTop = (w: number): number => (w >= 40 ? HEAD_H : 0);

/** Half the widths of the signs: what is round or pointed looks smaller than it is. */
const SIGN_H: Readonly<Record<Change, number>> = { ins: 3, rew: 3.5, ret: 3.5, del: 3 };

/** Share of a column that a bin with so many changes fills: logarithmic, so that one is still seen beside a thousand. */
export const fillOf = (cnt: number, most: number): number =>
  most <= 1 ? 1 : Math.max(0.25, Math.log1p(cnt) / Math.log1p(most));

/** Bars of one kind as they were drawn last: from one moment to the next only few are another. */
interface Drawn {
  readonly place: Pick<OverviewPlace, 'spanOf' | 'w'>;
  readonly counts: Int32Array;
  readonly bars: string[];
  d: string;
}
const drawn = new WeakMap<OverviewBins, Partial<Record<Change, Drawn>>>();

function lastDrawn(bins: OverviewBins, change: Change, { spanOf, w }: OverviewPlace): Drawn {
  const known = drawn.get(bins) ?? {};
  drawn.set(bins, known);
  const last = known[change];
  if (last && last.place.spanOf === spanOf && last.place.w === w) return last;
  const bars = Array.from({ length: bins.binCnt }, () => '');
  const fresh = { place: { spanOf, w }, counts: new Int32Array(bins.binCnt), bars, d: '' };
  known[change] = fresh;
  return fresh;
}

/** All bars of one kind as one path, at least a pixel high each. */
function bars(bins: OverviewBins, change: Change, place: OverviewPlace): string {
  const isWide = place.w >= 40;
  const x = (isWide ? WIDE_X : STRIP_X)[change];
  const w = isWide ? WIDE_W : STRIP_W;
  const counts = countsAt(bins, change, place.moment);
  const most = Math.ceil(bins.nodeCnt / bins.binCnt);
  const last = lastDrawn(bins, change, place);
  let isSame = true;
  for (let b = 0; b < bins.binCnt; b++) {
    if (counts[b] === last.counts[b]) continue;
    isSame = false;
    last.counts[b] = counts[b];
    const { y, h } = place.spanOf(b);
    const width = isWide ? w * fillOf(counts[b], most) : w;
    last.bars[b] =
      counts[b] === 0
        ? ''
        : `M${x} ${y.toFixed(1)}h${width.toFixed(1)}v${Math.max(1, h).toFixed(1)}h${(-width).toFixed(1)}z`;
  }
  if (!isSame) last.d = last.bars.join('');
  return last.d;
}

/** Final-order position of the insn that patching broke on, -1 for none: known once the last op was tried. */
export function errorPos({ refused, nodeOf, opCnt }: Trace, moment: number): number {
  return refused?.code === 'ERANGE' && moment >= opCnt ? nodeOf[refused.at] : -1;
}

/** `starts`: final-order positions at which subprograms begin; `error`: one of an insn, or -1. */
export function overviewFigure(
  bins: OverviewBins,
  starts: readonly number[],
  error: number,
  place: OverviewPlace,
): Mark[] {
  const { w, h, spanOf, view } = place;
  const isWide = w >= 40;
  const top = overviewTop(w);
  const yOf = (pos: number): number => {
    const { y, h: height } = spanOf(
      Math.min(bins.binCnt - 1, Math.floor((pos * bins.binCnt) / bins.nodeCnt)),
    );
    return pos >= bins.nodeCnt ? y + height : y;
  };
  const bands = starts.flatMap((start, k) => {
    const end = starts[k + 1] ?? bins.nodeCnt;
    const height = Math.max(0, yOf(end) - yOf(start));
    return k % 2 === 1 ? [rect(`band-${k}`, 0, yOf(start), w, height, 'band')] : [];
  });
  const signs = CHANGES.map((change) =>
    path(`sign-${change}`, SIGNS[change](0, SIGN_H[change]), `sign ${change}`, {
      transform: `translate(${WIDE_X[change] + WIDE_W / 2},${HEAD_H / 2})`,
    }),
  );
  return [
    rect('frame', 0.5, top + 0.5, w - 1, h - top - 1, 'frame'),
    ...bands,
    ...(isWide ? [group('signs', { 'aria-hidden': 'true' }, signs)] : []),
    ...CHANGES.map((change) => path(change, bars(bins, change, place), `bar ${change}`)),
    ...(view ? [rect('view', 0.75, view.y, w - 1.5, Math.max(6, view.h), 'view')] : []),
    ...(error >= 0 ? [path('error', `M0 ${yOf(error)}h${w}M0 ${yOf(error) - 3}v7`, 'error')] : []),
  ];
}

/** Row at a height of the overview, and the height of a row: both by place in the final order. */
export function overviewScale(
  { nodeCnt }: Pick<Trace, 'nodeCnt'>,
  moments: Moments,
  moment: number,
  { top, h }: { readonly top: number; readonly h: number },
) {
  const room = Math.max(1, h - top);
  return {
    rowAt: (y: number): number => {
      const pos = Math.round(((y - top) / room) * nodeCnt);
      return moments.rankBorn(moment, Math.max(0, Math.min(nodeCnt, pos)));
    },
    yOf: (row: number): number => {
      const pos = row >= moments.bornCnt(moment) ? nodeCnt : moments.selectBorn(moment, Math.max(0, row));
      return top + (pos / nodeCnt) * room;
    },
  };
}

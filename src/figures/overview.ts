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

/** The signs over the columns of the wide form. */
const HEAD: Mark = group(
  'signs',
  { 'aria-hidden': 'true' },
  CHANGES.map((change) =>
    path(`sign-${change}`, SIGNS[change](0, SIGN_H[change]), `sign ${change}`, {
      transform: `translate(${WIDE_X[change] + WIDE_W / 2},${HEAD_H / 2})`,
    }),
  ),
);

/** Share of a column that a bin with so many changes fills: logarithmic, so that one is still seen beside a thousand. */
export const fillOf = (cnt: number, most: number): number =>
  most <= 1 ? 1 : Math.max(0.25, Math.log1p(cnt) / Math.log1p(most));

/** Bars of one kind as they were drawn last: from one moment to the next, and from one key to the next, only few are another. */
interface Drawn {
  /** What a bar depends on beside its place and count. */
  readonly w: number;
  readonly most: number;
  readonly counts: Int32Array;
  readonly bars: string[];
  d: string;
}
const drawn = new WeakMap<OverviewPlace['spanOf'], Partial<Record<Change, Drawn>>>();

function lastDrawn(
  change: Change,
  spanOf: OverviewPlace['spanOf'],
  of: Pick<Drawn, 'w' | 'most'>,
  binCnt: number,
) {
  const known = drawn.get(spanOf) ?? {};
  drawn.set(spanOf, known);
  const last = known[change];
  if (last && last.w === of.w && last.most === of.most && last.counts.length === binCnt) return last;
  const bars = Array.from({ length: binCnt }, () => '');
  const fresh: Drawn = { ...of, counts: new Int32Array(binCnt), bars, d: '' };
  known[change] = fresh;
  return fresh;
}

/** All bars of one kind as one path, at least a pixel high each. */
function bars(bins: OverviewBins, change: Change, { spanOf, w: width, moment }: OverviewPlace): string {
  const { binCnt } = bins;
  const isWide = width >= 40;
  const x = (isWide ? WIDE_X : STRIP_X)[change];
  const w = isWide ? WIDE_W : STRIP_W;
  const counts = countsAt(bins, change, moment);
  const most = Math.ceil(bins.nodeCnt / binCnt);
  const last = lastDrawn(change, spanOf, { w: width, most }, binCnt);
  let isSame = true;
  for (let b = 0; b < binCnt; b++) {
    if (counts[b] === last.counts[b]) continue;
    isSame = false;
    last.counts[b] = counts[b];
    const { y, h } = spanOf(b);
    const fill = isWide ? w * fillOf(counts[b], most) : w;
    last.bars[b] =
      counts[b] === 0
        ? ''
        : `M${x} ${y.toFixed(1)}h${fill.toFixed(1)}v${Math.max(1, h).toFixed(1)}h${(-fill).toFixed(1)}z`;
  }
  if (!isSame) last.d = last.bars.join('');
  return last.d;
}

/** Final-order position of the insn that patching broke on, -1 for none: known once the last op was tried. */
export function errorPos({ refused, nodeOf, opCnt }: Trace, moment: number): number {
  return refused?.code === 'ERANGE' && moment >= opCnt ? nodeOf[refused.at] : -1;
}

type Spans = Pick<OverviewPlace, 'spanOf'>;

/** y of a final-order position. */
function yIn(
  { binCnt, nodeCnt }: Pick<OverviewBins, 'binCnt' | 'nodeCnt'>,
  { spanOf }: Spans,
  pos: number,
): number {
  const { y, h } = spanOf(Math.min(binCnt - 1, Math.floor((pos * binCnt) / nodeCnt)));
  return pos >= nodeCnt ? y + h : y;
}

/** Every other subprogram has a band behind it. `starts`: final-order positions at which they begin. */
export function overviewBands(
  bins: Pick<OverviewBins, 'binCnt' | 'nodeCnt'>,
  starts: readonly number[],
  place: Spans & Pick<OverviewPlace, 'w'>,
): Mark {
  const bands = starts.flatMap((start, k) => {
    if (k % 2 === 0) return [];
    const y = yIn(bins, place, start);
    const end = yIn(bins, place, starts[k + 1] ?? bins.nodeCnt);
    return [rect(`band-${k}`, 0, y, place.w, Math.max(0, end - y), 'band')];
  });
  return group('bands', {}, bands);
}

/** `error`: final-order position of an insn, or -1. */
export function overviewFigure(bins: OverviewBins, bands: Mark, error: number, place: OverviewPlace): Mark[] {
  const { w, h, view } = place;
  const isWide = w >= 40;
  const top = overviewTop(w);
  const errorY = error >= 0 ? yIn(bins, place, error) : 0;
  return [
    rect('frame', 0.5, top + 0.5, w - 1, h - top - 1, 'frame'),
    bands,
    ...(isWide ? [HEAD] : []),
    ...CHANGES.map((change) => path(change, bars(bins, change, place), `bar ${change}`)),
    ...(view ? [rect('view', 0.75, view.y, w - 1.5, Math.max(6, view.h), 'view')] : []),
    ...(error >= 0 ? [path('error', `M0 ${errorY}h${w}M0 ${errorY - 3}v7`, 'error')] : []),
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

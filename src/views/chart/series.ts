/** What the chart shows of the measurements, by view. */
import { type ChartAxes, type ChartSeries, power } from '../../figures/chart.ts';
import { grouped } from '../../figures/index.ts';
import { racerOf } from '../../figures/racers.ts';
import { PATCH_TIMES } from '../../kernel/patch-times.ts';
import type { SweepLane, SweepSize } from '../../pipeline/index.ts';
import { SWEEP_BUDGET_MS, SWEEP_SIZES, type SweepView } from '../../store/sweep.ts';

const N_RANGE = [SWEEP_SIZES[0], SWEEP_SIZES[SWEEP_SIZES.length - 1]] as const;

export const nameOf = (id: string): string => racerOf(id).title.toLowerCase();

/** Seconds as people say them. */
export function timeText(seconds: number): string {
  const [value, unit] =
    seconds >= 1
      ? [seconds, 's']
      : seconds >= 1e-3
        ? [seconds * 1e3, 'ms']
        : seconds >= 1e-6
          ? [seconds * 1e6, '\u00b5s']
          : [seconds * 1e9, 'ns'];
  return `${value >= 100 ? grouped(Math.round(value)) : Number(value.toPrecision(3))} ${unit}`;
}

const xName = 'insns in the program';
const xShort = 'insns';
export const AXES: Readonly<Record<SweepView | 'bytes' | 'alloc', ChartAxes>> = {
  work: { xName, xShort, yName: 'touches', tick: power, xRange: N_RANGE },
  time: {
    xName: 'insns (RFC: patched insns; Linux 6.18: insns, 6 of 7 patched)',
    xShort: 'insns (RFC: patched insns)',
    yName: 'time',
    tick: (k) => timeText(10 ** k),
    xRange: N_RANGE,
  },
  bytes: { xName, xShort, yName: 'bytes copied or shifted', tick: power, xRange: N_RANGE },
  alloc: { xName, xShort, yName: 'allocations', tick: power, xRange: N_RANGE },
};

const VALUE: Readonly<Record<keyof typeof AXES, (lane: SweepLane) => number>> = {
  work: ({ touches }) => touches,
  time: ({ ms }) => ms / 1000,
  bytes: ({ work }) => work.bytes,
  alloc: ({ work }) => work.alloc,
};

/** Of each algorithm, as far as it was measured; nothing at all has no place on a logarithmic axis. */
export function ownSeries(sizes: readonly SweepSize[], what: keyof typeof AXES): ChartSeries[] {
  const ids = sizes[0]?.lanes.map(({ id }) => id) ?? [];
  return ids.map((id) => {
    const points = sizes.flatMap(({ n, lanes }) => {
      const lane = lanes.find((one) => one.id === id);
      const value = lane ? VALUE[what](lane) : 0;
      return lane && value > 0 ? [{ n, value, isCut: lane.isCut }] : [];
    });
    const last = points.filter(({ isCut }) => !isCut).at(-1);
    const said = last ? (what === 'time' ? timeText(last.value) : grouped(last.value)) : '';
    // A number at the end of a line that was not measured so far would be read as the number there.
    const isCut = last !== points.at(-1);
    const about = !last ? '' : isCut ? `measured to ${grouped(last.n)}` : `${said} at ${grouped(last.n)}`;
    const short = nameOf(id);
    const stopped = `stopped after ${timeText(SWEEP_BUDGET_MS / 1000)}`;
    return {
      id,
      label: what === 'time' ? `${short}, here` : short,
      short,
      about,
      kind: 'own',
      stopped,
      points,
    };
  });
}

const others: readonly ChartSeries[] = PATCH_TIMES.map(({ id, label, short, isBound, points }) => {
  const [n, seconds] = points[points.length - 1];
  return {
    ...{ id, label, short, kind: isBound ? 'bound' : 'others' },
    about: `${isBound ? 'under ' : ''}${timeText(seconds)} at ${grouped(n)}`,
    points: points.map(([at, value]) => ({ n: at, value, isCut: false })),
  };
});

export const seriesOf = (sizes: readonly SweepSize[], view: SweepView): readonly ChartSeries[] =>
  view === 'work' ? ownSeries(sizes, view) : [...ownSeries(sizes, view), ...others];

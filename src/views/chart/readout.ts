/** The point that is looked at, in words: what was counted by kind, or how long it took and who says so. */
import type { ChartPlace } from '../../figures/chart.ts';
import { grouped, plural } from '../../figures/number.ts';
import { PATCH_TIMES } from '../../kernel/patch-times.ts';
import { TOUCH_KINDS, type TouchKind } from '../../patch/work.ts';
import type { SweepSize } from '../../pipeline/index.ts';
import type { SweepView } from '../../store/sweep.ts';
import { nameOf, timeText } from './series.ts';

const KIND_WORDS: Readonly<Record<TouchKind, string>> = {
  node: 'nodes',
  map: 'numbers noted',
  insn: 'insns written or moved',
  scan: 'insns looked at for jumps',
  jump: 'jumps adjusted or checked',
  aux: 'aux records',
  line: 'line entries',
  subprog: 'subprograms',
};

export function readoutOf(sizes: readonly SweepSize[], view: SweepView, { series, n }: ChartPlace): string {
  const told = PATCH_TIMES.find(({ id }) => id === series);
  if (told) {
    const point = told.points.find(([at]) => at === n);
    const seconds = point ? timeText(point[1]) : '';
    return `${told.label}, ${grouped(n)} ${told.counts}: ${told.isBound ? 'under ' : ''}${seconds}. ${told.source}.`;
  }
  const size = sizes.find((one) => one.n === n);
  const lane = size?.lanes.find(({ id }) => id === series);
  if (!size || !lane) return '';
  const head = `${nameOf(series)}, ${plural(n, 'insn')}, ${plural(size.patches, 'patch', 'patches')}`;
  if (view === 'time') {
    const time = timeText(lane.ms / 1000);
    return lane.isCut
      ? `${head}: stopped after ${time}, it needs more.`
      : `${head}: ${time} = ${grouped(n)} insns × ${timeText(lane.ms / 1000 / n)}.`;
  }
  const parts = TOUCH_KINDS.filter((kind) => lane.work[kind] > 0)
    .toSorted((a, b) => lane.work[b] - lane.work[a])
    .map((kind) => `${grouped(lane.work[kind])} ${KIND_WORDS[kind]}`);
  const sum = `${grouped(lane.touches)} touches`;
  return `${head}: ${lane.isCut ? `stopped at ${sum}` : sum} = ${parts.join(' + ')}.`;
}

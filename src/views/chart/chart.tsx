/** How patching grows with the size of the program: counted by the algorithms themselves, or timed here and told by others. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { ChartPlace } from '../../figures/chart.ts';
import { grouped } from '../../figures/index.ts';
import { PATCH_TIMES } from '../../kernel/patch-times.ts';
import { chooseLayout } from '../../store/intents.ts';
import { openRecipe } from '../../store/recipe.ts';
import {
  cancelSweep,
  chooseDensity,
  chooseView,
  everyOf,
  keepSweep,
  SWEEP_BUDGET_MS,
  SWEEP_DENSITIES,
  SWEEP_SIZES,
  type SweepView,
  startSweep,
  useSweep,
} from '../../store/sweep.ts';
import { saveDrawing } from '../stage/export-svg.ts';
import { Numbers } from './numbers.tsx';
import { Plot } from './plot.tsx';
import { readoutOf } from './readout.ts';
import { AXES, ownSeries, seriesOf } from './series.ts';
import './chart.css';

const VIEWS: Readonly<Record<SweepView, { readonly label: string; readonly caveat: ReactNode }>> = {
  work: {
    label: 'Work',
    caveat: (
      <>
        Counted, not timed: touches of insns, aux records, line entries and list nodes, by the algorithms
        themselves on generated programs; the same on every machine. The array way is that of mainline Linux.
        A touch is not a nanosecond: what it costs depends on the machine and on where the data lies.
      </>
    ),
  },
  time: {
    label: 'Time',
    caveat: (
      <>
        “Here” is JavaScript in this browser: warmed up, the algorithms in turns, medians. The others are
        kernels in C on other machines, with other patches, and n of the RFC is patched insns: compare slopes,
        not heights. All of theirs are the array way but “list, RFC of 2019”, an upper bound.
      </>
    ),
  },
};

export function Chart() {
  const { view, points: sizes, density } = useSweep();
  const [at, look] = useState<ChartPlace | null>(null);
  const host = useRef<HTMLElement>(null);
  useEffect(keepSweep, []);
  const series = useMemo(() => seriesOf(sizes, view), [sizes, view]);
  const bytes = useMemo(() => ownSeries(sizes, 'bytes'), [sizes]);
  const alloc = useMemo(() => ownSeries(sizes, 'alloc'), [sizes]);
  const open = ({ series: id, n }: ChartPlace): void => {
    // What others measured is no program of ours.
    if (PATCH_TIMES.some((one) => one.id === id)) return;
    chooseLayout('learn');
    void openRecipe(`cilium~${n}~1~${everyOf(density)}`);
  };
  const save = (): void => {
    const svg = host.current?.querySelector<SVGSVGElement>('.plot svg') ?? null;
    const title = `BPF Patch Explorer: ${VIEWS[view].label.toLowerCase()} by size, ${density} % of the insns patched`;
    saveDrawing(svg, title, `bpf-patch-${view}.svg`);
  };
  return (
    <main ref={host} className="pane whole chart" aria-label="Chart">
      <header className="headline">
        <p>One pass instead of one pass a patch.</p>
        <p className="dim">
          {VIEWS[view].caveat} Numbers at the lines are local exponents: 1 is linear, 2 quadratic. Nothing is
          fitted. An algorithm is stopped after {SWEEP_BUDGET_MS / 1000}&nbsp;s; dotted behind that is not
          measured, but drawn with the least of the exponents before.
        </p>
      </header>
      <Bar onSave={save} />
      <div className="chart-body">
        <Plot name="Complexity chart" series={series} axes={AXES[view]} at={at} onLook={look} onOpen={open} />
        <p className="chart-readout" role="status" aria-label="Point">
          {at
            ? readoutOf(sizes, view, at)
            : 'Point at a mark, or go through them with the arrow keys, for its numbers. A click or Enter opens its program.'}
        </p>
        <div className="chart-beside">
          <Plot name="Allocations" series={alloc} axes={AXES.alloc} isSmall />
          <Plot name="Memory moved" series={bytes} axes={AXES.bytes} isSmall />
          <Numbers sizes={sizes} view={view} />
        </div>
      </div>
    </main>
  );
}

function Bar({ onSave }: { onSave: () => void }) {
  const { view, density, points, busy, progress, problem } = useSweep();
  return (
    <div className="chart-bar">
      <fieldset className="chart-views" aria-label="Shown">
        {(Object.keys(VIEWS) as SweepView[]).map((one) => (
          <button key={one} type="button" aria-pressed={one === view} onClick={() => chooseView(one)}>
            {VIEWS[one].label}
          </button>
        ))}
      </fieldset>
      <Density density={density} />
      {busy && (
        <span className="chart-progress">
          <progress aria-label="Measuring" max={SWEEP_SIZES.length} value={points.length} />
          <span className="dim">{progress?.name ?? 'Measuring'}</span>
          <button type="button" className="btn line" onClick={cancelSweep}>
            Cancel
          </button>
        </span>
      )}
      {!busy && problem !== null && (
        <span>
          {problem}{' '}
          <button type="button" className="btn line" onClick={startSweep}>
            Go on
          </button>
        </span>
      )}
      <button type="button" className="btn line chart-save" onClick={onSave}>
        Save as SVG
      </button>
    </div>
  );
}

/** How long the hand must rest before what it chose is measured. */
const REST_MS = 300;

/** Its steps are those densities that the recipe can make. */
function Density({ density }: { density: number }) {
  const [hand, setHand] = useState(density);
  useEffect(() => {
    if (hand === density) return undefined;
    const timer = setTimeout(() => chooseDensity(hand), REST_MS);
    return () => clearTimeout(timer);
  }, [hand, density]);
  const steps: readonly number[] = SWEEP_DENSITIES;
  return (
    <label className="field chart-density">
      <span>Density</span>
      <input
        type="range"
        aria-label="Density"
        aria-valuetext={`${hand} % of the insns`}
        min={0}
        max={steps.length - 1}
        value={Math.max(0, steps.indexOf(hand))}
        onChange={(e) => setHand(steps[Number(e.target.value)])}
      />
      <span className="chart-density-value">{`${grouped(hand)} % patched, one to three`}</span>
    </label>
  );
}

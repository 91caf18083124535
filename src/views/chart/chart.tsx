/** Work against the size of the program, counted by the algorithms themselves. */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { type ChartSeries, chartFigure } from '../../figures/chart.ts';
import { grouped } from '../../figures/index.ts';
import { racerOf } from '../../figures/racers.ts';
import {
  cancelSweep,
  chooseDensity,
  keepSweep,
  SWEEP_DENSITIES,
  SWEEP_SIZES,
  type SweepPoint,
  startSweep,
  useSweep,
} from '../../store/sweep.ts';
import { drawMarks } from '../stage/draw-marks.ts';
import { useSize } from '../use-size.ts';
import './chart.css';

const nameOf = (id: string): string => racerOf(id).title.toLowerCase();

function seriesOf(points: readonly SweepPoint[]): ChartSeries[] {
  const ids = points[0]?.lanes.map(({ id }) => ({ id, label: nameOf(id) })) ?? [];
  return ids.map((one, k) => {
    const all = points.map(({ n, lanes }) => ({ n, touches: lanes[k].touches, isCut: lanes[k].isCut }));
    // Beyond the size at which it was stopped there is nothing to show.
    const cut = all.findIndex(({ isCut }) => isCut);
    return { ...one, points: cut < 0 ? all : all.slice(0, cut + 1) };
  });
}

export function Chart() {
  const { every, points, busy, problem } = useSweep();
  useEffect(keepSweep, []);
  const series = useMemo(() => seriesOf(points), [points]);
  return (
    <main className="pane whole chart" aria-label="Chart">
      <header className="headline">
        <p>One pass instead of one pass a patch.</p>
        <p className="dim">
          Counted, not timed: touches of insns, aux records, line entries and list nodes, by the algorithms
          themselves, on generated programs; the same on every machine. The array way is that of mainline
          Linux. Numbers at the lines are local exponents: 1 is linear, 2 quadratic. Nothing is fitted. A
          touch is not a nanosecond: what it costs depends on the machine and on where the data lies.
        </p>
      </header>
      <div className="chart-bar">
        <label className="field">
          <span>Patched</span>
          <select aria-label="Density" value={every} onChange={(e) => chooseDensity(Number(e.target.value))}>
            {SWEEP_DENSITIES.map((one) => (
              <option key={one} value={one}>
                {`one insn in ${one}, to three`}
              </option>
            ))}
          </select>
        </label>
        {busy && (
          <span className="chart-progress">
            <span>Counting</span>
            <progress aria-label="Counting" max={SWEEP_SIZES.length} value={points.length} />
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
      </div>
      <div className="chart-body">
        <Plot series={series} />
        <Numbers points={points} />
      </div>
    </main>
  );
}

function Plot({ series }: { series: readonly ChartSeries[] }) {
  const host = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const box = useSize(host);
  useLayoutEffect(() => {
    if (svg.current && box.width > 0) drawMarks(svg.current, chartFigure(series, box), { duration: 0 });
  }, [series, box]);
  return (
    <figure ref={host} aria-label="Complexity chart">
      <svg ref={svg} width={box.width} height={box.height} aria-hidden="true" />
    </figure>
  );
}

/** The same as numbers. */
const Numbers = ({ points }: { points: readonly SweepPoint[] }) => (
  // A scroll region must be reachable by keyboard.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
  <div className="numbers" role="region" aria-label="Touches, scrollable" tabIndex={0}>
    <table aria-label="Touches">
      <thead>
        <tr>
          <th scope="col">insns</th>
          <th scope="col">patches</th>
          {points[0]?.lanes.map(({ id }) => (
            <th key={id} scope="col">
              {nameOf(id)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map(({ n, patches, lanes }) => (
          <tr key={n}>
            <td>{grouped(n)}</td>
            <td>{grouped(patches)}</td>
            {lanes.map(({ id, touches, isCut }) => (
              <td key={id}>{isCut ? `over ${grouped(touches)}, stopped` : grouped(touches)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

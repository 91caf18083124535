/** Every number of the chart as a table. */
import { grouped } from '../../figures/index.ts';
import { PATCH_TIMES } from '../../kernel/patch-times.ts';
import type { SweepLane, SweepSize } from '../../pipeline/index.ts';
import type { SweepView } from '../../store/sweep.ts';
import { nameOf, timeText } from './series.ts';

function cell(lane: SweepLane | undefined, view: SweepView): string {
  if (!lane) return 'not run';
  const value = view === 'work' ? grouped(lane.touches) : timeText(lane.ms / 1000);
  return lane.isCut ? `over ${value}` : value;
}

export function Numbers({ sizes, view }: { sizes: readonly SweepSize[]; view: SweepView }) {
  const ids = sizes[0]?.lanes.map(({ id }) => id) ?? [];
  return (
    // A scroll region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <div className="numbers" role="region" aria-label="Numbers, scrollable" tabIndex={0}>
      <table aria-label={view === 'work' ? 'Touches' : 'Times measured here'}>
        <thead>
          <tr>
            <th scope="col">insns</th>
            <th scope="col">patches</th>
            {ids.map((id) => (
              <th key={id} scope="col">
                {nameOf(id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sizes.map(({ n, patches, lanes }) => (
            <tr key={n}>
              <td>{grouped(n)}</td>
              <td>{grouped(patches)}</td>
              {ids.map((id) => (
                <td key={id}>
                  {cell(
                    lanes.find((lane) => lane.id === id),
                    view,
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {view === 'time' && PATCH_TIMES.map((one) => <Told key={one.id} {...one} />)}
    </div>
  );
}

const Told = ({ label, source, counts, isBound, points }: (typeof PATCH_TIMES)[number]) => (
  <>
    <p>
      <b>{label}</b>. {source}.
    </p>
    <table aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{counts}</th>
          <th scope="col">time</th>
        </tr>
      </thead>
      <tbody>
        {points.map(([n, seconds]) => (
          <tr key={n}>
            <td>{grouped(n)}</td>
            <td>{`${isBound ? 'under ' : ''}${timeText(seconds)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </>
);

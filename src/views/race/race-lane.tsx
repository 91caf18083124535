import { useMemo, useState } from 'react';
import { type LaneState, laneAt } from '../../figures/lane-state.ts';
import { grouped, plural } from '../../figures/number.ts';
import { roomOf } from '../../figures/race-cells.ts';
import { doingWords, phaseWords, TOUCH_WORDS } from '../../figures/race-words.ts';
import { racerOf } from '../../figures/racers.ts';
import type { Race, RaceLane } from '../../patch/race.ts';
import { TOUCH_KINDS } from '../../patch/work.ts';
import { RaceCanvas } from './race-canvas.tsx';

interface Props {
  readonly race: Race;
  readonly lane: RaceLane;
  /** Touches on the clock. */
  readonly at: number;
}

/** At most 99.9 % before the end. */
function shareText({ touches, lane: { total } }: LaneState): string {
  if (total === 0 || touches >= total) return '100 %';
  return `${Math.min(99.9, Math.floor((1000 * touches) / total) / 10).toFixed(1)} %`;
}

/** One algorithm: what it has counted on the left, what it holds on the right. */
export function RaceLaneView({ race, lane, at }: Props) {
  const [per, setPer] = useState(1);
  const t = Math.min(lane.total, Math.floor(at));
  // The same value as long as nothing changes, so that a lane that is over is not drawn again.
  const state = useMemo(() => laneAt(lane, t), [lane, t]);
  const { touches, counts } = state;
  const { title, subtitle, shape, unit, cells: cellsOf } = racerOf(lane.id);
  const cells = useMemo(() => cellsOf(race, state), [cellsOf, race, state]);
  const room = useMemo(() => roomOf(race), [race]);
  const phase = phaseWords(race, state);
  const doing = doingWords(race, state);
  // The same rows in every lane, so that they can be read across.
  const kinds = TOUCH_KINDS.filter((kind) => race.lanes.some(({ work }) => work[kind] > 0));
  return (
    <section className="race-lane" aria-label={title} data-lane={lane.id} data-over={state.isOver}>
      <div className="race-count">
        <h2>
          {title} <span className="dim">{subtitle}</span>
        </h2>
        <p className="race-number">
          <b>{grouped(touches)}</b>
          <span className="dim">
            of {lane.isCut && 'more than '}
            {grouped(lane.total)} <span className="race-element">element</span> touches,{' '}
            {lane.isCut ? 'cut' : shareText(state)}
          </span>
        </p>
        <table>
          <caption className="sr">Touches of {title} by kind</caption>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">{TOUCH_WORDS[kind]}</th>
                <td data-none={lane.work[kind] === 0}>{grouped(counts[kind])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="race-picture">
        <div className="race-caption">
          <b>{phase}</b>
          <span className="race-doing">{doing}</span>
          {cells.retargeted !== null && (
            <span className="ret">◆ {grouped(cells.retargeted)} re-targeted so far</span>
          )}
          <span className="race-size">
            {plural(cells.cnt, unit)}
            {per > 1 && `; a box is ${per} of them`}
          </span>
        </div>
        <RaceCanvas
          cells={cells}
          room={room}
          shape={shape}
          label={`${title}, ${phase}: ${plural(cells.cnt, unit)}. ${doing}`}
          onPer={setPer}
        />
      </div>
    </section>
  );
}

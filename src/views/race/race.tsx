import { useEffect } from 'react';
import { grouped, plural } from '../../figures/number.ts';
import { arrayLane, laneOf, raceEnd } from '../../figures/race.ts';
import type { Race as RaceValue } from '../../patch/race.ts';
import {
  chooseRaceProgram,
  RACE_PROGRAMS,
  type RaceProgram,
  raceAt,
  raceProgram,
  useRace,
} from '../../store/race.ts';
import { cancelRace, playRace, raceAgain, runRaces } from '../../store/race-running.ts';
import { useStore } from '../../store/store.ts';
import { CheckIcon } from '../chrome/icons.tsx';
import { BESIDE_DRAWER, NARROW, useMedia, useMotion } from '../use-media.ts';
import { RaceClock } from './race-clock.tsx';
import { useRaceKeys } from './race-keys.ts';
import { RaceLaneView } from './race-lane.tsx';
import { RaceTransport } from './race-transport.tsx';
import './race.css';

/**
 * Three ways to carry out the same edits, on one clock of counted touches. Fills the page below the bar. Its worker
 * and its clock live as long as it is shown.
 */
export function Race() {
  const output = useRace((s) => s.output);
  const isStill = !useMotion();
  const playing = useRace((s) => s.clock !== null);
  useEffect(runRaces, []);
  useEffect(() => (playing ? playRace(isStill) : undefined), [playing, isStill]);
  useRaceKeys();
  return (
    <main className="race" aria-label="Race">
      <RaceHead about={output?.ok ? output.about : ''} same={output?.ok ? output.race : null} />
      {output?.ok ? (
        <RaceBody race={output.race} />
      ) : (
        <RaceWait reason={output?.ok === false ? output.reason : ''} />
      )}
    </main>
  );
}

function RaceHead({ about, same }: { readonly about: string; readonly same: RaceValue | null }) {
  const program = useStore(raceProgram);
  return (
    <header className="race-head">
      <label className="field">
        Program
        <select value={program} onChange={(e) => chooseRaceProgram(e.target.value as RaceProgram)}>
          {RACE_PROGRAMS.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p className="race-about dim" title={about}>
        {about}
      </p>
      {same && (
        <p className="status ok race-same" role="status" aria-label="Same result">
          <CheckIcon />
          <span>
            same result: {same.same.join(' = ')}, {plural(same.newSlotCnt, 'slot')}
          </span>
        </p>
      )}
    </header>
  );
}

/** Before there is a race, or why there is none. */
function RaceWait({ reason }: { readonly reason: string }) {
  const busy = useRace((s) => s.busy);
  const progress = useRace((s) => s.progress);
  const crash = useRace((s) => s.crash);
  const why = crash === null ? reason : `The engine stopped. (${crash.split('\n')[0]})`;
  if (why !== '')
    return (
      <div className="race-wait" role="alert">
        <span>{why}</span>
        <button type="button" className="btn line" onClick={raceAgain}>
          Race again
        </button>
      </div>
    );
  if (!busy || progress === null) return <p className="race-wait dim">Counting…</p>;
  return (
    <div className="race-wait">
      <span>{progress.name}</span>
      <progress aria-label={progress.name} max={progress.total} value={progress.done} />
      <button type="button" className="btn line" onClick={cancelRace}>
        Cancel
      </button>
    </div>
  );
}

function RaceBody({ race }: { readonly race: RaceValue }) {
  const now = useRace();
  const at = raceAt(now, { race: useStore((s) => s.race) });
  const isNarrow = useMedia(NARROW);
  const isSlim = useMedia(BESIDE_DRAWER);
  const legend = (
    <div className="race-notes">
      <RaceLegend />
      {isSlim && <TouchMeaning />}
    </div>
  );
  return (
    <>
      {/* On a phone it scrolls, and a scroll region must be reachable by keyboard. */}
      <div
        className="race-lanes"
        {...(isNarrow && { role: 'region', 'aria-label': 'Lanes, scrollable', tabIndex: 0 })}
      >
        {race.lanes.map((lane) => (
          <RaceLaneView key={lane.id} race={race} lane={lane} at={at} />
        ))}
        {isNarrow && legend}
      </div>
      {!isNarrow && legend}
      <footer className="race-foot">
        <div className="race-controls">
          <RaceTransport at={at} end={raceEnd(race)} playing={now.clock !== null} speed={now.speed} />
          <Ratio race={race} at={at} />
          {!isSlim && <TouchMeaning />}
        </div>
        <RaceClock race={race} at={at} />
      </footer>
    </>
  );
}

const TouchMeaning = () => (
  <p className="race-touch dim">
    <b>A touch</b> is one element (insn, record, entry, node) read or written in a loop over elements, counted
    by the engine as it works: the same on every machine, and not time. Making and checking the edits, which
    all need alike, is not counted.
  </p>
);

const SIGNS = [
  ['touched', 'touched in this sweep'],
  ['new', 'new insn'],
  ['jump', 'jump'],
  ['ret', 're-targeted'],
  ['mark', 'an edit waits'],
  ['frame', 'the patch at work'],
  ['head', 'where the sweep is'],
] as const;

const RaceLegend = () => (
  <ul className="race-legend" aria-label="Legend">
    {SIGNS.map(([sign, words]) => (
      <li key={sign}>
        <i data-sign={sign} aria-hidden="true" />
        {words}
      </li>
    ))}
  </ul>
);

/** 13, 9.8 */
const timesText = (a: number, b: number): string => {
  const times = a / Math.max(1, b);
  return times >= 100 ? grouped(Math.round(times)) : String(Math.round(times * 10) / 10);
};

/** How many times as many touches the array takes. */
function Ratio({ race, at }: { readonly race: RaceValue; readonly at: number }) {
  const array = arrayLane(race);
  const others = race.lanes.filter((lane) => lane !== array);
  const [now, batch] = [array, laneOf(race, 'stream')].map(({ total }) => Math.min(total, Math.floor(at)));
  const atEnd = others
    .toReversed()
    .map((lane) => `${timesText(array.total, lane.total)}× to ${lane.label}`)
    .join(', ');
  return (
    <p className="race-ratio">
      {now > 0 && (
        <>
          <b>{timesText(now, batch)}×</b> as many touches so far, array to batch; at the end{' '}
        </>
      )}
      {now === 0 && 'Touches at the end: array '}
      {array.isCut && 'more than '}
      {atEnd} (n = {grouped(race.slotCnt)}, {plural(race.edits.cnt, 'patch', 'patches')})
    </p>
  );
}

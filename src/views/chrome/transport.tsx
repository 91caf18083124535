import { chooseSpeed, microStep, SPEEDS, seek, step, togglePlay } from '../../store/intents.ts';
import { lastMoment } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import {
  FirstIcon,
  LastIcon,
  MicroNextIcon,
  MicroPrevIcon,
  NextIcon,
  PauseIcon,
  PlayIcon,
  PrevIcon,
} from './icons.tsx';

const speedName = (speed: number): string =>
  ({ 0.25: '\u00bc\u00d7', 0.5: '\u00bd\u00d7' })[speed as 0.25 | 0.5] ?? `${speed}\u00d7`;

/** At an end its buttons stay enabled, so that the focus is not lost there; they only look spent. */
export function Transport() {
  const op = useStore((s) => s.op);
  const micro = useStore((s) => s.micro);
  const last = useStore(lastMoment);
  const playing = useStore((s) => s.playing);
  const speed = useStore((s) => s.speed);
  return (
    <div className="transport" role="group" aria-label="Transport">
      <button
        type="button"
        className="round"
        aria-label="First op"
        data-end={op === 0}
        onClick={() => seek(0)}
      >
        <FirstIcon />
      </button>
      <button
        type="button"
        className="round"
        aria-label="Previous op"
        data-end={op === 0}
        onClick={() => step(-1)}
      >
        <PrevIcon />
      </button>
      <button
        type="button"
        className="round play"
        aria-label={playing ? 'Pause' : 'Play'}
        onClick={togglePlay}
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </button>
      <button
        type="button"
        className="round"
        aria-label="Next op"
        data-end={op >= last}
        onClick={() => step(1)}
      >
        <NextIcon />
      </button>
      <button
        type="button"
        className="round"
        aria-label="Last op"
        data-end={op >= last}
        onClick={() => seek(last)}
      >
        <LastIcon />
      </button>
      <span className="transport-gap" />
      <button
        type="button"
        className="round micro"
        aria-label="Previous micro-step"
        data-end={op === 0 && micro === 0}
        onClick={() => microStep(-1)}
      >
        <MicroPrevIcon />
      </button>
      <button
        type="button"
        className="round micro"
        aria-label="Next micro-step"
        data-end={op >= last}
        onClick={() => microStep(1)}
      >
        <MicroNextIcon />
      </button>
      <span className="field">
        <select aria-label="Speed" value={speed} onChange={(e) => chooseSpeed(Number(e.target.value))}>
          {SPEEDS.map((s) => (
            <option key={s} value={s}>
              {speedName(s)}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}

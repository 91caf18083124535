import type { ReactNode } from 'react';
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

interface StepProps {
  readonly name: string;
  readonly atEnd: boolean;
  readonly onClick: () => void;
  readonly micro?: boolean;
  readonly children: ReactNode;
}

/** At an end a button stays enabled, so that the focus is not lost there; it only looks spent. */
const StepButton = ({ name, atEnd, onClick, micro, children }: StepProps) => (
  <button
    type="button"
    className={micro ? 'round micro' : 'round'}
    aria-label={name}
    data-end={atEnd}
    onClick={onClick}
  >
    {children}
  </button>
);

export function Transport() {
  const op = useStore((s) => s.op);
  const micro = useStore((s) => s.micro);
  const last = useStore(lastMoment);
  const playing = useStore((s) => s.playing);
  const speed = useStore((s) => s.speed);
  const atStart = op === 0 && micro === 0;
  const atEnd = op >= last;
  return (
    <div className="transport" role="group" aria-label="Transport">
      <StepButton name="First op" atEnd={atStart} onClick={() => seek(0)}>
        <FirstIcon />
      </StepButton>
      <StepButton name="Previous op" atEnd={atStart} onClick={() => step(-1)}>
        <PrevIcon />
      </StepButton>
      <button
        type="button"
        className="round play"
        aria-label={playing ? 'Pause' : 'Play'}
        onClick={togglePlay}
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </button>
      <StepButton name="Next op" atEnd={atEnd} onClick={() => step(1)}>
        <NextIcon />
      </StepButton>
      <StepButton name="Last op" atEnd={atEnd} onClick={() => seek(last)}>
        <LastIcon />
      </StepButton>
      <span className="transport-gap" />
      <StepButton name="Previous micro-step" micro atEnd={atStart} onClick={() => microStep(-1)}>
        <MicroPrevIcon />
      </StepButton>
      <StepButton name="Next micro-step" micro atEnd={atEnd} onClick={() => microStep(1)}>
        <MicroNextIcon />
      </StepButton>
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

import type { ReactNode } from 'react';
import { lastMoment } from '../../store/selectors.ts';
import { speedWords } from '../../store/speed-words.ts';
import { get, useStore } from '../../store/store.ts';
import { chooseSpeed, compareFrom, microStep, SPEEDS, seek, step, togglePlay } from '../../store/time.ts';
import {
  FirstIcon,
  LastIcon,
  MicroNextIcon,
  MicroPrevIcon,
  NextIcon,
  PauseIcon,
  PlayIcon,
  PrevIcon,
} from './time-icons.tsx';

interface StepProps {
  readonly name: string;
  /** Key that does the same. */
  readonly hint: string;
  /** Its place, as in the style sheet. */
  readonly place: 'first' | 'prev' | 'next' | 'last' | 'micro-prev' | 'micro-next';
  readonly atEnd: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** At an end a button stays enabled, so that the focus is not lost there; it only looks spent. */
const StepButton = ({ name, hint, place, atEnd, onClick, children }: StepProps) => (
  <button
    type="button"
    className={`round at-${place}`}
    aria-label={name}
    title={`${name} (${hint})`}
    data-end={atEnd}
    onClick={onClick}
  >
    {children}
  </button>
);

/** Buttons of time: ops in the upper row, their lines below. */
export function Transport() {
  const op = useStore((s) => s.op);
  const micro = useStore((s) => s.micro);
  const last = useStore(lastMoment);
  const playing = useStore((s) => s.playing);
  const atStart = op === 0 && micro === 0;
  const atEnd = op >= last;
  return (
    <div className="transport" role="group" aria-label="Transport" data-plays="">
      <StepButton name="First op" hint="Shift+Home" place="first" atEnd={atStart} onClick={() => seek(0)}>
        <FirstIcon />
      </StepButton>
      <StepButton name="Previous op" hint={'\u2190'} place="prev" atEnd={atStart} onClick={() => step(-1)}>
        <PrevIcon />
      </StepButton>
      <button
        type="button"
        className="round play"
        aria-label={playing ? 'Pause' : 'Play'}
        title={playing ? 'Pause (Space)' : 'Play (Space)'}
        onClick={togglePlay}
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </button>
      <StepButton name="Next op" hint={'\u2192'} place="next" atEnd={atEnd} onClick={() => step(1)}>
        <NextIcon />
      </StepButton>
      <StepButton name="Last op" hint="Shift+End" place="last" atEnd={atEnd} onClick={() => seek(last)}>
        <LastIcon />
      </StepButton>
      <StepButton
        {...{ name: 'Previous micro-step', hint: 'Shift+\u2190', place: 'micro-prev', atEnd: atStart }}
        onClick={() => microStep(-1)}
      >
        <MicroPrevIcon />
      </StepButton>
      <StepButton
        {...{ name: 'Next micro-step', hint: 'Shift+\u2192', place: 'micro-next', atEnd }}
        onClick={() => microStep(1)}
      >
        <MicroNextIcon />
      </StepButton>
      <SpeedChooser />
      <CompareButton />
    </div>
  );
}

function SpeedChooser() {
  const speed = useStore((s) => s.speed);
  return (
    <span className="field speed">
      <select aria-label="Speed" value={speed} onChange={(e) => chooseSpeed(Number(e.target.value))}>
        {SPEEDS.map((s) => (
          <option key={s} value={s}>
            {speedWords(s)}
          </option>
        ))}
      </select>
    </span>
  );
}

/** From the present moment on two moments are compared, until it is pressed again. */
function CompareButton() {
  const isOn = useStore((s) => s.fromOp !== null);
  return (
    <button
      type="button"
      className="btn line compare"
      aria-pressed={isOn}
      title={isOn ? 'End the comparison' : 'Compare this moment with another one (or Alt+drag on the track)'}
      onClick={() => compareFrom(isOn ? null : get().op)}
    >
      Compare
    </button>
  );
}

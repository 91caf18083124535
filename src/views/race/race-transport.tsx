import type { ReactNode } from 'react';
import {
  chooseRaceSpeed,
  RACE_SPEEDS,
  seekRace,
  seekRaceEnd,
  stepRaceLap,
  stepRacePatch,
  toggleRacePlay,
} from '../../store/race.ts';
import { speedWords } from '../../store/speed-words.ts';
import {
  FirstIcon,
  LastIcon,
  MicroNextIcon,
  MicroPrevIcon,
  NextIcon,
  PauseIcon,
  PlayIcon,
  PrevIcon,
} from '../chrome/time-icons.tsx';

interface ButtonProps {
  readonly name: string;
  readonly atEnd: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** At an end a button stays enabled, so that the focus is not lost there; it only looks spent. */
const RoundButton = ({ name, atEnd, onClick, children }: ButtonProps) => (
  <button type="button" className="round" aria-label={name} data-end={atEnd} onClick={onClick}>
    {children}
  </button>
);

interface Props {
  readonly at: number;
  readonly end: number;
  readonly playing: boolean;
  readonly speed: number;
}

export const RaceTransport = ({ at, end, playing, speed }: Props) => (
  <div className="race-transport" role="group" aria-label="Race transport">
    <RoundButton name="Start of the race" atEnd={at <= 0} onClick={() => seekRace(0)}>
      <FirstIcon />
    </RoundButton>
    <RoundButton name="Previous patch" atEnd={at <= 0} onClick={() => stepRacePatch(-1)}>
      <PrevIcon />
    </RoundButton>
    <button
      type="button"
      className="round play"
      aria-label={playing ? 'Pause' : 'Play'}
      onClick={toggleRacePlay}
    >
      {playing ? <PauseIcon /> : <PlayIcon />}
    </button>
    <RoundButton name="Next patch" atEnd={at >= end} onClick={() => stepRacePatch(1)}>
      <NextIcon />
    </RoundButton>
    <RoundButton name="End of the race" atEnd={at >= end} onClick={seekRaceEnd}>
      <LastIcon />
    </RoundButton>
    <span className="race-gap" />
    <RoundButton name="Previous part" atEnd={at <= 0} onClick={() => stepRaceLap(-1)}>
      <MicroPrevIcon />
    </RoundButton>
    <RoundButton name="Next part" atEnd={at >= end} onClick={() => stepRaceLap(1)}>
      <MicroNextIcon />
    </RoundButton>
    <span className="field">
      <select aria-label="Race speed" value={speed} onChange={(e) => chooseRaceSpeed(Number(e.target.value))}>
        {RACE_SPEEDS.map((one) => (
          <option key={one} value={one}>
            {speedWords(one)}
          </option>
        ))}
      </select>
    </span>
  </div>
);

import { useEffect, useMemo, useRef } from 'react';
import { laneAt } from '../../figures/lane-state.ts';
import { grouped } from '../../figures/number.ts';
import { raceEnd } from '../../figures/race.ts';
import { clockFigure } from '../../figures/race-clock.ts';
import { phaseWords } from '../../figures/race-words.ts';
import type { Race } from '../../patch/race.ts';
import { seekRace, stepRacePatch } from '../../store/race.ts';
import { drawMarks } from '../stage/draw-marks.ts';
import { useSize } from '../use-size.ts';
import './race-clock.css';

interface Props {
  readonly race: Race;
  readonly at: number;
}

/** The slider over all touches; its keys are those of the page (race-keys.ts). */
export function RaceClock({ race, at }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width } = useSize(host);
  const figure = useMemo(() => (width > 0 ? clockFigure({ race, t: at, width }) : null), [race, at, width]);
  useEffect(() => {
    if (svg.current) drawMarks(svg.current, figure?.marks ?? [], { duration: 0 });
  }, [figure]);
  const seekTo = (clientX: number) => {
    const box = host.current?.getBoundingClientRect();
    if (box && figure) seekRace(figure.timeAt(clientX - box.left));
  };
  const end = raceEnd(race);
  const lanes = race.lanes.map((lane) => `${lane.label} ${phaseWords(race, laneAt(lane, at))}`).join(', ');
  return (
    <div
      ref={host}
      className="race-clock"
      role="slider"
      aria-label="Race clock"
      tabIndex={0}
      aria-valuemin={0}
      aria-valuemax={end}
      aria-valuenow={Math.floor(at)}
      aria-valuetext={`${grouped(Math.floor(at))} of ${grouped(end)} touches: ${lanes}`}
      onPointerDown={(e) => {
        e.currentTarget.setPointerCapture(e.pointerId);
        seekTo(e.clientX);
      }}
      onPointerMove={(e) => {
        if (e.currentTarget.hasPointerCapture(e.pointerId)) seekTo(e.clientX);
      }}
      onWheel={(e) => stepRacePatch((e.deltaY || e.deltaX) > 0 ? 1 : -1)}
    >
      <svg ref={svg} width={width} height={figure?.height ?? 0} aria-hidden="true" />
    </div>
  );
}

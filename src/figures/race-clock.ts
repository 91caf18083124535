/**
 * The clock of the race: one axis of touches for all lanes, from 0 to where the slowest is over. Each lane has a line
 * of its own above it with a flag: hollow and dashed while it is ahead, filled once it is reached; both stay.
 */
import type { Race } from '../patch/race.ts';
import { group, label, type Mark, path } from './mark.ts';
import { grouped } from './number.ts';
import { raceEnd } from './race.ts';

export interface ClockInput {
  readonly race: Race;
  readonly t: number;
  readonly width: number;
}

export interface ClockFigure {
  readonly marks: readonly Mark[];
  readonly height: number;
  readonly xOf: (t: number) => number;
  readonly timeAt: (x: number) => number;
}

const PAD = 16;
const LANE_H = 18;
const AXIS_GAP = 8;
const TICK_H = 22;
/** Room for a tick's number. */
const TICK_W = 88;
const CHAR_W = 6.4;

/** 1, 2 or 5 times a power of ten, so that ticks are at least `least` apart. */
function tickStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return power * ([1, 2, 5].find((by) => by * power >= least) ?? 10);
}

/** Lanes by when they are over, so that the flags stand like stairs. */
const byTotal = ({ lanes }: Race) => lanes.toSorted((a, b) => a.total - b.total);

export function clockFigure({ race, t, width }: ClockInput): ClockFigure {
  const end = Math.max(1, raceEnd(race));
  const scale = (width - 2 * PAD) / end;
  const xOf = (time: number): number => PAD + time * scale;
  const timeAt = (x: number): number => Math.max(0, Math.min(end, Math.round((x - PAD) / scale)));
  const base = race.lanes.length * LANE_H + AXIS_GAP;
  const height = base + TICK_H;
  const marks: Mark[] = [];
  const step = tickStep((end * TICK_W) / Math.max(1, width));
  for (let tick = 0; tick <= end; tick += step) {
    const x = Math.round(xOf(tick)) + 0.5;
    marks.push(path(`tick-${tick}`, `M${x} ${base - 3}v6`, 'tick'));
    if (x + (grouped(tick).length * CHAR_W) / 2 < width || tick === 0)
      marks.push(
        label(
          `at-${tick}`,
          tick === 0 ? PAD : x,
          base + 16,
          grouped(tick),
          `at${tick === 0 ? ' first' : ''}`,
        ),
      );
  }
  marks.push(path('base', `M${PAD} ${base}H${width - PAD}`, 'base'));
  marks.push(path('done', `M${PAD} ${base}H${xOf(t)}`, 'base done'));
  for (const [row, { id, label: name, total, isCut }] of byTotal(race).entries()) {
    const x = Math.round(xOf(total)) + 0.5;
    const y = row * LANE_H + 4;
    const isReached = t >= total;
    const what = isCut ? 'cut' : 'done';
    const text = `${name} ${isReached ? what : `will be ${what}`} at ${grouped(total)}`;
    const fits = x + 16 + text.length * CHAR_W < width;
    marks.push(
      group(`flag-${id}`, { class: `flag ${isReached ? 'reached' : 'ahead'}` }, [
        path('pole', `M${x} ${y}V${base}`, 'pole'),
        path(
          'cloth',
          `M${x} ${y}h${fits ? 10 : -10}l${fits ? -3 : 3} 4 ${fits ? 3 : -3} 4h${fits ? -10 : 10}z`,
          'cloth',
        ),
        label('name', x + (fits ? 15 : -15), y + 8, text, fits ? 'name' : 'name end'),
      ]),
    );
  }
  const x = xOf(t);
  marks.push(
    group('handle', { class: 'handle', transform: `translate(${x},${base})` }, [
      path('line', 'M0 -12V6', 'line'),
      path('shield', 'M-5 -16h10v6l-5 5 -5 -5z', 'shield'),
    ]),
  );
  return { marks, height, xOf, timeAt };
}

/**
 * The track of ops and what moves on it: how far the program is, the lines of the current op, the range that is compared.
 */
import type { Trace } from '../patch/trace.ts';
import { isRefusedOp } from '../patch/trace-facts.ts';
import { circle, group, label, type Mark, path, rect } from './mark.ts';
import type { Place } from './step.ts';
import { labelOf, signOf } from './timeline-signs.ts';
import {
  PAD,
  phaseMarks,
  signMarks,
  stripMark,
  type Track,
  textWidth,
  touchedMark,
  trackOf,
  xOfOp,
} from './timeline-track.ts';

export interface TimelineInput {
  readonly trace: Trace;
  /** Ops done, and lines done of the one behind them. */
  readonly op: number;
  readonly micro: number;
  readonly width: number;
  readonly height: number;
  /** Slots of the result, for the words under linearize. */
  readonly resultCnt: number;
  /** Lines that an op (from 1) goes through. */
  readonly linesOf: (op: number) => number;
  /** The moment that is compared with; null: no range. */
  readonly from: number | null;
  /** Ops that changed the selected insn, ascending. */
  readonly touched: Int32Array;
}

export interface TimelineFigure {
  readonly marks: readonly Mark[];
  readonly track: Track;
  readonly input: TimelineInput;
  /** The current op (0: none), its lines, and whether they stand in its slot. */
  readonly current: number;
  readonly lines: number;
  readonly isOpen: boolean;
  /** Middle of the dot behind each line of the current op; empty where none are drawn. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
}

/** Least distance of two dots. */
const DOT_PITCH = 7;

/** Whether the lines of an op have room in its slot. */
export const hasRoom = (track: Track, lines: number): boolean =>
  track.hasSigns && lines > 1 && track.slotW >= DOT_PITCH * lines;

/** x of a place in time. */
export function xOfPlace(track: Track, { op, micro }: Place, linesOf: (op: number) => number): number {
  const lines = micro > 0 ? linesOf(op + 1) : 0;
  return xOfOp(track, op + (lines > 0 ? micro / lines : 0));
}

export function timelineFigure(input: TimelineInput): TimelineFigure {
  const { trace, op, micro, from } = input;
  const track = trackOf(trace, input.width, input.height, input.resultCnt);
  const current = micro > 0 ? op + 1 : op;
  const lines = current > 0 ? input.linesOf(current) : 0;
  const isOpen = hasRoom(track, lines);
  const x = xOfPlace(track, input, input.linesOf);
  const dots = dotsOf(track, current, lines, isOpen, x);
  const done = current === op ? lines : micro;
  const { base, height } = track;
  const marks: Mark[] = [
    ...(isOpen && track.hasWords
      ? [rect('now', xOfOp(track, current - 1), 1, track.slotW, height - 1, 'slot-now')]
      : []),
    ...(from === null ? [] : [rangeMark(track, xOfOp(track, from), x)]),
    ...phaseMarks(track, current),
    ...(track.hasSigns
      ? [
          path('base', `M${PAD} ${base}H${input.width - PAD}`, 'track'),
          path('done', `M${PAD} ${base}H${x.toFixed(1)}`, 'track done'),
          ...signMarks(track, current, op, isOpen),
        ]
      : [stripMark(track), toComeMark(track, x), ...refusedMarks(track)]),
    ...(input.touched.length > 0 ? [touchedMark(track, input.touched)] : []),
    ...(track.hasCallout && current > 0
      ? [calloutMark(track, current, calloutX(track, current, isOpen ? 0 : lines, x))]
      : []),
    ...dots.map((dot, k) => circle(`dot-${k}`, dot.x, dot.y, 2.5, k < done ? 'dot done' : 'dot')),
    ...(from === null
      ? [handle(x, base, height)]
      : [
          flag('from', xOfOp(track, from), track, from <= op ? 'A' : 'B'),
          flag('handle', x, track, from <= op ? 'B' : 'A'),
        ]),
  ];
  return { marks, track, input, current, lines, isOpen, dots };
}

/** Dots behind the lines of the current op: in its slot, or under the track where that has no room. */
function dotsOf(
  track: Track,
  current: number,
  lines: number,
  isOpen: boolean,
  x: number,
): { x: number; y: number }[] {
  if (current === 0 || lines < 2 || (!isOpen && !track.hasCallout)) return [];
  const left = isOpen
    ? xOfOp(track, current - 1)
    : calloutX(track, current, lines, x) + calloutWidth(track, current);
  const pitch = isOpen ? track.slotW / lines : DOT_PITCH + 1;
  const y = isOpen ? track.base : track.height - 20;
  return Array.from({ length: lines }, (_, k) => ({ x: left + pitch * (k + 1), y }));
}

/** A refusal's words are capitals, which are wider. */
const calloutWidth = ({ trace, resultCnt }: Track, op: number): number =>
  18 + textWidth(labelOf(trace, op, resultCnt)) + (isRefusedOp(trace, op) ? 12 : 0);

/** Left end of the words under the handle, which stay on the track. */
function calloutX(track: Track, op: number, lines: number, x: number): number {
  const width = calloutWidth(track, op) + (lines > 1 ? lines * (DOT_PITCH + 1) + 8 : 0);
  return Math.max(8, Math.min(track.width - width - 8, x - width / 2));
}

function calloutMark(track: Track, op: number, x: number): Mark {
  const { trace, resultCnt, height } = track;
  return group('callout', { class: 'op current' }, [
    signOf(trace, op, 'current', x + 6, height - 20, 0.7),
    label('words', x + 18, height - 16, labelOf(trace, op, resultCnt), 'words start'),
  ]);
}

/** A veil over the part of the strip that is to come. */
const toComeMark = ({ width, base }: Track, x: number): Mark =>
  rect('to-come', x, base - 12, Math.max(0, width - PAD + 3 - x), 24, 'to-come');

/** In a strip the refusal keeps its sign. */
const refusedMarks = (track: Track): Mark[] =>
  track.trace.refused === null
    ? []
    : [
        group('refused', { class: 'op' }, [
          signOf(track.trace, track.trace.opCnt, 'done', xOfOp(track, track.trace.opCnt), track.base, 1),
        ]),
      ];

const rangeMark = ({ height }: Track, a: number, b: number): Mark =>
  rect('range', Math.min(a, b), 1, Math.abs(b - a), height - 1, 'range');

const handle = (x: number, base: number, height: number): Mark =>
  group('handle', { class: 'handle', transform: `translate(${x},0)` }, [
    path('line', `M0 ${base - 22}V${Math.min(height, base + 14)}`, 'line'),
    path('shield', `M-5 ${base - 24}h10v5l-5 5-5-5z`, 'shield'),
  ]);

/** One of two handles, with its letter. */
const flag = (key: string, x: number, { base, height }: Track, letter: string): Mark =>
  group(key, { class: key === 'handle' ? 'handle' : 'handle from', transform: `translate(${x},0)` }, [
    path('line', `M0 ${base - 14}V${Math.min(height, base + 14)}`, 'line'),
    rect('shield', -8, Math.max(0, base - 28), 16, 15, 'shield'),
    label('letter', 0, Math.max(0, base - 28) + 11.5, letter, 'letter'),
  ]);

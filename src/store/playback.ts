/** The clock of playing: what comes next and when, and what ends it. */
import { LINE_MS } from '../figures/pace.ts';
import { lastMoment, lineCnt } from './selectors.ts';
import { get, type State, set, useStore } from './store.ts';

/** At 1×: an op, and how long one that is done is looked at least. */
const OP_MS = 600;
const REST_MS = 320;
/** Above this speed ops are not taken apart into lines. */
const LINES_SPEED_MAX = 4;
/** Least time between two pictures, and when nothing may move. */
const TICK_MS = 33;
const STILL_MS = 1000;
/** No run plays longer at the highest speed. */
const ALL_MS = 2500;

export interface Pace {
  readonly speed: number;
  /** Nothing may move: pictures follow each other at a second's distance. */
  readonly isStill: boolean;
  /** Ops there are. */
  readonly opCnt: number;
  /** Lines that an op (from 1) goes through. */
  readonly linesOf: (op: number) => number;
}

/** Whether ops are played line by line. */
const hasLines = ({ speed, isStill }: Pace): boolean => !isStill && speed <= LINES_SPEED_MAX;

/** Time an op takes where it is not taken apart. */
const opMs = ({ speed, opCnt }: Pace): number =>
  speed === Infinity ? Math.min(TICK_MS, ALL_MS / Math.max(1, opCnt)) : OP_MS / speed;

/** How long a place is looked at before what comes next. */
export function restAt(pace: Pace, { op, micro }: { readonly op: number; readonly micro: number }): number {
  const { speed, isStill } = pace;
  if (isStill) return Math.max(STILL_MS, opMs(pace));
  if (!hasLines(pace)) return Math.max(TICK_MS, opMs(pace));
  if (micro > 0) return LINE_MS / speed;
  // The lines of an op and the look at what it did take as long as an op, or longer.
  const lines = op > 0 ? pace.linesOf(op) : 0;
  return Math.max(REST_MS, OP_MS - LINE_MS * Math.max(0, lines - 1)) / speed;
}

/**
 * The place behind a place that has been looked at for `elapsed` ms, not beyond `end`. Where ops are faster than
 * pictures, as many are done at once as the time was for.
 */
export function placeAfter(
  pace: Pace,
  { op, micro }: { readonly op: number; readonly micro: number },
  elapsed: number,
  end: number,
): { op: number; micro: number } {
  if (op >= end) return { op, micro };
  if (hasLines(pace))
    return micro + 1 < pace.linesOf(op + 1) ? { op, micro: micro + 1 } : { op: op + 1, micro: 0 };
  // With nothing moving, each op has a picture of its own up to the speed at which lines are cut.
  const isEach = pace.isStill && pace.speed <= LINES_SPEED_MAX;
  const due = isEach ? 1 : Math.max(1, Math.floor(elapsed / opMs(pace)));
  return { op: Math.min(end, op + due), micro: 0 };
}

const paceOf = (s: State): Pace => ({
  speed: s.speed,
  isStill: matchMedia('(prefers-reduced-motion: reduce)').matches,
  opCnt: lastMoment(s),
  linesOf: (op) => lineCnt(s, op),
});

/** At the start the eye wants a moment to find the picture. */
const FIRST_LOOK_MS = 700;
const START_MS = 120;

export function playClock(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  const wait = (ms: number) => {
    since = performance.now();
    timer = setTimeout(tick, ms);
  };
  const tick = () => {
    const s = get();
    if (!s.playing) return;
    if (!s.good) return wait(START_MS);
    const end = s.stopAt ?? lastMoment(s);
    const pace = paceOf(s);
    const place = placeAfter(pace, s, performance.now() - since, end);
    if (place.op >= end) return set({ ...place, playing: false, stopAt: null });
    wait(restAt(pace, place));
    set(place);
  };
  useStore.subscribe((s, old) => {
    if (s.playing === old.playing) return;
    clearTimeout(timer);
    if (s.playing) wait(s.op === 0 && s.micro === 0 ? FIRST_LOOK_MS : START_MS);
  });
  stopOnInput();
  // Nobody has edited anything yet. Without it an edit that ends playing leaves one at the same number of ops.
  import('./edited-moment.ts').then(
    ({ keepMomentOfAlgorithm, keepMomentOfEdit }) => {
      keepMomentOfEdit();
      keepMomentOfAlgorithm();
    },
    () => {},
  );
  keepRange();
}

/** Keys that ask for nothing, and the one that is for playing itself. */
const IDLE_KEYS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'Tab', ' ']);

const TEXTS = 'textarea, input, .monaco-editor';

/** Whatever a person does while it plays ends it, where it is; only the buttons of playing mean what they say. */
function stopOnInput(): void {
  const stop = (e: Event) => {
    if (!get().playing) return;
    if (e instanceof KeyboardEvent && IDLE_KEYS.has(e.key)) return;
    if (e.target instanceof Element && e.target.closest('[data-plays]')) return;
    // Of a key in a text the edit is what counts, if it makes one: it remembers where one was.
    if (e instanceof KeyboardEvent && e.target instanceof Element && e.target.closest(TEXTS)) return;
    set({ playing: false, stopAt: null });
  };
  for (const name of ['keydown', 'pointerdown', 'wheel'])
    window.addEventListener(name, stop, { capture: true, passive: true });
}

/** A range begins inside of the run, after each answer. */
function keepRange(): void {
  useStore.subscribe((s, old) => {
    if (s.good === old.good || s.fromOp === null) return;
    if (s.fromOp > lastMoment(s)) set({ fromOp: lastMoment(s) });
  });
}

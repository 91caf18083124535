/**
 * How the work of an algorithm adds up while it goes on: it tells an observer after each part, and the observer takes
 * down its counters. The race is drawn from that. Nothing here counts; without an observer nothing here runs.
 */
import { enlarged } from '../base/grow.ts';
import { TOUCH_KINDS, type TouchKind, touchesOf, type Work } from './work.ts';

/** Parts of the work. The first six are those of one patch of the array; TABLES and the others are also of a whole run. */
export const LAP = {
  CHECK: 0, // all insns looked at before a patch, whether their distances will fit
  GROW: 1, // everything copied into a bigger allocation
  MOVE: 2, // the tail moved
  WRITE: 3, // the patch written
  SCAN: 4, // all insns looked at for jumps across the patch
  TABLES: 5, // line entries, subprograms and places
  CREATE: 6, // a node made for each insn
  PATCH: 7, // walked to an edit, and done there
  NUMBER: 8, // new numbers given
  COPY: 9, // insns written out
  RETARGET: 10, // all insns looked at for jumps, once
  AUX: 11, // records written out
} as const;
export type Lap = (typeof LAP)[keyof typeof LAP];

/** `edit`: number of the resolved edit that it was done for, -1: for all of them. `work` goes on changing. */
export type OnLap = (lap: Lap, edit: number, work: Work) => void;

/** A struct of arrays, one element a lap. */
export interface Laps {
  readonly cnt: number;
  readonly kind: Uint8Array;
  readonly edit: Int32Array;
  /** How many edits had begun by then. */
  readonly nth: Int32Array;
  /** Touches at the end of the lap, from the beginning on. */
  readonly end: Float64Array;
  /** The same by kind. */
  readonly counts: Readonly<Record<TouchKind, Float64Array>>;
}

export interface LapRecorder {
  readonly onLap: OnLap;
  take(): Laps;
}

export function recordLaps(): LapRecorder {
  let cnt = 0;
  let size = 64;
  let kind = new Uint8Array(size);
  let edit = new Int32Array(size);
  let nth = new Int32Array(size);
  let end = new Float64Array(size);
  const counts = Object.fromEntries(TOUCH_KINDS.map((one) => [one, new Float64Array(size)])) as Record<
    TouchKind,
    Float64Array
  >;

  function makeRoom(): void {
    size *= 2;
    kind = enlarged(kind, size);
    edit = enlarged(edit, size);
    nth = enlarged(nth, size);
    end = enlarged(end, size);
    for (const one of TOUCH_KINDS) counts[one] = enlarged(counts[one], size);
  }

  return {
    onLap(lap, of, work) {
      if (cnt === size) makeRoom();
      const begun = cnt === 0 ? 0 : nth[cnt - 1];
      kind[cnt] = lap;
      edit[cnt] = of;
      nth[cnt] = begun + (of >= 0 && (cnt === 0 || edit[cnt - 1] !== of) ? 1 : 0);
      end[cnt] = touchesOf(work);
      for (const one of TOUCH_KINDS) counts[one][cnt] = work[one];
      cnt++;
    },
    take: () => ({
      ...{ cnt, kind: kind.slice(0, cnt), edit: edit.slice(0, cnt), nth: nth.slice(0, cnt) },
      end: end.slice(0, cnt),
      counts: Object.fromEntries(TOUCH_KINDS.map((one) => [one, counts[one].slice(0, cnt)])) as Record<
        TouchKind,
        Float64Array
      >,
    }),
  };
}

/** What a person can ask of time, by name: to be at another moment, to play, to compare two moments. */
import { phaseOf } from '../figures/index.ts';
import { act } from './intents.ts';
import { lastMoment, lineCnt } from './selectors.ts';
import { get } from './store.ts';

/** Through in three seconds, however much there is. */
export const SPEED_MAX = Infinity;
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 16, SPEED_MAX] as const;

export const chooseSpeed = (speed: number): void => act({ speed });

/** To a place: `op` ops done, and `micro` lines of the next one. */
export function seek(op: number, micro = 0): void {
  const s = get();
  const to = Math.max(0, Math.min(lastMoment(s), op));
  const isInside = to === op && micro > 0 && micro < lineCnt(s, op + 1);
  act({ op: to, micro: isInside ? micro : 0, playing: false, stopAt: null });
}

/** Ops on or back; back from the middle of an op is to its beginning. */
export function step(by: number): void {
  const { op, micro } = get();
  seek(op + (by < 0 && micro > 0 ? by + 1 : by));
}

/** One line of the algorithm on or back; behind the last line of an op, the op is done. */
export function microStep(by: 1 | -1): void {
  const s = get();
  const at = s.micro + by;
  if (at >= 0) seek(...(at >= lineCnt(s, s.op + 1) ? ([s.op + 1, 0] as const) : ([s.op, at] as const)));
  else if (s.op > 0) seek(s.op - 1, lineCnt(s, s.op) - 1);
}

/** To the next (previous) op of another phase. */
export function stepPhase(by: 1 | -1): void {
  const { good, op } = get();
  if (!good) return;
  const { trace } = good;
  const here = op === 0 ? '' : phaseOf(trace, op);
  let k = op + by;
  while (k > 0 && k < trace.opCnt && phaseOf(trace, k) === here) k += by;
  seek(k);
}

export function togglePlay(): void {
  const s = get();
  const isAtEnd = !s.playing && s.op >= lastMoment(s);
  act({ playing: !s.playing, stopAt: null, ...(isAtEnd && { op: 0, micro: 0 }) });
}

/** Compare with what was after `op` ops; null: with the input. */
export function compareFrom(op: number | null): void {
  act({ fromOp: op === null ? null : Math.max(0, Math.min(lastMoment(get()), op)), playing: false });
}

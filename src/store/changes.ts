/** From one change to the next: of the selected insn, or of anything. Not needed for the first picture. */
import { changesOf, nextAmong, nextChangeFrom } from '../patch/changes.ts';
import type { RunDone } from '../pipeline/index.ts';
import { derive } from './derive.ts';
import { nodeOfUid } from './selectors.ts';
import { get, type State } from './store.ts';
import { seek } from './time.ts';
import { say } from './visit.ts';

const NO_OPS = new Int32Array(0);

/** Ops, ascending, that change the words or the distance of the selected insn. */
export const changesOfFocus: (s: State) => Int32Array = derive(
  (s: State) => [s.good, s.focusUid] as const,
  (run: RunDone | null, uid: number | null) => {
    const node = run && uid !== null ? nodeOfUid(run, uid) : -1;
    return run && node >= 0 ? changesOf(run.trace, node) : NO_OPS;
  },
);

/** The op that `find` gives, which may be under way: going back, it is not done yet at the moment it is sought from. */
function goToChange(by: 1 | -1, find: (from: number) => number, otherwise: string): void {
  const { op, micro } = get();
  const to = find(by < 0 && micro === 0 ? op - 1 : op);
  if (to > 0) seek(to);
  else say(otherwise);
}

/** To the next (previous) op that changes the selected insn. */
export function nextChangeOfFocus(by: 1 | -1): void {
  const s = get();
  const which = by > 0 ? 'later' : 'earlier';
  const otherwise =
    s.focusUid === null ? 'Select an insn to go to its changes.' : `No ${which} op changes this insn.`;
  goToChange(by, (from) => nextAmong(changesOfFocus(s), from, by), otherwise);
}

/** To the next (previous) op that changes anything. */
export function nextChange(by: 1 | -1): void {
  const { good } = get();
  if (!good) return;
  const which = by > 0 ? 'later' : 'earlier';
  goToChange(by, (from) => nextChangeFrom(good.trace, from, by), `No ${which} op changes anything.`);
}

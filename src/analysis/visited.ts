/**
 * What the verifier does where it may have been before (is_state_visited() of Linux 6.18): ends a way that teaches
 * nothing new, or keeps the state for later ways. When it keeps one decides what it finds, so the thresholds are part
 * of the behaviour.
 */

import { EQUAL, forgetDeadSlots, mayLoop, statesEqual } from './compare.ts';
import { POINT } from './points.ts';
import { relyAs } from './precision.ts';
import { sameScalar, UNKNOWN } from './scalar.ts';
import { CELL, type State } from './state.ts';
import type { LoopVisit, Walk } from './walk.ts';

const HISTORY_MAX = 40;
const JUMPS_MIN = 2;
const INSNS_MIN = 8;
/** In a loop states differ from round to round, so not every round keeps one. */
const LOOP_JUMPS_MIN = 20;
const LOOP_INSNS_MIN = 100;

/** The loop that a state is in, named by the calls that lead there; null: none. */
function visitOf(walk: Walk, state: State, isNew: boolean): LoopVisit | null {
  let key = '';
  for (let f = 0; f < state.frames.length; f++) {
    const idx = state.idxOf(f);
    const loop = walk.loops[idx] ?? 0;
    if (loop !== 0) {
      key += `L${loop}`;
      let visit = walk.visits.get(key);
      if (visit === undefined && isNew) {
        visit = { entry: null, backEdges: [] };
        walk.visits.set(key, visit);
      }
      return visit ?? null;
    }
    key += `${idx},`;
  }
  return null;
}

/** What somebody relied on behind a loop's end counts at its beginning too, until nothing is new. */
const ROUNDS_MAX = 64;
function closeLoop(walk: Walk, visit: LoopVisit): void {
  for (let round = 0, isChanged = true; isChanged && round < ROUNDS_MAX; round++) {
    isChanged = false;
    for (const state of visit.backEdges)
      if (state.equalTo && relyAs(walk, state.equalTo, state)) isChanged = true;
  }
  visit.backEdges = [];
}

/** A way has come to its end: so have the states that it was the last way of. */
export function endWay(walk: Walk): void {
  for (let state: State | null = walk.state; state; state = state.parent) {
    if (--state.branches > 0) return;
    const visit = visitOf(walk, state, false);
    if (visit && visit.entry === state) {
      visit.entry = null;
      closeLoop(walk, visit);
    }
  }
}

/** A kept state on the way to `cur`: an earlier round of the same loop. */
export function earlierRound(walk: Walk, idx: number, cur: State): State | null {
  for (const old of walk.keptAt(idx))
    if (old.branches > 0 && old.depth < cur.depth && old.sameCallsites(cur)) return old;
  return null;
}

/** Numbers that changed since the earlier round, and that nobody relied on, may be anything in the next one. */
export function widen(old: State, state: State): void {
  for (let f = 0; f < old.frames.length; f++) {
    const [a, b] = [old.frames[f], state.frames[f]];
    const widenCell = (cell: number): void => {
      if (!a.isScalar(cell) || !b.isScalar(cell)) return;
      if (a.get(cell, CELL.PRECISE) || b.get(cell, CELL.PRECISE)) return;
      const same =
        sameScalar(a.values[cell], b.values[cell]) && a.get(cell, CELL.ID) === b.get(cell, CELL.ID);
      if (!same) b.putScalar(cell, UNKNOWN);
    };
    for (let reg = 0; reg < 10; reg++) widenCell(reg);
    const slotCnt = Math.min(a.slotCnt, b.slotCnt);
    for (let spi = 0; spi < slotCnt; spi++) if (a.isSpilled(spi) && b.isSpilled(spi)) widenCell(11 + spi);
  }
}

/** Whether a state that is still under way says as much: the loop closes. */
function closesLoop(walk: Walk, old: State, cur: State): boolean {
  const points = walk.points[walk.idx];
  if (points & POINT.MAY_GOTO)
    return old.mayGotoDepth !== cur.mayGotoDepth && statesEqual(walk, old, cur, EQUAL.IN_RANGE);
  if (points & POINT.CALLS_BACK) return statesEqual(walk, old, cur, EQUAL.IN_RANGE);
  return false;
}

/** The same state again on the way to itself: the real verifier refuses the program here. */
const isEndless = (walk: Walk, old: State, cur: State): boolean =>
  (walk.points[walk.idx] & POINT.CALLS_BACK) === 0 &&
  old.mayGotoDepth === cur.mayGotoDepth &&
  old.callbackDepth === cur.callbackDepth &&
  mayLoop(old, cur) &&
  statesEqual(walk, old, cur, EQUAL.EXACTLY);

function hit(walk: Walk, old: State, cur: State, isLoop: boolean): void {
  old.hitCnt++;
  if (walk.points[walk.idx] & POINT.JUMP) walk.note(0, null);
  relyAs(walk, old, cur);
  if (!isLoop) return;
  const back = cur.copy();
  back.equalTo = old;
  visitOf(walk, old, true)?.backEdges.push(back);
}

function keep(walk: Walk, cur: State): void {
  walk.keptAtJump = walk.jumpCnt;
  walk.keptAtInsn = walk.insnCnt;
  cur.eachCell((frame, cell) => {
    if (frame.isScalar(cell)) frame.set(cell, CELL.PRECISE, 0);
  });
  const old = cur.copy();
  old.idx = walk.idx;
  const visit = visitOf(walk, old, true);
  if (visit && visit.entry === null) visit.entry = old;
  walk.keep(walk.idx, old);
  cur.parent = old;
  cur.branches = 1;
  cur.firstIdx = walk.idx;
  cur.depth = old.depth + 1;
  cur.history = [];
}

/** Whether the way at hand may end here. If not, its state may have been kept. */
export function isVisited(walk: Walk): boolean {
  const cur = walk.state;
  const isForcedHere = (walk.points[walk.idx] & POINT.FORCE) !== 0;
  const isForced = isForcedHere || cur.history.length > HISTORY_MAX;
  const jumpCnt = walk.jumpCnt - walk.keptAtJump;
  const insnCnt = walk.insnCnt - walk.keptAtInsn;
  let isKept = isForced || (jumpCnt >= JUMPS_MIN && insnCnt >= INSNS_MIN);
  const list = walk.keptAt(walk.idx);
  for (const old of list)
    if (old.branches === 0 && old.sameCallsites(cur) && !isIncomplete(walk, old)) forgetDeadSlots(walk, old);
  for (let k = 0; k < list.length; k++) {
    const old = list[k];
    if (old.branches > 0) {
      if (closesLoop(walk, old, cur)) {
        hit(walk, old, cur, true);
        return true;
      }
      if (isEndless(walk, old, cur)) return true;
      if (!isForced && jumpCnt < LOOP_JUMPS_MIN && insnCnt < LOOP_INSNS_MIN) isKept = false;
    } else {
      const isLoop = isIncomplete(walk, old);
      if (statesEqual(walk, old, cur, isLoop ? EQUAL.IN_RANGE : EQUAL.WHERE_USED)) {
        hit(walk, old, cur, isLoop);
        return true;
      }
    }
    if (isKept) old.missCnt++;
    const patience = isForcedHere && old.branches > 0 ? 64 : 3;
    if (old.missCnt > old.hitCnt * patience + patience) list.splice(k--, 1);
  }
  if (isKept) keep(walk, cur);
  return false;
}

/** Marks of a state inside of a loop that is still open are not all there yet. */
const isIncomplete = (walk: Walk, old: State): boolean => {
  const visit = visitOf(walk, old, false);
  return visit !== null && visit.backEdges.length > 0;
};

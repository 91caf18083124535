/**
 * Calls of other subprograms and of functions of which nothing is known, and the ways back (check_func_call() and
 * prepare_func_exit() of Linux 6.18). Helpers: helper-calls.ts.
 */

import { srcOf } from '../isa/insn.ts';
import { PSEUDO_CALL } from '../isa/pseudo.ts';
import { CALLER_SAVED_CNT } from '../isa/registers.ts';
import { HELPER } from '../kernel/helper-types.ts';
import { MAX_CALL_FRAMES } from '../kernel/limits.ts';
import { progTypeNumber } from '../kernel/prog-types.ts';
import { callHelper, forgetPacket } from './helper-calls.ts';
import { relyOn } from './precision.ts';
import { UNKNOWN } from './scalar.ts';
import { CELL, calledFrame, clearCallerSaved } from './state.ts';
import { earlierRound, widen } from './visited.ts';
import type { Walk } from './walk.ts';

/** The call leads nowhere that the walk could go on from. */
export const ENDED = -1;

/** A kernel function of which nothing is known: it may read all five arguments, and gives a number. */
function callKernelFunction(walk: Walk): void {
  for (let reg = 1; reg < CALLER_SAVED_CNT; reg++) walk.read(reg, true);
  clearCallerSaved(walk.state.frame);
  walk.state.frame.set(0, CELL.DEF, 0);
  walk.state.frame.putScalar(0, UNKNOWN);
}

/** A global subprogram gives some number; what it does is looked at when the rest is done. */
function callGlobal(walk: Walk, subprog: number): number {
  const { frame } = walk.state;
  const types = [1, 2, 3, 4, 5].map((reg) => frame.type(reg));
  if (!walk.globalArgs.has(subprog)) walk.globalArgs.set(subprog, types);
  clearCallerSaved(frame);
  frame.set(0, CELL.DEF, 0);
  frame.putScalar(0, UNKNOWN);
  return walk.idx + 1;
}

function callSubprog(walk: Walk, imm: number): number {
  const { state } = walk;
  const start = walk.idx + 1 + imm;
  const subprog = walk.subprogFrom(start);
  if (start < 0 || start >= walk.n || subprog < 0 || state.frames.length >= MAX_CALL_FRAMES) {
    callKernelFunction(walk);
    return walk.idx + 1;
  }
  const caller = state.frame;
  if (walk.stated.globals.has(subprog)) return callGlobal(walk, subprog);
  const callee = calledFrame(subprog, walk.idx, state.frames.length, false);
  for (let reg = 1; reg < CALLER_SAVED_CNT; reg++) callee.move(reg, caller, reg);
  clearCallerSaved(caller);
  state.frames.push(callee);
  walk.stackLive.reset();
  return start;
}

/**
 * A tail call that finds its program does not come back to its subprogram, but its program does return to the caller,
 * with whatever result and packet. The way on which there is no such program is gone later, and has both as before.
 */
function tailCallReturns(walk: Walk): number {
  walk.push(walk.idx + 1);
  forgetPacket(walk.state);
  walk.state.frame.putScalar(0, UNKNOWN);
  return stepExit(walk);
}

/** Where the way at hand goes on after a call. */
export function stepCall(walk: Walk, w0: number, imm: number): number {
  const src = srcOf(w0);
  if (src === PSEUDO_CALL) return callSubprog(walk, imm);
  if (src === 0) {
    callHelper(walk, imm);
    if (imm === HELPER.TAIL_CALL && walk.state.frames.length > 1) return tailCallReturns(walk);
  } else callKernelFunction(walk);
  return walk.idx + 1;
}

/** Program types whose result has to be in a range, so that somebody relies on it. */
const CHECKS_RESULT: ReadonlySet<number> = new Set(
  [
    ...['cgroup_skb', 'cgroup_sock', 'sock_ops', 'cgroup_device', 'cgroup_sock_addr', 'cgroup_sysctl'],
    ...['cgroup_sockopt', 'sk_lookup', 'netfilter'],
  ].map(progTypeNumber),
);

/** Where the way goes on after an exit: behind the call, at the call again after a callback, or nowhere. */
export function stepExit(walk: Walk): number {
  const { state } = walk;
  if (state.frames.length === 1) {
    walk.read(0, true);
    if (CHECKS_RESULT.has(walk.progType) && state.frame.subprog === 0) relyOn(walk, 0);
    return ENDED;
  }
  const callee = state.frame;
  if (callee.isCallback) relyOn(walk, 0);
  walk.stackLive.commit(state, walk.idx);
  walk.stackLive.update(state);
  state.frames.pop();
  walk.stackLive.reset();
  const caller = state.frame;
  if (!callee.isCallback) {
    caller.move(0, callee, 0);
    return callee.callsite + 1;
  }
  const old = earlierRound(walk, callee.callsite, state);
  if (old) widen(old, state);
  return callee.callsite;
}

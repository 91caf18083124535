/** Functions that a helper calls: each is a way of its own (push_callback_call() and set_*_callback_state() of Linux 6.18). */

import { HELPER } from '../kernel/helper-types.ts';
import { MAX_CALL_FRAMES } from '../kernel/limits.ts';
import { noteLoop } from './call-notes.ts';
import type { Met } from './helper-args.ts';
import { relyOn } from './precision.ts';
import { UNKNOWN } from './scalar.ts';
import { calledFrame, type Frame, REG } from './state.ts';
import type { Walk } from './walk.ts';

/** Arguments of a callback. */
function enterCallback(id: number, caller: Frame, callee: Frame, met: Met): void {
  const ownMap = (reg: number): void => callee.putPointer(reg, REG.MAP, met.map);
  if (id === HELPER.LOOP) {
    callee.putScalar(1, UNKNOWN);
    callee.move(2, caller, 3);
  } else if (id === HELPER.FOR_EACH_MAP_ELEM) {
    ownMap(1);
    callee.putPointer(2, REG.MAP_KEY, met.map);
    callee.putPointer(3, REG.MAP_VALUE, met.map);
    callee.move(4, caller, 3);
  } else if (id === HELPER.FIND_VMA) {
    callee.move(1, caller, 1);
    callee.putPointer(2, REG.BTF_ID, 0);
    callee.move(3, caller, 4);
  } else if (id === HELPER.USER_RINGBUF_DRAIN) {
    callee.putPointer(1, REG.MEM, 0);
    callee.move(2, caller, 3);
  } else {
    ownMap(1);
    callee.putPointer(2, REG.MAP_KEY, met.map);
    callee.putPointer(3, REG.MAP_VALUE, met.map);
  }
}

/** The callback is another way, at whose end the call is made again; this way goes on behind the call. */
function pushCallback(walk: Walk, id: number, met: Met): void {
  const start = walk.program.subprogs.start[met.func];
  if (start === undefined || walk.state.frames.length >= MAX_CALL_FRAMES) return;
  const caller = walk.state.frame;
  const there = walk.push(start);
  if (id === HELPER.TIMER_SET_CALLBACK) {
    // It runs later, from a stack of its own.
    const frame = calledFrame(met.func, -1, 0, false);
    enterCallback(id, caller, frame, met);
    if (there.parent) there.parent.branches--;
    there.parent = null;
    there.frames = [frame];
    there.history = [];
    there.firstIdx = start;
    return;
  }
  const callee = calledFrame(met.func, walk.idx, there.frames.length, true);
  enterCallback(id, there.frame, callee, met);
  there.frame.callbackDepth++;
  there.frames.push(callee);
  there.callbackDepth++;
  caller.callbackDepth = 0;
}

export function callBack(walk: Walk, id: number, met: Met): void {
  const { frame } = walk.state;
  if (id === HELPER.LOOP) {
    noteLoop(walk, met.func);
    relyOn(walk, 1);
    // A loop of no turns never gets to its function, which is then dead code, though the loop put in place of the call
    // still calls it: that call leads behind the end, in Linux 6.18 too, where only the dump of it looks different.
    if (frame.isScalar(1) && BigInt(frame.callbackDepth) >= frame.values[1].umax) {
      frame.callbackDepth = 0;
      return;
    }
  }
  if (met.func >= 0) pushCallback(walk, id, met);
}

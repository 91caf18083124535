/**
 * Calls of helpers, of other subprograms, and the ways back (check_helper_call(), check_func_call() and
 * prepare_func_exit() of Linux 6.18).
 */

import { PSEUDO_CALL } from '../isa/flow.ts';
import { srcOf } from '../isa/insn.ts';
import { HELPER, type HelperType, helperType } from '../kernel/helper-types.ts';
import { progTypeNumber } from '../kernel/prog-types.ts';
import { MAP_TYPE } from './maps.ts';
import { relyOn } from './precision.ts';
import { copy, isConst, isZero, type Scalar, synced, UNKNOWN } from './scalar.ts';
import { constKey, lendStack } from './stack.ts';
import { baseOf, CELL, FP, Frame, MAYBE_NULL, REG, type State } from './state.ts';
import { earlierRound, widen } from './visited.ts';
import type { Walk } from './walk.ts';

const FRAMES_MAX = 8;
/** r0 and the arguments are gone after a call. */
const CALLER_SAVED = 6;
/** The call leads nowhere that the walk could go on from. */
export const ENDED = -1;

/** What the arguments of a helper say of its result. */
interface Met {
  map: number;
  key: number;
  func: number;
  ref: number;
  sizeMax: number;
}

function clearCallerSaved(frame: Frame): void {
  for (let reg = 0; reg < CALLER_SAVED; reg++) {
    frame.put(reg, REG.NONE, UNKNOWN);
    frame.set(reg, CELL.DEF, 0);
  }
}

/** Bytes that a size argument allows for, at most. */
const sizeOf = (frame: Frame, reg: number): number =>
  frame.isScalar(reg) && frame.values[reg].umax < 1n << 29n ? Number(frame.values[reg].umax) : 0;

function noteMap(walk: Walk, map: number): void {
  const column = walk.columns.mapIdx;
  const record = walk.maps.recordOf(map);
  if (column[walk.idx] === 0) column[walk.idx] = record;
  else if (column[walk.idx] !== record) column[walk.idx] = -1;
}

/** A pointer to memory; the register behind it says how much. */
function lend(walk: Walk, reg: number, size: number, kind: string): void {
  if (walk.state.frame.type(reg) !== REG.STACK) return;
  lendStack(walk, reg, size, kind !== 'r', kind === 'w');
}

type Argument = (walk: Walk, reg: number, met: Met) => void;

const memory =
  (kind: string): Argument =>
  (walk, reg) => {
    // Room of a size nobody knows exactly is not sure to be filled.
    const { frame } = walk.state;
    const isExact = frame.isScalar(reg + 1) && isConst(frame.values[reg + 1]);
    lend(walk, reg, sizeOf(frame, reg + 1), kind === 'w' && !isExact ? 'b' : kind);
  };
const room =
  (size: number): Argument =>
  (walk, reg) =>
    lend(walk, reg, size, 'w');
const relied: Argument = (walk, reg, met) => {
  met.sizeMax = sizeOf(walk.state.frame, reg);
  relyOn(walk, reg);
};

const ARGUMENTS: Readonly<Record<string, Argument | undefined>> = {
  m: (walk, reg, met) => {
    const { frame } = walk.state;
    const stated = walk.stated.mapIdx.get(walk.idx);
    if (stated !== undefined && stated > 0) met.map = stated;
    else if (frame.type(reg) === REG.MAP) met.map = frame.get(reg, CELL.WHAT);
    if (met.map !== 0) noteMap(walk, met.map);
  },
  k: (walk, reg, met) => {
    const map = walk.maps.infoOf(met.map);
    lend(walk, reg, map?.keySize ?? 4, 'r');
    const isArray = map?.type === MAP_TYPE.ARRAY || map?.type === MAP_TYPE.PERCPU_ARRAY;
    if (isArray && walk.state.frame.type(reg) === REG.STACK) met.key = constKey(walk, reg);
  },
  v: (walk, reg, met) => lend(walk, reg, walk.maps.infoOf(met.map)?.valueSize ?? 8, 'r'),
  V: (walk, reg, met) => lend(walk, reg, walk.maps.infoOf(met.map)?.valueSize ?? 8, 'w'),
  r: memory('r'),
  w: memory('w'),
  b: memory('b'),
  s: relied,
  z: relied,
  l: relied,
  4: (walk, reg) => lend(walk, reg, 4, 'b'),
  8: room(8),
  f: (walk, reg, met) => {
    const { frame } = walk.state;
    if (frame.type(reg) === REG.FUNC) met.func = frame.get(reg, CELL.WHAT);
  },
  o: (walk, reg, met) => {
    met.ref = walk.state.frame.get(reg, CELL.REF) || met.ref;
  },
};

function readArguments(walk: Walk, helper: HelperType): Met {
  const met: Met = { map: 0, key: -1, func: -1, ref: 0, sizeMax: 0 };
  for (let k = 0; k < helper.args.length; k++) {
    walk.read(k + 1, true);
    ARGUMENTS[helper.args[k]]?.(walk, k + 1, met);
  }
  return met;
}

const RESULT_TYPE: Readonly<Record<string, number>> = {
  M: REG.MAP_VALUE | MAYBE_NULL,
  N: REG.MAP_VALUE,
  S: REG.SOCKET | MAYBE_NULL,
  T: REG.TCP_SOCK | MAYBE_NULL,
  C: REG.SOCK_COMMON | MAYBE_NULL,
  R: REG.MEM | MAYBE_NULL,
  B: REG.BTF_ID | MAYBE_NULL,
  P: REG.BTF_ID,
};

/** Whether a lookup finds something for sure: an array, with a key that it has. */
function isSureToFind(walk: Walk, id: number, { map, key }: Met): boolean {
  const info = walk.maps.infoOf(map);
  return id === HELPER.MAP_LOOKUP && info !== undefined && key >= 0 && key < info.maxEntries;
}

function giveResult(walk: Walk, id: number, helper: HelperType, met: Met): void {
  const { frame } = walk.state;
  frame.set(0, CELL.DEF, 0);
  if (helper.result === '-') return;
  let type = RESULT_TYPE[helper.result];
  if (type === undefined) {
    frame.putScalar(0, helper.givesSize ? sizeOrError(met.sizeMax) : UNKNOWN);
    return;
  }
  if (isSureToFind(walk, id, met)) type &= ~MAYBE_NULL;
  frame.putPointer(0, type, baseOf(type) === REG.MAP_VALUE ? met.map : 0);
  if (type & MAYBE_NULL) frame.set(0, CELL.ID, walk.newId());
  if (helper.casts) frame.set(0, CELL.REF, met.ref);
  else if (helper.acquires) {
    const ref = walk.newId();
    frame.set(0, CELL.ID, ref);
    frame.set(0, CELL.REF, ref);
    walk.state.refs = [...walk.state.refs, ref];
  }
}

const ERROR_MAX = 4095;

function sizeOrError(sizeMax: number): Scalar {
  const value = copy(UNKNOWN);
  value.smin = BigInt(-ERROR_MAX);
  value.smax = BigInt(sizeMax);
  value.smin32 = -ERROR_MAX;
  value.smax32 = sizeMax | 0;
  return synced(value);
}

function release(state: State, ref: number): void {
  state.refs = state.refs.filter((one) => one !== ref);
  state.eachCell((frame, cell) => {
    if (frame.get(cell, CELL.REF) === ref) frame.putScalar(cell, UNKNOWN);
  });
}

function forgetPacket(state: State): void {
  state.eachCell((frame, cell) => {
    const type = frame.type(cell);
    if (type >= REG.PACKET_META && type <= REG.PACKET_END) frame.putScalar(cell, UNKNOWN);
  });
}

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

function newFrame(subprog: number, callsite: number, depth: number, isCallback: boolean): Frame {
  const frame = new Frame(subprog, callsite, isCallback);
  frame.set(FP, CELL.WHAT, depth);
  return frame;
}

/** The callback is another way, at whose end the call is made again; this way goes on behind the call. */
function pushCallback(walk: Walk, id: number, met: Met): void {
  const start = walk.program.subprogs.start[met.func];
  if (start === undefined || walk.state.frames.length >= FRAMES_MAX) return;
  const caller = walk.state.frame;
  const there = walk.push(start);
  if (id === HELPER.TIMER_SET_CALLBACK) {
    // It runs later, from a stack of its own.
    const frame = newFrame(met.func, -1, 0, false);
    enterCallback(id, caller, frame, met);
    if (there.parent) there.parent.branches--;
    there.parent = null;
    there.frames = [frame];
    there.history = [];
    there.firstIdx = start;
    return;
  }
  const callee = newFrame(met.func, walk.idx, there.frames.length, true);
  enterCallback(id, there.frame, callee, met);
  there.frame.callbackDepth++;
  there.frames.push(callee);
  there.callbackDepth++;
  caller.callbackDepth = 0;
}

function callBack(walk: Walk, id: number, met: Met): void {
  const { frame } = walk.state;
  if (id === HELPER.LOOP) {
    noteLoop(walk, met.func);
    relyOn(walk, 1);
    if (frame.isScalar(1) && BigInt(frame.callbackDepth) >= frame.values[1].umax) {
      frame.callbackDepth = 0;
      return;
    }
  }
  if (met.func >= 0) pushCallback(walk, id, met);
}

/** A loop may be put in place of the call when its flags are 0 and its callback is one and the same on every way. */
function noteLoop(walk: Walk, func: number): void {
  const { frame } = walk.state;
  const column = walk.columns.callArg;
  const hasNoFlags = frame.isScalar(4) && isZero(frame.values[4]);
  if (hasNoFlags) relyOn(walk, 4);
  noteArgument(column, walk.idx, hasNoFlags && func >= 0 ? func + 1 : UNFIT);
}
/** Stands in the column until the walk is over: seen, and not the same on every way. */
export const UNFIT = -1;
function noteArgument(column: Int32Array, idx: number, value: number): void {
  if (column[idx] === 0) column[idx] = value;
  else if (column[idx] !== value) column[idx] = UNFIT;
}

function noteTailCall(walk: Walk): void {
  const { frame } = walk.state;
  const value = frame.values[3];
  const isIndex = frame.isScalar(3) && isConst(value) && value.value <= 0xffffffffn;
  if (isIndex) relyOn(walk, 3);
  const index = isIndex ? Number(value.value) : -1;
  noteArgument(walk.columns.callArg, walk.idx, index >= 0 && index < 0x7fffffff ? index + 1 : UNFIT);
}

/** Of a helper that is not in the list only the convention of calls is known. */
const NOT_LISTED: HelperType = {
  ...{ args: 'aaaaa', result: '', movesPacket: false },
  ...{ acquires: false, releases: false, casts: false, givesSize: false },
};

function callHelper(walk: Walk, id: number): void {
  const helper = helperType(id) ?? NOT_LISTED;
  const met = readArguments(walk, helper);
  const { frame } = walk.state;
  if (id === HELPER.TAIL_CALL) noteTailCall(walk);
  if (helper.releases && met.ref !== 0) release(walk.state, met.ref);
  if (helper.args.includes('f')) callBack(walk, id, met);
  clearCallerSaved(frame);
  giveResult(walk, id, helper, met);
  if (helper.movesPacket) forgetPacket(walk.state);
}

/** A kernel function of which nothing is known: it may read all five arguments, and gives a number. */
function callKernelFunction(walk: Walk): void {
  for (let reg = 1; reg < CALLER_SAVED; reg++) walk.read(reg, true);
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
  if (start < 0 || start >= walk.n || subprog < 0 || state.frames.length >= FRAMES_MAX) {
    callKernelFunction(walk);
    return walk.idx + 1;
  }
  const caller = state.frame;
  if (walk.stated.globals.has(subprog)) return callGlobal(walk, subprog);
  const callee = newFrame(subprog, walk.idx, state.frames.length, false);
  for (let reg = 1; reg < CALLER_SAVED; reg++) callee.move(reg, caller, reg);
  clearCallerSaved(caller);
  walk.stackLive.commit(state, walk.idx);
  state.frames.push(callee);
  walk.stackLive.reset();
  return start;
}

/** Where the way at hand goes on after a call. */
export function stepCall(walk: Walk, w0: number, imm: number): number {
  const src = srcOf(w0);
  if (src === PSEUDO_CALL) return callSubprog(walk, imm);
  if (src === 0) callHelper(walk, imm);
  else callKernelFunction(walk);
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

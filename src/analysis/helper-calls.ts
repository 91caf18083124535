/** Calls of helpers: what they are given, whom they call, what they give (check_helper_call() of Linux 6.18). */

import { HELPER, type HelperType, helperType } from '../kernel/helper-types.ts';
import { MAX_ERRNO } from '../kernel/limits.ts';
import { noteTailCall } from './call-notes.ts';
import { callBack } from './callbacks.ts';
import { type Met, readArguments } from './helper-args.ts';
import { copy, type Scalar, UNKNOWN } from './scalar.ts';
import { synced } from './scalar-bounds.ts';
import { baseOf, CELL, clearCallerSaved, MAYBE_NULL, REG, type State, TRUSTED } from './state.ts';
import type { Walk } from './walk.ts';

const RESULT_TYPE: Readonly<Record<string, number>> = {
  M: REG.MAP_VALUE | MAYBE_NULL,
  N: REG.MAP_VALUE,
  S: REG.SOCKET | MAYBE_NULL,
  T: REG.TCP_SOCK | MAYBE_NULL,
  C: REG.SOCK_COMMON | MAYBE_NULL,
  R: REG.MEM | MAYBE_NULL,
  B: REG.BTF_ID | MAYBE_NULL,
  P: REG.BTF_ID,
  Q: REG.BTF_ID | TRUSTED,
};

/** Whether a lookup finds something for sure: an array, with a key that it has. */
function isSureToFind(walk: Walk, id: number, { map, key }: Met): boolean {
  const info = walk.maps.infoOf(map);
  return id === HELPER.MAP_LOOKUP && info !== undefined && key >= 0 && key < info.maxEntries;
}

/** What is known of a number that a helper gives (do_refine_retval_range() of 6.18). */
function numberOf(walk: Walk, id: number, helper: HelperType, met: Met): Scalar {
  if (id === HELPER.GET_SMP_PROCESSOR_ID) return upTo(walk.cpuCnt - 1);
  return helper.givesSize ? sizeOrError(met.sizeMax) : UNKNOWN;
}

function giveResult(walk: Walk, id: number, helper: HelperType, met: Met): void {
  const { frame } = walk.state;
  frame.set(0, CELL.DEF, 0);
  if (helper.result === '-') return;
  let type = RESULT_TYPE[helper.result];
  if (type === undefined) {
    frame.putScalar(0, numberOf(walk, id, helper, met));
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

function upTo(max: number): Scalar {
  const value = copy(UNKNOWN);
  value.umin = value.smin = 0n;
  value.umax = value.smax = BigInt(max);
  value.umin32 = value.smin32 = 0;
  value.umax32 = value.smax32 = max;
  return synced(value);
}

function sizeOrError(sizeMax: number): Scalar {
  const value = copy(UNKNOWN);
  value.smin = BigInt(-MAX_ERRNO);
  value.smax = BigInt(sizeMax);
  value.smin32 = -MAX_ERRNO;
  value.smax32 = sizeMax | 0;
  return synced(value);
}

function release(state: State, ref: number): void {
  state.refs = state.refs.filter((one) => one !== ref);
  state.eachCell((frame, cell) => {
    if (frame.get(cell, CELL.REF) === ref) frame.putScalar(cell, UNKNOWN);
  });
}

/** What stands in a packet may have moved. */
export function forgetPacket(state: State): void {
  state.eachCell((frame, cell) => {
    const type = frame.type(cell);
    if (type >= REG.PACKET_META && type <= REG.PACKET_END) frame.putScalar(cell, UNKNOWN);
  });
}

/** Of a helper that is not in the list only the convention of calls is known. */
const NOT_LISTED: HelperType = {
  ...{ args: 'aaaaa', result: '', movesPacket: false },
  ...{ acquires: false, releases: false, casts: false, givesSize: false },
};

export function callHelper(walk: Walk, id: number): void {
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

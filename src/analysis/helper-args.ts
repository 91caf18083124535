/** What a helper is given: memory is lent to it, and what it says of the result is remembered (check_func_arg() of 6.18). */

import type { HelperType } from '../kernel/helper-types.ts';
import { noteMap } from './call-notes.ts';
import { MAP_TYPE } from './maps.ts';
import { relyOn } from './precision.ts';
import { isConst } from './scalar.ts';
import { constKey, lendStack } from './stack.ts';
import { CELL, type Frame, REG } from './state.ts';
import type { Walk } from './walk.ts';

/** What the arguments of a helper say of its result. */
export interface Met {
  map: number;
  key: number;
  func: number;
  ref: number;
  sizeMax: number;
}

/** Bytes that a size argument allows for, at most. */
const sizeOf = (frame: Frame, reg: number): number =>
  frame.isScalar(reg) && frame.values[reg].umax < 1n << 29n ? Number(frame.values[reg].umax) : 0;

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

export function readArguments(walk: Walk, helper: HelperType): Met {
  const met: Met = { map: 0, key: -1, func: -1, ref: 0, sizeMax: 0 };
  for (let k = 0; k < helper.args.length; k++) {
    walk.read(k + 1, true);
    ARGUMENTS[helper.args[k]]?.(walk, k + 1, met);
  }
  return met;
}

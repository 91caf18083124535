/**
 * Conditional jumps: whether both ways are open, and what each of them knows (check_cond_jmp_op() of Linux 6.18). The
 * way that falls through is gone on with, the one that jumps is left for later, because that is the verifier's order.
 */

import { ALU_OP, CLASS, CLASS_MASK, JMP_OP, OP_MASK, SRC } from '../isa/code-parts.ts';
import { codeOf, dstOf, offOf, srcOf } from '../isa/insn.ts';
import { FP } from '../isa/registers.ts';
import { INNER_MAP } from '../program/map-number.ts';
import { MAP_TYPE } from './maps.ts';
import { relyOn } from './precision.ts';
import { isConst, isZero, known, knownImm, type Scalar, ZERO } from './scalar.ts';
import { scalarAlu } from './scalar-alu.ts';
import { flipped, refined, scalarTaken, TAKEN, type Taken } from './scalar-cond.ts';
import { widened } from './scalar-width.ts';
import {
  baseOf,
  CELL,
  type Frame,
  IS_SUM,
  MAYBE_NULL,
  REG,
  REG_CNT,
  STEP,
  type State,
  SUM32,
  TRUSTED,
  UNTRUSTED,
} from './state.ts';
import { earlierRound, widen } from './visited.ts';
import type { Walk } from './walk.ts';

/** Operands of a comparison: a register, and a register or a constant. */
interface Compared {
  readonly op: number;
  readonly dst: number;
  /** -1: `value` is a constant. */
  readonly src: number;
  readonly is32: boolean;
}

const isPacket = (type: number): boolean => type >= REG.PACKET_META && type <= REG.PACKET_END;

/** `WHAT` of a packet pointer that is known to be at or behind the end. */
const AT_END = -1;
const BEYOND_END = -2;

function packetTaken(frame: Frame, { op, dst, src }: Compared): Taken {
  let [packet, order] = [dst, op];
  if (frame.type(src) !== REG.PACKET_END) {
    if (frame.type(dst) !== REG.PACKET_END) return TAKEN.UNKNOWN;
    [packet, order] = [src, flipped(op)];
  }
  const range = frame.get(packet, CELL.WHAT);
  if (range >= 0) return TAKEN.UNKNOWN;
  if ((order === JMP_OP.JLE || order === JMP_OP.JGT) && range === BEYOND_END)
    return order === JMP_OP.JGT ? TAKEN.YES : TAKEN.NO;
  if (order === JMP_OP.JLT || order === JMP_OP.JGE) return order === JMP_OP.JGE ? TAKEN.YES : TAKEN.NO;
  return TAKEN.UNKNOWN;
}

/** Pointers of which the verifier says that they are not NULL. It says so neither of the context nor of the stack. */
const NEVER_NULL: ReadonlySet<number> = new Set([
  ...[REG.SOCKET, REG.TCP_SOCK, REG.MAP_VALUE, REG.MAP_KEY, REG.SOCK_COMMON, REG.MAP],
]);

/** reg_not_null() and is_trusted_reg() of 6.18: of an object somebody has to hold it, or vouch for it. */
function isNeverNull(frame: Frame, reg: number): boolean {
  const type = frame.type(reg);
  const base = baseOf(type);
  if (type & MAYBE_NULL) return false;
  if (base === REG.BTF_ID)
    return frame.get(reg, CELL.REF) !== 0 || (type & (TRUSTED | UNTRUSTED)) === TRUSTED;
  return base === REG.MEM ? (type & UNTRUSTED) === 0 : NEVER_NULL.has(base);
}

function pointerTaken(frame: Frame, compared: Compared, value: Scalar): Taken {
  const { op, dst, src, is32 } = compared;
  // One of them is a number, or nothing can be said.
  const [ptr, number] = src >= 0 && frame.isScalar(dst) ? [src, frame.values[dst]] : [dst, value];
  if (src >= 0 && !frame.isScalar(dst) && !frame.isScalar(src)) return TAKEN.UNKNOWN;
  const isNull = is32 ? isConst(number) && (number.value & 0xffffffffn) === 0n : isZero(number);
  if (!isNull || !isNeverNull(frame, ptr)) return TAKEN.UNKNOWN;
  return op === JMP_OP.JEQ ? TAKEN.NO : op === JMP_OP.JNE ? TAKEN.YES : TAKEN.UNKNOWN;
}

function takenOf(frame: Frame, compared: Compared, value: Scalar): Taken {
  const { op, dst, src, is32 } = compared;
  const [a, b] = [frame.type(dst), src >= 0 ? frame.type(src) : REG.SCALAR];
  if (a === REG.NONE || b === REG.NONE) return TAKEN.UNKNOWN;
  if (isPacket(a) && isPacket(b) && !is32) return packetTaken(frame, compared);
  if (a !== REG.SCALAR || b !== REG.SCALAR) return pointerTaken(frame, compared, value);
  return scalarTaken(op, frame.values[dst], value, is32);
}

/** Cells that hold the same number as one of the operands, as frame << 8 | cell. */
const LINKED_MAX = 6;
function linkedTo(state: State, id: number, linked: number[]): void {
  for (let f = state.frames.length - 1; f >= 0; f--) {
    const frame = state.frames[f];
    for (let cell = 0; cell < REG_CNT + frame.slotCnt; cell++) {
      if (cell === FP || (cell >= REG_CNT && !frame.isSpilled(cell - REG_CNT))) continue;
      if (!frame.isScalar(cell) || (frame.get(cell, CELL.ID) & ~IS_SUM) !== (id & ~IS_SUM)) continue;
      if (linked.length < LINKED_MAX) linked.push((f << 8) | cell);
      else frame.set(cell, CELL.ID, 0);
    }
  }
}

/** What is now known of one register is known of all that hold the same number. */
function shareKnown(state: State, reg: number, linked: readonly number[]): void {
  const { frame } = state;
  const id = frame.get(reg, CELL.ID);
  const delta = frame.get(reg, CELL.DELTA);
  for (const packed of linked) {
    const [other, cell] = [state.frames[packed >> 8], packed & 0xff];
    if (!other.isScalar(cell) || (other === frame && cell === reg)) continue;
    const otherId = other.get(cell, CELL.ID);
    if ((otherId & ~IS_SUM) !== (id & ~IS_SUM)) continue;
    const [def, otherDelta] = [other.get(cell, CELL.DEF), other.get(cell, CELL.DELTA)];
    const isSame = ((otherId | id) & IS_SUM) === 0 || otherDelta === delta;
    other.move(cell, frame, reg);
    other.set(cell, CELL.DEF, def);
    if (isSame) continue;
    other.set(cell, CELL.ID, otherId);
    other.set(cell, CELL.DELTA, otherDelta);
    const by = known(BigInt.asUintN(64, BigInt(otherDelta - delta)));
    const sum = scalarAlu(ALU_OP.ADD, frame.values[reg], by, false);
    other.values[cell] = id & SUM32 ? widened(sum) : sum;
  }
}

function learn(state: State, compared: Compared, value: Scalar, isTrue: boolean): void {
  const { op, dst, src, is32 } = compared;
  const { frame } = state;
  if (!frame.isScalar(dst) || (src >= 0 && !frame.isScalar(src))) return;
  const [a, b] = refined(op, frame.values[dst], value, is32, isTrue, dst === src);
  frame.values[dst] = a;
  if (src >= 0) frame.values[src] = b;
}

/** A pointer that may be NULL, now that one knows: a zero, or what it points to. */
function settlePointer(walk: Walk, frame: Frame, cell: number): void {
  const type = frame.type(cell) & ~MAYBE_NULL;
  frame.set(cell, CELL.TYPE, type);
  frame.set(cell, CELL.ID, 0);
  if (type !== REG.MAP_VALUE) return;
  const map = walk.maps.infoOf(frame.get(cell, CELL.WHAT));
  if (map?.type === MAP_TYPE.ARRAY_OF_MAPS || map?.type === MAP_TYPE.HASH_OF_MAPS) {
    frame.set(cell, CELL.TYPE, REG.MAP);
    frame.set(cell, CELL.WHAT, frame.get(cell, CELL.WHAT) | INNER_MAP);
  } else if (map?.type === MAP_TYPE.XSKMAP) frame.set(cell, CELL.TYPE, REG.XDP_SOCK);
  else if (map?.type === MAP_TYPE.SOCKMAP || map?.type === MAP_TYPE.SOCKHASH)
    frame.set(cell, CELL.TYPE, REG.SOCKET);
}

function settleNull(walk: Walk, state: State, reg: number, isNull: boolean): void {
  const id = state.frame.get(reg, CELL.ID);
  const ref = state.frame.get(reg, CELL.REF);
  if (isNull && ref !== 0) state.refs = state.refs.filter((one) => one !== ref);
  state.eachCell((frame, cell) => {
    if ((frame.type(cell) & MAYBE_NULL) === 0 || frame.get(cell, CELL.ID) !== id) return;
    if (isNull) {
      const def = frame.get(cell, CELL.DEF);
      frame.putScalar(cell, ZERO);
      frame.set(cell, CELL.DEF, def);
    } else settlePointer(walk, frame, cell);
  });
}

const PACKET_OFF_MAX = 0xffff;

/** So many bytes behind the packet pointers of this kind are there. */
function growRange(state: State, reg: number, isOpen: boolean): void {
  const { frame: own } = state;
  const type = own.type(reg);
  const off = own.get(reg, CELL.OFF);
  const { umax } = own.values[reg];
  if (off < 0 || (off + Number(umax) === 0 && isOpen)) return;
  if (umax > BigInt(PACKET_OFF_MAX) || BigInt(off) + umax > BigInt(PACKET_OFF_MAX)) return;
  const range = off + (isOpen ? 1 : 0);
  const id = own.get(reg, CELL.ID);
  state.eachCell((frame, cell) => {
    if (frame.type(cell) !== type || frame.get(cell, CELL.ID) !== id) return;
    frame.set(cell, CELL.WHAT, Math.max(frame.get(cell, CELL.WHAT), range));
  });
}

function markEnd(state: State, reg: number, isBeyond: boolean): void {
  if (state.frame.type(reg) === REG.PACKET) state.frame.set(reg, CELL.WHAT, isBeyond ? BEYOND_END : AT_END);
}

const isAtStart = (frame: Frame, reg: number): boolean =>
  frame.type(reg) === REG.PACKET && frame.get(reg, CELL.OFF) === 0 && isZero(frame.values[reg]);

/** A packet pointer compared with the end: one way knows how much is there, the other how much is not. */
function matchPacket(here: State, there: State, { op, dst, src, is32 }: Compared): void {
  if (src < 0 || is32) return;
  const { frame } = here;
  const [a, b] = [frame.type(dst), frame.type(src)];
  const isForward =
    (a === REG.PACKET && b === REG.PACKET_END) || (a === REG.PACKET_META && isAtStart(frame, src));
  const isBackward =
    (a === REG.PACKET_END && b === REG.PACKET) || (isAtStart(frame, dst) && b === REG.PACKET_META);
  if (!isForward && !isBackward) return;
  const reg = isForward ? dst : src;
  const order = isForward ? op : flipped(op);
  if (order === JMP_OP.JGT || order === JMP_OP.JGE) {
    growRange(here, reg, order === JMP_OP.JGE);
    markEnd(there, reg, order === JMP_OP.JGT);
  } else if (order === JMP_OP.JLT || order === JMP_OP.JLE) {
    growRange(there, reg, order === JMP_OP.JLT);
    markEnd(here, reg, order === JMP_OP.JLE);
  }
}

function learnPointers(walk: Walk, here: State, there: State, compared: Compared, value: Scalar): void {
  const { op, dst, src, is32 } = compared;
  const { frame } = here;
  const isEquality = op === JMP_OP.JEQ || op === JMP_OP.JNE;
  const mayBeNull = (reg: number): boolean => (frame.type(reg) & MAYBE_NULL) !== 0;
  if (src >= 0 && !is32 && isEquality && !frame.isScalar(src) && !frame.isScalar(dst)) {
    const equal = op === JMP_OP.JEQ ? there : here;
    const isBtf = baseOf(frame.type(src)) === REG.BTF_ID || baseOf(frame.type(dst)) === REG.BTF_ID;
    if (mayBeNull(src) !== mayBeNull(dst) && !isBtf)
      settlePointer(walk, equal.frame, mayBeNull(src) ? src : dst);
  }
  if (!is32 && src < 0 && isZero(value) && isEquality && mayBeNull(dst)) {
    settleNull(walk, here, dst, op === JMP_OP.JNE);
    settleNull(walk, there, dst, op === JMP_OP.JEQ);
  } else matchPacket(here, there, compared);
}

function mayGoto(walk: Walk, off: number): number {
  // The state before this insn has just been kept: what counts is the round before it.
  const { parent } = walk.state;
  const old = parent && earlierRound(walk, walk.idx, parent);
  const next = walk.push(walk.idx + 1);
  next.mayGotoDepth++;
  if (old) widen(old, next);
  return walk.idx + 1 + off;
}

/** Registers that the insn reads; it reads 64 bits unless it is of class JMP32. */
function comparedIn(walk: Walk, w0: number): Compared {
  const code = codeOf(w0);
  const is32 = (code & CLASS_MASK) === CLASS.JMP32;
  const compared = { op: code & OP_MASK, dst: dstOf(w0), src: code & SRC.X ? srcOf(w0) : -1, is32 };
  walk.read(compared.dst, !is32);
  if (compared.src >= 0) walk.read(compared.src, !is32);
  return compared;
}

/** Where the way at hand goes on after the jump. */
export function stepBranch(walk: Walk, w0: number, imm: number): number {
  const off = offOf(w0);
  if ((codeOf(w0) & OP_MASK) === JMP_OP.JCOND) return mayGoto(walk, off);
  const compared = comparedIn(walk, w0);
  const { dst, src } = compared;
  const { frame } = walk.state;
  const value = src >= 0 ? frame.values[src] : knownImm(imm);
  let flags = 0;
  if (src >= 0 && frame.type(src) === REG.STACK) flags |= STEP.SRC_IS_STACK;
  if (frame.type(dst) === REG.STACK) flags |= STEP.DST_IS_STACK;
  if (flags) walk.note(flags, null);
  const taken = takenOf(frame, compared, value);
  if (taken !== TAKEN.UNKNOWN) {
    if (frame.isScalar(dst)) relyOn(walk, dst);
    if (src >= 0 && frame.isScalar(src)) relyOn(walk, src);
    return walk.idx + 1 + (taken === TAKEN.YES ? off : 0);
  }
  const linked: number[] = [];
  const idOf = (reg: number): number => (reg >= 0 && frame.isScalar(reg) ? frame.get(reg, CELL.ID) : 0);
  if (idOf(src)) linkedTo(walk.state, idOf(src), linked);
  if (idOf(dst) && (idOf(dst) & ~IS_SUM) !== (idOf(src) & ~IS_SUM)) linkedTo(walk.state, idOf(dst), linked);
  if (linked.length > 1) walk.note(0, linked);
  const there = walk.push(walk.idx + 1 + off);
  learn(there, compared, value, true);
  learn(walk.state, compared, value, false);
  for (const reg of [src, dst]) {
    if (!idOf(reg)) continue;
    shareKnown(walk.state, reg, linked);
    shareKnown(there, reg, linked);
  }
  learnPointers(walk, walk.state, there, compared, value);
  return walk.idx + 1;
}

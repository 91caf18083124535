/** Moves and arithmetic (check_alu_op() and adjust_ptr_min_max_vals() of Linux 6.18). */

import { ALU_OP, CLASS, CLASS_MASK, OP_MASK, SRC } from '../isa/code-parts.ts';
import { codeOf, dstOf, offOf, srcOf } from '../isa/insn.ts';
import { relyOn } from './precision.ts';
import { isConst, isConst32, known, knownImm, S32_MIN, type Scalar, UNKNOWN } from './scalar.ts';
import { scalarAlu, scalarSwap } from './scalar-alu.ts';
import { signExtended, truncated, widened, withLow } from './scalar-width.ts';
import { fitsIn, identify } from './stack.ts';
import { CELL, type Frame, IS_SUM, REG, SUM32, SUM64 } from './state.ts';
import type { Walk } from './walk.ts';

const is32Bit = (code: number): boolean => (code & CLASS_MASK) === CLASS.ALU;

/** A copy, sign-extended from `bits` if that is not 0. */
function copyNumber(walk: Walk, dst: number, src: number, bits: number, is32: boolean): void {
  const { frame } = walk.state;
  const value = frame.values[src];
  // The copy is the same number only when nothing is cut off.
  const isSame = bits === 0 ? !is32 || fitsIn(value, 4) : value.umax < 1n << BigInt(bits - 1);
  if (isSame) identify(walk, frame, src);
  frame.move(dst, frame, src);
  if (!isSame) frame.set(dst, CELL.ID, 0);
  if (bits !== 0) frame.values[dst] = signExtended(value, bits / 8, is32);
  if (is32) frame.values[dst] = widened(frame.values[dst]);
}

function move(walk: Walk, w0: number, imm: number): void {
  const code = codeOf(w0);
  const [dst, src] = [dstOf(w0), srcOf(w0)];
  const is32 = is32Bit(code);
  const { frame } = walk.state;
  if ((code & SRC.X) === 0) {
    walk.define(dst, !is32);
    frame.putScalar(dst, is32 && imm < 0 ? known(BigInt(imm >>> 0)) : knownImm(imm));
    return;
  }
  walk.read(src, !is32);
  const bits = offOf(w0);
  walk.define(dst, !is32);
  const def = frame.get(dst, CELL.DEF);
  if (frame.isScalar(src) && !(imm !== 0 && !is32) && [0, 8, 16, 32].includes(bits)) {
    copyNumber(walk, dst, src, bits, is32);
  } else if (!is32 && imm === 0 && bits === 0) frame.move(dst, frame, src);
  else frame.putScalar(dst, is32 ? truncated(UNKNOWN, 4) : UNKNOWN);
  frame.set(dst, CELL.DEF, def);
}

/** Pointers that take a number; what comes of others is a number nobody knows. */
const TAKES_OFFSET: ReadonlySet<number> = new Set([
  ...[REG.CTX, REG.MAP_VALUE, REG.MAP_KEY, REG.STACK, REG.PACKET_META, REG.PACKET, REG.BTF_ID, REG.MEM],
  ...[REG.BUF, REG.FUNC, REG.FLOW_KEYS],
]);

const isPacket = (type: number): boolean => type === REG.PACKET || type === REG.PACKET_META;

/** `dst` becomes the pointer in `ptr` plus or minus a number. */
function movePointer(walk: Walk, op: number, dst: number, ptr: number, by: Scalar): void {
  const { frame } = walk.state;
  const type = frame.type(ptr);
  const isSum = op === ALU_OP.ADD;
  if (!TAKES_OFFSET.has(type) || (!isSum && op !== ALU_OP.SUB) || (!isSum && dst !== ptr)) {
    frame.putScalar(dst, UNKNOWN);
    return;
  }
  const def = frame.get(dst, CELL.DEF);
  const value = frame.values[ptr];
  if (dst !== ptr) frame.move(dst, frame, ptr);
  frame.set(dst, CELL.DEF, def);
  const off = BigInt(frame.get(ptr, CELL.OFF)) + (isSum ? by.smin : -by.smin);
  if (isConst(by) && off === BigInt.asIntN(32, off)) {
    frame.set(dst, CELL.OFF, Number(off));
    return;
  }
  frame.values[dst] = scalarAlu(op, value, by, false);
  if (!isPacket(type)) return;
  frame.set(dst, CELL.ID, walk.newId());
  if (isSum || by.smin < 0n) frame.set(dst, CELL.WHAT, 0);
}

/** How much is added to a register, where that is a constant that fits 32 bits; null: it is not. */
function addedBy(op: number, by: Scalar, is32: boolean): number | null {
  if (op !== ALU_OP.ADD && op !== ALU_OP.SUB) return null;
  if (is32 ? !isConst32(by) : !isConst(by)) return null;
  const delta = is32 ? by.value & 0xffffffffn : by.smin;
  if (!is32 && delta !== BigInt.asIntN(32, delta)) return null;
  const added = Number(BigInt.asIntN(32, delta));
  if (op === ALU_OP.ADD) return added;
  return added === S32_MIN ? null : -added;
}

/** A sum with a constant stays tied to the number that it came from, once. */
function tie(frame: Frame, op: number, dst: number, by: Scalar, is32: boolean): void {
  const id = frame.get(dst, CELL.ID);
  if (id === 0) return;
  const delta = addedBy(op, by, is32);
  const isWhole = !is32 || fitsIn(frame.values[dst], 4);
  if (delta !== null && isWhole && (id & IS_SUM) === 0) {
    frame.set(dst, CELL.ID, id | (is32 ? SUM32 : SUM64));
    frame.set(dst, CELL.DELTA, delta);
    return;
  }
  frame.set(dst, CELL.ID, 0);
  frame.set(dst, CELL.DELTA, 0);
}

/** A mask (-1 or 0) about to be combined with a constant: both cases are gone on with, each for itself. */
function forkMask(walk: Walk, dst: number): void {
  const { frame } = walk.state;
  const value = frame.values[dst];
  const isMask = value.smin === -1n && value.smax === 0n;
  const isLowMask = value.smin32 === -1 && value.smax32 === 0;
  if (!isMask && !isLowMask) return;
  const there = walk.push(walk.idx).frame;
  there.values[dst] = isMask ? knownImm(0) : withLow(value, 0);
  frame.values[dst] = isMask ? knownImm(-1) : withLow(value, -1);
}

function arithmetic(walk: Walk, w0: number, imm: number): void {
  const code = codeOf(w0);
  const op = code & OP_MASK;
  const [dst, src] = [dstOf(w0), srcOf(w0)];
  const is32 = is32Bit(code);
  const isReg = (code & SRC.X) !== 0;
  const { frame } = walk.state;
  if (isReg) walk.read(src, !is32);
  walk.read(dst, !is32);
  walk.define(dst, !is32);
  const [dstIsPtr, srcIsPtr] = [!frame.isScalar(dst), isReg && !frame.isScalar(src)];
  const by = isReg ? frame.values[src] : knownImm(imm);
  if (frame.type(dst) === REG.NONE || (isReg && frame.type(src) === REG.NONE) || (dstIsPtr && srcIsPtr)) {
    frame.putScalar(dst, UNKNOWN);
  } else if (dstIsPtr || srcIsPtr) {
    if (srcIsPtr) relyOn(walk, dst);
    else if (isReg) relyOn(walk, src);
    const [ptr, number] = srcIsPtr ? [src, frame.values[dst]] : [dst, by];
    if (is32) frame.putScalar(dst, UNKNOWN);
    else movePointer(walk, op, dst, ptr, number);
  } else {
    if (isReg && frame.get(dst, CELL.PRECISE)) relyOn(walk, src);
    if ((op === ALU_OP.AND || op === ALU_OP.OR) && isConst(by)) forkMask(walk, dst);
    tie(frame, op, dst, by, is32);
    frame.values[dst] = scalarAlu(code, frame.values[dst], by, is32);
  }
}

/** Byte swaps and negation: one operand. */
function unary(walk: Walk, w0: number, imm: number): void {
  const code = codeOf(w0);
  const dst = dstOf(w0);
  const { frame } = walk.state;
  const isEnd = (code & OP_MASK) === ALU_OP.END;
  const isWide = isEnd ? imm !== 16 && imm !== 32 && (!is32Bit(code) || imm === 64) : !is32Bit(code);
  walk.read(dst, isWide);
  walk.define(dst, isWide);
  if (!frame.isScalar(dst)) {
    frame.putScalar(dst, UNKNOWN);
    return;
  }
  const value = frame.values[dst];
  if (isEnd) {
    const bits = imm === 16 || imm === 32 ? imm : 64;
    frame.values[dst] = scalarSwap(value, bits, !is32Bit(code) || (code & SRC.X) !== 0);
  } else frame.values[dst] = scalarAlu(code, value, value, is32Bit(code));
  frame.set(dst, CELL.ID, 0);
  frame.set(dst, CELL.DELTA, 0);
}

export function stepAlu(walk: Walk, w0: number, imm: number): void {
  const op = codeOf(w0) & OP_MASK;
  if (op === ALU_OP.MOV) move(walk, w0, imm);
  else if (op === ALU_OP.END || op === ALU_OP.NEG) unary(walk, w0, imm);
  else arithmetic(walk, w0, imm);
}

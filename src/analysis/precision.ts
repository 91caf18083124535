/**
 * Which numbers of kept states somebody relied on, found by going back the way that the walk came
 * (__mark_chain_precision() and backtrack_insn() of Linux 6.18). A state equals a kept one whatever its numbers are,
 * as long as nobody relied on them.
 */

import { ATOMIC } from '../isa/atomic.ts';
import { ALU_OP, CLASS, CLASS_MASK, MODE, MODE_MASK, OP_MASK, SRC } from '../isa/code-parts.ts';
import { OP_CALL, OP_EXIT } from '../isa/flow.ts';
import { codeOf, dstOf, srcOf } from '../isa/insn.ts';
import { PSEUDO_CALL } from '../isa/pseudo.ts';
import { ARG_REGS, FP } from '../isa/registers.ts';
import { HELPER } from '../kernel/helper-types.ts';
import { POINT } from './points.ts';
import { CELL, REG, REG_CNT, STEP, type State, type Step } from './state.ts';
import type { Walk } from './walk.ts';

/** What is looked for: registers by bit, slots by number, for each frame. */
class Wanted {
  f: number;
  readonly regs: number[];
  readonly slots: Set<number>[];
  constructor(frames: number) {
    this.f = frames - 1;
    this.regs = new Array(frames).fill(0);
    this.slots = Array.from({ length: frames }, () => new Set<number>());
  }
  has(reg: number): boolean {
    return (this.regs[this.f] & (1 << reg)) !== 0;
  }
  add(reg: number): void {
    if (reg !== FP) this.regs[this.f] |= 1 << reg;
  }
  drop(reg: number): void {
    this.regs[this.f] &= ~(1 << reg);
  }
  addCell(packed: number): void {
    const [f, cell] = [packed >> 8, packed & 0xff];
    while (this.regs.length <= f) this.enter();
    if (cell >= REG_CNT) this.slots[f].add(cell - REG_CNT);
    else this.regs[f] |= 1 << cell;
  }
  hasCell(packed: number): boolean {
    const [f, cell] = [packed >> 8, packed & 0xff];
    if (f >= this.regs.length) return false;
    return cell >= REG_CNT ? this.slots[f].has(cell - REG_CNT) : (this.regs[f] & (1 << cell)) !== 0;
  }
  /** Going back into a function that returned. */
  enter(): void {
    this.regs.push(0);
    this.slots.push(new Set());
  }
  /** Going back into it, where it may be known already. */
  enterNext(): void {
    if (this.f + 1 >= this.regs.length) this.enter();
    this.f++;
  }
  get isEmpty(): boolean {
    return this.regs.every((bits) => bits === 0) && this.slots.every((set) => set.size === 0);
  }
}

/** The way back cannot be followed: everything counts as relied on. */
const LOST = false;

function syncLinked(step: Step | null, wanted: Wanted): void {
  if (!step?.linked?.some((packed) => wanted.hasCell(packed))) return;
  for (const packed of step.linked) wanted.addCell(packed);
}

function backOverAlu(w0: number, wanted: Wanted): void {
  const code = codeOf(w0);
  const op = code & OP_MASK;
  const dst = dstOf(w0);
  if (!wanted.has(dst) || op === ALU_OP.END || op === ALU_OP.NEG) return;
  if (op === ALU_OP.MOV) wanted.drop(dst);
  if (code & SRC.X) wanted.add(srcOf(w0));
}

const isFill = (step: Step | null): step is Step => step !== null && (step.flags & STEP.STACK) !== 0;
const slotOf = (step: Step): number => step.flags & 0xffff;

function backOverLoad(reg: number, step: Step | null, wanted: Wanted): void {
  if (!wanted.has(reg)) return;
  wanted.drop(reg);
  if (isFill(step)) wanted.addCell(slotOf(step));
}

function backOverStore(w0: number, step: Step | null, wanted: Wanted): boolean {
  if (wanted.has(dstOf(w0))) return LOST;
  if (!isFill(step) || !wanted.hasCell(slotOf(step))) return true;
  wanted.slots[slotOf(step) >> 8].delete((slotOf(step) & 0xff) - REG_CNT);
  if ((codeOf(w0) & CLASS_MASK) === CLASS.STX) wanted.add(srcOf(w0));
  return true;
}

/** Back out of a function, to the call of it. */
function leave(wanted: Wanted, keepArgs: boolean): boolean {
  if (wanted.f === 0 || wanted.slots[wanted.f].size > 0 || wanted.regs[wanted.f] & ~ARG_REGS) return LOST;
  const args = wanted.regs[wanted.f] & ARG_REGS;
  wanted.regs.pop();
  wanted.slots.pop();
  wanted.f--;
  if (keepArgs) wanted.regs[wanted.f] |= args;
  return true;
}

function backOverCall(walk: Walk, w0: number, idx: number, next: number, wanted: Wanted): boolean {
  if (srcOf(w0) === PSEUDO_CALL) return leave(wanted, true);
  if (walk.points[idx] & POINT.CALLS_BACK && idx !== next - 1) return leave(wanted, false);
  wanted.drop(0);
  if (wanted.regs[wanted.f] & ARG_REGS) return LOST;
  // A tail call that returned for its subprogram: from here on back through that one.
  const isReturn = srcOf(w0) === 0 && walk.insns[2 * idx + 1] === HELPER.TAIL_CALL && idx !== next - 1;
  if (isReturn) wanted.enterNext();
  return true;
}

/** Back into a function, from behind its call (or before it, when it is called again and again). */
function backOverExit(walk: Walk, next: number, wanted: Wanted): boolean {
  if (next >= 0 && walk.points[next] & POINT.CALLS_BACK) wanted.regs[wanted.f] &= ~ARG_REGS;
  if (wanted.regs[wanted.f] & ARG_REGS) return LOST;
  const call = next >= 1 ? walk.insns[2 * (next - 1)] : 0;
  const isReturned = codeOf(call) === OP_CALL && srcOf(call) === PSEUDO_CALL && wanted.has(0);
  wanted.drop(0);
  wanted.enterNext();
  if (isReturned) wanted.add(0);
  return true;
}

function backOverJump(walk: Walk, idx: number, next: number, step: Step | null, wanted: Wanted): boolean {
  const w0 = walk.insns[2 * idx];
  const code = codeOf(w0);
  if (code === OP_CALL) return backOverCall(walk, w0, idx, next, wanted);
  if (code === OP_EXIT) return backOverExit(walk, next, wanted);
  if ((code & SRC.X) === 0 || (!wanted.has(dstOf(w0)) && !wanted.has(srcOf(w0)))) return true;
  if (!step || (step.flags & STEP.SRC_IS_STACK) === 0) wanted.add(srcOf(w0));
  if (!step || (step.flags & STEP.DST_IS_STACK) === 0) wanted.add(dstOf(w0));
  return true;
}

/** What must be looked for before the insn, when `wanted` is behind it; false: nobody knows. */
function backOver(walk: Walk, idx: number, next: number, step: Step | null, wanted: Wanted): boolean {
  const w0 = walk.insns[2 * idx];
  const code = codeOf(w0);
  if (code === 0) return true;
  syncLinked(step, wanted);
  let isFound = true;
  switch (code & CLASS_MASK) {
    case CLASS.ALU:
    case CLASS.ALU64:
      backOverAlu(w0, wanted);
      break;
    case CLASS.LDX:
      backOverLoad(dstOf(w0), step, wanted);
      break;
    case CLASS.STX:
      if ((code & MODE_MASK) === MODE.ATOMIC && walk.insns[2 * idx + 1] === ATOMIC.LOAD_ACQ)
        backOverLoad(dstOf(w0), step, wanted);
      else isFound = backOverStore(w0, step, wanted);
      break;
    case CLASS.ST:
      isFound = backOverStore(w0, step, wanted);
      break;
    case CLASS.LD:
      if (wanted.has(dstOf(w0))) {
        wanted.drop(dstOf(w0));
        isFound = (code & MODE_MASK) === MODE.IMM;
      }
      break;
    default:
      isFound = backOverJump(walk, idx, next, step, wanted);
  }
  syncLinked(step, wanted);
  return isFound;
}

function allPrecise(from: State): void {
  // Where everything is relied on already, everything before is, too.
  for (let state = from.parent; state && !state.isAllPrecise; state = state.parent) {
    state.isAllPrecise = true;
    state.eachCell((frame, cell) => {
      if (frame.isScalar(cell)) frame.set(cell, CELL.PRECISE, 1);
    });
  }
}

/** Marks in a kept state what is wanted of it; what is known to be relied on need not be looked for any further. */
function markIn(state: State, wanted: Wanted): boolean {
  let isChanged = false;
  for (let f = 0; f < wanted.regs.length; f++) {
    const frame = state.frames[f];
    for (let reg = 0; reg < REG_CNT; reg++) {
      if ((wanted.regs[f] & (1 << reg)) === 0) continue;
      if (!frame || frame.type(reg) !== REG.SCALAR || frame.get(reg, CELL.PRECISE))
        wanted.regs[f] &= ~(1 << reg);
      else {
        frame.set(reg, CELL.PRECISE, 1);
        isChanged = true;
      }
    }
    for (const spi of wanted.slots[f]) {
      const cell = REG_CNT + spi;
      const isScalar = frame && spi < frame.slotCnt && frame.isSpilled(spi) && frame.isScalar(cell);
      if (!isScalar || frame.get(cell, CELL.PRECISE)) wanted.slots[f].delete(spi);
      else {
        frame.set(cell, CELL.PRECISE, 1);
        isChanged = true;
      }
    }
  }
  return isChanged;
}

/** Steps back in all. The verifier has no such limit, but it has more time. */
const BACK_MAX = 20_000_000;

/** Back from the insn the state stands at. Returns whether a mark was set. */
function goBack(walk: Walk, from: State, wanted: Wanted): boolean {
  let isChanged = false;
  let last = from.idx;
  let next = -1;
  let isFirst = true;
  for (let state: State | null = from; state; ) {
    let at = state.history.length;
    for (let idx = last; ; ) {
      if (++walk.backCnt > BACK_MAX) {
        walk.isGivenUp = true;
        return isChanged;
      }
      if (idx < 0 || idx >= walk.n) return allPreciseOf(from);
      const top: Step | undefined = state.history[at - 1];
      const step = top?.idx === idx ? top : null;
      if (isFirst) isFirst = false;
      else if (!backOver(walk, idx, next, step, wanted)) return allPreciseOf(from);
      if (wanted.isEmpty) return isChanged;
      next = idx;
      if (idx === state.firstIdx && (at === 0 || (at === 1 && state.history[0].idx === idx))) break;
      if (step) {
        idx = step.prev;
        at--;
      } else idx--;
    }
    next = state.firstIdx;
    const parent: State | null = state.parent;
    if (!parent) break;
    if (markIn(parent, wanted)) isChanged = true;
    if (wanted.isEmpty) return isChanged;
    last = parent.lastIdx;
    state = parent;
  }
  return allPreciseOf(from);
}

function allPreciseOf(from: State): boolean {
  allPrecise(from);
  return true;
}

/** Somebody relies on the number in a register of the state at hand. */
export function relyOn(walk: Walk, reg: number): void {
  const { state } = walk;
  if (reg >= FP || !state.frame.isScalar(reg) || state.parent === null) return;
  const wanted = new Wanted(state.frames.length);
  wanted.add(reg);
  goBack(walk, state, wanted);
}

/** The same of a number in the stack. */
export function relyOnSlot(walk: Walk, f: number, spi: number): void {
  const { state } = walk;
  if (state.parent === null) return;
  const wanted = new Wanted(state.frames.length);
  wanted.slots[f].add(spi);
  goBack(walk, state, wanted);
}

/** The state at hand equals `old`: what somebody relied on behind that one, somebody relies on here. */
export function relyAs(walk: Walk, old: State, state: State): boolean {
  const wanted = new Wanted(old.frames.length);
  old.eachCell((frame, cell, f) => {
    if (frame.isScalar(cell) && frame.get(cell, CELL.PRECISE)) wanted.addCell((f << 8) | cell);
  });
  if (wanted.isEmpty || state.parent === null) return false;
  return goBack(walk, state, wanted);
}

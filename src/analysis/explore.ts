/**
 * The walk itself: every way through the program, in the order in which the verifier of Linux 6.18 goes them
 * (do_check() in kernel/bpf/verifier.c), until nothing new can come. It looks, and never judges: what the real verifier
 * would refuse is gone over with registers of which nothing is known.
 */

import { CLASS, CLASS_MASK, JMP_OP, MODE, MODE_MASK, OP_MASK } from '../isa/code-parts.ts';
import { distanceOf, FLOW, flowOf, OP_CALL, OP_EXIT, OP_GOTOX, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, dstOf, srcOf } from '../isa/insn.ts';
import { PSEUDO_FUNC, PSEUDO_MAP } from '../isa/pseudo.ts';
import { CALLER_SAVED_CNT, FP } from '../isa/registers.ts';
import { stepAlu } from './arith.ts';
import { stepBranch } from './branch.ts';
import { ENDED, stepCall, stepExit } from './calls.ts';
import { stepAtomic, stepLoad, stepStore, stepStoreImm } from './memory.ts';
import { POINT } from './points.ts';
import { known, UNKNOWN } from './scalar.ts';
import { CELL, Frame, MAYBE_NULL, REG, State } from './state.ts';
import { endWay, isVisited } from './visited.ts';
import type { Walk } from './walk.ts';

const NAMES_MAP: ReadonlySet<number> = new Set(Object.values(PSEUDO_MAP));
const NAMES_VALUE: ReadonlySet<number> = new Set([PSEUDO_MAP.VALUE, PSEUDO_MAP.IDX_VALUE]);

function stepLdImm64(walk: Walk, w0: number, imm: number): number {
  const [dst, src] = [dstOf(w0), srcOf(w0)];
  const { frame } = walk.state;
  const high = walk.second[walk.idx + 1] === 1 ? walk.insns[2 * walk.idx + 3] : 0;
  if (walk.second[walk.idx + 1] === 1) walk.columns.seen[walk.idx + 1] = 1;
  walk.define(dst, true);
  if (src === 0) {
    frame.putScalar(dst, known((BigInt(high >>> 0) << 32n) | BigInt(imm >>> 0)));
  } else if (NAMES_MAP.has(src)) {
    const isValue = NAMES_VALUE.has(src);
    frame.putPointer(dst, isValue ? REG.MAP_VALUE : REG.MAP, walk.maps.numberOf(imm));
    if (isValue) frame.set(dst, CELL.OFF, high);
  } else if (src === PSEUDO_FUNC) {
    const subprog = walk.subprogFrom(walk.idx + 1 + imm);
    if (subprog < 0) frame.putScalar(dst, UNKNOWN);
    else frame.putPointer(dst, REG.FUNC, subprog);
  } else frame.putScalar(dst, UNKNOWN);
  return walk.idx + 2;
}

const PACKET_MODES: ReadonlySet<number> = new Set([MODE.ABS, MODE.IND]);

/** The old packet loads: a call in disguise that takes r6 and gives 32 bits in r0. */
function stepPacketLoad(walk: Walk, w0: number): void {
  const { frame } = walk.state;
  walk.read(6, true);
  if ((codeOf(w0) & MODE_MASK) === MODE.IND) walk.read(srcOf(w0), true);
  for (let reg = 0; reg < CALLER_SAVED_CNT; reg++) frame.put(reg, REG.NONE, UNKNOWN);
  frame.putScalar(0, UNKNOWN);
  frame.set(0, CELL.DEF, walk.idx + 1);
}

/** A jump through a register: its table is not part of a Program, so it may lead anywhere in its subprogram. */
function stepIndirect(walk: Walk, w0: number): number {
  walk.read(dstOf(w0), true);
  const { start } = walk.program.subprogs;
  const subprog = walk.subprogAt(walk.idx);
  const [from, to] = [start[subprog] ?? 0, start[subprog + 1] ?? walk.n];
  for (const { kind, at } of walk.program.places) {
    if (kind !== 'insn_array') continue;
    for (const idx of new Set(at)) if (idx >= from && idx < to) walk.push(idx);
  }
  return ENDED;
}

function stepJump(walk: Walk, w0: number, imm: number): number {
  const code = codeOf(w0);
  walk.jumpCnt++;
  if (code === OP_CALL) return stepCall(walk, w0, imm);
  if (code === OP_EXIT) return stepExit(walk);
  if (code === OP_GOTOX) return stepIndirect(walk, w0);
  const flow = flowOf(w0);
  if (flow === FLOW.NONE) return walk.idx + 1; // a call or an exit with bits that they do not have
  const op = code & OP_MASK;
  if (op === JMP_OP.JA) return walk.idx + 1 + distanceOf(w0, imm, flow);
  return op > JMP_OP.JCOND ? ENDED : stepBranch(walk, w0, imm);
}

/** Insns that name registers which programs do not have, or write the frame pointer, are stepped over. */
function namesOnlyRegs(w0: number): boolean {
  const cls = codeOf(w0) & CLASS_MASK;
  if (dstOf(w0) > FP || srcOf(w0) > FP) return false;
  const writesDst = cls === CLASS.ALU || cls === CLASS.ALU64 || cls === CLASS.LDX || cls === CLASS.LD;
  return !writesDst || dstOf(w0) !== FP;
}

/** Executes the insn at hand. Returns the next one, ENDED: there is none. */
function stepInsn(walk: Walk): number {
  const w0 = walk.insns[2 * walk.idx];
  const imm = walk.insns[2 * walk.idx + 1];
  const code = codeOf(w0);
  const cls = code & CLASS_MASK;
  if (!namesOnlyRegs(w0) && cls !== CLASS.JMP && cls !== CLASS.JMP32)
    return walk.idx + (walk.second[walk.idx + 1] === 1 ? 2 : 1);
  switch (cls) {
    case CLASS.ALU:
    case CLASS.ALU64:
      stepAlu(walk, w0, imm);
      break;
    case CLASS.LDX:
      stepLoad(walk, w0);
      break;
    case CLASS.ST:
      stepStoreImm(walk, w0, imm);
      break;
    case CLASS.STX:
      if ((code & MODE_MASK) === MODE.ATOMIC) stepAtomic(walk, w0, imm);
      else stepStore(walk, w0);
      break;
    case CLASS.LD:
      if (code === OP_LD_IMM64) return stepLdImm64(walk, w0, imm);
      if (PACKET_MODES.has(code & MODE_MASK)) stepPacketLoad(walk, w0);
      break;
    default:
      return namesOnlyRegs(w0) ? stepJump(walk, w0, imm) : strangeJump(walk, w0, imm);
  }
  return walk.idx + 1;
}

/** A comparison of registers that programs do not have: both ways are open. */
function strangeJump(walk: Walk, w0: number, imm: number): number {
  walk.jumpCnt++;
  if (codeOf(w0) === OP_EXIT || codeOf(w0) === OP_CALL || codeOf(w0) === OP_GOTOX) return ENDED;
  const flow = flowOf(w0);
  if (flow === FLOW.NONE) return walk.idx + 1;
  const to = walk.idx + 1 + distanceOf(w0, imm, flow);
  if ((codeOf(w0) & OP_MASK) === JMP_OP.JA) return to;
  walk.push(to);
  return walk.idx + 1;
}

/** Goes one way to its end. Returns false when the walk has become too long. */
function goWay(walk: Walk): boolean {
  const { seen } = walk.columns;
  for (;;) {
    const { idx, state } = walk;
    if (idx < 0 || idx >= walk.n || walk.stated.seen?.[idx] === 0) return true;
    if (walk.isGivenUp || ++walk.insnCnt > walk.insnsMax) return false;
    walk.step = null;
    state.lastIdx = walk.prev;
    state.idx = idx;
    const points = walk.points[idx];
    if (points & POINT.PRUNE && isVisited(walk)) return true;
    if (points & POINT.JUMP) walk.note(0, null);
    seen[idx] = 1;
    const next = stepInsn(walk);
    if (walk.state.frames.length === state.frames.length) walk.stackLive.commit(state, idx);
    if (next === ENDED) return true;
    walk.prev = idx;
    walk.idx = next;
  }
}

/** Goes all ways from the state at hand. Returns false when there are too many. */
function goAll(walk: Walk): boolean {
  for (;;) {
    if (!goWay(walk)) return false;
    walk.stackLive.update(walk.state);
    endWay(walk);
    const next = walk.pending.pop();
    if (next === undefined) return true;
    walk.state = next.state;
    walk.idx = next.idx;
    walk.prev = next.prev;
    walk.stackLive.reset();
  }
}

function startAt(walk: Walk, idx: number, subprog: number): State {
  const state = new State();
  state.frames = [new Frame(subprog, -1, false)];
  state.firstIdx = idx;
  walk.state = state;
  walk.idx = idx;
  walk.prev = -1;
  walk.stackLive.reset();
  return state;
}

/** A global subprogram is given what its type says, which is here what its first caller gave, without the details. */
function exploreGlobal(walk: Walk, subprog: number, args: readonly number[]): boolean {
  walk.forgetKept();
  const { frame } = startAt(walk, walk.program.subprogs.start[subprog], subprog);
  for (const [k, type] of args.entries()) {
    if (type === REG.SCALAR) frame.putScalar(k + 1, UNKNOWN);
    else if (type === REG.CTX) frame.putPointer(k + 1, REG.CTX, 0);
    else if (type !== REG.NONE) {
      frame.putPointer(k + 1, REG.MEM | MAYBE_NULL, 0);
      frame.set(k + 1, CELL.ID, walk.newId());
    }
  }
  return goAll(walk);
}

/** From the first insn, with the context in r1; then the global subprograms that were called, and those they call. */
export function exploreProgram(walk: Walk): boolean {
  if (walk.n === 0) return true;
  startAt(walk, 0, 0).frame.putPointer(1, REG.CTX, 0);
  let isComplete = goAll(walk);
  // A Map gives what is added while it is walked over, too.
  for (const [subprog, args] of walk.globalArgs)
    if (isComplete) isComplete = exploreGlobal(walk, subprog, args);
  return isComplete;
}

/** From an insn of which somebody stated that it is reached, with registers of which nothing is known. */
export function exploreFrom(walk: Walk, idx: number): boolean {
  const { frame } = startAt(walk, idx, walk.subprogAt(idx));
  for (let reg = 0; reg < FP; reg++) frame.putScalar(reg, UNKNOWN);
  return goAll(walk);
}

/**
 * The verifier's walk as data: the program, what has been found out of its insns, the state it is in and the ways it
 * has yet to go. The rules of the walk are spread over the files that do things to a Walk.
 */

import { keepShape } from '../base/keep-shape.ts';
import { lowerBound } from '../base/lower-bound.ts';
import { secondSlots } from '../isa/pairs.ts';
import { FP } from '../isa/registers.ts';
import { type CtxType, ctxOf } from '../kernel/ctx.ts';
import { COMPLEXITY_LIMIT_JMP_SEQ, NR_CPUS_MAX } from '../kernel/limits.ts';
import { type AuxColumns, auxColumns, makeProgram, type Program, slotCnt } from '../program/program.ts';
import { NO_SETTING, type Setting } from '../program/setting.ts';
import { liveBefore } from './live-before.ts';
import { MapTable } from './maps.ts';
import { loopsOf, pointsOf } from './points.ts';
import { StackLiveness } from './stack-live.ts';
import { CELL, MAYBE_NULL, type State, type Step } from './state.ts';

/** A way to be gone later: a state and where it goes on. */
interface Pending {
  readonly state: State;
  readonly idx: number;
  readonly prev: number;
}

/** What somebody stated that changes the walk. */
export interface Stated {
  /** By slot: 0 never reached, 1 reached, -1 nothing stated; null: nothing at all. */
  readonly seen: Int8Array | null;
  readonly ptrType: ReadonlyMap<number, number>;
  readonly mapIdx: ReadonlyMap<number, number>;
  /** Subprograms that are verified by themselves, whoever calls them (BTF calls them global). */
  readonly globals: ReadonlySet<number>;
}

/** A loop as entered from one chain of calls. */
export interface LoopVisit {
  entry: State | null;
  backEdges: State[];
}

export class Walk {
  readonly program: Program;
  readonly insns: Int32Array;
  readonly n: number;
  readonly second: Uint8Array;
  readonly points: Uint8Array;
  readonly loops: Int32Array;
  /** Registers that somebody may read, before each slot. */
  readonly live: Int32Array;
  readonly stackLive: StackLiveness;
  readonly maps: MapTable;
  readonly ctx: CtxType | undefined;
  readonly progType: number;
  /** CPUs of the machine, as many as there may be where nobody said. */
  readonly cpuCnt: number;
  readonly stated: Stated;
  readonly columns: AuxColumns;
  /** Bytes below the frame pointer that each subprogram touches. */
  readonly depth: Int32Array;
  readonly visits = new Map<string, LoopVisit>();
  readonly #kept = new Map<number, State[]>();
  readonly pending: Pending[] = [];
  /** Types of r1 to r5 at the first call of each global subprogram. */
  readonly globalArgs = new Map<number, readonly number[]>();
  state!: State;
  /** Insn that is executed, and the one before it on this way. */
  idx = 0;
  prev = -1;
  /** The step noted for this insn, if any. */
  step: Step | null = null;
  insnCnt = 0;
  readonly insnsMax: number;
  jumpCnt = 0;
  /** Insns gone back over, to find what somebody relied on. */
  backCnt = 0;
  /** There were too many ways, or they were too long. */
  isGivenUp = false;
  keptAtInsn = 0;
  keptAtJump = 0;
  #lastId = 0;

  constructor(program: Program, setting: Setting, stated: Stated, insnsMax: number) {
    this.insnsMax = insnsMax;
    this.program = program;
    this.insns = program.insns;
    this.n = slotCnt(program);
    this.second = secondSlots(program.insns);
    this.points = pointsOf(program.insns, this.second);
    this.loops = loopsOf(program.insns, this.second, this.points);
    this.live = liveBefore(program.insns);
    this.stackLive = new StackLiveness(program, this.second);
    this.maps = new MapTable(setting);
    this.ctx = ctxOf(setting.progType);
    this.progType = setting.progType;
    this.cpuCnt = setting.cpuCnt ?? NR_CPUS_MAX;
    this.stated = stated;
    this.columns = auxColumns(this.n);
    this.depth = new Int32Array(program.subprogs.start.length);
  }

  /**
   * States kept before an insn, the newest first. As in the kernel's table those of different callers mostly do not
   * stand in one list (explored_state()), which decides whether another one is kept.
   */
  keptAt(idx: number): State[] {
    return this.#kept.get(this.#keyAt(idx)) ?? [];
  }
  keep(idx: number, state: State): void {
    const key = this.#keyAt(idx);
    const list = this.#kept.get(key);
    if (list) list.unshift(state);
    else this.#kept.set(key, [state]);
  }
  #keyAt(idx: number): number {
    const bucket = ((idx ^ this.state.frame.callsite) >>> 0) % this.n;
    return bucket * this.n + idx;
  }
  forgetKept(): void {
    this.#kept.clear();
    this.visits.clear();
  }
  newId(): number {
    return ++this.#lastId;
  }
  /** Number of the subprogram that holds the slot. */
  subprogAt(idx: number): number {
    return Math.max(0, lowerBound(this.program.subprogs.start, idx + 1) - 1);
  }
  /** Number of the subprogram that begins at the slot, -1: none does. */
  subprogFrom(idx: number): number {
    const number = this.subprogAt(idx);
    return this.program.subprogs.start[number] === idx ? number : -1;
  }
  /** Somebody reads the register; in full, so that who defined half of it has to clear the rest. */
  read(reg: number, is64: boolean): void {
    if (reg >= FP || !is64) return;
    const { frame } = this.state;
    const def = frame.get(reg, CELL.DEF);
    if (def === 0) return;
    this.columns.zextDst[def - 1] = 1;
    frame.set(reg, CELL.DEF, 0);
  }
  /** The insn gives the register a new value, of 64 bits or of 32. */
  define(reg: number, is64: boolean): void {
    this.state.frame.set(reg, CELL.DEF, is64 ? 0 : this.idx + 1);
  }
  /** Notes how this insn came about, for the way back. */
  note(flags: number, linked: readonly number[] | null): void {
    if (this.step) {
      this.step.flags |= flags;
      this.step.linked = linked;
      return;
    }
    this.step = { idx: this.idx, prev: this.prev, flags, linked };
    this.state.history.push(this.step);
  }
  /** A second way, to be gone when this one has ended. */
  push(idx: number): State {
    const state = this.state.copy();
    if (this.pending.length >= COMPLEXITY_LIMIT_JMP_SEQ) this.isGivenUp = true;
    this.pending.push({ state, idx, prev: this.idx });
    state.branches = 1;
    if (state.parent) state.parent.branches++;
    return state;
  }
  /** Type of the pointer that a load or store goes through; the first one found stays. */
  notePointer(type: number): void {
    if (this.columns.ptrType[this.idx] === 0) this.columns.ptrType[this.idx] = type & ~MAYBE_NULL;
  }
}

const NOTHING_STATED: Stated = { seen: null, ptrType: new Map(), mapIdx: new Map(), globals: new Set() };
keepShape(new Walk(makeProgram({ insns: new Int32Array(0) }), NO_SETTING, NOTHING_STATED, 0));

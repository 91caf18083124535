/**
 * What the verifier holds of a program at one place on one way: for each function on the call stack its registers and
 * its stack slots. A register and a slot that holds a spilled register are both a *cell*: a few words in one typed
 * array, and what is known of its number beside it. Copying a state is copying two arrays a frame.
 */

import { keepShape } from '../base/keep-shape.ts';
import { CALLER_SAVED_CNT, FP } from '../isa/registers.ts';
import { POINTER_FLAG } from '../kernel/ctx-flags.ts';
import { regTypeNumber } from '../kernel/reg-types.ts';
import { type Scalar, UNKNOWN, ZERO } from './scalar.ts';

/** Words of a cell. */
export const CELL = {
  /** REG below, with flags. */
  TYPE: 0,
  /** Bytes that a pointer stands behind where it points to, as far as they are constant. */
  OFF: 1,
  /** Cells with one ID hold the same number, or the same pointer that may be NULL, or begin at the same packet byte. */
  ID: 2,
  /** By type: number of a map, a frame, a subprogram; bytes of a packet known to be there. */
  WHAT: 3,
  /** Slot of the insn that defined only 32 bits, + 1; 0: all 64 are defined. */
  DEF: 4,
  /** 1: some comparison relied on the exact number. Only of use in states that are kept. */
  PRECISE: 5,
  /** How much more than the others with its ID this number is; 0 unless IS_SUM is set in ID. */
  DELTA: 6,
  /** Number of what must be given back. */
  REF: 7,
} as const;
export const CELL_WORDS = 8;

/** Numbers of register types, as far as the analysis has to know them. */
export const REG = {
  /** Nothing was ever written there. */
  NONE: 0,
  SCALAR: regTypeNumber('scalar'),
  CTX: regTypeNumber('ctx'),
  MAP: regTypeNumber('map_ptr'),
  MAP_VALUE: regTypeNumber('map_value'),
  MAP_KEY: regTypeNumber('map_key'),
  STACK: regTypeNumber('fp'),
  PACKET_META: regTypeNumber('pkt_meta'),
  PACKET: regTypeNumber('pkt'),
  PACKET_END: regTypeNumber('pkt_end'),
  FLOW_KEYS: regTypeNumber('flow_keys'),
  SOCKET: regTypeNumber('sock'),
  SOCK_COMMON: regTypeNumber('sock_common'),
  TCP_SOCK: regTypeNumber('tcp_sock'),
  XDP_SOCK: regTypeNumber('xdp_sock'),
  BTF_ID: regTypeNumber('ptr_'),
  MEM: regTypeNumber('mem'),
  BUF: regTypeNumber('buf'),
  FUNC: regTypeNumber('func'),
} as const;
/** Flags of a type: the pointer may be NULL, it may lead anywhere, the kernel vouches for it. */
export const { MAYBE_NULL, UNTRUSTED, TRUSTED } = POINTER_FLAG;
export const baseOf = (type: number): number => type & 0xff;

/** Flags of an ID: the cell holds the number of the others plus DELTA, added up in 64 or in 32 bits. */
export const SUM64 = 1 << 29;
export const SUM32 = 1 << 30;
export const IS_SUM = SUM32 | SUM64;

/** Cells of the registers; stack slot `spi` (8 bytes from `fp - 8 * spi - 8` on) is cell REG_CNT + spi. */
export const REG_CNT = FP + 1;
export const SLOTS_MAX = 64;
const SLOT_BYTES = 8;

/** What a byte of the stack holds. */
export const BYTE = { NONE: 0, SPILL: 1, MISC: 2, ZERO: 3 } as const;

const FRESH = new Int32Array(REG_CNT * CELL_WORDS);
FRESH[FP * CELL_WORDS + CELL.TYPE] = REG.STACK;
const FRESH_VALUES: readonly Scalar[] = Array.from({ length: REG_CNT }, (_, r) =>
  r === FP ? ZERO : UNKNOWN,
);

const NO_BYTES = new Uint8Array(0);

export class Frame {
  words = FRESH.slice();
  values: Scalar[] = FRESH_VALUES.slice();
  /** BYTE of each byte of the stack: entry 8 * spi + k is the byte at `fp - 8 * spi - 1 - k`. */
  bytes = NO_BYTES;
  callbackDepth = 0;
  readonly subprog: number;
  /** Slot of the call; -1: nobody called. */
  readonly callsite: number;
  readonly isCallback: boolean;

  constructor(subprog: number, callsite: number, isCallback: boolean) {
    this.subprog = subprog;
    this.callsite = callsite;
    this.isCallback = isCallback;
  }

  get slotCnt(): number {
    return this.bytes.length >> 3;
  }
  copy(): Frame {
    const frame = new Frame(this.subprog, this.callsite, this.isCallback);
    frame.words = this.words.slice();
    frame.values = this.values.slice();
    if (this.bytes.length > 0) frame.bytes = this.bytes.slice();
    frame.callbackDepth = this.callbackDepth;
    return frame;
  }
  /** Makes room for `cnt` stack slots. */
  grow(cnt: number): void {
    if (cnt <= this.slotCnt) return;
    const words = new Int32Array((REG_CNT + cnt) * CELL_WORDS);
    words.set(this.words);
    this.words = words;
    while (this.values.length < REG_CNT + cnt) this.values.push(UNKNOWN);
    const bytes = new Uint8Array(cnt * SLOT_BYTES);
    bytes.set(this.bytes);
    this.bytes = bytes;
  }
  get(cell: number, word: number): number {
    return this.words[cell * CELL_WORDS + word];
  }
  set(cell: number, word: number, value: number): void {
    this.words[cell * CELL_WORDS + word] = value;
  }
  type(cell: number): number {
    return this.words[cell * CELL_WORDS];
  }
  isScalar(cell: number): boolean {
    return this.words[cell * CELL_WORDS] === REG.SCALAR;
  }
  /** A cell that holds a type and nothing else; DEF stays, as who writes a register says first how wide. */
  put(cell: number, type: number, value: Scalar): void {
    const at = cell * CELL_WORDS;
    const { words } = this;
    words[at] = type;
    // One by one: a call of `fill` costs more than all else here.
    words[at + CELL.OFF] = words[at + CELL.ID] = words[at + CELL.WHAT] = 0;
    words[at + CELL.PRECISE] = words[at + CELL.DELTA] = words[at + CELL.REF] = 0;
    this.values[cell] = value;
  }
  putScalar(cell: number, value: Scalar): void {
    this.put(cell, REG.SCALAR, value);
  }
  /** A pointer to the beginning of something. */
  putPointer(cell: number, type: number, what: number): void {
    this.put(cell, type, ZERO);
    this.words[cell * CELL_WORDS + CELL.WHAT] = what;
  }
  /** All words, DEF too. */
  move(to: number, from: Frame, cell: number): void {
    const [at, source] = [to * CELL_WORDS, cell * CELL_WORDS];
    for (let i = 0; i < CELL_WORDS; i++) this.words[at + i] = from.words[source + i];
    this.values[to] = from.values[cell];
  }
  /** Whether the slot holds a spilled register, of whatever width. */
  isSpilled(spi: number): boolean {
    return this.bytes[spi * SLOT_BYTES + SLOT_BYTES - 1] === BYTE.SPILL;
  }
  /** Whether it is a number in all 8 bytes. */
  isSpilledScalar64(spi: number): boolean {
    return this.bytes[spi * SLOT_BYTES] === BYTE.SPILL && this.isScalar(REG_CNT + spi);
  }
}

/** Of a subprogram that is called, `depth` calls deep. */
export function calledFrame(subprog: number, callsite: number, depth: number, isCallback: boolean): Frame {
  const frame = new Frame(subprog, callsite, isCallback);
  frame.set(FP, CELL.WHAT, depth);
  return frame;
}

/** r0 and the arguments are gone after a call. */
export function clearCallerSaved(frame: Frame): void {
  for (let reg = 0; reg < CALLER_SAVED_CNT; reg++) {
    frame.put(reg, REG.NONE, UNKNOWN);
    frame.set(reg, CELL.DEF, 0);
  }
}

/** The way a state came, back to its parent: jumps, and insns that moved numbers through the stack. */
export interface Step {
  readonly idx: number;
  readonly prev: number;
  /** STEP flags. */
  flags: number;
  /** Cells (frame << 8 | cell) that learned together at this insn. */
  linked: readonly number[] | null;
}
export const STEP = { STACK: 1 << 20, SRC_IS_STACK: 1 << 21, DST_IS_STACK: 1 << 22 } as const;
/** Which slot of which frame a stack step moved. */
export const stepCell = (frame: number, spi: number): number => STEP.STACK | (frame << 8) | (REG_CNT + spi);

export class State {
  frames: Frame[] = [];
  parent: State | null = null;
  /** Ways behind this state that have not come to an end. */
  branches = 1;
  /** Insn that it stands before. */
  idx = 0;
  firstIdx = 0;
  lastIdx = -1;
  history: Step[] = [];
  mayGotoDepth = 0;
  callbackDepth = 0;
  depth = 0;
  /** Numbers of what was acquired, sorted by age. */
  refs: readonly number[] = [];
  /** Somebody may rely on every number in it. */
  isAllPrecise = false;
  /** Set once the slots that nobody reads any more have been cleared. */
  isClean = false;
  /** The state that this one was found equal to, where a loop closes. */
  equalTo: State | null = null;
  hitCnt = 0;
  missCnt = 0;

  get frame(): Frame {
    return this.frames[this.frames.length - 1];
  }
  copy(): State {
    const state = new State();
    state.frames = this.frames.map((frame) => frame.copy());
    state.parent = this.parent;
    state.branches = this.branches;
    state.idx = this.idx;
    state.firstIdx = this.firstIdx;
    state.lastIdx = this.lastIdx;
    // Steps are shared, as a step is only added to while its insn is executed.
    state.history = this.history.slice();
    state.mayGotoDepth = this.mayGotoDepth;
    state.callbackDepth = this.callbackDepth;
    state.depth = this.depth;
    state.refs = this.refs;
    return state;
  }
  /** Insn that frame `f` stands before, or the call that it waits for. */
  idxOf(f: number): number {
    return f === this.frames.length - 1 ? this.idx : this.frames[f + 1].callsite;
  }
  sameCallsites(other: State): boolean {
    if (this.frames.length !== other.frames.length) return false;
    for (let f = 0; f < this.frames.length; f++)
      if (this.frames[f].callsite !== other.frames[f].callsite) return false;
    return true;
  }
  /** Every cell that holds something: registers, and slots that hold a spilled one. */
  eachCell(visit: (frame: Frame, cell: number, f: number) => void): void {
    for (let f = 0; f < this.frames.length; f++) {
      const frame = this.frames[f];
      for (let r = 0; r < FP; r++) visit(frame, r, f);
      for (let spi = 0; spi < frame.slotCnt; spi++) if (frame.isSpilled(spi)) visit(frame, REG_CNT + spi, f);
    }
  }
}

keepShape(new Frame(0, -1, false));
keepShape(new State());

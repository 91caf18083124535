/**
 * Which stack slots somebody still reads, told apart by the chain of calls, out of the reads and writes that the walk
 * has met so far (kernel/bpf/liveness.c of Linux 6.18). Slots that nobody reads any more do not keep two states apart.
 */
import { CLASS, CLASS_MASK, JMP_OP, OP_MASK } from '../isa/code-parts.ts';
import { distanceOf, FLOW, flowOf, OP_EXIT } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { State } from './state.ts';

/** Two words of 32 slots each, for every insn of a subprogram. */
interface Marks {
  readonly mayRead: Int32Array;
  readonly mustWrite: Int32Array;
  readonly liveBefore: Int32Array;
  /** Written from here to the end, whichever way is taken. */
  readonly writtenBehind: Int32Array;
}

/** A subprogram as called by one chain of calls. */
interface Instance {
  readonly start: number;
  readonly cnt: number;
  /** By frame that the insns touch; 0 is the outermost. */
  readonly marks: (Marks | undefined)[];
  readonly visited: Uint8Array;
  /** Who called it, and where; null: it is the outermost. */
  readonly outer: Instance | null;
  readonly callsite: number;
  readonly depth: number;
  isDirty: boolean;
}

/** Insns looked at in all; a program for which that is not enough has all its slots counted as read. */
const WORK_MAX = 20_000_000;

export class StackLiveness {
  readonly #program: Program;
  readonly #second: Uint8Array;
  readonly #instances = new Map<string, Instance>();
  #frames: State['frames'] | null = null;
  #depth = -1;
  #current: Instance | null = null;
  #work = 0;
  /** Slots written by the insn at hand: frame, word, bits. */
  readonly #written: number[] = [];

  constructor(program: Program, second: Uint8Array) {
    this.#program = program;
    this.#second = second;
  }

  #instanceOf(state: State, f: number): Instance {
    let key = '';
    for (let i = 1; i <= f; i++) key += `${state.frames[i].callsite},`;
    const { subprog } = state.frames[f];
    key += subprog;
    let instance = this.#instances.get(key);
    if (instance === undefined) {
      const { start } = this.#program.subprogs;
      const first = start[subprog] ?? 0;
      const cnt = (start[subprog + 1] ?? slotCnt(this.#program)) - first;
      const visited = new Uint8Array(cnt);
      const outer = f > 0 ? this.#instanceOf(state, f - 1) : null;
      const { callsite } = state.frames[f];
      instance = { start: first, cnt, marks: [], visited, outer, callsite, depth: f, isDirty: false };
      this.#instances.set(key, instance);
    }
    return instance;
  }
  #now(state: State): Instance {
    if (this.#current === null || this.#frames !== state.frames || this.#depth !== state.frames.length) {
      this.#current = this.#instanceOf(state, state.frames.length - 1);
      this.#frames = state.frames;
      this.#depth = state.frames.length;
    }
    return this.#current;
  }
  /** Call it whenever the frames of the state at hand have changed. */
  reset(): void {
    this.#current = null;
  }

  read(state: State, idx: number, f: number, spi: number): void {
    const instance = this.#now(state);
    const at = 2 * (idx - instance.start) + (spi >> 5);
    addRead(instance, f, at, 1 << (spi & 31));
  }
  wrote(f: number, spi: number): void {
    this.#written.push(f, spi >> 5, 1 << (spi & 31));
  }
  /** The insn is done: what it wrote every time it is sure to write. */
  commit(state: State, idx: number): void {
    if (this.#written.length === 0 && this.#current?.marks.length === 0) return;
    const instance = this.#now(state);
    const rel = idx - instance.start;
    if (rel < 0 || rel >= instance.cnt) {
      this.#written.length = 0;
      return;
    }
    const isFirst = instance.visited[rel] === 0;
    instance.visited[rel] = 1;
    for (let k = 0; k < this.#written.length; k += 3) if (isFirst) marksOf(instance, this.#written[k]);
    for (let f = 0; f < instance.marks.length; f++) {
      const marks = instance.marks[f];
      if (!marks) continue;
      let [low, high] = [0, 0];
      for (let k = 0; k < this.#written.length; k += 3) {
        if (this.#written[k] !== f) continue;
        if (this.#written[k + 1] === 0) low |= this.#written[k + 2];
        else high |= this.#written[k + 2];
      }
      const { mustWrite } = marks;
      if (!isFirst) {
        low &= mustWrite[2 * rel];
        high &= mustWrite[2 * rel + 1];
      }
      if (low !== mustWrite[2 * rel] || high !== mustWrite[2 * rel + 1]) instance.isDirty = true;
      mustWrite[2 * rel] = low;
      mustWrite[2 * rel + 1] = high;
    }
    this.#written.length = 0;
  }

  /**
   * A function is left: what it does to the slots of its callers, its call does (bpf_update_live_stack() and
   * propagate_to_outer_instance() of 6.18).
   */
  update(state: State): void {
    for (let f = state.frames.length - 1; f >= 0; f--) {
      const instance = this.#instanceOf(state, f);
      if (instance.isDirty) this.#propagate(instance);
    }
  }
  #tellCaller({ outer, callsite, depth, marks }: Instance): void {
    if (outer === null || callsite < outer.start || callsite >= outer.start + outer.cnt) return;
    const rel = callsite - outer.start;
    const isFirst = outer.visited[rel] === 0;
    outer.visited[rel] = 1;
    for (let f = 0; f < depth; f++) {
      const own = marks[f];
      if (!own && !outer.marks[f]) continue;
      const { mustWrite } = marksOf(outer, f);
      for (let word = 0; word < 2; word++) {
        const at = 2 * rel + word;
        if (own) addRead(outer, f, at, own.liveBefore[word]);
        const written = (own ? own.writtenBehind[word] : 0) & (isFirst ? -1 : mustWrite[at]);
        if (written === mustWrite[at]) continue;
        mustWrite[at] = written;
        outer.isDirty = true;
      }
    }
  }

  /** Whether somebody reads slot `spi` of frame `f` after the state. `callsBack`: which calls come again. */
  isAlive(state: State, f: number, spi: number, callsBack: (idx: number) => boolean): boolean {
    const top = state.frames.length - 1;
    if (this.#isLive(this.#instanceOf(state, top), state.idx, f, spi)) return true;
    for (let i = f; i < top; i++) {
      const { callsite } = state.frames[i + 1];
      const at = callsBack(callsite) ? callsite : callsite + 1;
      if (this.#isLive(this.#instanceOf(state, i), at, f, spi)) return true;
    }
    return false;
  }
  #isLive(instance: Instance, idx: number, f: number, spi: number): boolean {
    const marks = instance.marks[f];
    if (!marks) return false;
    if (instance.isDirty) this.#propagate(instance);
    if (this.#work > WORK_MAX) return true;
    const rel = idx - instance.start;
    if (rel < 0 || rel >= instance.cnt) return true;
    return (marks.liveBefore[2 * rel + (spi >> 5)] & (1 << (spi & 31))) !== 0;
  }

  /** live before = (live behind & ~written) | read; from the end, until nothing changes any more. */
  #propagate(instance: Instance): void {
    const { insns } = this.#program;
    instance.isDirty = false;
    for (const marks of instance.marks) {
      if (!marks) continue;
      marks.writtenBehind.fill(0);
      for (let isChanged = true; isChanged && this.#work <= WORK_MAX; ) {
        isChanged = false;
        this.#work += instance.cnt;
        for (let rel = instance.cnt - 1; rel >= 0; rel--) {
          const idx = instance.start + rel;
          if (this.#second[idx] === 1) continue;
          const w0 = insns[2 * idx];
          const fall = canFallThrough(w0) ? rel + (this.#second[idx + 1] === 1 ? 2 : 1) : -1;
          const flow = flowOf(w0);
          const isJump = flow === FLOW.OFF || flow === FLOW.IMM;
          const jump = isJump ? rel + 1 + distanceOf(w0, insns[2 * idx + 1], flow) : -1;
          if (spread(marks, instance.cnt, rel, fall, jump)) isChanged = true;
        }
      }
    }
    this.#tellCaller(instance);
  }
}

function marksOf(instance: Instance, f: number): Marks {
  const known = instance.marks[f];
  if (known) return known;
  const blank = (): Int32Array => new Int32Array(2 * instance.cnt);
  const marks: Marks = {
    mayRead: blank(),
    mustWrite: blank(),
    liveBefore: blank(),
    writtenBehind: blank(),
  };
  instance.marks[f] = marks;
  return marks;
}

function addRead(instance: Instance, f: number, at: number, bits: number): void {
  const { mayRead } = marksOf(instance, f);
  if ((mayRead[at] | bits) === mayRead[at]) return;
  mayRead[at] |= bits;
  instance.isDirty = true;
}

function canFallThrough(w0: number): boolean {
  const code = codeOf(w0);
  const cls = code & CLASS_MASK;
  if (cls !== CLASS.JMP && cls !== CLASS.JMP32) return true;
  return code !== OP_EXIT && (code & OP_MASK) !== JMP_OP.JA;
}

function spread(marks: Marks, cnt: number, rel: number, fall: number, jump: number): boolean {
  let isChanged = false;
  for (let word = 0; word < 2; word++) {
    let [behind, written] = [0, -1];
    for (const to of [fall, jump]) {
      if (to < 0 || to >= cnt) continue;
      behind |= marks.liveBefore[2 * to + word];
      written &= marks.writtenBehind[2 * to + word];
    }
    const isLast = !(fall >= 0 && fall < cnt) && !(jump >= 0 && jump < cnt);
    const at = 2 * rel + word;
    written = marks.mustWrite[at] | (isLast ? 0 : written);
    const before = (behind & ~marks.mustWrite[at]) | marks.mayRead[at];
    if (before === marks.liveBefore[at] && written === marks.writtenBehind[at]) continue;
    marks.liveBefore[at] = before;
    marks.writtenBehind[at] = written;
    isChanged = true;
  }
  return isChanged;
}

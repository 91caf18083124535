/**
 * The program as the kernel's array holds it while patches come: one allocation per column, grown by pages, the tail
 * moved for each edit. Nothing here decides what a distance must be; that is array.ts.
 */
import { enlarged } from '../base/grow.ts';
import { lowerBound } from '../base/lower-bound.ts';
import { defines32, FLOW, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Program } from '../program/program.ts';
import { EDIT } from './ops.ts';
import type { ResolvedEdits } from './resolve.ts';
import type { Work } from './work.ts';

/** A page holds 512 insns of 8 bytes, and the kernel's allocation grows by whole pages. */
export const PAGE_SLOTS = 512;

export interface Memory {
  cnt: number;
  cap: number;
  nextUid: number;
  insns: Int32Array;
  /** Field that holds the insn's distance, and the distance, wider than the field. */
  flow: Uint8Array;
  dist: Float64Array;
  /** Slot of the program the edits speak of; ascending, since patching never permutes. */
  slot: Int32Array;
  /** 1: stands before the insn of `slot`, put there by a prepend. */
  lead: Uint8Array;
  uid: Uint32Array;
  origIdx: Int32Array;
  anchor: Int32Array;
  home: Int32Array;
  zextDst: Uint8Array;
  readonly hasAux: boolean;
}

const pagesFor = (cnt: number): number => Math.ceil(cnt / PAGE_SLOTS) * PAGE_SLOTS;

export function loadMemory(program: Program): Memory {
  const cnt = program.insns.length / SLOT_WORDS;
  const cap = pagesFor(cnt);
  const memory: Memory = {
    cnt,
    cap,
    nextUid: program.nextUid,
    insns: enlarged(program.insns, cap * SLOT_WORDS),
    flow: new Uint8Array(cap),
    dist: new Float64Array(cap),
    slot: new Int32Array(cap),
    lead: new Uint8Array(cap),
    uid: enlarged(program.uid, cap),
    origIdx: enlarged(program.origIdx, cap),
    anchor: new Int32Array(cap),
    home: program.aux === null ? new Int32Array(cap) : enlarged(program.aux.home, cap),
    zextDst: program.aux === null ? new Uint8Array(cap) : enlarged(program.aux.zextDst, cap),
    hasAux: program.aux !== null,
  };
  for (let c = 0; c < cnt; c++) {
    memory.slot[c] = c;
    memory.anchor[c] = memory.origIdx[c] >= 0 ? memory.origIdx[c] : c;
    setInsn(memory, c, memory.insns[c * SLOT_WORDS], memory.insns[c * SLOT_WORDS + 1]);
  }
  return memory;
}

/** Put an insn whose distance, if it has one, is the one it says. */
export function setInsn(memory: Memory, c: number, w0: number, imm: number): void {
  memory.insns[c * SLOT_WORDS] = w0;
  memory.insns[c * SLOT_WORDS + 1] = imm;
  const flow = flowOf(w0);
  memory.flow[c] = flow;
  memory.dist[c] = flow === FLOW.NONE ? 0 : flow === FLOW.OFF ? w0 >> 16 : imm;
}

/**
 * A whole copy, as bpf_prog_realloc() makes one when the pages are used up: it rounds the size up to pages and returns
 * at once while they suffice (kernel/bpf/core.c, Linux 6.18). Aux grows along with it here. Mainline lets vrealloc()
 * grow it for itself, and a record is bigger than an insn, so that there it is copied more often than is counted here.
 */
function grow(memory: Memory, cnt: number, work: Work): void {
  memory.cap = pagesFor(cnt);
  memory.insns = enlarged(memory.insns, memory.cap * SLOT_WORDS);
  memory.flow = enlarged(memory.flow, memory.cap);
  memory.dist = enlarged(memory.dist, memory.cap);
  memory.slot = enlarged(memory.slot, memory.cap);
  memory.lead = enlarged(memory.lead, memory.cap);
  memory.uid = enlarged(memory.uid, memory.cap);
  memory.origIdx = enlarged(memory.origIdx, memory.cap);
  memory.anchor = enlarged(memory.anchor, memory.cap);
  memory.home = enlarged(memory.home, memory.cap);
  memory.zextDst = enlarged(memory.zextDst, memory.cap);
  work.alloc += memory.hasAux ? 2 : 1;
  work.insn += memory.cnt;
  work.bytes += memory.cnt * 8;
  if (memory.hasAux) work.aux += memory.cnt;
}

/** Make sure that `delta` more slots fit; true: everything was copied for that. */
export function makeRoom(memory: Memory, delta: number, work: Work): boolean {
  const size = memory.cnt + delta;
  if (size <= memory.cap) return false;
  grow(memory, size, work);
  return true;
}

/** Move everything from `from` on by `delta` slots: up to make room, down to close a hole. */
export function moveTail(memory: Memory, from: number, delta: number, work: Work): void {
  const cnt = memory.cnt;
  makeRoom(memory, delta, work);
  const to = from + delta;
  memory.insns.copyWithin(to * SLOT_WORDS, from * SLOT_WORDS, cnt * SLOT_WORDS);
  memory.flow.copyWithin(to, from, cnt);
  memory.dist.copyWithin(to, from, cnt);
  memory.slot.copyWithin(to, from, cnt);
  memory.lead.copyWithin(to, from, cnt);
  memory.uid.copyWithin(to, from, cnt);
  memory.origIdx.copyWithin(to, from, cnt);
  memory.anchor.copyWithin(to, from, cnt);
  memory.home.copyWithin(to, from, cnt);
  memory.zextDst.copyWithin(to, from, cnt);
  memory.cnt = cnt + delta;
  const tail = cnt - from;
  work.insn += tail;
  work.bytes += tail * 8;
  if (memory.hasAux) work.aux += tail;
}

/** First index that stands for slot t or a later one; `skipLead`: behind what was prepended to t. */
export function entryOf({ slot, lead, cnt }: Memory, t: number, skipLead: boolean): number {
  let c = lowerBound(slot, t, cnt);
  if (skipLead) while (c < cnt && slot[c] === t && lead[c] === 1) c++;
  return c;
}

/** Write the insns of edit e at p, where room was made, and what the verifier keeps about each. */
export function writePatch(memory: Memory, edits: ResolvedEdits, e: number, p: number, record: number): void {
  const isLead = edits.kind[e] === EDIT.PREPEND;
  const anchor = memory.anchor[p];
  for (let s = 0; s < edits.len[e]; s++) {
    const c = p + s;
    const word = (edits.first[e] + s) * SLOT_WORDS;
    setInsn(memory, c, edits.insns[word], edits.insns[word + 1]);
    memory.slot[c] = edits.at[e];
    memory.lead[c] = isLead ? 1 : 0;
    memory.anchor[c] = anchor;
    if (isLead || s > 0) memory.uid[c] = memory.nextUid++;
    memory.home[c] = record < 0 ? record : ~record;
    memory.zextDst[c] = defines32(edits.insns[word], edits.insns[word + 1]);
    memory.origIdx[c] = -1;
  }
}

/**
 * A list that lives through several sets of edits: what the two designs of the RFC's review have in common. Nodes are
 * numbered by a walk whenever a new set of edits comes, because edits name insns by index; distances are left to each
 * design (`Aim`), which knows how a jump keeps hold of its target meanwhile.
 *
 *     node   0 .. n-1            n      n+1       n+2 ..
 *            slots opened with   END    HEAD      fresh, in the order of their birth (which is that of their uids)
 */
import { defines32, distanceOf, FLOW, type Flow, fitsFlow, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Aux, Program } from '../program/program.ts';
import type { PatchError } from './algorithm.ts';
import { beyond } from './draft.ts';
import { rangeError } from './errors.ts';
import { poolOf } from './list-pool.ts';
import { EDIT } from './ops.ts';
import { putDistance } from './put-distance.ts';
import type { Remap } from './remap.ts';
import type { ResolvedEdits } from './resolve.ts';
import type { Work } from './work.ts';

/** HEIR: it holds the record of its slot. TOUCHED: by an edit, so that `zext_dst` is computed again. */
export const NODE = { REMOVED: 1, TOUCHED: 2, HEIR: 4 } as const;

export interface Chain {
  /** As opened. */
  readonly program: Program;
  readonly end: number;
  readonly head: number;
  /** Nodes ever born, END and HEAD included. */
  cnt: number;
  /** Living nodes when they were numbered last, in order, then END. Edits name insns by their place in it. */
  order: Int32Array;
  next: Int32Array;
  w0: Int32Array;
  imm: Int32Array;
  flags: Int32Array;
  /** Slot of the opened program that the node stands for. */
  slot: Int32Array;
  /** Number of the last walk; of a removed node that of the next living one. */
  idx: Int32Array;
}

const COLUMNS = 6;

/** Room for `born` more nodes. */
export function makeRoom(chain: Chain, born: number, work: Work): void {
  const size = chain.cnt + born;
  if (size <= chain.next.length) return;
  const { next, w0, imm, flags, slot, idx } = chain;
  const columns = poolOf([next, w0, imm, flags, slot, idx], COLUMNS, size, work);
  [chain.next, chain.w0, chain.imm, chain.flags, chain.slot, chain.idx] = columns;
}

export function chainOf(program: Program, born: number, work: Work): Chain {
  const end = program.insns.length / SLOT_WORDS;
  const none = new Int32Array(0);
  const order = new Int32Array(end + 1);
  const columns = { next: none, w0: none, imm: none, flags: none, slot: none, idx: none };
  const chain: Chain = { program, end, head: end + 1, cnt: end + 2, order, ...columns };
  makeRoom(chain, born, work);
  const { next, w0, imm, flags, slot } = chain;
  for (let t = 0; t < end; t++) {
    next[t] = t + 1;
    w0[t] = program.insns[t * SLOT_WORDS];
    imm[t] = program.insns[t * SLOT_WORDS + 1];
    flags[t] = NODE.HEIR;
    slot[t] = order[t] = t;
  }
  order[end] = end;
  next[end + 1] = 0;
  work.alloc += 1;
  work.node += end;
  return chain;
}

/** How a design keeps hold of where jumps lead. `node` is the one that jumps. */
export interface Aim {
  /** `len` nodes from `first` on are about to be hung before `node`. */
  prepended(node: number, first: number, len: number): void;
  /** It leads to the node `to` of its own patch. */
  inside(node: number, flow: Flow, to: number): void;
  /** It leaves the patch of node `at`, as leave `leave` of the edits says. */
  leaves(node: number, at: number, leave: number): void;
}

/** Carry out edits on links alone, in time linear in their own size. */
export function linkEdits(chain: Chain, edits: ResolvedEdits, aim: Aim, work: Work): void {
  const { order, next, w0, imm, flags, slot } = chain;
  let leave = 0;
  let patched = -1;
  let tail = chain.head;
  for (let e = 0; e < edits.cnt; e++) {
    const at = edits.at[e];
    const len = edits.len[e];
    work.node += len;
    if (edits.kind[e] === EDIT.REMOVE) {
      for (let t = at; t < at + len; t++) flags[order[t]] |= NODE.REMOVED;
      continue;
    }
    const node = order[at];
    const replace = edits.kind[e] === EDIT.REPLACE;
    const heir = flags[node] & NODE.HEIR;
    flags[node] |= NODE.TOUCHED;
    // A patch's slot s is the node first + s, but for the one slot that `node` itself is.
    const first = replace ? chain.cnt - 1 : chain.cnt;
    const own = replace ? 0 : len;
    if (!replace) aim.prepended(node, first, len);
    let last = replace ? node : at === 0 ? chain.head : patched === at - 1 ? tail : order[at - 1];
    for (let s = 0; s < len; s++) {
      const word = (edits.first[e] + s) * SLOT_WORDS;
      const put = s === own ? node : chain.cnt++;
      if (put !== node) {
        next[put] = next[last];
        next[last] = put;
        slot[put] = slot[node];
        flags[put] = NODE.TOUCHED;
        last = put;
      }
      w0[put] = edits.insns[word];
      imm[put] = edits.insns[word + 1];
      const flow = flowOf(w0[put]);
      if (flow === FLOW.NONE) continue;
      if (leave < edits.leaveCnt && edits.leaveEdit[leave] === e && edits.leaveSlot[leave] === s)
        aim.leaves(put, node, leave++);
      else {
        const to = s + 1 + distanceOf(w0[put], imm[put], flow);
        aim.inside(put, flow, to === own ? node : first + to);
      }
    }
    if (!replace) continue;
    patched = at;
    tail = last;
    flags[node] &= ~NODE.HEIR;
    flags[last] |= heir;
  }
}

/** Where the slots that these edits spoke of have come to, read off the numbers of the walk that followed. */
export function remapOf(before: Int32Array, edits: ResolvedEdits, { idx }: Chain, work: Work): Remap {
  const end = before.length - 1;
  const { cnt, kind, at, len } = edits;
  const inner = before.map((node) => idx[node]);
  const outer = inner.slice();
  const heir = inner.slice(0, end);
  const dead = new Uint8Array(end);
  for (let e = 0; e < cnt; e++) {
    if (kind[e] === EDIT.PREPEND) outer[at[e]] -= len[e];
    else if (kind[e] === EDIT.REPLACE) heir[at[e]] += len[e] - 1;
    else {
      heir.fill(-1, at[e], at[e] + len[e]);
      dead.fill(1, at[e], at[e] + len[e]);
    }
  }
  work.alloc += 4;
  work.map += end;
  return { outer, inner, heir, dead };
}

/** The distance to a target outside of the opened program, which only its own insns can have. */
export function distanceBeyond(chain: Chain, node: number, at: number): number {
  const { end, order, w0, imm } = chain;
  const target = node + 1 + distanceOf(w0[node], imm[node], flowOf(w0[node]));
  return beyond(target, end, order.length - 1) - at - 1;
}

/** A jump whose distance does not fit is named by the insn it continues, or by the insn that was patched. */
function tooFar(chain: Chain, node: number, flow: Flow, needed: number): PatchError {
  const { program, slot, flags, w0, imm } = chain;
  const origIdx = program.origIdx[slot[node]];
  const born = (flags[node] & NODE.HEIR) === 0 || origIdx < 0;
  const place = origIdx < 0 ? slot[node] : origIdx;
  return rangeError(place, born, flow, distanceOf(w0[node], imm[node], flow), needed);
}

/** The insns as the list has them, their distances as `needed` says where they fit; the first that does not is told. */
export function writtenOut(
  chain: Chain,
  needed: (node: number, flow: Flow, idx: number) => number,
  work: Work,
): { readonly insns: Int32Array; readonly refused: PatchError | null } {
  const { order, w0, imm } = chain;
  const cnt = order.length - 1;
  const insns = new Int32Array(cnt * SLOT_WORDS);
  let refused: PatchError | null = null;
  work.alloc += 1;
  work.scan += cnt;
  for (let at = 0; at < cnt; at++) {
    const node = order[at];
    insns[at * SLOT_WORDS] = w0[node];
    insns[at * SLOT_WORDS + 1] = imm[node];
    const flow = flowOf(w0[node]);
    if (flow === FLOW.NONE) continue;
    const distance = needed(node, flow, at);
    work.jump++;
    if (fitsFlow(distance, flow)) putDistance(insns, at, flow, distance);
    else refused ??= tooFar(chain, node, flow, distance);
  }
  work.insn += cnt;
  work.bytes += cnt * 8;
  return { insns, refused };
}

function auxOf(aux: Aux, { order, slot, flags, w0, imm }: Chain): Aux {
  const cnt = order.length - 1;
  const home = new Int32Array(cnt);
  const zextDst = new Uint8Array(cnt);
  for (let at = 0; at < cnt; at++) {
    const node = order[at];
    const record = aux.home[slot[node]];
    home[at] = (flags[node] & NODE.HEIR) !== 0 || record < 0 ? record : ~record;
    const touched = (flags[node] & NODE.TOUCHED) !== 0;
    zextDst[at] = touched ? defines32(w0[node], imm[node]) : aux.zextDst[slot[node]];
  }
  return { records: aux.records, home, zextDst };
}

/** What belongs to each insn, and is known of its node. */
export function columnsOf(chain: Chain, work: Work): Pick<Program, 'uid' | 'nextUid' | 'origIdx' | 'aux'> {
  const { program, end, order, slot, flags } = chain;
  const cnt = order.length - 1;
  const uid = new Uint32Array(cnt);
  const origIdx = new Int32Array(cnt);
  const firstUid = program.nextUid - end - 2;
  for (let at = 0; at < cnt; at++) {
    const node = order[at];
    uid[at] = node < end ? program.uid[node] : firstUid + node;
    origIdx[at] = (flags[node] & NODE.HEIR) !== 0 ? program.origIdx[slot[node]] : -1;
  }
  const aux = program.aux && auxOf(program.aux, chain);
  work.alloc += aux === null ? 2 : 4;
  work.aux += aux === null ? 0 : cnt;
  return { uid, nextUid: firstUid + chain.cnt, origIdx, aux };
}

/**
 * The RFC's idea (Jiong Wang, 2019): while edits arrive the program is a linked list, and numbers come back only
 * once, when the list is linearized.
 *
 *     replace b by x y z                       prepend p to c
 *
 *     [a]-->[b]-->[c]                          [a]-->[b]-->[c]
 *            | holds x from now on                      \    ^
 *            +-->[y]-->[z]-->[c]                         [p]-+     (b is the tail of whatever stands for b)
 *
 * Nodes live in typed-array pools; a link is an index. Unlike the RFC's, jumps that leave a patch know where to
 * (SEMANTICS 7.2), and the last insn of a patch inherits the record of the insn replaced (7.3).
 */
import { err, ok } from '../base/result.ts';
import { defines32, distanceOf, FLOW, type Flow, fitsFlow, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Aux, Program } from '../program/program.ts';
import type { Algorithm, PatchError } from './algorithm.ts';
import { beyond, type Draft, placeOf, putDistance } from './draft.ts';
import { rangeError } from './errors.ts';
import { EDIT } from './ops.ts';
import { patchingBy, type Step } from './patching.ts';
import type { Remap } from './remap.ts';
import type { ResolvedEdits } from './resolve.ts';
import { moveTables } from './tables.ts';
import type { Work } from './work.ts';

const END = -1;
const STAYS = -1;
const FLAG = { PATCHED: 1, REMOVED: 2, FRESH: 4, LEAD: 8 } as const;

/** One column a field. Node t < slotCnt is slot t of the program; fresh nodes stand behind them in the pool. */
interface Nodes {
  head: number;
  cnt: number;
  readonly next: Int32Array;
  readonly flags: Uint8Array;
  /** Two words a node. */
  readonly insn: Int32Array;
  /** Slot of the program the node stands for. */
  readonly slot: Int32Array;
  /** Slot of the program that a jump of a patch leaves for. */
  readonly to: Int32Array;
  /** Last node that stands for slot t: the predecessor of whatever comes before slot t + 1. */
  readonly tail: Int32Array;
}

function createList(insns: Int32Array, edits: ResolvedEdits, work: Work): Nodes {
  const end = edits.slotCnt;
  const size = end + edits.bornCnt;
  const nodes: Nodes = {
    head: end > 0 ? 0 : END,
    cnt: end,
    next: new Int32Array(size),
    flags: new Uint8Array(size),
    insn: new Int32Array(size * SLOT_WORDS),
    slot: new Int32Array(size),
    to: new Int32Array(size).fill(STAYS),
    tail: new Int32Array(end),
  };
  nodes.insn.set(insns);
  for (let t = 0; t < end; t++) {
    nodes.next[t] = t + 1;
    nodes.slot[t] = nodes.tail[t] = t;
  }
  if (end > 0) nodes.next[end - 1] = END;
  work.alloc += size;
  work.node += end;
  return nodes;
}

/** Take a fresh node from the pool and hang it behind `behind` (END: at the head). */
function linkFresh(nodes: Nodes, behind: number, slot: number, flags: number): number {
  const node = nodes.cnt++;
  if (behind === END) {
    nodes.next[node] = nodes.head;
    nodes.head = node;
  } else {
    nodes.next[node] = nodes.next[behind];
    nodes.next[behind] = node;
  }
  nodes.slot[node] = slot;
  nodes.flags[node] = flags;
  return node;
}

/** One edit, in time linear in its own size. Returns the next of the leaving jumps. */
function editList(nodes: Nodes, edits: ResolvedEdits, e: number, nextLeave: number, work: Work): number {
  const at = edits.at[e];
  const len = edits.len[e];
  work.node += len;
  if (edits.kind[e] === EDIT.REMOVE) {
    for (let t = at; t < at + len; t++) nodes.flags[t] |= FLAG.REMOVED;
    return nextLeave;
  }
  const replace = edits.kind[e] === EDIT.REPLACE;
  let node = replace ? at : at === 0 ? END : nodes.tail[at - 1];
  let leave = nextLeave;
  for (let s = 0; s < len; s++) {
    if (!replace || s > 0) node = linkFresh(nodes, node, at, FLAG.FRESH | (replace ? 0 : FLAG.LEAD));
    else nodes.flags[node] |= FLAG.PATCHED;
    const word = (edits.first[e] + s) * SLOT_WORDS;
    nodes.insn[node * SLOT_WORDS] = edits.insns[word];
    nodes.insn[node * SLOT_WORDS + 1] = edits.insns[word + 1];
    if (leave < edits.leaveCnt && edits.leaveEdit[leave] === e && edits.leaveSlot[leave] === s)
      nodes.to[node] = edits.leaveTo[leave++];
  }
  if (replace) nodes.tail[at] = node;
  return leave;
}

/** First walk: number the living nodes. */
function numberNodes(nodes: Nodes, end: number, work: Work): Remap {
  const outer = new Int32Array(end + 1);
  const inner = new Int32Array(end + 1);
  const heir = new Int32Array(end);
  const dead = new Uint8Array(end);
  let idx = 0;
  let begun = END;
  for (let node = nodes.head; node !== END; node = nodes.next[node]) {
    const t = nodes.slot[node];
    const flags = nodes.flags[node];
    work.node++;
    if (begun !== t) {
      outer[t] = idx;
      begun = t;
    }
    if ((flags & FLAG.FRESH) === 0) inner[t] = idx;
    if ((flags & FLAG.REMOVED) !== 0) {
      heir[t] = -1;
      dead[t] = 1;
      continue;
    }
    if ((flags & FLAG.LEAD) === 0) heir[t] = idx;
    idx++;
  }
  outer[end] = inner[end] = idx;
  work.alloc += 4;
  return { outer, inner, heir, dead };
}

/** What the distance of a node must be at index `idx`. */
function distanceAt(draft: Draft, nodes: Nodes, node: number, idx: number, flow: Flow, remap: Remap): number {
  const map = flow === FLOW.CALL ? remap.outer : remap.inner;
  const written = distanceOf(nodes.insn[node * SLOT_WORDS], nodes.insn[node * SLOT_WORDS + 1], flow);
  if ((nodes.flags[node] & (FLAG.FRESH | FLAG.PATCHED)) !== 0) {
    const to = nodes.to[node];
    return to === STAYS ? written : map[to] - idx - 1;
  }
  const end = map.length - 1;
  const target = node + 1 + (draft.dist === null ? written : draft.dist[node]);
  const inside = target >= 0 && target <= end;
  return (inside ? map[target] : beyond(target, end, map[end])) - idx - 1;
}

/** Second walk: every jump's distance, into a column if it may be wide, else checked. */
function relocate(
  draft: Draft,
  nodes: Nodes,
  remap: Remap,
  last: boolean,
  dist: Float64Array,
  work: Work,
): PatchError | null {
  let idx = 0;
  for (let node = nodes.head; node !== END; node = nodes.next[node]) {
    work.node++;
    const flags = nodes.flags[node];
    if ((flags & FLAG.REMOVED) !== 0) continue;
    const flow = flowOf(nodes.insn[node * SLOT_WORDS]);
    if (flow !== FLOW.NONE) {
      const needed = distanceAt(draft, nodes, node, idx, flow, remap);
      work.jump++;
      if (last && !fitsFlow(needed, flow)) {
        const t = nodes.slot[node];
        const written = distanceOf(nodes.insn[node * SLOT_WORDS], nodes.insn[node * SLOT_WORDS + 1], flow);
        const born = (flags & FLAG.LEAD) !== 0 || nodes.tail[t] !== node || draft.program.origIdx[t] < 0;
        return rangeError(placeOf(draft, t), born, flow, written, needed);
      }
      dist[idx] = needed;
    }
    idx++;
  }
  return null;
}

/** Third walk: into the array, with what belongs to each insn. */
function copyOut(draft: Draft, nodes: Nodes, cnt: number, work: Work) {
  const { program } = draft;
  const insns = new Int32Array(cnt * SLOT_WORDS);
  const uid = new Uint32Array(cnt);
  const origIdx = new Int32Array(cnt);
  const anchor = new Int32Array(cnt);
  let nextUid = program.nextUid;
  let idx = 0;
  for (let node = nodes.head; node !== END; node = nodes.next[node]) {
    work.node++;
    const flags = nodes.flags[node];
    if ((flags & FLAG.REMOVED) !== 0) continue;
    const t = nodes.slot[node];
    insns[idx * SLOT_WORDS] = nodes.insn[node * SLOT_WORDS];
    insns[idx * SLOT_WORDS + 1] = nodes.insn[node * SLOT_WORDS + 1];
    uid[idx] = (flags & FLAG.FRESH) === 0 ? program.uid[t] : nextUid++;
    const heir = (flags & FLAG.LEAD) === 0 && nodes.tail[t] === node;
    origIdx[idx] = heir ? program.origIdx[t] : -1;
    anchor[idx] = placeOf(draft, t);
    idx++;
  }
  work.alloc += 4;
  work.insn += cnt;
  work.bytes += cnt * 8;
  return { insns, uid, nextUid, origIdx, anchor };
}

/** Fourth walk: records go to the last insn of what stands for a slot; the others begin with `seen` alone. */
function auxOut(aux: Aux, nodes: Nodes, cnt: number, work: Work): Aux {
  const home = new Int32Array(cnt);
  const zextDst = new Uint8Array(cnt);
  let idx = 0;
  let led = END;
  for (let node = nodes.head; node !== END; node = nodes.next[node]) {
    work.node++;
    const flags = nodes.flags[node];
    if ((flags & FLAG.REMOVED) !== 0) continue;
    const t = nodes.slot[node];
    const record = aux.home[t];
    const heir = (flags & FLAG.LEAD) === 0 && nodes.tail[t] === node;
    home[idx] = heir || record < 0 ? record : ~record;
    if ((flags & FLAG.LEAD) !== 0) led = t;
    const touched = (flags & (FLAG.FRESH | FLAG.PATCHED)) !== 0 || led === t;
    zextDst[idx++] = touched
      ? defines32(nodes.insn[node * SLOT_WORDS], nodes.insn[node * SLOT_WORDS + 1])
      : aux.zextDst[t];
  }
  work.alloc += 2;
  work.aux += cnt;
  return { records: aux.records, home, zextDst };
}

const step: Step = (draft, edits, { options, last, work }) => {
  const { program } = draft;
  const nodes = createList(program.insns, edits, work);
  let leave = 0;
  for (let e = 0; e < edits.cnt; e++) leave = editList(nodes, edits, e, leave, work);

  const remap = numberNodes(nodes, edits.slotCnt, work);
  const cnt = edits.newSlotCnt;
  const dist = new Float64Array(cnt);
  const refused = relocate(draft, nodes, remap, last, dist, work);
  if (refused !== null) return err(refused);
  const { insns, uid, nextUid, origIdx, anchor } = copyOut(draft, nodes, cnt, work);
  if (last)
    for (let idx = 0; idx < cnt; idx++) {
      const flow = flowOf(insns[idx * SLOT_WORDS]);
      if (flow !== FLOW.NONE) putDistance(insns, idx, flow, dist[idx]);
    }
  const aux = program.aux && auxOut(program.aux, nodes, cnt, work);
  const tables = moveTables(program, remap, edits.removedCnt, options, work);
  const out: Program = { ...program, ...tables, insns, uid, nextUid, origIdx, aux };
  return ok({ draft: { program: out, dist: last ? null : dist, anchor: last ? null : anchor }, remap });
};

export const list: Algorithm = {
  id: 'list',
  label: 'list',
  style: 'list',
  readsAllPerEdit: false,
  bound: 'O(n + p)',
  why: 'Keeps the program as a linked list while edits arrive, so an edit touches only its own insns; numbers come back once, at the end.',
  open: (program, options) => patchingBy(step, program, options),
};

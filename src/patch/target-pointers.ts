/**
 * First design of the RFC's review: a node points to the node it jumps to, so its distance is nobody's business
 * until the list is linearized. Nodes also point to their records: here, to the slot they stand for.
 *
 *     replace c by x y          [ja]---+           the pointer still means c's node, which holds x now
 *                                      v
 *     [a]-->[b]-->[c: x]-->[y]-->[d]
 *
 *     prepend p to d            [ja]------------+          [call]-->(entry of d)--+
 *                                               v                                 v
 *     [a]-->[b]-->[c]-->[p]-->[d]                  [c]-->[p]-->[d]         from d to p
 *
 *     remove c                  [ja]--->[c]--->[d]         c leaves the list and keeps a pointer to what is next
 *
 * A call cannot point to a node, because it must hit what is put before it and a jump must not: calls share an entry
 * for each node called, and the entry moves. A removed node's pointer may lead to one removed later; whoever
 * follows such a chain points its links to the end of it, so that it is followed once. Jumps put by a patch are
 * given pointers when they are put, since only then it is known what their distance counts.
 */
import { growI32, pushI32 } from '../base/grow.ts';
import { distanceOf, FLOW, type Flow, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Algorithm } from './algorithm.ts';
import { list } from './list.ts';
import { type Chain, distanceBeyond, NODE } from './list-chain.ts';
import { type Design, keepingList } from './list-keeping.ts';
import { poolOf } from './list-pool.ts';
import type { Work } from './work.ts';

/** Instead of a target: outside of the opened program. */
const BEYOND = -1;
const NO_ENTRY = 0;

/** Where calls lead, by number; that of an entry taken over by another is the other's. */
function entries() {
  const node = growI32();
  const merged = growI32();
  const add = (at: number): number => {
    pushI32(node, at);
    pushI32(merged, merged.cnt);
    return merged.cnt - 1;
  };
  add(NO_ENTRY);
  const find = (entry: number): number => {
    let root = entry;
    while (merged.data[root] !== root) root = merged.data[root];
    for (let e = entry; e !== root; ) {
      const up = merged.data[e];
      merged.data[e] = root;
      e = up;
    }
    return root;
  };
  return {
    add,
    moveTo: (entry: number, at: number) => {
      node.data[entry] = at;
    },
    merge: (entry: number, into: number) => {
      merged.data[entry] = into;
    },
    nodeOf: (entry: number): number => node.data[find(entry)],
  };
}

/** Follow a removed node to the living one, or to END, and shorten the way for the next. */
function livingFrom({ next, flags }: Chain, node: number): number {
  let living = node;
  while ((flags[living] & NODE.REMOVED) !== 0) living = next[living];
  for (let one = node; one !== living; ) {
    const up = next[one];
    next[one] = living;
    one = up;
  }
  return living;
}

function pointing(chain: Chain, work: Work): Design {
  const calls = entries();
  /** Node that a jump leads to, entry that a call leads to; entry of each node. */
  let [target, entry] = poolOf([], 2, chain.next.length, work);

  function entryOf(node: number): number {
    if (entry[node] === NO_ENTRY) entry[node] = calls.add(node);
    return entry[node];
  }
  const aimAt = (flow: Flow, node: number): number => (flow === FLOW.CALL ? entryOf(node) : node);

  /** Calls to `node` lead to `to` from now on. */
  function handOver(node: number, to: number): void {
    const old = entry[node];
    if (old === NO_ENTRY) return;
    entry[node] = NO_ENTRY;
    if (entry[to] === NO_ENTRY) {
      entry[to] = old;
      calls.moveTo(old, to);
    } else calls.merge(old, entry[to]);
  }

  const { end } = chain;
  for (let t = 0; t < end; t++) {
    const flow = flowOf(chain.w0[t]);
    if (flow === FLOW.NONE) continue;
    const to = t + 1 + distanceOf(chain.w0[t], chain.imm[t], flow);
    target[t] = to < 0 || to > end ? BEYOND : aimAt(flow, to);
    work.jump++;
  }
  work.scan += end;

  return {
    grow() {
      if (target.length < chain.next.length)
        [target, entry] = poolOf([target, entry], 2, chain.next.length, work);
    },
    aimOf({ leaveCnt, leaveEdit, leaveSlot, leaveTo, first, insns }) {
      // Entries are taken before anything is linked, so that they move with what is put before them.
      const aims = new Int32Array(leaveCnt);
      for (let j = 0; j < leaveCnt; j++) {
        const flow = flowOf(insns[(first[leaveEdit[j]] + leaveSlot[j]) * SLOT_WORDS]);
        aims[j] = aimAt(flow, chain.order[leaveTo[j]]);
      }
      return {
        prepended: handOver,
        inside(node, flow, to) {
          target[node] = aimAt(flow, to);
          work.jump++;
        },
        leaves(node, _at, leave) {
          target[node] = aims[leave];
          work.jump++;
        },
      };
    },
    /** Removed nodes leave the list here, each with a pointer to the next living one. */
    number(cnt) {
      const { next, flags, idx, end: tail } = chain;
      const order = new Int32Array(cnt + 1);
      let at = 0;
      let living = chain.head;
      for (let node = next[living]; ; node = next[node]) {
        work.node++;
        idx[node] = at;
        if ((flags[node] & NODE.REMOVED) !== 0) continue;
        for (let dead = next[living]; dead !== node; ) {
          const after = next[dead];
          next[dead] = node;
          handOver(dead, node);
          dead = after;
          work.node++;
        }
        next[living] = node;
        living = node;
        order[at] = node;
        if (node === tail) break;
        at++;
      }
      chain.order = order;
      work.alloc += 1;
    },
    settle() {},
    distance(node, flow, at) {
      const to = target[node];
      if (to === BEYOND) return distanceBeyond(chain, node, at);
      return chain.idx[flow === FLOW.CALL ? calls.nodeOf(to) : livingFrom(chain, to)] - at - 1;
    },
  };
}

export const targetPointers: Algorithm = {
  id: 'target-pointers',
  label: 'target pointers',
  style: 'list',
  variantOf: list.id,
  readsAllPerEdit: false,
  bound: 'O(n + p)',
  why: 'A list whose jumps point to nodes and need no numbers until the end; by itself the design sends calls past what is put before their target, so calls go through entries that move.',
  open: (program, options) => keepingList(pointing, program, options),
};

/**
 * Second design of the RFC's review: a patcher beside the list, whose map from original index to first node never
 * changes. Insns keep speaking of original indices, and each node says from which one its distance counts (`base`).
 *
 *     replace b by x y, y jumps as b did          HEAD-->[a]-->[b: x]-->[y]-->[c]-->END
 *                                                  base   0     1        1     2
 *     map      original   0  1  2  3               new    0     1        2     3     4
 *              node       a  b  c  END
 *     y: +1 from base 1 means original 3, END, which is 4 now; y stands at 2, so +1 is written
 *
 * The map is the identity: a replace reuses the node, and all that is new hangs behind a node, before the first one
 * behind HEAD. So it also names nodes that were born later, whose own number serves as their index:
 *
 *     list 1   a --> x y, y: ja -2 within its patch            base of y: none (LOCAL), kept as written
 *     list 2   something comes between x and y                 before that: base of y is y, and -2 names x's node
 *
 * That is what the design lacks by itself: a jump inside of a patch has no base, so a later list that takes the patch
 * apart would leave it wrong. Between two lists all such jumps get a base, and so do calls, which must hit what the
 * earlier list put before their target. Removed nodes stay in the list, and what a later list puts hangs behind the node
 * that lived then, before them: so each is numbered as the next living one whenever it was removed.
 */
import { distanceOf, FLOW, type Flow, flowOf } from '../isa/flow.ts';
import type { Algorithm } from './algorithm.ts';
import { list } from './list.ts';
import { type Chain, distanceBeyond, NODE } from './list-chain.ts';
import { type Design, keepingList } from './list-keeping.ts';
import { poolOf } from './list-pool.ts';
import { EDIT } from './ops.ts';
import type { Work } from './work.ts';

/** Instead of a base: the distance within the patch is the one written; the target is outside of the opened program. */
const LOCAL = -1;
const BEYOND = -2;

const COLUMNS = 3;

function mapping(chain: Chain, work: Work): Design {
  /** `away`: distance in original indices, counted from `base`. `led`: insns put before the node by the last list. */
  let [base, away, led] = poolOf([], COLUMNS, chain.next.length, work);
  const { end } = chain;
  for (let t = 0; t < end; t++) {
    const flow = flowOf(chain.w0[t]);
    if (flow === FLOW.NONE) continue;
    const distance = distanceOf(chain.w0[t], chain.imm[t], flow);
    const to = t + 1 + distance;
    base[t] = to < 0 || to > end ? BEYOND : t;
    away[t] = distance;
    work.jump++;
  }
  work.scan += end;

  /** Where the jump at `at` leads, in the numbers of the last walk. */
  function landing(node: number, flow: Flow, at: number): number {
    if (base[node] === LOCAL) return at + 1 + distanceOf(chain.w0[node], chain.imm[node], flow);
    const to = base[node] + 1 + away[node];
    return flow === FLOW.CALL ? chain.idx[to] - led[to] : chain.idx[to];
  }

  return {
    grow() {
      if (base.length < chain.next.length)
        [base, away, led] = poolOf([base, away, led], COLUMNS, chain.next.length, work);
    },
    aimOf({ leaveTo }) {
      return {
        prepended(node, _first, len) {
          led[node] = len;
        },
        inside(node) {
          base[node] = LOCAL;
          work.jump++;
        },
        leaves(node, at, leave) {
          base[node] = at;
          away[node] = chain.order[leaveTo[leave]] - at - 1;
          work.jump++;
        },
      };
    },
    number(cnt) {
      const { next, flags, idx, head, end: tail } = chain;
      const order = new Int32Array(cnt + 1);
      let at = 0;
      for (let node = next[head]; node !== tail; node = next[node]) {
        work.node++;
        idx[node] = at;
        if ((flags[node] & NODE.REMOVED) === 0) order[at++] = node;
      }
      idx[tail] = at;
      order[at] = tail;
      chain.order = order;
      work.alloc += 1;
    },
    settle({ cnt, kind, at }, before) {
      const { order, w0 } = chain;
      for (let idx = 0; idx < order.length - 1; idx++) {
        const node = order[idx];
        const flow = flowOf(w0[node]);
        if (flow === FLOW.NONE || base[node] === BEYOND) continue;
        if (flow !== FLOW.CALL && base[node] !== LOCAL) continue;
        const to = order[landing(node, flow, idx)];
        base[node] = node;
        away[node] = to - node - 1;
        work.jump++;
      }
      work.scan += order.length - 1;
      for (let e = 0; e < cnt; e++) if (kind[e] === EDIT.PREPEND) led[before[at[e]]] = 0;
    },
    distance(node, flow, at) {
      if (base[node] === BEYOND) return distanceBeyond(chain, node, at);
      return landing(node, flow, at) - at - 1;
    },
  };
}

export const patcherMap: Algorithm = {
  id: 'patcher-map',
  label: 'patcher map',
  style: 'list',
  variantOf: list.id,
  readsAllPerEdit: false,
  bound: 'O(n + p)',
  why: 'A list whose jumps go on speaking of original indices, which a map that never changes turns into nodes; by itself the design loses jumps inside of a patch that a later list takes apart, so they get a base between two lists.',
  open: (program, options) => keepingList(mapping, program, options),
};

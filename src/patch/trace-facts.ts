/** What a trace says of one node, op or edit in one look: the stage, the tables and the words all read it here. */
import { EDIT } from './ops.ts';
import type { OpKind, Trace } from './trace.ts';

/** Kind of op 1.. of the timeline. */
export const kindOf = ({ opKind }: Pick<Trace, 'opKind'>, op: number): OpKind => opKind[op - 1] as OpKind;

const firstOps = new WeakMap<Uint8Array, number[]>();

/** The first op of a kind, 0: there is none. Sought once, as pictures ask at every moment. */
export function firstOpOf({ opKind }: Pick<Trace, 'opKind'>, kind: OpKind): number {
  let known = firstOps.get(opKind);
  if (!known) {
    known = [];
    firstOps.set(opKind, known);
  }
  known[kind] ??= opKind.indexOf(kind) + 1;
  return known[kind];
}

/** The last op of a refused timeline is the one that could not be done: at it, nothing was written. */
export const isRefusedOp = ({ refused, opCnt }: Trace, op: number): boolean =>
  refused !== null && op > 0 && op === opCnt;

/** Words that a node's insn stands in at a moment, two a node; distances as their author wrote them. */
export const wordsOf = (
  { rewriteOp, rewritten, insns }: Pick<Trace, 'rewriteOp' | 'rewritten' | 'insns'>,
  node: number,
  moment: number,
): Int32Array => (rewriteOp[node] <= moment ? rewritten : insns);

/** Input slot of a node: its own, or that of the insn whose patch put it. */
export const slotOfNode = (
  { origIdx, edit, editAt }: Pick<Trace, 'origIdx' | 'edit' | 'editAt'>,
  node: number,
): number => (origIdx[node] >= 0 ? origIdx[node] : editAt[edit[node]]);

/** Input slot by which a jump is known. */
export const slotOfJump = (trace: Trace, jump: number): number => slotOfNode(trace, trace.jumps.node[jump]);

const nodesByUid = new WeakMap<Uint32Array, Int32Array>();

/** Node of each uid, -1 where there is none: identities are handed out by counting, so that the column is dense. */
function indexUids(uid: Uint32Array): Int32Array {
  let last = -1;
  for (let node = 0; node < uid.length; node++) if (uid[node] > last) last = uid[node];
  const nodes = new Int32Array(last + 1).fill(-1);
  for (let node = 0; node < uid.length; node++) nodes[uid[node]] = node;
  return nodes;
}

/** Node of a uid, -1 when there is none. The index is made once for a trace, and not before it is needed. */
export function nodeWithUid({ uid, nodeOf }: Pick<Trace, 'uid' | 'nodeOf'>, wanted: number): number {
  // Insns of a text are called by their slots, so most are found where they stand.
  const own = nodeOf[wanted];
  if (own !== undefined && uid[own] === wanted) return own;
  let nodes = nodesByUid.get(uid);
  if (!nodes) {
    nodes = indexUids(uid);
    nodesByUid.set(uid, nodes);
  }
  return nodes[wanted] ?? -1;
}

/** First final-order position that an edit bears or kills. Edits stand in the order of these. */
export function firstOfEdit({ editKind, editAt, editLen, nodeOf }: Trace, edit: number): number {
  const node = nodeOf[editAt[edit]];
  switch (editKind[edit]) {
    case EDIT.REPLACE:
      return node + 1;
    case EDIT.PREPEND:
      return node - editLen[edit];
    default:
      return node;
  }
}

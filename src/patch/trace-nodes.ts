/** The nodes of a trace: every insn that ever was, in the order that patching never changes. */
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Program } from '../program/program.ts';
import { EDIT } from './ops.ts';
import type { ResolvedEdits } from './resolve.ts';
import { NEVER, type Trace } from './trace.ts';

export type TraceNodes = Pick<
  Trace,
  'nodeCnt' | 'uid' | 'birth' | 'death' | 'origIdx' | 'edit' | 'insns' | 'rewritten' | 'rewriteOp' | 'nodeOf'
> & {
  /** Input slot -> first node that ever stands for it. */
  readonly outerOf: Int32Array;
};

function emptyNodes(inputCnt: number, nodeCnt: number): TraceNodes {
  return {
    nodeCnt,
    uid: new Uint32Array(nodeCnt),
    birth: new Int32Array(nodeCnt),
    death: new Int32Array(nodeCnt).fill(NEVER),
    origIdx: new Int32Array(nodeCnt),
    edit: new Int32Array(nodeCnt),
    insns: new Int32Array(nodeCnt * SLOT_WORDS),
    rewritten: new Int32Array(nodeCnt * SLOT_WORDS),
    rewriteOp: new Int32Array(nodeCnt).fill(NEVER),
    nodeOf: new Int32Array(inputCnt + 1),
    outerOf: new Int32Array(inputCnt + 1),
  };
}

/** Words of an insn, by number of the slot. */
function copySlot(to: Int32Array, slot: number, from: Int32Array, fromSlot: number): void {
  to[slot * SLOT_WORDS] = from[fromSlot * SLOT_WORDS];
  to[slot * SLOT_WORDS + 1] = from[fromSlot * SLOT_WORDS + 1];
}

/** All nodes ever born in final order. `editOp`: op that carries each edit out. Each column is written once, in order. */
export function nodesOf(program: Program, edits: ResolvedEdits, editOp: Int32Array): TraceNodes {
  const { slotCnt: inputCnt, cnt, kind, at, len, first, insns: put } = edits;
  const nodes = emptyNodes(inputCnt, inputCnt + edits.bornCnt);
  const { uid, birth, death, origIdx, edit, insns, rewritten, rewriteOp, nodeOf, outerOf } = nodes;
  const { insns: given, uid: givenUid } = program;
  let nextUid = program.nextUid;
  let pos = 0;

  const bear = (e: number, from: number): void => {
    const op = editOp[e];
    for (let s = from; s < len[e]; s++, pos++) {
      uid[pos] = nextUid++;
      birth[pos] = op;
      origIdx[pos] = -1;
      edit[pos] = e;
      copySlot(insns, pos, put, first[e] + s);
    }
  };
  /** The input's own insn, which edit `e` rewrites or kills; -1: none does. */
  const keep = (t: number, e: number): void => {
    nodeOf[t] = pos;
    uid[pos] = givenUid[t];
    origIdx[pos] = t;
    edit[pos] = e;
    copySlot(insns, pos, given, t);
    pos++;
  };
  let t = 0;
  for (let e = 0; e < cnt; e++) {
    for (; t < at[e]; t++) {
      outerOf[t] = pos;
      keep(t, -1);
    }
    if (kind[e] === EDIT.REMOVE) {
      for (const end = t + len[e]; t < end; t++) {
        outerOf[t] = pos;
        death[pos] = editOp[e];
        keep(t, e);
      }
      continue;
    }
    outerOf[t] = pos;
    const isPrepend = kind[e] === EDIT.PREPEND;
    if (isPrepend) bear(e, 0);
    const isReplaced = !isPrepend || (e + 1 < cnt && at[e + 1] === t && kind[e + 1] === EDIT.REPLACE);
    if (!isReplaced) {
      keep(t++, -1);
      continue;
    }
    if (isPrepend) e++;
    rewriteOp[pos] = editOp[e];
    copySlot(rewritten, pos, put, first[e]);
    keep(t++, e);
    bear(e, 1);
  }
  for (; t < inputCnt; t++) {
    outerOf[t] = pos;
    keep(t, -1);
  }
  nodeOf[inputCnt] = outerOf[inputCnt] = pos;
  return nodes;
}

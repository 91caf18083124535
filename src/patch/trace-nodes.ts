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
    origIdx: new Int32Array(nodeCnt).fill(-1),
    edit: new Int32Array(nodeCnt).fill(-1),
    insns: new Int32Array(nodeCnt * SLOT_WORDS),
    rewritten: new Int32Array(nodeCnt * SLOT_WORDS),
    rewriteOp: new Int32Array(nodeCnt).fill(NEVER),
    nodeOf: new Int32Array(inputCnt + 1),
    outerOf: new Int32Array(inputCnt + 1),
  };
}

/** All nodes ever born in final order. `editOp`: op that carries each edit out. */
export function nodesOf(program: Program, edits: ResolvedEdits, editOp: Int32Array): TraceNodes {
  const { slotCnt: inputCnt, cnt, kind, at, len, first } = edits;
  const nodes = emptyNodes(inputCnt, inputCnt + edits.bornCnt);
  const { uid, birth, death, origIdx, edit, insns, rewritten, rewriteOp, nodeOf, outerOf } = nodes;
  let nextUid = program.nextUid;
  let pos = 0;

  const bear = (e: number, from: number): void => {
    for (let s = from; s < len[e]; s++, pos++) {
      uid[pos] = nextUid++;
      birth[pos] = editOp[e];
      edit[pos] = e;
      const word = (first[e] + s) * SLOT_WORDS;
      insns[pos * SLOT_WORDS] = edits.insns[word];
      insns[pos * SLOT_WORDS + 1] = edits.insns[word + 1];
    }
  };
  let e = 0;
  let hole = -1;
  let holeEnd = 0;
  for (let t = 0; t < inputCnt; t++) {
    outerOf[t] = pos;
    if (e < cnt && at[e] === t && kind[e] === EDIT.PREPEND) bear(e++, 0);
    if (e < cnt && at[e] === t && kind[e] === EDIT.REMOVE) {
      holeEnd = t + len[e];
      hole = e++;
    }
    const node = pos++;
    nodeOf[t] = node;
    uid[node] = program.uid[t];
    origIdx[node] = t;
    insns[node * SLOT_WORDS] = program.insns[t * SLOT_WORDS];
    insns[node * SLOT_WORDS + 1] = program.insns[t * SLOT_WORDS + 1];
    if (t < holeEnd) {
      death[node] = editOp[hole];
      edit[node] = hole;
    } else if (e < cnt && at[e] === t && kind[e] === EDIT.REPLACE) {
      edit[node] = e;
      rewriteOp[node] = editOp[e];
      rewritten[node * SLOT_WORDS] = edits.insns[first[e] * SLOT_WORDS];
      rewritten[node * SLOT_WORDS + 1] = edits.insns[first[e] * SLOT_WORDS + 1];
      bear(e++, 1);
    }
  }
  nodeOf[inputCnt] = outerOf[inputCnt] = pos;
  return nodes;
}

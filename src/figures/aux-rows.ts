/** Aux records at a moment, and where each of them comes from. */
import { defines32 } from '../isa/flow.ts';
import { NEVER, type Trace } from '../patch/trace.ts';
import { wordsOf } from '../patch/trace-facts.ts';
import { auxAt } from '../program/program.ts';
import type { TableSource } from './tables.ts';

export interface AuxRow {
  readonly idx: number;
  readonly uid: number;
  readonly origIdx: number;
  readonly seen: number;
  readonly zextDst: number;
  readonly ptrType: number;
  readonly ctxFieldSize: number;
  readonly aluState: number;
  readonly aluLimit: number;
  readonly mapIdx: number;
  readonly callArg: number;
  /** Where the record comes from: kept, moved, inherited from the patched insn, or new. */
  readonly record: 'kept' | 'moved' | 'inherits' | 'new';
  /** Slot of the input whose record (or `seen`) it is. */
  readonly home: number;
  readonly shift: number;
  /** Op that made the record what it is; 0: it was there from the beginning. */
  readonly since: number;
  /** Op from which `zextDst` is computed from the insn; 0: it is the recorded one. */
  readonly zextSince: number;
}

/** What a record that is new knows. */
const NOTHING = { ptrType: 0, ctxFieldSize: 0, aluState: 0, aluLimit: 0, mapIdx: 0, callArg: 0 };

/** Slot `idx` of the program as it would be if the algorithm finished at `moment`. */
export function auxRowAt(source: TableSource, moment: number, idx: number): AuxRow | null {
  const { trace, moments, before } = source;
  if (!before.aux) return null;
  const node = moments.selectAlive(moment, idx);
  const { home, isHeir } = homeOf(trace, node, moment);
  const record = auxAt(before.aux, home);
  const zextSince = touchedSince(trace, node, moment);
  const words = wordsOf(trace, node, moment);
  const zextDst = zextSince > 0 ? defines32(words[node * 2], words[node * 2 + 1]) : record.zextDst;
  const own = trace.origIdx[node];
  const kept = isHeir && own === home;
  const { ptrType, ctxFieldSize, aluState, aluLimit, mapIdx, callArg } = isHeir ? record : NOTHING;
  return {
    ...{ ptrType, ctxFieldSize, aluState, aluLimit, mapIdx, callArg },
    idx,
    uid: trace.uid[node],
    origIdx: isHeir ? record.origIdx : 0,
    seen: record.seen,
    zextDst,
    record: !isHeir ? 'new' : kept ? (idx === own ? 'kept' : 'moved') : 'inherits',
    home,
    shift: kept ? idx - own : 0,
    since: kept ? 0 : trace.birth[node] > 0 ? trace.birth[node] : trace.rewriteOp[node],
    zextSince,
  };
}

/** The first op by which a patch put the node, rewrote it, or put insns in front of it; 0: none has. */
function touchedSince(trace: Trace, node: number, moment: number): number {
  const { birth, rewriteOp, origIdx, edit, editAt } = trace;
  if (birth[node] > 0) return birth[node];
  const before = node - 1;
  const isPrepended =
    origIdx[node] >= 0 &&
    before >= 0 &&
    origIdx[before] < 0 &&
    editAt[edit[before]] === origIdx[node] &&
    birth[before] <= moment;
  const rewritten = rewriteOp[node] <= moment ? rewriteOp[node] : NEVER;
  const first = Math.min(rewritten, isPrepended ? birth[before] : NEVER);
  return first === NEVER ? 0 : first;
}

/** Input slot whose aux record a node has; of a patch only the last slot inherits the whole of it. */
function homeOf(trace: Trace, node: number, moment: number): { home: number; isHeir: boolean } {
  const own = trace.origIdx[node];
  const edit = trace.edit[node];
  if (own >= 0) {
    const replaced = edit >= 0 && trace.rewriteOp[node] <= moment && trace.editLen[edit] > 1;
    return { home: own, isHeir: !replaced };
  }
  const isLast = node + 1 >= trace.nodeCnt || trace.edit[node + 1] !== edit || trace.origIdx[node + 1] >= 0;
  const at = trace.editAt[edit];
  // A replace's nodes follow the patched node, a prepend's stand before it.
  return { home: at, isHeir: isLast && trace.nodeOf[at] < node };
}

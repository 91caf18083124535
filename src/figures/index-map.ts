/** The map from old slots to new ones, as it would be if the algorithm finished at a moment (patch/remap.ts). */
import { EDIT } from '../patch/ops.ts';
import { NEVER, type Trace } from '../patch/trace.ts';
import { outerPos, type TableSource } from './tables.ts';

export interface MapRow {
  /** Slot of the input; the one behind the last stands for its end. */
  readonly slot: number;
  /** First slot that stands for it: calls, subprogram starts and line entries go there. */
  readonly outer: number;
  /** Slot behind what is put before it: jumps go there. Of a deleted slot both name the next one that stays. */
  readonly inner: number;
  /** Slot that has its aux record; -1: it is deleted, or the end. */
  readonly heir: number;
  readonly dead: boolean;
  /** Its insn; null for the end. */
  readonly uid: number | null;
}

/** A row for each slot of the input, and one for its end. */
export const mapRowCnt = ({ trace }: TableSource): number => trace.inputCnt + 1;

/** Node that has the record of a patched insn: the last one of a replace, or the insn itself. */
function heirNode({ rewriteOp, edit, editLen }: Trace, node: number, moment: number): number {
  return rewriteOp[node] <= moment ? node + editLen[edit[node]] - 1 : node;
}

export function mapRowAt({ trace, moments }: TableSource, moment: number, slot: number): MapRow {
  const node = trace.nodeOf[slot];
  const isEnd = slot >= trace.inputCnt;
  const dead = !isEnd && trace.death[node] <= moment;
  return {
    slot,
    outer: moments.rankAlive(moment, outerPos(trace, slot)),
    inner: moments.rankAlive(moment, node),
    heir: isEnd || dead ? -1 : moments.rankAlive(moment, heirNode(trace, node, moment)),
    dead,
    uid: isEnd ? null : trace.uid[node],
  };
}

/** What the edits at a slot have done by a moment. */
export interface MapEdits {
  /** Slots put before it, and slots that stand for it (0: deleted). */
  readonly before: number;
  readonly inPlace: number;
  readonly rewritten: boolean;
}

export function mapEditsAt({ trace }: TableSource, moment: number, slot: number): MapEdits {
  const { nodeOf, death, birth, rewriteOp, edit, editKind, editLen } = trace;
  const node = nodeOf[slot];
  const first = outerPos(trace, slot);
  const isPrepended = first < node && editKind[edit[first]] === EDIT.PREPEND && birth[first] <= moment;
  const rewritten = slot < trace.inputCnt && rewriteOp[node] !== NEVER && rewriteOp[node] <= moment;
  return {
    before: isPrepended ? node - first : 0,
    inPlace: slot < trace.inputCnt && death[node] <= moment ? 0 : rewritten ? editLen[edit[node]] : 1,
    rewritten,
  };
}

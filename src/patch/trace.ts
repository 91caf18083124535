/**
 * What an algorithm did, as data for pictures. Patching never permutes: nodes are only born or flagged dead and
 * the order of survivors is fixed. So the trace keeps every node ever born in one *final order*, with the op that
 * bore it and the op that killed it; the program after op k is a filter over that order.
 *
 * There are no objects for nodes, only columns: 40 bytes a node, 4 more for one of the input, 29 a jump, 17 an edit, 5
 * an op. What is looked up in them (moments.ts, compare-states.ts) is made on the page, when it is first asked for.
 *
 * Ops are numbered 1..opCnt; moment k means "k ops are done", moment 0 is before the first.
 */
import type { PatchError, Style } from './algorithm.ts';

/** An op number behind every moment. */
export const NEVER = 0x7fffffff;

/** The op kinds of a timeline; phases are the maximal runs of ops of one phase. */
export const OP = {
  CREATE: 0,
  REPLACE: 1,
  PREPEND: 2,
  REMOVE: 3,
  LINEARIZE: 4,
  RETARGET: 5,
  AUX: 6,
  SUBPROGS: 7,
  LINES: 8,
  /** Batch: the maps from old slots to new ones, and the one pass that writes the result. */
  NUMBER: 9,
  COPY: 10,
} as const;
export type OpKind = (typeof OP)[keyof typeof OP];
export const OP_NAMES = [
  'create',
  'replace',
  'prepend',
  'remove',
  'linearize',
  'retarget',
  'aux',
  'subprograms',
  'line info',
  'number',
  'copy',
] as const;

/** Jumps and calls that ever stood in a node; one row for each (node, insn it held). */
export interface TraceJumps {
  readonly cnt: number;
  /** Node that holds the jump. */
  readonly node: Int32Array;
  /** Final-order position it leads to; nodeCnt is the end. Dead nodes there are passed over. */
  readonly target: Int32Array;
  readonly flow: Uint8Array; // Flow
  /** Moments [from, to) at which the node holds this jump. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Distance as the insn carries it until `op`, and from then on. */
  readonly written: Int32Array;
  readonly final: Int32Array;
  /** Op that writes `final`; NEVER when it is equal to `written` (or when each op keeps it up to date: arrays). In a batch it is the pass. */
  readonly op: Int32Array;
}

export interface Trace {
  /** Whether distances wait for linearize ('list') or for one pass ('batch'), or are kept up to date after each patch ('array'). */
  readonly style: Style;
  readonly inputCnt: number;
  readonly nodeCnt: number;
  readonly uid: Uint32Array;
  readonly birth: Int32Array;
  readonly death: Int32Array;
  /** Input slot of the node, -1 when born in a patch. */
  readonly origIdx: Int32Array;
  /** Edit (position in the canonical list) that bore, rewrote or killed the node; -1 when none did. */
  readonly edit: Int32Array;
  /** Two words a node: the insn it was born with, and the insn it holds from `rewriteOp` on. */
  readonly insns: Int32Array;
  readonly rewritten: Int32Array;
  readonly rewriteOp: Int32Array;
  /** Input slot -> node. */
  readonly nodeOf: Int32Array;
  readonly jumps: TraceJumps;
  /** Canonical edits: kind, input slot, and number of slots put or deleted. */
  readonly editKind: Uint8Array; // EditKind
  readonly editAt: Int32Array;
  readonly editLen: Int32Array;
  /** Slots each edit of the canonical list adds (negative: deletes). */
  readonly growth: Int32Array;
  /** Op that carries each edit out; NEVER when a refusal cut the timeline before it. */
  readonly editOp: Int32Array;
  /** Timeline: op k is at index k - 1. `ref` is the edit (REPLACE, PREPEND, REMOVE), the jump (RETARGET) or -1. */
  readonly opCnt: number;
  readonly opKind: Uint8Array;
  readonly opRef: Int32Array;
  /** Set when patching was refused: the last op of the timeline is the one that could not be done. */
  readonly refused: PatchError | null;
}

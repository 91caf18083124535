/**
 * The trace of a run, from the program, the edits and what came of them. It is built beside the algorithms, not by
 * them: what is shown depends on the edits alone, and the fast one need not carry a film of itself.
 */
import { assert } from '../base/assert.ts';
import { give, takeI32 } from '../base/buffers.ts';
import { type GrowI32, growI32, takeI32 as ownI32, pushI32 } from '../base/grow.ts';
import { partitionPoint } from '../base/lower-bound.ts';
import { type Flow, fitsFlow } from '../isa/flow.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Layer, PatchError, Patched, Style } from './algorithm.ts';
import { editBuilder } from './edit-builder.ts';
import { momentsOf } from './moments.ts';
import { EDIT, type EditList } from './ops.ts';
import { type ResolvedEdits, resolveEdits } from './resolve.ts';
import { NEVER, OP, type OpKind, type Trace, type TraceJumps } from './trace.ts';
import { type JumpColumns, jumpsOf } from './trace-jumps.ts';
import { nodesOf, type TraceNodes } from './trace-nodes.ts';

const OP_OF_EDIT = [OP.REPLACE, OP.PREPEND, OP.REMOVE] as const;

/**
 * The edits in the order in which they are carried out. Lists and batches take them as they come. The array first does all
 * that add, then all that delete, and has to: a jump to a deleted insn leads in front of what is prepended to the
 * next survivor (SEMANTICS 7), so the prepend must be there before the two targets become one.
 */
function carriedOut({ cnt, kind }: ResolvedEdits, style: Style): Int32Array {
  const order = new Int32Array(cnt);
  let i = 0;
  for (let e = 0; e < cnt; e++) if (style !== 'array' || kind[e] !== EDIT.REMOVE) order[i++] = e;
  for (let e = 0; i < cnt; e++) if (kind[e] === EDIT.REMOVE) order[i++] = e;
  return order;
}

/** Distances when all edits are done; jumps that do not last keep theirs. */
function finalDistances({ node, target, to, written }: JumpColumns, nodes: TraceNodes): Float64Array {
  const { nodeCnt, death } = nodes;
  const final = new Float64Array(node.cnt);
  // Survivors before each position; positions outside count on.
  const ranks = takeI32(nodeCnt + 1);
  let cnt = 0;
  for (let at = 0; at < nodeCnt; at++) {
    ranks[at] = cnt;
    if (death[at] === NEVER) cnt++;
  }
  ranks[nodeCnt] = cnt;
  for (let j = 0; j < node.cnt; j++) {
    const pos = target.data[j];
    const rank = pos <= 0 ? pos : pos <= nodeCnt ? ranks[pos] : cnt + pos - nodeCnt;
    final[j] = to.data[j] === NEVER ? rank - ranks[node.data[j]] - 1 : written.data[j];
  }
  give(ranks);
  return final;
}

/**
 * An edit after which a jump that will not fit at the end no longer fits: the first one, if the edits before it
 * only add. (When some delete, a distance may fit again; then it is one at which some jump ceases to.)
 */
function firstBreakingOp(
  columns: JumpColumns,
  final: Float64Array,
  nodes: TraceNodes,
  editCnt: number,
): number {
  const moments = momentsOf(nodes);
  const { node, target, flow, to, from } = columns;
  const fitsAt = (j: number, k: number): boolean => {
    const distance = moments.rankAlive(k, target.data[j]) - moments.rankAlive(k, node.data[j]) - 1;
    return fitsFlow(distance, flow.data[j] as Flow);
  };
  let best = editCnt;
  for (let j = 0; j < node.cnt; j++) {
    if (to.data[j] !== NEVER || fitsFlow(final[j], flow.data[j] as Flow)) continue;
    if (from.data[j] >= best || fitsAt(j, best - 1)) continue;
    best = partitionPoint(from.data[j], best - 1, (k) => !fitsAt(j, k));
  }
  return best;
}

/** What is carried out, how, and what came of it. */
interface Carried {
  readonly program: Program;
  readonly style: Style;
  readonly patched: Patched | PatchError;
  readonly layer: Layer;
}

interface Timeline {
  readonly kind: GrowI32;
  readonly ref: GrowI32;
  /** Op that retargets each jump. */
  readonly op: Int32Array;
}

function pushOp(timeline: Timeline, kind: OpKind, ref: number): void {
  pushI32(timeline.kind, kind);
  pushI32(timeline.ref, ref);
}

/**
 * The ops behind the edits: numbers come back, then each jump, then the tables that travel in this layer. A list writes
 * each distance when it is known; a batch knows them all before its pass writes anything.
 */
function pushLinearize(
  timeline: Timeline,
  columns: JumpColumns,
  final: Float64Array,
  { program, style, patched, layer }: Carried,
): void {
  const { to, written, flow, node } = columns;
  const refused = 'code' in patched;
  pushOp(timeline, style === 'list' ? OP.LINEARIZE : OP.NUMBER, -1);
  for (let j = 0; j < node.cnt; j++) {
    const fits = fitsFlow(final[j], flow.data[j] as Flow);
    if (to.data[j] !== NEVER || final[j] === written.data[j] || (refused && fits)) continue;
    pushOp(timeline, OP.RETARGET, j);
    timeline.op[j] = timeline.kind.cnt;
    // Nothing is written before all distances are known to fit: the first that does not is the last op.
    if (refused) return;
  }
  if (refused) return;
  if (style === 'batch') {
    pushOp(timeline, OP.COPY, -1);
    for (let j = 0; j < node.cnt; j++) if (timeline.op[j] !== NEVER) timeline.op[j] = timeline.kind.cnt;
  }
  if (layer === 'verifier' && patched.program.aux !== null) pushOp(timeline, OP.AUX, -1);
  if (layer === 'verifier') pushOp(timeline, OP.SUBPROGS, -1);
  if (program.lineInfo.insnOff.length > 0) pushOp(timeline, OP.LINES, -1);
}

function growthOf({ cnt, kind, len }: ResolvedEdits): Int32Array {
  const growth = new Int32Array(cnt);
  for (let e = 0; e < cnt; e++)
    growth[e] = kind[e] === EDIT.REMOVE ? -len[e] : kind[e] === EDIT.PREPEND ? len[e] : len[e] - 1;
  return growth;
}

/** Ops of edits as long as the timeline goes: NEVER for what a refusal cut off. */
function cutAt(editOp: Int32Array, last: number): Int32Array {
  for (let e = 0; e < editOp.length; e++) if (editOp[e] > last) editOp[e] = NEVER;
  return editOp;
}

/** Column of small numbers. */
function bytesOf({ data, cnt }: GrowI32): Uint8Array {
  const bytes = new Uint8Array(cnt);
  for (let i = 0; i < cnt; i++) bytes[i] = data[i];
  return bytes;
}

/**
 * `style` 'list': create, one op an edit, linearize, one op for each jump or call that changes, one for each table of `layer`.
 * 'batch': one op an edit, number, one op for each jump or call that changes, one for the pass, one for each table.
 * 'array': one op an edit, which does it all, those that add first. Edits that cannot stand together at all leave no edit on the timeline.
 */
export function traceOf(
  program: Program,
  edits: EditList,
  style: Style,
  patched: Patched | PatchError,
  layer: Layer = 'verifier',
): Trace {
  const inputCnt = slotCnt(program);
  let resolved = resolveEdits(inputCnt, edits);
  if (!resolved.ok) resolved = resolveEdits(inputCnt, editBuilder().finish());
  assert(resolved.ok, 'no edits are valid edits');
  const list = resolved.value;
  const order = carriedOut(list, style);
  const before = style === 'list' ? 1 : 0;
  const editOp = new Int32Array(list.cnt);
  for (let i = 0; i < order.length; i++) editOp[order[i]] = before + i + 1;
  const refused = 'code' in patched ? patched : null;
  const allNodes = nodesOf(program, list, editOp);
  const { outerOf: _outerOf, ...nodes } = allNodes;
  const columns = jumpsOf(program, list, allNodes, editOp);
  const final = finalDistances(columns, allNodes);

  const timeline: Timeline = {
    kind: growI32(list.cnt + columns.node.cnt + 8),
    ref: growI32(list.cnt + columns.node.cnt + 8),
    op: new Int32Array(columns.node.cnt).fill(NEVER),
  };
  if (style === 'list') pushOp(timeline, OP.CREATE, -1);
  const done =
    style === 'array' && refused?.code === 'ERANGE'
      ? firstBreakingOp(columns, final, allNodes, list.cnt)
      : list.cnt;
  for (let i = 0; i < done; i++) pushOp(timeline, OP_OF_EDIT[list.kind[order[i]]], order[i]);
  if (style !== 'array' && refused?.code !== 'EINVAL')
    pushLinearize(timeline, columns, final, { program, style, patched, layer });

  const jumps: TraceJumps = {
    cnt: columns.node.cnt,
    node: ownI32(columns.node),
    target: ownI32(columns.target),
    flow: bytesOf(columns.flow),
    from: ownI32(columns.from),
    to: ownI32(columns.to),
    written: ownI32(columns.written),
    final: Int32Array.from(final),
    op: timeline.op,
  };
  return {
    style,
    inputCnt,
    ...nodes,
    jumps,
    ...{ editKind: list.kind.slice(0, list.cnt), editAt: list.at.slice(0, list.cnt) },
    ...{ editLen: list.len.slice(0, list.cnt), growth: growthOf(list) },
    editOp: cutAt(editOp, before + done),
    ...{
      opCnt: timeline.kind.cnt,
      opKind: bytesOf(timeline.kind),
      opRef: ownI32(timeline.ref),
    },
    refused,
  };
}

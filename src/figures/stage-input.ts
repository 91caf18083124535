/** What the stage is drawn from: everything that its parts ask of a trace at a moment, and nothing of how it looks. */

import { type Frame, type FrameRow, frameAt } from '../patch/frame.ts';
import type { Moments } from '../patch/moments.ts';
import { OP, type Trace } from '../patch/trace.ts';
import type { KfuncNames } from '../program/program.ts';
import type { Geometry } from './geometry.ts';

/** A replace or prepend that is being carried out: which of its two links are set. */
export interface HalfDone {
  readonly edit: number;
  /** The last new node points to what comes next. */
  readonly out: boolean;
  /** What comes before points to the first new node: from now on the list leads through them. */
  readonly in: boolean;
}

export interface StageInput {
  readonly frame: Frame;
  /** Rows of After and their rails where they are those of another moment, on the grid of `frame`. */
  readonly afterRows: readonly Row[] | null;
  readonly halfDone: HalfDone | null;
  readonly geometry: Geometry;
  /** Words of the input program, and which of its slots are the second half of an ld_imm64. */
  readonly inputInsns: Int32Array;
  readonly kfuncs: KfuncNames;
  readonly inputSecond: Uint8Array;
  readonly style: 'list' | 'array';
  /** Edit of the op that was done last; -1 when it was none. */
  readonly currentEdit: number;
  /** Jump node the last op wrote; -1 when it was none. */
  readonly currentJumpNode: number;
  /** Whether numbering is done (linearize, or always for arrays). */
  readonly numbered: boolean;
  /** Number of a new node in its patch, from 1: new[1], new[2]. */
  readonly newNumber: (node: number, edit: number) => number;
  readonly focusUid: number | null;
  readonly hoverUid: number | null;
}

/** A row of the frame with its place in the shared grid. */
export type Row = FrameRow & { readonly row: number };

/** y of the middle of a grid row, counted from `frame.originRow`. */
export const rowY = (g: Geometry, row: number): number => g.padTop + g.pitch * row + g.pitch / 2;

/** Rows of one moment on the grid of a later one, which has at least the same nodes. */
function rowsOnGrid(frame: Frame, moments: Moments, grid: number): Row[] {
  const { moment, rowCnt } = frame;
  const rowOf = (row: number) =>
    row >= rowCnt
      ? moments.bornCnt(grid) + row - rowCnt
      : moments.rankBorn(grid, moments.selectBorn(moment, row));
  return frame.rows.map((r) => ({
    ...r,
    row: moments.rankBorn(grid, r.node),
    jump: r.jump && {
      ...r.jump,
      targetRow: rowOf(r.jump.targetRow),
      staleRow: r.jump.staleRow === null ? null : rowOf(r.jump.staleRow),
    },
  }));
}

/** Number of a new node in its patch, from 1. The nodes of a replace follow the patched one, those of a prepend precede it. */
function newNumberOf({ editAt, editLen, nodeOf }: Trace, node: number, edit: number): number {
  const at = nodeOf[editAt[edit]];
  return node > at ? node - at : node - (at - editLen[edit]) + 1;
}

/** Whether nodes have their new numbers by a moment: behind linearize, in an array always. */
export function isNumbered(trace: Trace, moment: number): boolean {
  const at = trace.opKind.indexOf(OP.LINEARIZE);
  return trace.style === 'array' || (at >= 0 && moment > at);
}

/** Node of the row `by` rows from that of a node (-1: no node, so the first row), kept inside of the grid. */
export function rowBeside(moments: Moments, moment: number, node: number, by: number): number {
  const last = moments.bornCnt(moment) - 1;
  const row = node < 0 ? 0 : moments.rankBorn(moment, node) + by;
  return moments.selectBorn(moment, Math.max(0, Math.min(last, row)));
}

export interface StageSource {
  readonly trace: Trace;
  readonly moments: Moments;
  readonly inputInsns: Int32Array;
  readonly kfuncs: KfuncNames;
  readonly inputSecond: Uint8Array;
}

export interface StageView {
  readonly geometry: Geometry;
  /** Window of the grid; it may begin before the first row or end behind the last. */
  readonly firstRow: number;
  readonly rowCnt: number;
  readonly focusUid: number | null;
  readonly hoverUid: number | null;
}

/** While an op is carried out, the grid is already that of the op, and After is still as before it. */
export function stageInput(
  { trace, moments, inputInsns, inputSecond, kfuncs }: StageSource,
  { op, halfDone }: { readonly op: number; readonly halfDone: HalfDone | null },
  view: StageView,
): StageInput {
  const grid = halfDone ? op + 1 : op;
  const windowAt = (moment: number) => {
    const first = Math.max(0, Math.min(view.firstRow, moments.bornCnt(moment)));
    return frameAt(trace, moments, moment, first, Math.min(view.rowCnt, moments.bornCnt(moment) - first));
  };
  const kind = grid > 0 ? trace.opKind[grid - 1] : -1;
  const ref = grid > 0 ? trace.opRef[grid - 1] : -1;
  const isEdit = kind === OP.REPLACE || kind === OP.PREPEND || kind === OP.REMOVE;
  return {
    frame: windowAt(grid),
    afterRows: halfDone ? rowsOnGrid(windowAt(op), moments, grid) : null,
    halfDone,
    geometry: view.geometry,
    inputInsns,
    kfuncs,
    inputSecond,
    style: trace.style,
    currentEdit: isEdit ? ref : -1,
    currentJumpNode: kind === OP.RETARGET ? trace.jumps.node[ref] : -1,
    numbered: isNumbered(trace, grid),
    newNumber: (node, edit) => newNumberOf(trace, node, edit),
    focusUid: view.focusUid,
    hoverUid: view.hoverUid,
  };
}

/** What the stage is drawn from: everything that its parts ask of a trace at a moment, and nothing of how it looks. */

import { secondSlots } from '../isa/pairs.ts';
import { type Frame, frameAt } from '../patch/frame.ts';
import { type Moments, momentsOf } from '../patch/moments.ts';
import { OP, type Trace } from '../patch/trace.ts';
import type { KfuncNames, Program } from '../program/program.ts';
import { railContext } from './far-jumps.ts';
import type { Geometry } from './geometry.ts';
import type { HalfDone, Picture, Row, StageInput } from './pictures/picture.ts';
import { litAt } from './step.ts';
import type { TableSource } from './tables.ts';

export type { HalfDone, Row, StageInput } from './pictures/picture.ts';

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

/** Node of the row `by` rows from that of a node (-1: no node, so the first row), kept inside of the grid. */
export function rowBeside(moments: Moments, moment: number, node: number, by: number): number {
  const last = moments.bornCnt(moment) - 1;
  const row = node < 0 ? 0 : moments.rankBorn(moment, node) + by;
  return moments.selectBorn(moment, Math.max(0, Math.min(last, row)));
}

export interface StageSource extends TableSource {
  readonly picture: Picture;
  readonly inputInsns: Int32Array;
  readonly kfuncs: KfuncNames;
  readonly inputSecond: Uint8Array;
}

/** What a picture of a run is made from, for one that is drawn by itself. */
export const stageSource = (trace: Trace, before: Program, picture: Picture): StageSource => ({
  ...{ trace, before, picture, moments: momentsOf(trace) },
  ...{ inputInsns: before.insns, inputSecond: secondSlots(before.insns), kfuncs: before.kfuncs },
});

export interface StageView {
  readonly geometry: Geometry;
  /** Window of the grid; it may begin before the first row or end behind the last. */
  readonly firstRow: number;
  readonly rowCnt: number;
  readonly focusUid: number | null;
  readonly hoverUid: number | null;
  /** What is seen of the grid, in pixels from its top; all of the window when missing. */
  readonly inView?: { readonly top: number; readonly bottom: number };
}

const isEdit = (kind: number): boolean => kind === OP.REPLACE || kind === OP.PREPEND || kind === OP.REMOVE;

/**
 * While an op is carried out, After is still as before it, and the grid is that of the op as soon as its nodes are
 * there.
 */
export function stageInput(
  { picture, trace, moments, before, inputInsns, inputSecond, kfuncs }: StageSource,
  { op: done, halfDone }: { readonly op: number; readonly halfDone: HalfDone | null },
  view: StageView,
): StageInput {
  const grid = halfDone?.grid ?? done;
  const windowAt = (moment: number) => {
    const first = Math.max(0, Math.min(view.firstRow, moments.bornCnt(moment)));
    return frameAt(trace, moments, moment, first, Math.min(view.rowCnt, moments.bornCnt(moment) - first));
  };
  const op = halfDone?.op ?? done;
  const kind = op > 0 ? trace.opKind[op - 1] : -1;
  const ref = op > 0 ? trace.opRef[op - 1] : -1;
  const telling = op > 0 ? picture.telling(trace, op) : null;
  const reached = (line: number | undefined) =>
    halfDone !== null && line !== undefined && halfDone.line >= line;
  const frame = windowAt(grid);
  const currentJumpNode = kind === OP.RETARGET ? trace.jumps.node[ref] : -1;
  const source = { trace, moments, before };
  const lit = litAt({ picture, source }, halfDone);
  const { inView, focusUid, hoverUid } = view;
  const originY = frame.originRow * view.geometry.pitch;
  return {
    picture,
    source,
    op,
    frame,
    afterRows: halfDone && grid !== done ? rowsOnGrid(windowAt(done), moments, grid) : null,
    isHollow: reached(telling?.hollow),
    hasWritten: halfDone === null && telling?.writes === true && trace.refused === null,
    halfDone,
    geometry: view.geometry,
    inputInsns,
    kfuncs,
    inputSecond,
    style: trace.style,
    currentEdit: isEdit(kind) ? ref : -1,
    currentJumpNode,
    numbered: picture.isNumbered(trace, done) || reached(telling?.numbered),
    newNumber: (node, edit) => newNumberOf(trace, node, edit),
    lit: { before: new Set(lit.before), middle: new Set(lit.middle), after: new Set(lit.after) },
    focusUid,
    hoverUid,
    rails: railContext(trace, moments, { grid, moment: done }, frame, {
      focusUid,
      hoverUid,
      currentJumpNode,
    }),
    inView: inView ? { top: inView.top - originY, bottom: inView.bottom - originY } : null,
  };
}

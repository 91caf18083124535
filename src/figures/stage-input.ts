/** What the stage is drawn from, and the two helpers that all its parts share. */
import type { Frame, FrameRow } from '../patch/frame.ts';
import type { Moments } from '../patch/moments.ts';
import type { Trace } from '../patch/trace.ts';
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
export function rowsOnGrid(frame: Frame, moments: Moments, grid: number): Row[] {
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
export function newNumberOf({ editAt, editLen, nodeOf }: Trace, node: number, edit: number): number {
  const at = nodeOf[editAt[edit]];
  return node > at ? node - at : node - (at - editLen[edit]) + 1;
}

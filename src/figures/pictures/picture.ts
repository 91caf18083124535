/**
 * What a picture of an algorithm is made of. A picture is one value in one file: what the middle column is called and
 * what stands in it, and how each op is told, line by line. Everything around it (Before, After, rails, timeline) is
 * the same for all.
 */
import type { Style } from '../../patch/algorithm.ts';
import type { Frame, FrameRow } from '../../patch/frame.ts';
import type { Trace } from '../../patch/trace.ts';
import type { KfuncNames } from '../../program/program.ts';
import type { RailContext } from '../far-jumps.ts';
import type { Geometry } from '../geometry.ts';
import type { Mark } from '../mark.ts';
import type { TableSource } from '../tables.ts';

/** An op that is being carried out. */
export interface HalfDone {
  /** Its number, from 1, and how many lines of it are done, from 1. */
  readonly op: number;
  readonly line: number;
  /** Moment whose nodes the row grid has: `op` once the nodes of the op are there, `op - 1` before. */
  readonly grid: number;
}

/** What sentences are made from. */
export interface StepContext {
  readonly picture: Picture;
  readonly source: TableSource;
  /** Words for the pass: who rewrites this program and why. */
  readonly passLabel: string;
  readonly passWhy: string;
  /** Text of an input slot's insn. */
  readonly insnAt: (slot: number) => string;
  /** Slots of the result; of a refused run, what it would have been. */
  readonly resultCnt: number;
  /** Jumps and calls whose distance an edit op changes. */
  readonly retargetedBy: (op: number) => number;
}

/** Nodes (final-order positions) that a line works on, by column. */
export interface Lit {
  readonly before?: readonly number[];
  readonly middle?: readonly number[];
  readonly after?: readonly number[];
}

/**
 * A line of pseudo-code, what it does in words, and which rows it works on; without words of its own it is told by those
 * of the op. Ops are numbered from 1.
 */
export interface Line {
  readonly code: string | ((trace: Trace, op: number) => string);
  readonly say?: (ctx: StepContext, op: number) => string;
  readonly lit?: (source: TableSource, op: number) => Lit;
}

/** How ops of one kind are told. Two ops told by the same value go through the same lines, with other numbers in them. */
export interface Telling {
  /** Short name, one sentence with numbers, and another one for why. */
  readonly name: (trace: Trace, op: number) => string;
  readonly title: (ctx: StepContext, op: number) => string;
  readonly detail: (ctx: StepContext, op: number) => string;
  readonly lines: readonly Line[];
  /** Line (from 0) that stands for the whole op; -1: none. */
  readonly whole: number;
  /** What is said when the op refuses, where that is another thing than that final distances do not fit. */
  readonly refused?: (
    ctx: StepContext,
    op: number,
  ) => { readonly title: string; readonly detail: string } | null;
  /** Line that refuses, where the op can; the line for the whole op unless given. */
  readonly check?: number;
  /** Lines after which the nodes of the op are there; unless given, only when all are done. */
  readonly born?: number;
  /** Lines after which nodes have their new numbers; unless given, only when the op is done. */
  readonly numbered?: number;
  /** Lines after which After is allocated and not written yet; unless given, never. */
  readonly hollow?: number;
  /** The op writes After: the nodes of the middle column come to stand there. */
  readonly writes?: boolean;
}

/** What the middle column adds to the stage: its rows, and what lies behind and before all rows. */
export interface Middle {
  readonly rows: readonly Mark[];
  readonly under: readonly Mark[];
  readonly over: readonly Mark[];
}

/** Words of the heads of the middle column and of After; `half` while an op is carried out. */
export type HeadWords = (source: TableSource, op: number, half: HalfDone | null) => string;

export interface Picture {
  /** Name of the middle column's grid. */
  readonly column: string;
  readonly telling: (trace: Trace, op: number) => Telling;
  readonly middle: (input: StageInput, rows: readonly Row[], y: (row: number) => number) => Middle;
  readonly middleWords: HeadWords;
  readonly afterWords: HeadWords;
  /** Whether what stands in the middle column has its new numbers by a moment. */
  readonly isNumbered: (trace: Trace, moment: number) => boolean;
  /** In which order a replace sets its two links, where one may try the wrong one, too, to see what is lost. */
  readonly linksSet?: 'right' | 'wrong';
}

/** A row of the frame with its place in the shared grid. */
export type Row = FrameRow & { readonly row: number };

/** Everything that the parts of the stage ask of a trace at a moment, and nothing of how it looks. */
export interface StageInput {
  readonly picture: Picture;
  readonly source: TableSource;
  /** The op done last or being carried out (0: none), and the rest of what is known of it. */
  readonly op: number;
  readonly halfDone: HalfDone | null;
  readonly frame: Frame;
  /** Rows of After and their rails where they are those of another moment, on the grid of `frame`. */
  readonly afterRows: readonly Row[] | null;
  /** After is allocated and not written yet. */
  readonly isHollow: boolean;
  /** The op that was done last wrote After. */
  readonly hasWritten: boolean;
  readonly geometry: Geometry;
  /** Words of the input program, and which of its slots are the second half of an ld_imm64. */
  readonly inputInsns: Int32Array;
  readonly kfuncs: KfuncNames;
  readonly inputSecond: Uint8Array;
  /** Edit of `op`; -1 when it is none. */
  readonly currentEdit: number;
  /** Jump node that `op` writes; -1 when it is none. */
  readonly currentJumpNode: number;
  /** How the trace was carried out; an array's distances are up to date after each edit. */
  readonly style: Style;
  /** Whether numbering is done. */
  readonly numbered: boolean;
  /** Number of a new node in its patch, from 1: new[1], new[2]. */
  readonly newNumber: (node: number, edit: number) => number;
  readonly lit: { readonly [Column in keyof Lit]-?: ReadonlySet<number> };
  readonly focusUid: number | null;
  readonly hoverUid: number | null;
  /** Jumps that come from outside of the window, and names of what is outside. */
  readonly rails: RailContext;
  /** Part of the window that is seen, y as in `rowY` from `frame.originRow`; null: all of it. */
  readonly inView: { readonly top: number; readonly bottom: number } | null;
}

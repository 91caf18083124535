/** Signs of edits for the lines of the text, and who makes them. Text and gutter are one: what the text asks for is shown, run or not. */
import { opLine } from '../figures/index.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { EDIT } from '../patch/ops.ts';
import { NEVER, type Trace } from '../patch/trace.ts';
import type { RunDone } from '../pipeline/index.ts';
import { derive } from './derive.ts';
import { EDITS } from './pass-list.ts';
import { sourceSlot } from './source-slot.ts';
import type { State } from './store.ts';

/** More signs than this nobody looks at. */
const MARKS_MAX = 5000;

export interface LineMark {
  readonly line: number;
  readonly kind: 'replace' | 'rewrite' | 'prepend' | 'remove';
}

/** Source lines whose insn is patched, with the sign of the edit by the pass that is shown. */
export const patchLines: (s: State) => readonly LineMark[] = derive(
  (s: State) => [s.good] as const,
  (run: RunDone | null) => {
    if (!run || run.trace.editAt.length > MARKS_MAX) return [];
    const { trace, assembly } = run;
    return Array.from(trace.editAt, (at, k): LineMark => {
      const kind = trace.editKind[k];
      return {
        line: assembly.line[sourceSlot(run, at)],
        kind:
          kind === EDIT.REMOVE
            ? 'remove'
            : kind === EDIT.PREPEND
              ? 'prepend'
              : trace.growth[k] > 0
                ? 'replace'
                : 'rewrite',
      };
    });
  },
);

export interface PatchMark extends LineMark {
  /** What the sign means, in words. */
  readonly tip: string;
  /** The text asks for it and no pass does it. */
  readonly isIdle: boolean;
}

/** Patch points of the text; the two of a 64-bit constant are one directive. */
function marksOfText({ assembly: { patchPoints, line }, steps }: RunDone): PatchMark[] {
  const isIdle = !steps.some(({ pass }) => pass === EDITS);
  const why = isIdle ? ', which is not run: the pass \u201cMy patch points\u201d is not chosen' : '';
  return patchPoints
    .filter(({ from }, k) => from !== patchPoints[k - 1]?.from)
    .slice(0, MARKS_MAX)
    .map(({ kind, at, insns }) => ({
      ...{ line: line[at], isIdle, tip: `${kind}: your patch point${why}` },
      kind: kind === 'replace' && insns.length === SLOT_WORDS ? 'rewrite' : kind,
    }));
}

/** One sign of a kind a line; where the text has a say, a pass has none. */
export const patchMarks: (s: State) => readonly PatchMark[] = derive(
  (s: State) => [s.good, patchLines(s)] as const,
  (run: RunDone | null, ofPass: readonly LineMark[]) => {
    if (!run) return [];
    const own = marksOfText(run);
    if (run.pass === EDITS) return own;
    const taken = new Set(own.map(({ line }) => line));
    const { label } = run.steps[run.step];
    const made = ofPass.flatMap(({ line, kind }) => {
      if (taken.has(line)) return [];
      taken.add(line);
      return [{ line, kind, tip: `${kind}: ${label} makes it`, isIdle: false }];
    });
    return [...own, ...made];
  },
);

/** An edit of the pass that is shown, at an insn of the text. */
export interface PatchFact {
  /** Name of the pass; null: the text asks for it. */
  readonly by: string | null;
  /** "replace: 4 insns for insn 4" */
  readonly words: string;
  /** The op that carries it out. */
  readonly op: number;
}

/** The first edit of the pass shown at a slot of the source; null when it makes none there. */
export function patchFactAt(run: RunDone, slot: number): PatchFact | null {
  const { trace, steps, step } = run;
  const edit = trace.editAt.findIndex((at) => sourceSlot(run, at) === slot);
  const op = edit < 0 ? NEVER : trace.editOp[edit];
  if (op === NEVER) return null;
  return { by: run.pass === EDITS ? null : steps[step].label, words: opLine(trace, op, 0), op };
}

/** The op that does the edit at a slot in front of the pass shown; 0 when there is none. */
export function opAt({ editAt, editOp }: Trace, slot: number): number {
  const edit = editAt.indexOf(slot);
  return edit < 0 || editOp[edit] === NEVER ? 0 : editOp[edit];
}

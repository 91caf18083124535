/** What an insn is at this moment, in words that stand for themselves outside of the page. */
import { highHalf, insnText } from '../figures/insn-text.ts';
import type { TableSource } from '../figures/tables.ts';
import { type FrameRow, frameAt } from '../patch/frame.ts';
import type { RunDone } from '../pipeline/index.ts';
import { nodeOfUid } from './selectors.ts';
import { slotOfNode } from './source-slot.ts';

export interface InsnNow {
  /** As After writes it. */
  readonly text: string;
  /** Slots before the pass and if finished now; -1 where it does not stand. */
  readonly beforeIdx: number;
  readonly afterIdx: number;
  /** Slot before the pass that it was born for, or its own. */
  readonly bornAt: number;
}

/** Text of a row of a frame as After writes it. */
export const rowText = (row: FrameRow, { before }: RunDone): string =>
  row.isSecondSlot
    ? highHalf(row.imm)
    : insnText(row.w0, row.imm, row.jump?.now ?? null, row.nextImm, before.kfuncs);

/** Null: it is not in the run, or not born by `op` ops. */
export function insnNow(run: RunDone, { moments }: TableSource, op: number, uid: number): InsnNow | null {
  const node = nodeOfUid(run, uid);
  if (node < 0 || run.trace.birth[node] > op) return null;
  const [row] = frameAt(run.trace, moments, op, moments.rankBorn(op, node), 1).rows;
  const { beforeIdx, afterIdx } = row;
  return { text: rowText(row, run), beforeIdx, afterIdx, bornAt: slotOfNode(run, node) };
}

/** "after 8 (before 5)", "after 8 (new, for insn 5)", "before 5 (deleted)" */
function placeWords({ beforeIdx, afterIdx, bornAt }: InsnNow): string {
  if (afterIdx < 0)
    return beforeIdx < 0 ? `new for insn ${bornAt} (deleted)` : `before ${beforeIdx} (deleted)`;
  return `after ${afterIdx} (${beforeIdx < 0 ? `new, for insn ${bornAt}` : `before ${beforeIdx}`})`;
}

/** "after 8 (before 5): if w0 > 0x8 goto pc-6" */
export const insnWords = (insn: InsnNow): string => `${placeWords(insn)}: ${insn.text}`;

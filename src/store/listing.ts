/** A program that is read and not edited: what stands in each of its lines, printed when it is looked at. */
import { lowerBound } from '../base/lower-bound.ts';
import { highHalf, insnText } from '../figures/insn-text.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import { EDIT } from '../patch/ops.ts';
import type { RunDone } from '../pipeline/index.ts';
import { slotCnt } from '../program/program.ts';
import { derive } from './derive.ts';
import type { LineMark } from './patch-marks.ts';
import { nodeOfUid } from './selectors.ts';
import { slotOfNode, sourceSlot } from './source-slot.ts';
import type { State } from './store.ts';

export interface ListedLine {
  readonly slot: number;
  readonly uid: number;
  readonly text: string;
  /** The second slot of a 64-bit constant, which is no insn of its own. */
  readonly isSecond: boolean;
  /** A function begins here; not said of the first one. */
  readonly isStart: boolean;
  /** Signs of the edits that the pass shown makes here, each once. */
  readonly signs: readonly LineMark['kind'][];
}

export interface Listed {
  readonly cnt: number;
  lineAt(slot: number): ListedLine;
  /** The line of an insn, or of the one it was born for; -1: there is none. */
  slotOf(uid: number | null): number;
}

function kindOf({ trace: { editKind, growth } }: RunDone, edit: number): LineMark['kind'] {
  if (editKind[edit] === EDIT.REMOVE) return 'remove';
  if (editKind[edit] === EDIT.PREPEND) return 'prepend';
  return growth[edit] > 0 ? 'replace' : 'rewrite';
}

/** Signs at a slot of the source: edits stand in the order of the slots that the pass was given. */
function signsAt(run: RunDone, slot: number): LineMark['kind'][] {
  const { editAt } = run.trace;
  const outer = run.step === 0 ? null : run.throughs[run.step - 1].outer;
  const [from, to] = outer ? [outer[slot], outer[slot + 1] ?? outer[slot] + 1] : [slot, slot + 1];
  const kinds = new Set<LineMark['kind']>();
  for (let k = lowerBound(editAt, from); k < editAt.length && editAt[k] < to; k++) kinds.add(kindOf(run, k));
  return [...kinds];
}

function listedOf(run: RunDone): Listed {
  const { insns, uid, kfuncs, subprogs } = run.source;
  const second = secondSlots(insns);
  return {
    cnt: slotCnt(run.source),
    lineAt(slot) {
      const at = slot * SLOT_WORDS;
      const isSecond = second[slot] === 1;
      const nextImm = insns[at + SLOT_WORDS + 1] ?? 0;
      return {
        ...{ slot, uid: uid[slot], isSecond },
        text: isSecond ? highHalf(insns[at + 1]) : insnText(insns[at], insns[at + 1], null, nextImm, kfuncs),
        isStart: slot > 0 && subprogs.start[lowerBound(subprogs.start, slot)] === slot,
        signs: signsAt(run, slot),
      };
    },
    slotOf(wanted) {
      const node = wanted === null ? -1 : nodeOfUid(run, wanted);
      return node < 0 ? -1 : sourceSlot(run, slotOfNode(run, node));
    },
  };
}

/** Null before there is a program. */
export const listed: (s: State) => Listed | null = derive(
  (s: State) => [s.good] as const,
  (run: RunDone | null) => run && listedOf(run),
);

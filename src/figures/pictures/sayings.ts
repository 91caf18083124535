/** Sentences for single lines that several pictures share: what a jump said, where that leads now, what a table does. */
import { FLOW, type Flow, fitsFlow } from '../../isa/flow.ts';
import { EDIT } from '../../patch/ops.ts';
import { NEVER, OP, type Trace } from '../../patch/trace.ts';
import { slotOfJump } from '../../patch/trace-facts.ts';
import { grouped, MINUS, plural, signed } from '../number.ts';
import { jumpLabel } from '../op-words.ts';
import type { TableSource } from '../tables.ts';
import { jumpNumbers } from './numbers.ts';
import { capital, isGone, type Tellings, tablesBy, withSays } from './told.ts';

/** "jump 2"; one that a patch puts: "call of the patch at 4". */
export function jumpName({ trace }: TableSource, op: number): string {
  const jump = trace.opRef[op - 1];
  if (trace.jumps.from[jump] === 0) return jumpLabel(trace, jump);
  const kind = trace.jumps.flow[jump] === FLOW.CALL ? 'call' : 'jump';
  return `${kind} of the patch at ${grouped(slotOfJump(trace, jump))}`;
}

/** What a jump meant before any patch: "+3 at insn 2 named insn 6". */
export function oldTarget(source: TableSource, op: number): string {
  const { slot, oldTo, written } = jumpNumbers(source, op);
  const { trace } = source;
  const isOld = trace.jumps.from[trace.opRef[op - 1]] === 0;
  return isOld
    ? `${capital(jumpName(source, op))} says ${signed(written)}: in Before that is insn ${grouped(oldTo)} (${grouped(slot)} + 1 ${written < 0 ? MINUS : '+'} ${grouped(Math.abs(written))}).`
    : `The ${jumpName(source, op)} was written as ${signed(written)}, counted in its patch: it leaves it.`;
}

/** "node 6", "the end": what stands at a final-order position, named as in Before or in its patch. */
export function nodeName({ trace }: TableSource, pos: number): string {
  if (pos < 0 || pos >= trace.nodeCnt) return 'the end';
  if (trace.origIdx[pos] >= 0) return `node ${grouped(trace.origIdx[pos])}`;
  return `a new node of the patch at ${grouped(trace.editAt[trace.edit[pos]])}`;
}

/** Whether the insn that a jump led to lives still, or which one stands for it. */
export function followed(source: TableSource, op: number): string {
  const { target, living } = jumpNumbers(source, op);
  return isGone(source.trace, target, op)
    ? `${capital(nodeName(source, target))} was removed: the next one that lives is ${nodeName(source, living)}.`
    : `${capital(nodeName(source, target))} lives: nothing to follow.`;
}

export function fitting(source: TableSource, op: number): string {
  const { final } = jumpNumbers(source, op);
  const { trace } = source;
  const flow = trace.jumps.flow[trace.opRef[op - 1]] as Flow;
  const bits = flow === FLOW.OFF ? 16 : 32;
  return fitsFlow(final, flow)
    ? `${signed(final)} fits into ${bits} bits.`
    : `${signed(final)} does not fit into ${bits} bits: nothing is written.`;
}

/** Rows of the jump that an op re-targets and of where it leads. */
export const litJump = (source: TableSource, op: number) => {
  const { node, target, living } = jumpNumbers(source, op);
  return { jump: [node], oldEnds: [node, target], ends: [node, living], living: [living] };
};

/** Slots that some patch wrote. */
function touchedCnt({ editKind, editLen }: Trace): number {
  let cnt = 0;
  for (let e = 0; e < editKind.length; e++)
    if (editKind[e] !== EDIT.REMOVE) cnt += editLen[e] + (editKind[e] === EDIT.PREPEND ? 1 : 0);
  return cnt;
}
const deadCnt = ({ death }: Trace): number => death.reduce((cnt, at) => cnt + (at === NEVER ? 0 : 1), 0);

/** The tables with a sentence for each line; `now` is how the new number of a slot is read. */
export function saidTables(now: (slot: string) => string): Tellings {
  const tables = tablesBy(now);
  return {
    [OP.AUX]: withSays(tables[OP.AUX], [
      {
        say: ({ source: { trace } }) => {
          const kept = trace.inputCnt - deadCnt(trace);
          return `${plural(kept, 'record')} of ${grouped(trace.inputCnt)} go where their insn went; of a patch, to its last slot.`;
        },
      },
      {
        say: ({ resultCnt, source: { trace } }) => {
          const fresh = resultCnt - trace.inputCnt + deadCnt(trace);
          return `${plural(fresh, 'new record')}: empty, but for seen of the insn that was patched.`;
        },
      },
      {
        say: ({ source: { trace } }) =>
          `zext_dst is computed from the insn again on ${plural(touchedCnt(trace), 'slot')} that a patch wrote.`,
      },
    ]),
    [OP.SUBPROGS]: withSays(tables[OP.SUBPROGS], [
      {
        say: ({ source }) =>
          `One read of the map for each of ${plural(source.before.subprogs.start.length, 'subprogram')}.`,
      },
    ]),
    [OP.LINES]: withSays(tables[OP.LINES], [
      {
        say: ({ source }) =>
          `One read of the map for each of ${plural(source.before.lineInfo.insnOff.length, 'line entry', 'line entries')}.`,
      },
    ]),
  };
}

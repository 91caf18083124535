/** What an op of the timeline is called: its phase, a label that fits under a glyph, and a line with its numbers. */
import { FLOW } from '../isa/flow.ts';
import { OP, OP_NAMES, type OpKind, type Trace } from '../patch/trace.ts';
import { kindOf, slotOfJump } from '../patch/trace-facts.ts';
import { grouped, plural } from './number.ts';

const PHASES: Record<OpKind, string> = {
  [OP.CREATE]: 'create',
  [OP.REPLACE]: 'patch',
  [OP.PREPEND]: 'patch',
  [OP.REMOVE]: 'patch',
  [OP.LINEARIZE]: 'linearize',
  [OP.RETARGET]: 'retarget',
  [OP.AUX]: 'aux',
  [OP.SUBPROGS]: 'subprograms',
  [OP.LINES]: 'line info',
  [OP.NUMBER]: 'number',
  [OP.COPY]: 'copy',
};

/** Phase of op 1.. of a trace. */
export const phaseOf = (trace: Trace, op: number): string => PHASES[kindOf(trace, op)];

/** Number of the op's subject: the patched slot, or the input slot a jump is known by; -1 when it has none. */
export function subjectOf(trace: Trace, op: number): number {
  const ref = trace.opRef[op - 1];
  switch (kindOf(trace, op)) {
    case OP.RETARGET:
      return slotOfJump(trace, ref);
    case OP.REPLACE:
    case OP.PREPEND:
    case OP.REMOVE:
      return trace.editAt[ref];
    default:
      return -1;
  }
}

/** "jump 2", "call 5": what a jump is called everywhere, by the input slot it is known by. */
export const jumpLabel = (trace: Trace, jump: number): string =>
  `${trace.jumps.flow[jump] === FLOW.CALL ? 'call' : 'jump'} ${grouped(slotOfJump(trace, jump))}`;

/** "replace 4", "call 2", "12 slots": short enough to stand under a glyph. */
export function opLabel(trace: Trace, op: number, resultCnt: number): string {
  const kind = kindOf(trace, op);
  switch (kind) {
    case OP.CREATE:
      return `${grouped(trace.inputCnt)} nodes`;
    case OP.LINEARIZE:
    case OP.COPY:
      return `${grouped(resultCnt)} slots`;
    case OP.NUMBER:
      return 'maps';
    case OP.RETARGET:
      return jumpLabel(trace, trace.opRef[op - 1]);
    case OP.REPLACE:
    case OP.PREPEND:
    case OP.REMOVE:
      return `${OP_NAMES[kind]} ${grouped(subjectOf(trace, op))}`;
    case OP.SUBPROGS:
      return 'starts';
    case OP.LINES:
      return 'lines';
    default:
      return OP_NAMES[kind];
  }
}

/** "replace: 4 insns for insn 4": one line with the numbers, for the read-out and for screen readers. */
export function opLine(trace: Trace, op: number, resultCnt: number): string {
  const kind = kindOf(trace, op);
  const name = OP_NAMES[kind];
  const insns = () => plural(trace.editLen[trace.opRef[op - 1]], 'insn');
  switch (kind) {
    case OP.CREATE:
      return `${name}: ${plural(trace.inputCnt, 'node')}`;
    case OP.REPLACE:
      return `${name}: ${insns()} for insn ${subjectOf(trace, op)}`;
    case OP.PREPEND:
      return `${name}: ${insns()} before insn ${subjectOf(trace, op)}`;
    case OP.REMOVE:
      return `${name}: ${insns()} from insn ${subjectOf(trace, op)}`;
    case OP.LINEARIZE:
    case OP.COPY:
      return `${name}: ${plural(resultCnt, 'slot')}`;
    case OP.NUMBER:
      return `${name}: ${plural(trace.inputCnt, 'slot')}`;
    case OP.RETARGET:
      return `${name}: ${jumpLabel(trace, trace.opRef[op - 1])}`;
    default:
      return name;
  }
}

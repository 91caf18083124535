/** The sign of an op: its shape and the role of its colour, the same as in the stage. */
import { OP, type OpKind, type Trace } from '../patch/trace.ts';
import { isRefusedOp, kindOf } from '../patch/trace-facts.ts';
import { type Mark, path } from './mark.ts';
import { opLabel } from './op-words.ts';

/** Roles an op can have, as they are stacked in the strip, the lowest first. */
export const OP_ROLES = ['', 'rew', 'ins', 'del', 'ret'] as const;
export type OpRole = (typeof OP_ROLES)[number];

const growsAt = (trace: Trace, op: number): boolean =>
  kindOf(trace, op) === OP.REPLACE && trace.growth[trace.opRef[op - 1]] > 0;

/** Role colour of a kind of op: of a replace, one that puts more insns than there were. */
export function roleOfKind(kind: OpKind): OpRole {
  switch (kind) {
    case OP.REPLACE:
    case OP.PREPEND:
      return 'ins';
    case OP.REMOVE:
      return 'del';
    case OP.RETARGET:
      return 'ret';
    default:
      return '';
  }
}

/** Role colour of an op (from 1): what it does to the program. */
export function roleOf(trace: Trace, op: number): OpRole {
  const kind = kindOf(trace, op);
  return kind === OP.REPLACE && !growsAt(trace, op) ? 'rew' : roleOfKind(kind);
}

/**
 * Shape of an op's sign around (0, 0), 12 to 14 wide. The same as in the stage: a triangle grows, one on its head is put
 * before, a bar deletes, a folded square is one for one, a diamond re-targets, a square writes the program.
 */
function signPath(trace: Trace, op: number): string {
  if (isRefusedOp(trace, op)) return 'M-7 -7h14M0 -7v14';
  switch (kindOf(trace, op)) {
    case OP.REPLACE:
      return growsAt(trace, op) ? 'M0 -7l7 12h-14z' : 'M-6 -6h8l4 4v8h-12z';
    case OP.PREPEND:
      return 'M0 7l7 -12h-14z';
    case OP.REMOVE:
      return 'M-7 -2h14v4h-14z';
    case OP.LINEARIZE:
    case OP.COPY:
      return 'M-6 -6h12v12h-12z';
    case OP.RETARGET:
      return 'M0 -7l7 7 -7 7 -7 -7z';
    default:
      return 'M-5 0a5 5 0 1 1 10 0a5 5 0 1 1 -10 0z';
  }
}

export type OpState = 'todo' | 'done' | 'current';

/** The sign of an op at a place, in the colour of its role once it is done. */
export function signOf(trace: Trace, op: number, state: OpState, x: number, y: number, scale: number): Mark {
  const role = isRefusedOp(trace, op) ? 'err' : roleOf(trace, op);
  const done = state === 'todo' ? '' : ' done';
  return path('sign', signPath(trace, op), `sign ${role}${done}`, {
    transform: `translate(${x},${y}) scale(${scale})`,
  });
}

export const labelOf = (trace: Trace, op: number, resultCnt: number): string =>
  isRefusedOp(trace, op) ? `-${trace.refused?.code}` : opLabel(trace, op, resultCnt);

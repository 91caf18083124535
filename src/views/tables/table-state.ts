/** Of which moment the numbers of a table are, in a few words. */
import { grouped } from '../../figures/index.ts';
import { tableOp } from '../../figures/provenance.ts';
import type { OpKind, Trace } from '../../patch/trace.ts';

/** `writtenBy`: op of a list that writes the table. */
export function stateWords(trace: Trace, moment: number, writtenBy?: OpKind): string {
  const isLast = moment >= trace.opCnt;
  if (isLast && trace.refused !== null) return 'refused, nothing was written: as it would be';
  if (moment === 0) return 'before the first op';
  if (trace.style === 'array') return `after op ${grouped(moment)}`;
  const op = writtenBy === undefined ? 0 : tableOp(trace, writtenBy);
  if (op > 0 && moment >= op) return `as op ${grouped(op)} wrote it`;
  return isLast ? 'as written' : 'as it would be, if finished now';
}

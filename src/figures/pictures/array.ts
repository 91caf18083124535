/** The kernel's array: cells that touch, each patch moves the tail and looks at every insn again. */
import { grouped, plural } from '../number.ts';
import { arrayMiddle, reachedBy } from './array-column.ts';
import { ARRAY_TELLINGS } from './array-told.ts';
import { editNumbers, isRewrite } from './numbers.ts';
import type { HeadWords, Picture } from './picture.ts';
import { toldBy } from './told.ts';

/** What of the op has been counted so far. */
const middleWords: HeadWords = (source, op, half) => {
  const { trace, moments } = source;
  const slots = `${plural(moments.aliveCnt(half?.grid ?? op), 'slot')}, touching`;
  const at = half?.op ?? op;
  if (at === 0 || isRewrite(trace, at)) return slots;
  const { moved, swept } = reachedBy({ op: at, halfDone: half, source });
  const { tail, is } = editNumbers(source, at);
  const counts = [...(moved ? [`moved ${grouped(tail)}`] : []), ...(swept ? [`scanned ${grouped(is)}`] : [])];
  return counts.length === 0 ? slots : counts.join(', ');
};

const afterWords: HeadWords = ({ trace }, op, half) => {
  if (half !== null) return ', as before this op';
  if (op < trace.opCnt) return ', so far';
  return trace.refused ? ', refused: not written' : '';
};

export const array: Picture = {
  column: 'Memory',
  middleWords,
  afterWords,
  isNumbered: () => true,
  telling: toldBy(ARRAY_TELLINGS),
  middle: arrayMiddle,
};

/** The list: nodes apart, with arrows; numbers and distances wait for linearize. */
import { OP, type Trace } from '../../patch/trace.ts';
import { firstOpOf } from '../../patch/trace-facts.ts';
import { plural } from '../number.ts';
import { LIST_BRIEF } from './list-brief.ts';
import { listMiddle } from './list-column.ts';
import type { HeadWords, Picture } from './picture.ts';
import { toldBy } from './told.ts';

/** Behind linearize. */
function isLinearized(trace: Trace, moment: number): boolean {
  const first = firstOpOf(trace, OP.LINEARIZE);
  return first > 0 && moment >= first;
}

const middleWords: HeadWords = ({ trace, moments }, op, half) => {
  if (op === 0) return half === null ? 'no nodes yet' : plural(moments.bornCnt(0), 'node');
  const nodes = plural(moments.bornCnt(half?.grid ?? op), 'node');
  return `${nodes}, ${isLinearized(trace, op) ? 'numbered anew' : 'numbered as they were'}`;
};

const afterWords: HeadWords = ({ trace }, op, half) => {
  if (half !== null) return ', as before this op';
  if (op >= trace.opCnt) return trace.refused ? ', refused: not written' : '';
  return isLinearized(trace, op) ? ', if finished now' : ', if linearized now';
};

export const LIST_WORDS = { middleWords, afterWords, isNumbered: isLinearized } as const;

/** Without the sentences for single lines, which come a moment later. */
export const listAtFirst: Picture = {
  column: 'List',
  ...LIST_WORDS,
  telling: toldBy(LIST_BRIEF),
  middle: listMiddle(),
  linksSet: 'right',
};

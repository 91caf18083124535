/** The list with the two links of a replace set in the wrong order, to see what is lost. After is that of the right one. */
import { OP } from '../../patch/trace.ts';
import { grouped, plural } from '../number.ts';
import { LIST_WORDS } from './list.ts';
import { listMiddle } from './list-column.ts';
import { LIST_TELLINGS } from './list-told.ts';
import { editNumbers } from './numbers.ts';
import type { Picture, StepContext, Telling } from './picture.ts';
import { toldBy } from './told.ts';

const right = LIST_TELLINGS[OP.REPLACE] as Telling;
const [own, alloc, out, into, flag] = right.lines;

const lost = ({ source }: StepContext, op: number): string => plural(editNumbers(source, op).tail, 'node');

const replace: Telling = {
  ...right,
  title: (ctx, op) => `${right.title(ctx, op)} In this order ${lost(ctx, op)} behind it are lost.`,
  detail: () =>
    'elem.next was overwritten before it was copied: the new nodes are a ring, and nothing points to the tail. After shows what the right order gives.',
  whole: 3,
  lines: [
    own,
    alloc,
    {
      ...into,
      say: (ctx, op) =>
        `Node ${grouped(editNumbers(ctx.source, op).at)} points to the first new node, and nothing to what came behind it: ${lost(ctx, op)} lost.`,
    },
    {
      ...out,
      say: () =>
        'elem.next is new[1] by now: the last new node points back to the first one. The list is a ring.',
    },
    flag,
  ],
};

export const listSwapped: Picture = {
  column: 'List',
  ...LIST_WORDS,
  telling: toldBy({ ...LIST_TELLINGS, [OP.REPLACE]: replace }),
  middle: listMiddle(undefined, undefined, true),
  linksSet: 'wrong',
};

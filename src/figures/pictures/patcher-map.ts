/** The patcher's map: insns go on speaking of original indices, and a map that never changes turns those into nodes. */
import { jumpOfNode } from '../../patch/jump-at.ts';
import { OP } from '../../patch/trace.ts';
import { grouped, MINUS, plural, signed } from '../number.ts';
import { LIST_WORDS } from './list.ts';
import { listMiddle, type NodeTag } from './list-column.ts';
import { LIST_TELLINGS, retargetBy } from './list-told.ts';
import { jumpNumbers } from './numbers.ts';
import type { Line, Picture, Telling } from './picture.ts';
import { followed, jumpName, litJump } from './sayings.ts';
import { capital, type Tellings, toldBy } from './told.ts';

/** Which original index names the node; of a jump that a patch put, from which one its distance counts. */
const mapTag: NodeTag = ({ source: { trace }, frame }, r) => {
  if (r.beforeIdx >= 0) return [`map[${grouped(r.beforeIdx)}]`, `[${grouped(r.beforeIdx)}]`];
  const j = jumpOfNode(trace, r.node, frame.moment);
  if (j < 0) return [];
  const target = trace.jumps.target[j];
  const isLocal = target >= 0 && target < trace.nodeCnt && trace.edit[target] === r.edit;
  return isLocal ? ['local'] : [`base ${grouped(trace.editAt[r.edit])}`];
};

const create: Telling = {
  ...LIST_TELLINGS[OP.CREATE],
  lines: [
    ...LIST_TELLINGS[OP.CREATE].lines,
    {
      code: '  map[i] = e, e.base = i',
      say: ({ source: { trace } }) =>
        `The map names ${plural(trace.inputCnt, 'node')} by original index, and will go on to do so whatever is put between them.`,
    },
  ],
};

const withBase = (telling: Telling): Telling => ({
  ...telling,
  lines: [
    ...telling.lines,
    {
      code: 'jumps of patch: e.base = elem',
      say: ({ source: { trace } }, op) =>
        `A jump that leaves the patch counts from insn ${grouped(trace.editAt[trace.opRef[op - 1]])}; one that stays in it is kept as written. The map is not touched.`,
    },
  ],
});

const readOld: Line = {
  code: 't = e.base + 1 + e.away',
  say: ({ source }, op) => {
    const { slot, oldTo, written } = jumpNumbers(source, op);
    const isOld = source.trace.jumps.from[source.trace.opRef[op - 1]] === 0;
    return isOld
      ? `${capital(jumpName(source, op))} counts from base ${grouped(slot)}: ${grouped(slot)} + 1 ${written < 0 ? MINUS : '+'} ${grouped(Math.abs(written))} = original index ${grouped(oldTo)}.`
      : `The ${jumpName(source, op)}, written as ${signed(written)}, counts from base ${grouped(slot)}.`;
  },
  lit: (source, op) => ({ before: litJump(source, op).oldEnds, middle: litJump(source, op).jump }),
};
const readMap: Line = {
  code: 'to = map[t]',
  say: ({ source }, op) => `One read of the map. ${followed(source, op)}`,
  lit: (source, op) => ({ middle: litJump(source, op).living }),
};

const TELLINGS: Tellings = {
  ...LIST_TELLINGS,
  [OP.CREATE]: create,
  [OP.REPLACE]: withBase(LIST_TELLINGS[OP.REPLACE]),
  [OP.PREPEND]: withBase(LIST_TELLINGS[OP.PREPEND]),
  [OP.RETARGET]: retargetBy([readOld, readMap], 3),
};

export const patcherMap: Picture = {
  column: 'List',
  ...LIST_WORDS,
  telling: toldBy(TELLINGS),
  middle: listMiddle(mapTag),
};

/** The list in one pool: the same nodes and links, but a node is a number, and all of them one allocation. */
import { EDIT } from '../../patch/ops.ts';
import { OP, type Trace } from '../../patch/trace.ts';
import { grouped, plural } from '../number.ts';
import type { TableSource } from '../tables.ts';
import { LIST_WORDS } from './list.ts';
import { listMiddle, type NodeTag } from './list-column.ts';
import { LIST_TELLINGS } from './list-told.ts';
import { editLenOf, editNumbers } from './numbers.ts';
import type { Line, Picture, Telling } from './picture.ts';
import { type Tellings, toldBy } from './told.ts';

/** Place of a node in the pool: slots of the program first, then what edits put, in their order. */
function poolIndex({ trace, moments }: TableSource, node: number): number {
  const own = trace.origIdx[node];
  if (own >= 0) return own;
  return trace.inputCnt + moments.rankBorn(trace.opCnt, node) - moments.rankBorn(0, node);
}
const poolTag: NodeTag = ({ source }, { node }) => [`#${grouped(poolIndex(source, node))}`];

const bornCnt = ({ editKind, editLen }: Trace): number =>
  editLen.reduce(
    (cnt, len, e) => cnt + (editKind[e] === EDIT.REMOVE ? 0 : editKind[e] === EDIT.PREPEND ? len : len - 1),
    0,
  );

const create: Telling = {
  ...(LIST_TELLINGS[OP.CREATE] as Telling),
  whole: 2,
  lines: [
    {
      code: 'pool = alloc(len + edits.born)',
      say: ({ source: { trace } }) =>
        `One allocation for ${plural(trace.inputCnt + bornCnt(trace), 'node')}: ${grouped(trace.inputCnt)} of the program, ${grouped(bornCnt(trace))} that the edits will need.`,
    },
    {
      code: 'for (e = 0; e < len; e++)',
      say: ({ source: { trace } }) =>
        `The loop goes over all ${plural(trace.inputCnt, 'slot')}: node e is slot e.`,
    },
    {
      code: '  insn[e] = prog[e]; next[e] = e + 1',
      say: () =>
        'Each node holds its insn and the number of the next node: a link is an index into the pool.',
    },
  ],
};

/** Two nodes of the patch at `op`, as numbers of the pool. */
const takenFrom = (source: TableSource, op: number): string => {
  const { firstNew, growth } = editNumbers(source, op);
  const first = poolIndex(source, firstNew);
  return growth === 1
    ? `node #${grouped(first)}`
    : `nodes #${grouped(first)} to #${grouped(first + growth - 1)}`;
};

const named = (line: Line, code: Line['code'], say?: Line['say']): Line => ({
  ...line,
  code,
  ...(say && { say }),
});

function replaceOf(told: Telling): Telling {
  const [own, alloc, out, into, flag] = told.lines;
  const last = (trace: Trace, op: number): number => editLenOf(trace, op) - 1;
  return {
    ...told,
    lines: [
      named(own, 'insn[elem] = patch[0]'),
      named(
        alloc,
        (trace, op) => `new[1..${last(trace, op)}] = pool.cnt++`,
        ({ source }, op) => `The patch takes ${takenFrom(source, op)}: nothing is allocated.`,
      ),
      named(out, (trace, op) => `next[new[${last(trace, op)}]] = next[elem]`),
      named(into, 'next[elem] = new[1]'),
      named(flag, 'flag[elem] = PATCHED'),
    ],
  };
}

function prependOf(told: Telling): Telling {
  const [alloc, out, into] = told.lines;
  return {
    ...told,
    lines: [
      named(
        alloc,
        (trace, op) => `new[1..${editLenOf(trace, op)}] = pool.cnt++`,
        ({ source }, op) => `The patch takes ${takenFrom(source, op)}: nothing is allocated.`,
      ),
      named(out, (trace, op) => `next[new[${editLenOf(trace, op)}]] = elem`),
      named(into, 'next[prev] = new[1]'),
    ],
  };
}

const TELLINGS: Tellings = {
  ...LIST_TELLINGS,
  [OP.CREATE]: create,
  [OP.REPLACE]: replaceOf(LIST_TELLINGS[OP.REPLACE] as Telling),
  [OP.PREPEND]: prependOf(LIST_TELLINGS[OP.PREPEND] as Telling),
};

export const listPooled: Picture = {
  column: 'List',
  ...LIST_WORDS,
  telling: toldBy(TELLINGS),
  middle: listMiddle(poolTag, { there: 1, filled: 3, linked: 3 }),
};

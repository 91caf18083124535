/** The list of the 2019 RFC: nodes with flags and an original index from 1, and an idx_map that linearize fills. */
import { OP } from '../../patch/trace.ts';
import { grouped, plural, upTo } from '../number.ts';
import { LIST_WORDS } from './list.ts';
import { listMiddle, type NodeTag } from './list-column.ts';
import { LIST_TELLINGS, linearizeBy, retargetBy } from './list-told.ts';
import { jumpNumbers } from './numbers.ts';
import type { Line, Picture, Telling } from './picture.ts';
import { litJump, oldTarget, saidTables } from './sayings.ts';
import { type Tellings, toldBy } from './told.ts';

/** `orig_idx` counts from 1 there, so that 0 can say "new"; P and R are the flags. */
const origTag: NodeTag = (_, r) => {
  const flag = !r.alive ? ' R' : r.rewritten ? ' P' : '';
  const orig = grouped(r.beforeIdx + 1);
  return [`orig ${orig}${flag}`, `o${orig}${flag}`, flag.trim()];
};

const mapLine: Line = {
  code: '  if (orig) idx_map[orig - 1] = idx',
  say: ({ source: { trace } }) =>
    `idx_map gets ${plural(trace.inputCnt, 'entry', 'entries')}, one for each insn of the input; new nodes have orig 0 and none.`,
};
const countLine: Line = {
  code: '  if (e.flag != REMOVED) idx++',
  say: ({ resultCnt }) => `${plural(resultCnt, 'living node')}: numbers ${upTo(resultCnt)}.`,
};

const linearize: Telling = {
  ...linearizeBy(mapLine, countLine),
  detail: (ctx, op) =>
    `${LIST_TELLINGS[OP.LINEARIZE].detail(ctx, op)} The RFC\u2019s code asks first whether the length is the same: then it copies all nodes, and that is all.`,
};

const readOld: Line = {
  code: 't = e.orig + e.insn.off',
  say: ({ source }, op) => oldTarget(source, op),
  lit: (source, op) => ({ before: litJump(source, op).oldEnds, middle: litJump(source, op).jump }),
};
const readMap: Line = {
  code: 'new = idx_map[t]',
  say: ({ source }, op) => {
    const { oldTo, to } = jumpNumbers(source, op);
    const isOld = source.trace.jumps.from[source.trace.opRef[op - 1]] === 0;
    return isOld
      ? `One read of the map: idx_map[${grouped(oldTo)}] = ${grouped(to)}.`
      : `The target comes to stand at ${grouped(to)}. The RFC\u2019s verifier layer would leave a jump of a patch as it was written.`;
  },
  lit: (source, op) => ({ middle: litJump(source, op).living, after: litJump(source, op).living }),
};

const tables = saidTables((slot) => `idx_map[${slot}]`);

const TELLINGS: Tellings = {
  ...LIST_TELLINGS,
  ...tables,
  [OP.AUX]: {
    ...(tables[OP.AUX] as Telling),
    detail: () =>
      'In the RFC the first slot of a patch inherits the record, and what is new is seen. The table shows this project\u2019s rules, as After does: there the last slot inherits.',
  },
  [OP.LINEARIZE]: linearize,
  [OP.RETARGET]: retargetBy([readOld, readMap], 4),
};

export const rfc: Picture = {
  column: 'List',
  ...LIST_WORDS,
  telling: toldBy(TELLINGS),
  middle: listMiddle(origTag),
};

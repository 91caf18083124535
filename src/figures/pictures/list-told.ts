/** How the list does it, line by line: what is said of each, and which rows it works on. */
import { OP, type Trace } from '../../patch/trace.ts';
import { grouped, plural, signed, upTo } from '../number.ts';
import type { TableSource } from '../tables.ts';
import { LIST_BRIEF, lastNew, listWords, nodeIdx } from './list-brief.ts';
import { editAtOf, editLenOf, editNumbers, jumpNumbers } from './numbers.ts';
import type { Line, Telling } from './picture.ts';
import { fitting, followed, litJump, nodeName, oldTarget, saidTables } from './sayings.ts';
import { difference, type Tellings, withSays } from './told.ts';

const ofNode = (source: TableSource, op: number) => ({ middle: [editNumbers(source, op).node] });
/** Nodes an edit put. */
const ofNew = (source: TableSource, op: number) => {
  const { firstNew, growth } = editNumbers(source, op);
  return { middle: Array.from({ length: growth }, (_, k) => firstNew + k) };
};
const at = (trace: Trace, op: number): string => grouped(editAtOf(trace, op));

const create = withSays(LIST_BRIEF[OP.CREATE], [
  { say: ({ source: { trace } }) => `The loop goes over all ${plural(trace.inputCnt, 'slot')}.` },
  {
    say: ({ source: { trace } }) =>
      `${plural(trace.inputCnt, 'node')}, one allocation each: they may lie anywhere in memory.`,
  },
  {
    say: ({ source: { trace } }) =>
      `Each node gets its insn and remembers its original index, ${upTo(trace.inputCnt)}.`,
  },
  { say: () => 'Each node points to the next one; the last points to nothing.' },
]);

const replace = withSays(LIST_BRIEF[OP.REPLACE], [
  {
    say: ({ source: { trace } }, op) => `Node ${at(trace, op)} gets the first insn of the patch.`,
    lit: ofNode,
  },
  {
    say: ({ source: { trace } }, op) => {
      const last = lastNew(trace, op);
      return `${plural(last, 'node')} for the rest: nothing points to ${last === 1 ? 'it' : 'them'} yet.`;
    },
    lit: ofNew,
  },
  {
    say: ({ source: { trace } }, op) => `The last new node points to what came behind node ${at(trace, op)}.`,
  },
  { say: ({ source: { trace } }, op) => `Node ${at(trace, op)} now points to the first new node.` },
  { say: ({ source: { trace } }, op) => `Node ${at(trace, op)} is marked: it was patched.`, lit: ofNode },
]);

const prepend = withSays(LIST_BRIEF[OP.PREPEND], [
  {
    say: ({ source: { trace } }, op) => {
      const len = editLenOf(trace, op);
      return `${plural(len, 'node')} for the patch: nothing points to ${len === 1 ? 'it' : 'them'} yet.`;
    },
    lit: ofNew,
  },
  { say: ({ source: { trace } }, op) => `The last new node points to node ${at(trace, op)}.` },
  {
    say: ({ source: { trace } }, op) =>
      `What came before node ${at(trace, op)} points to the first new node.`,
  },
]);

const deadCnt = (trace: Trace, op: number): number =>
  trace.death.reduce((cnt, death) => cnt + (death <= op ? 1 : 0), 0);

const linearize = withSays(LIST_BRIEF[OP.LINEARIZE], [
  {
    say: ({ source: { trace } }, op) => {
      const dead = deadCnt(trace, op);
      return `A walk along ${plural(trace.nodeCnt, 'node')}${dead > 0 ? `, ${grouped(dead)} of them removed` : ''}.`;
    },
  },
  { say: () => 'Each node gets the next free number; a removed one that of the next node that lives.' },
  { say: ({ resultCnt }) => `${plural(resultCnt, 'living node')}: numbers ${upTo(resultCnt)}.` },
  { say: ({ resultCnt }) => `One array for ${plural(resultCnt, 'slot')}: its cells are empty.` },
  {
    say: ({ resultCnt }) => `A second walk, in the same order, over ${plural(resultCnt, 'living node')}.`,
  },
  {
    say: ({ resultCnt }) => `Each insn is copied into the cell of its number: ${plural(resultCnt, 'slot')}.`,
  },
]);

/** Linearize with other lines that give a node its number, two of them. */
export const linearizeBy = (first: Line, second: Line): Telling => ({
  ...linearize,
  lines: linearize.lines.map((line, k) => (k === 1 ? first : k === 2 ? second : line)),
});

const retarget = withSays(LIST_BRIEF[OP.RETARGET], [
  {
    say: ({ source }, op) => oldTarget(source, op),
    lit: (source, op) => ({ before: litJump(source, op).oldEnds, middle: litJump(source, op).jump }),
  },
  {
    say: ({ source }, op) => `It leads to ${nodeName(source, jumpNumbers(source, op).target)}.`,
    lit: (source, op) => ({ middle: litJump(source, op).oldEnds }),
  },
  {
    say: ({ source }, op) => followed(source, op),
    lit: (source, op) => ({ middle: litJump(source, op).living }),
  },
  {
    say: ({ source }, op) => `Its number is ${grouped(jumpNumbers(source, op).to)} now.`,
    lit: (source, op) => ({ middle: litJump(source, op).living, after: litJump(source, op).living }),
  },
  {
    say: ({ source }, op) => {
      const { to, from, final } = jumpNumbers(source, op);
      return `The new distance is ${difference(to, from, final)}.`;
    },
    lit: (source, op) => ({ middle: litJump(source, op).ends, after: litJump(source, op).ends }),
  },
  {
    say: ({ source }, op) => fitting(source, op),
    lit: (source, op) => ({ after: litJump(source, op).jump }),
  },
  {
    say: ({ source }, op) => {
      const { from, final } = jumpNumbers(source, op);
      return `Written: insn ${grouped(from)} says ${signed(final)}.`;
    },
    lit: (source, op) => ({ after: litJump(source, op).jump }),
  },
]);

/** Re-targeting with other lines for the first `instead`. */
export const retargetBy = (begin: readonly Line[], instead: number): Telling => ({
  ...retarget,
  whole: retarget.whole + begin.length - instead,
  check: retarget.lines.length - 2 + begin.length - instead,
  lines: [...begin, ...retarget.lines.slice(instead)],
});

export const LIST_TELLINGS = {
  ...saidTables(nodeIdx),
  [OP.CREATE]: create,
  [OP.REPLACE]: replace,
  rewrite: withSays(LIST_BRIEF.rewrite, [{ say: listWords.rewrite.title }]),
  [OP.PREPEND]: prepend,
  [OP.REMOVE]: withSays(LIST_BRIEF[OP.REMOVE], [{ say: listWords.remove.title, lit: ofNode }]),
  [OP.LINEARIZE]: linearize,
  [OP.RETARGET]: retarget,
} as const satisfies Tellings;

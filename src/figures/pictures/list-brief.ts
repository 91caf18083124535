/**
 * The ops of the list with their sentences and their lines, as far as a first look needs them; what is said of single
 * lines comes with list-told.ts.
 */
import { FLOW } from '../../isa/flow.ts';
import { OP, type Trace } from '../../patch/trace.ts';
import { plural } from '../number.ts';
import { editLenOf, opCntOf } from './numbers.ts';
import type { Line } from './picture.ts';
import { editWords, retargetWords, type Tellings, tablesBy } from './told.ts';

export const listWords = editWords('linearize will number the nodes, retarget will write the new distances');

export const nodeIdx = (slot: string): string => `node[${slot}].idx`;

/** Nodes that a replace puts behind the patched one. */
export const lastNew = (trace: Trace, op: number): number => editLenOf(trace, op) - 1;

const codes = (...lines: Line['code'][]): Line[] => lines.map((code) => ({ code }));
const field = (trace: Trace, op: number): string =>
  trace.jumps.flow[trace.opRef[op - 1]] === FLOW.OFF ? 'off' : 'imm';

export const LIST_BRIEF = {
  ...tablesBy(nodeIdx),
  [OP.CREATE]: {
    name: () => 'create',
    title: ({ source: { trace } }) =>
      `${plural(trace.inputCnt, 'slot becomes a node', 'slots become nodes')}, each pointing to the next.`,
    detail: ({ passWhy }) => passWhy,
    whole: 2,
    lines: codes(
      'for (i = 0; i < len; i++)',
      '  e = alloc()',
      '  e.insn = prog[i], e.orig = i',
      '  prev.next = e, prev = e',
    ),
  },
  [OP.REPLACE]: {
    ...listWords.replace,
    whole: 3,
    born: 2,
    lines: codes(
      'elem.insn = patch[0]',
      (trace, op) => `new[1..${lastNew(trace, op)}] = alloc(patch[1..${lastNew(trace, op)}])`,
      (trace, op) => `new[${lastNew(trace, op)}].next = elem.next`,
      'elem.next = new[1]',
      'elem.flag = PATCHED',
    ),
  },
  rewrite: { ...listWords.rewrite, whole: 0, lines: codes('elem.insn = patch[0]') },
  [OP.PREPEND]: {
    ...listWords.prepend,
    whole: 2,
    born: 1,
    lines: codes(
      (trace, op) => `new[1..${editLenOf(trace, op)}] = alloc(patch)`,
      (trace, op) => `new[${editLenOf(trace, op)}].next = elem`,
      'prev.next = new[1]',
    ),
  },
  [OP.REMOVE]: { ...listWords.remove, whole: 0, lines: codes('elem.flag = REMOVED') },
  [OP.LINEARIZE]: {
    name: () => 'linearize',
    title: ({ resultCnt }) =>
      `The list becomes an array again: ${plural(resultCnt, 'slot')}, numbered from 0.`,
    detail: ({ source: { trace } }) =>
      `Every jump still carries its old distance. ${plural(opCntOf(trace, OP.RETARGET), 'distance')} will be written next.`,
    whole: 5,
    numbered: 3,
    hollow: 4,
    writes: true,
    lines: codes(
      'for (e = head; e; e = e.next)',
      '  e.idx = idx',
      '  if (e.flag != REMOVED) idx++',
      'prog = alloc(idx)',
      'for each e with e.flag != REMOVED',
      '  prog[e.idx] = e.insn',
    ),
  },
  [OP.RETARGET]: {
    ...retargetWords,
    whole: 6,
    check: 5,
    lines: codes(
      't = e.orig + 1 + e.insn.off',
      'to = node[t]',
      'while (removed(to)) to = to.next',
      'new = to.idx',
      'off = new - e.idx - 1',
      'if (!fits(off)) return -ERANGE',
      (trace, op) => `prog[e.idx].${field(trace, op)} = off`,
    ),
  },
} as const satisfies Tellings;

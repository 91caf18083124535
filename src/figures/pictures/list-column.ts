/** The middle column of lists: nodes as boxes, apart, with next pointers; a lane of dots where rows are dense. */
import { SLOT_WORDS } from '../../isa/insn.ts';
import { OP } from '../../patch/trace.ts';
import { firstOpOf, kindOf } from '../../patch/trace-facts.ts';
import type { Geometry } from '../geometry.ts';
import { insnSpans } from '../insn-text.ts';
import { circle, group, label, type Mark, path, rect, type Span } from '../mark.ts';
import { currentText, idxSpan, roleOf, rowCls, rowMark, secondCls } from '../stage-rows.ts';
import { plusTab } from './cells.ts';
import { chain, lostBy, pointers } from './list-links.ts';
import { fitTag, tagMarks } from './node-tag.ts';
import type { Middle, Picture, Row, StageInput } from './picture.ts';

/** What a kind of list keeps beside each node, in few letters: the longest that fits is shown. */
export type NodeTag = (input: StageInput, r: Row) => readonly string[];

const NO_TAG: NodeTag = () => [];

/** Lines of create by which nodes are there, hold their insns, and are linked. */
export interface Made {
  readonly there: number;
  readonly filled: number;
  readonly linked: number;
}
const MADE: Made = { there: 2, filled: 3, linked: 4 };

/** How far the list has come to stand there: nodes not made, made and empty, not linked yet, whole. */
function madeBy(
  { op, halfDone, source: { trace } }: StageInput,
  { there, filled, linked }: Made,
): 'none' | 'empty' | 'unlinked' | 'whole' {
  if (op === 0) return 'none';
  if (halfDone === null || kindOf(trace, op) !== OP.CREATE || halfDone.line >= linked) return 'whole';
  return halfDone.line < there ? 'none' : halfDone.line < filled ? 'empty' : 'unlinked';
}

/** Whether linearize is behind: the nodes have served. */
export const isSpent = ({ op, halfDone, source: { trace } }: StageInput): boolean => {
  const first = firstOpOf(trace, OP.LINEARIZE);
  return first > 0 && (op > first || (op === first && halfDone === null));
};

/** A node keeps its old index until it is numbered anew; new ones are called as in the pseudo-code until then. */
function listIdx(input: StageInput, r: Row): string {
  if (input.numbered) return r.afterIdx >= 0 ? String(r.afterIdx) : '';
  return r.beforeIdx >= 0 ? String(r.beforeIdx) : `new[${input.newNumber(r.node, r.edit)}]`;
}

const nodeRadius = (r: Row, g: Geometry): number => (r.isNew ? (g.boxed ? 10 : 6) : 4);

function nodeText(input: StageInput, r: Row, x: number, tags: readonly string[], isEmpty: boolean) {
  const { geometry: g } = input;
  const { jump } = r;
  const done = jump?.done ?? false;
  const text = currentText(input, r, jump ? (done ? jump.now : jump.written) : null);
  const idx = listIdx(input, r);
  const moved = input.numbered && r.beforeIdx !== r.afterIdx;
  const distCls = jump && jump.before !== null && done && jump.now !== jump.before ? 'dist ret' : 'dist';
  const textCls = `${secondCls(r.isSecondSlot)}${g.laneOnly || isEmpty ? ' hide' : ''}`.trim();
  const { tag, fit } = fitTag(g, tags, text);
  const parts: Span[] = [
    ...idxSpan(idx, g.list.idxX, g.narrow ? 'hide' : moved ? 'strong' : 'dim'),
    ...insnSpans(text, x + 10, jump !== null, fit, g.charW, textCls, distCls),
  ];
  return { parts, tag, words: `${idx} ${text}` };
}

function nodeRow(input: StageInput, r: Row, y: number, tagOf: NodeTag, made: string, spent: boolean): Mark {
  const { geometry: g } = input;
  const { list } = g;
  const h = g.nodeH;
  const x = list.x + (r.isNew ? list.shift : 0);
  const isEmpty = made === 'none' || made === 'empty';
  const { parts, tag, words } = nodeText(input, r, x, tagOf(input, r), isEmpty);
  const cell: Mark[] = [
    rect('node', x + 0.5, -h / 2 + 0.5, list.w - 1, h - 1, 'node', { rx: nodeRadius(r, g) }),
    { tag: 'text', key: 'text', attrs: { x: 0, y: 0, class: 'code' }, spans: parts },
  ];
  cell.push(...tagMarks(tag, x + list.w));
  if (g.laneOnly) cell.push(circle('node-dot', x + list.w / 2, 0, 3.5, 'node-dot'));
  if (r.rewritten && r.alive && g.boxed)
    cell.push(path('fold', `M${x + list.w - 11.5} ${-h / 2 + 0.5}h7.5q3.5 0 3.5 3.5v7.5z`, 'fold'));
  if (r.isNew && r.alive && g.boxed) cell.push(...plusTab(x + list.w, -h / 2 + 2));
  if (!r.alive) cell.push(path('strike', `M${x + 6} 0H${x + list.w - 6}`, 'strike'));
  const state = made === 'none' ? ' unborn' : !r.alive && input.numbered ? ' gone' : spent ? ' spent' : '';
  return rowMark(input, r, y, 'list', `${rowCls(input, r, roleOf(r), 'middle')}${state}`, words, cell);
}

/** The first line of a replace is done before the other nodes are there: the patched one holds its new insn by then. */
function withFirstLine(input: StageInput, rows: readonly Row[]): readonly Row[] {
  const { halfDone, currentEdit, source } = input;
  const { trace } = source;
  if (halfDone === null || halfDone.grid >= halfDone.op || kindOf(trace, halfDone.op) !== OP.REPLACE)
    return rows;
  const node = trace.nodeOf[trace.editAt[currentEdit]];
  const [w0, imm] = trace.rewritten.subarray(node * SLOT_WORDS, (node + 1) * SLOT_WORDS);
  const now = { w0, imm, nextImm: 0, jump: null, rewritten: true, isSecondSlot: false };
  return rows.map((r) => (r.node === node ? { ...r, ...now } : r));
}

/** The node that the pseudo-code calls `elem`, while it is being patched. */
function elemLabel(input: StageInput, rows: readonly Row[], y: (row: number) => number): Mark[] {
  const { geometry: g, halfDone, currentEdit, source } = input;
  if (halfDone === null || currentEdit < 0 || !g.boxed || g.narrow) return [];
  const node = source.trace.nodeOf[source.trace.editAt[currentEdit]];
  const row = rows.find((r) => r.node === node);
  if (!row) return [];
  const x = g.list.idxX - listIdx(input, row).length * g.charW - 8;
  return [label('elem', x, y(row.row), 'elem', 'note end name')];
}

/** Rows and links of a list; `tagOf` says what its nodes keep besides. */
export const listMiddle =
  (tagOf: NodeTag = NO_TAG, lines: Made = MADE, isSwapped = false): Picture['middle'] =>
  (input, rows, y): Middle => {
    const made = madeBy(input, lines);
    const spent = isSpent(input);
    const isLost = isSwapped ? lostBy(input) : () => false;
    const links = input.geometry.boxed
      ? made === 'whole'
        ? pointers(input, rows, y, isSwapped)
        : []
      : [chain(input.geometry, rows, y)];
    return {
      rows: withFirstLine(input, rows).map((r) => {
        const row = nodeRow(input, r, y(r.row), tagOf, made, spent);
        return isLost(r) ? { ...row, attrs: { ...row.attrs, class: `${row.attrs.class} lost` } } : row;
      }),
      under: [group('links', { class: spent ? 'spent' : undefined }, links), ...elemLabel(input, rows, y)],
      over: [],
    };
  };

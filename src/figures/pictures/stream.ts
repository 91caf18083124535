/** The batch: the untouched array with the edits noted at their slots, then one pass with a read and a write head. */
import { upperBound } from '../../base/lower-bound.ts';
import { OP, type OpKind, type Trace } from '../../patch/trace.ts';
import { firstOpOf, kindOf } from '../../patch/trace-facts.ts';
import { highHalf, insnSpans, insnText } from '../insn-text.ts';
import { circle, group, label, type Mark, path, rect } from '../mark.ts';
import { grouped, plural } from '../number.ts';
import { currentText, idxSpan, roleOf, rowCls, rowMark, secondCls } from '../stage-rows.ts';
import { plusTab, SWEEP_MS, seams } from './cells.ts';
import { fitTag, tagMarks } from './node-tag.ts';
import type { HeadWords, Middle, Picture, Row, StageInput } from './picture.ts';
import { STREAM_TELLINGS } from './stream-told.ts';
import { toldBy } from './told.ts';

type PlaceOf = (row: number) => number;

const isPast = (trace: Trace, kind: OpKind, moment: number): boolean => {
  const first = firstOpOf(trace, kind);
  return first > 0 && moment >= first;
};

/** What stands in a cell of the old array: the insn that came, whatever is noted for it. */
function cellText(input: StageInput, r: Row): string {
  const words = input.inputInsns;
  const at = r.beforeIdx * 2;
  if (input.inputSecond[r.beforeIdx]) return `\u2514 ${highHalf(words[at + 1])}`;
  return insnText(words[at], words[at + 1], null, words[at + 3] ?? 0, input.kfuncs);
}

/** Where the maps say that a slot comes to stand, and how many insns stand for a patched one. */
function mapTag({ source: { trace, moments }, numbered }: StageInput, r: Row): string[] {
  const cnt = r.rewritten ? trace.editLen[r.edit] : 1;
  if (!numbered) return cnt > 1 ? [`1 \u2192 ${cnt}`] : [];
  const to = r.alive ? r.afterIdx : moments.rankAlive(trace.opCnt, r.node);
  const first = `\u2192 ${grouped(to)}`;
  return cnt > 1 ? [`${first}\u2013${grouped(to + cnt - 1)}`, first] : [first];
}

function cellRow(input: StageInput, r: Row, y: number, spent: string): Mark {
  const { geometry: g } = input;
  const { list, pitch } = g;
  const text = cellText(input, r);
  const { tag, fit } = fitTag(g, mapTag(input, r), text);
  const textCls = `${secondCls(input.inputSecond[r.beforeIdx])}${g.laneOnly ? ' hide' : ''}`.trim();
  const parts = [
    ...idxSpan(String(r.beforeIdx), list.idxX, g.narrow ? 'hide' : 'dim'),
    ...insnSpans(text, list.x + 10, r.before !== null, fit, g.charW, textCls),
  ];
  const cell: Mark[] = [
    rect('node', list.x + 0.5, -pitch / 2 + 0.5, list.w - 1, pitch - 1, 'node', { rx: 0 }),
    { tag: 'text', key: 'text', attrs: { x: 0, y: 0, class: 'code' }, spans: parts },
  ];
  cell.push(...tagMarks(tag, list.x + list.w));
  if (!r.alive || r.rewritten)
    cell.push(
      path('strike', `M${list.x + 6} 0H${list.x + 14 + Math.min(fit, text.length) * g.charW}`, 'strike'),
    );
  const cls = `${rowCls(input, r, roleOf(r), 'middle')} cell noted${spent}`;
  return rowMark(input, r, y, 'cell', cls, `${r.beforeIdx} ${text}`, cell);
}

/** An insn of an edit, noted beside the array. */
function noteRow(input: StageInput, r: Row, y: number, spent: string): Mark {
  const { geometry: g } = input;
  const { list } = g;
  const h = g.nodeH - (g.boxed ? 2 : 4);
  const x = list.x + list.shift;
  const text = currentText(input, r, r.jump?.written ?? null);
  const idx = `new[${input.newNumber(r.node, r.edit)}]`;
  const parts = [
    ...idxSpan(idx, list.idxX, g.narrow ? 'hide' : 'dim'),
    ...insnSpans(text, x + 10, r.jump !== null, g.fit, g.charW, g.laneOnly ? 'hide' : ''),
  ];
  const cell: Mark[] = [
    rect('node', x + 0.5, -h / 2 + 0.5, list.w - 1, h - 1, 'node', { rx: g.boxed ? 10 : 6 }),
    { tag: 'text', key: 'text', attrs: { x: 0, y: 0, class: 'code' }, spans: parts },
  ];
  if (g.laneOnly) cell.push(circle('node-dot', x + list.w / 2, 0, 3.5, 'node-dot'));
  if (g.boxed) cell.push(...plusTab(x + list.w, -h / 2 + 2));
  return rowMark(input, r, y, 'list', `${rowCls(input, r, 'ins', 'middle')}${spent}`, `${idx} ${text}`, cell);
}

/** Rows at which the heads of the pass stand: at the first row, behind the first run, behind the first edit, at the end. */
function headRow(input: StageInput, rows: readonly Row[]): number {
  const { halfDone, frame } = input;
  if (halfDone === null || halfDone.line >= 5) return frame.rowCnt;
  if (halfDone.line <= 2) return 0;
  const isEdited = (r: Row) => r.isNew || r.rewritten || !r.alive;
  const from = rows.findIndex(isEdited);
  if (from < 0) return frame.rowCnt;
  if (halfDone.line === 3) return rows[from].row;
  const { edit } = rows[from];
  return rows.slice(from).find((r) => !isEdited(r) || r.edit !== edit)?.row ?? frame.rowCnt;
}

/** The read head at the old array and the write head at the new one; once the pass is over, only while they travel. */
function heads(input: StageInput, rows: readonly Row[], y: PlaceOf): Mark[] {
  const { op, halfDone, geometry: g, source } = input;
  if (op === 0 || kindOf(source.trace, op) !== OP.COPY || rows.length === 0) return [];
  if (halfDone !== null && halfDone.line < 2) return [];
  const first = rows[0].row;
  const last = rows[rows.length - 1].row + 1;
  const row = Math.max(first, Math.min(last, headRow(input, rows)));
  const at = y(row) - g.pitch / 2;
  const head = (key: string, x: number, width: number, words: string): Mark => ({
    ...group(key, { class: 'sweep', transform: `translate(0,${at})`, opacity: halfDone === null ? 0 : 1 }, [
      path('line', `M${x} 0h${width}`, 'line'),
      path('head', `M${x} 0l-7 -4v8z`, 'head'),
      ...(g.boxed && !g.narrow ? [label('words', x - 10, 0, words, 'note end')] : []),
    ]),
    moves: {
      ...(halfDone === null && { from: { transform: `translate(0,${y(first) - g.pitch / 2})`, opacity: 1 } }),
      duration: SWEEP_MS,
    },
  });
  return [head('read', g.list.x - 2, g.list.w + 4, 'read'), head('write', g.after.washX, g.after.washW, '')];
}

function middle(input: StageInput, rows: readonly Row[], y: PlaceOf): Middle {
  const { op, halfDone, source } = input;
  const done = halfDone === null ? op : op - 1;
  const spent = isPast(source.trace, OP.COPY, done) ? ' spent' : '';
  return {
    rows: rows.map((r) =>
      r.beforeIdx >= 0 ? cellRow(input, r, y(r.row), spent) : noteRow(input, r, y(r.row), spent),
    ),
    // The old array has no gap where edits are noted.
    under: seams(
      input.geometry,
      rows.filter((r) => r.beforeIdx >= 0),
      y,
    ),
    over: heads(input, rows, y),
  };
}

const middleWords: HeadWords = ({ trace }, op) => {
  const noted = upperBound(trace.editOp, op);
  const edits = `${plural(trace.inputCnt, 'slot')}, ${plural(noted, 'edit')} noted`;
  return isPast(trace, OP.COPY, op) ? `${edits}, copied` : edits;
};

const afterWords: HeadWords = ({ trace }, op, half) => {
  if (half !== null) return ', as before this op';
  if (op >= trace.opCnt) return trace.refused ? ', refused: not written' : '';
  return isPast(trace, OP.COPY, op) ? ', if finished now' : ', if the pass ran now';
};

export const stream: Picture = {
  column: 'Edits',
  middleWords,
  afterWords,
  isNumbered: (trace, moment) => isPast(trace, OP.NUMBER, moment),
  telling: toldBy(STREAM_TELLINGS),
  middle,
};

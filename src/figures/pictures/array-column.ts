/** The middle column of an array: cells that touch, so that what stands behind a patch has to move. */
import { retargetedBy } from '../../patch/jump-at.ts';
import { OP } from '../../patch/trace.ts';
import { kindOf } from '../../patch/trace-facts.ts';
import { insnSpans } from '../insn-text.ts';
import { group, label, type Mark, path, rect } from '../mark.ts';
import { grouped, plural } from '../number.ts';
import { currentText, idxSpan, roleOf, rowCls, rowMark, secondCls } from '../stage-rows.ts';
import { CUT, PUT } from './array-told.ts';
import { SWEEP_MS, seams } from './cells.ts';
import { editNumbers, isRewrite } from './numbers.ts';
import type { Middle, Row, StageInput } from './picture.ts';

type PlaceOf = (row: number) => number;

/** How far a patch has come; all true when it is done. */
export interface Reached {
  readonly grown: boolean;
  readonly moved: boolean;
  readonly written: boolean;
  readonly swept: boolean;
  readonly adjusted: boolean;
}

export function reachedBy({
  op,
  halfDone,
  source: { trace },
}: Pick<StageInput, 'op' | 'halfDone' | 'source'>): Reached {
  const line = halfDone?.line ?? Infinity;
  if (op === 0) return { grown: false, moved: false, written: true, swept: false, adjusted: false };
  if (isRewrite(trace, op)) {
    const written = line >= 4;
    return { grown: false, moved: false, written, swept: false, adjusted: false };
  }
  const is = kindOf(trace, op) === OP.REMOVE ? { ...CUT, grown: Infinity, written: 0 } : PUT;
  return {
    grown: line >= is.grown,
    moved: line >= is.moved,
    written: line >= is.written,
    swept: line >= is.swept,
    adjusted: line >= is.adjusted,
  };
}

/** What a cell holds now, where the row says what it will hold once the op is done. */
function contentOf(input: StageInput, reached: Reached): (r: Row) => Row {
  const past = new Map(input.afterRows?.map((r) => [r.node, r] as const));
  return (r) => {
    const old = past.get(r.node);
    if (old === undefined || reached.adjusted) return r;
    const isWritten = r.edit === input.currentEdit && r.rewritten && reached.written;
    return isWritten ? r : { ...old, row: r.row };
  };
}

function cellRow(input: StageInput, r: Row, held: Row, y: number, isAdjusted: boolean): Mark {
  const { geometry: g } = input;
  const { list } = g;
  const h = g.pitch;
  const { jump } = held;
  const text = currentText(input, held, jump ? jump.now : null);
  const moved = r.beforeIdx !== r.afterIdx;
  const distCls = jump && jump.before !== null && jump.now !== jump.before ? 'dist ret' : 'dist';
  const textCls = `${secondCls(held.isSecondSlot)}${g.laneOnly ? ' hide' : ''}`.trim();
  const parts = [
    ...idxSpan(String(r.afterIdx), list.idxX, g.narrow ? 'hide' : moved ? 'strong' : 'dim'),
    ...insnSpans(text, list.x + 10, jump !== null, g.fit, g.charW, textCls, distCls),
  ];
  const cell: Mark[] = [
    rect('node', list.x + 0.5, -h / 2 + 0.5, list.w - 1, h - 1, 'node', { rx: 0 }),
    { tag: 'text', key: 'text', attrs: { x: 0, y: 0, class: 'code' }, spans: parts },
  ];
  if (held.rewritten && g.boxed)
    cell.push(path('fold', `M${list.x + list.w - 12} ${-h / 2 + 1}h11v11z`, 'fold'));
  const cls = `${rowCls(input, r, roleOf(held), 'middle')} cell${isAdjusted ? ' adjusted' : ''}`;
  return rowMark(input, r, y, 'cell', cls, `${r.afterIdx} ${text}`, cell);
}

/** A cell that holds nothing of use. */
const emptyCell = (input: StageInput, key: string, y: number, text: string): Mark => {
  const { geometry: g } = input;
  const { list, pitch } = g;
  return group(key, { class: 'empty-cell', transform: `translate(0,${y})` }, [
    rect('box', list.x + 0.5, -pitch / 2 + 0.5, list.w - 1, pitch - 1, 'box'),
    ...(text !== '' && g.boxed ? [label('text', list.x + list.w / 2, 0, text, 'note mid')] : []),
  ]);
};

/** Room that has been made and not been written: at the end, and then where the tail has left. */
function emptyCells(input: StageInput, rows: readonly Row[], y: PlaceOf, reached: Reached): Mark[] {
  const { halfDone, frame, op, source } = input;
  if (halfDone === null || !reached.grown || reached.written) return [];
  const { growth, tail } = editNumbers(source, op);
  if (!reached.moved)
    return frame.firstRow + rows.length < frame.rowCnt
      ? []
      : Array.from({ length: growth }, (_, k) =>
          emptyCell(input, `empty-${k}`, y(frame.rowCnt + k), 'empty'),
        );
  return rows
    .filter((r) => r.bornOp === op)
    .map((r, k) =>
      emptyCell(
        input,
        `empty-${k}`,
        y(r.row),
        k === 0 ? `${plural(tail, 'slot')} moved down by ${grouped(growth)}` : '',
      ),
    );
}

/** The tail that moves as one, marked beside its cells. */
function train(input: StageInput, rows: readonly Row[], y: PlaceOf, reached: Reached): Mark[] {
  const { geometry: g, halfDone, op, source } = input;
  if (halfDone === null || !reached.moved || reached.swept) return [];
  const { node, firstNew, growth } = editNumbers(source, op);
  const from = growth > 0 ? Math.max(node, firstNew + growth - 1) : node;
  const isPrepend = kindOf(source.trace, op) === OP.PREPEND;
  const tail = rows.filter((r) => r.alive && (r.node > from || (isPrepend && r.node === node)));
  if (tail.length === 0) return [];
  const x = g.list.x + g.list.w + 4;
  const y0 = y(tail[0].row) - g.pitch / 2 + 2;
  const y1 = y(tail[tail.length - 1].row) + g.pitch / 2 - 2;
  return [path('train', `M${x} ${y0}h4V${y1}h-4`, 'train')];
}

/** The sweep over all insns: a line at its end with the count, which travels over every cell to get there. */
function sweepMarks(
  input: StageInput,
  rows: readonly Row[],
  y: PlaceOf,
  reached: Reached,
  adjusted: number,
): Mark[] {
  const { geometry: g, halfDone, frame, source, op } = input;
  const { growth, is } = op > 0 && input.currentEdit >= 0 ? editNumbers(source, op) : { growth: 0, is: 0 };
  if (!reached.swept || growth === 0 || rows.length === 0) return [];
  const { list, pitch } = g;
  const first = y(rows[0].row) - pitch / 2;
  const last = y(rows[rows.length - 1].row) + pitch / 2;
  // It is to be seen while the scan is told; once the op is done, only while it travels.
  const isNow = halfDone !== null && halfDone.line <= (growth > 0 ? PUT.adjusted : CUT.adjusted);
  if (halfDone !== null && !isNow) return [];
  const line = group('sweep', { class: 'sweep', transform: `translate(0,${last})`, opacity: isNow ? 1 : 0 }, [
    path('line', `M${list.x - 6} 0H${list.x + list.w + 6}`, 'line'),
    path('head', `M${list.x - 6} 0l-7 -4v8z`, 'head'),
  ]);
  const marks: Mark[] = [
    { ...line, moves: { from: { transform: `translate(0,${first})`, opacity: 1 }, duration: SWEEP_MS } },
  ];
  if (isNow && g.boxed && frame.firstRow === 0) {
    const found = reached.adjusted ? `, ${grouped(adjusted)} adjusted` : '';
    const text = `scanned ${grouped(is)} of ${grouped(is)}${found}`;
    marks.push(label('scanned', list.x + list.w / 2, first - 12, text, 'note mid strong'));
  }
  return marks;
}

export function arrayMiddle(input: StageInput, rows: readonly Row[], y: PlaceOf): Middle {
  const reached = reachedBy(input);
  const heldBy = contentOf(input, reached);
  const { halfDone, op } = input;
  const isHole = (r: Row) => halfDone !== null && !reached.written && r.bornOp === op && op > 0;
  const past = new Map(input.afterRows?.map((r) => [r.node, r.jump?.now] as const));
  const isAdjusted = (r: Row): boolean => {
    const was = halfDone !== null && reached.adjusted ? past.get(r.node) : undefined;
    return was !== undefined && r.jump !== null && was !== r.jump.now;
  };
  const inMemory = rows.filter((r) => r.alive);
  const shown = inMemory.filter((r) => !isHole(r));
  const scanned = halfDone !== null && reached.swept ? ' scanned' : '';
  const cnt = reached.adjusted && halfDone !== null ? retargetedBy(input.source.trace, op) : 0;
  return {
    rows: shown.map((r) => {
      const mark = cellRow(input, r, heldBy(r), y(r.row), isAdjusted(r));
      return { ...mark, attrs: { ...mark.attrs, class: `${mark.attrs.class}${scanned}` } };
    }),
    under: [...emptyCells(input, rows, y, reached), ...seams(input.geometry, inMemory, y)],
    over: [...train(input, rows, y, reached), ...sweepMarks(input, rows, y, reached, cnt)],
  };
}

/**
 * A run that was refused because a jump is too far, with the rows that tell it and the rest folded: the jump, the first
 * patch after which it no longer fits, the last one under it, and its target.
 */
import { EDIT } from '../patch/ops.ts';
import type { Trace } from '../patch/trace.ts';
import { brokenJump, type DistanceFacts, distanceFacts } from './distance-facts.ts';
import { group, label, type Mark, rect } from './mark.ts';
import { grouped, plural } from './number.ts';
import type { Row, StageInput } from './pictures/picture.ts';
import type { StageColumns } from './stage.ts';
import { type StageSource, type StageView, stageInput } from './stage-input.ts';
import { pills, railFigure } from './stage-rails.ts';
import { afterRow, beforeRow } from './stage-rows.ts';

/** Rows of the grid [from, to). */
interface Piece {
  readonly from: number;
  readonly to: number;
}

/** Pieces of rows that stay, in order, none touching the next. */
function merged(pieces: readonly Piece[], rowCnt: number): Piece[] {
  const out: { from: number; to: number }[] = [];
  // A fold of one row would be no shorter than the row.
  for (const piece of [...pieces].sort((a, b) => a.from - b.from)) {
    const from = piece.from <= 1 ? 0 : piece.from;
    const to = piece.to >= rowCnt - 1 ? rowCnt : piece.to;
    const last = out[out.length - 1];
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else if (to > from) out.push({ from, to });
  }
  return out;
}

/** Slots of the last patch under the jump that there is at a moment; -1: none. */
function lastUnder(trace: Trace, j: number, moment: number): number {
  const { jumps, editAt, editOp, growth, nodeOf } = trace;
  const lo = Math.min(jumps.node[j], jumps.target[j]);
  const hi = Math.max(jumps.node[j], jumps.target[j]);
  for (let e = editAt.length - 1; e >= 0; e--) {
    const node = nodeOf[editAt[e]];
    if (node > lo && node < hi && growth[e] !== 0 && editOp[e] <= moment) return editAt[e];
  }
  return -1;
}

/** Rows that are shown at a moment. */
function piecesOf(source: StageSource, j: number, facts: DistanceFacts, moment: number): Piece[] {
  const { trace, moments } = source;
  const rowCnt = moments.bornCnt(moment);
  const rowOf = (pos: number): number => moments.rankBorn(moment, pos);
  const around = (row: number, before: number, behind: number): Piece => ({
    from: row - before,
    to: row + behind + 1,
  });
  const patched = (slot: number): Piece[] => {
    if (slot < 0) return [];
    const next = slot + 1 < trace.inputCnt ? trace.nodeOf[slot + 1] : trace.nodeCnt;
    return [{ from: rowOf(trace.nodeOf[slot]), to: rowOf(next) }];
  };
  const target = rowOf(Math.max(0, Math.min(trace.nodeCnt, trace.jumps.target[j])));
  return merged(
    [
      around(rowOf(trace.jumps.node[j]), 2, 2),
      ...patched(facts.breaks?.slot ?? -1),
      ...patched(lastUnder(trace, j, moment)),
      around(target, 1, 3),
    ],
    rowCnt,
  );
}

/** "588 patches, each 1 -> 4 insns · 18,258 rows folded" */
function foldWords(trace: Trace, nodes: Piece, rows: number, moment: number): string {
  const { editAt, editKind, editLen, editOp, nodeOf } = trace;
  const lens = new Set<number>();
  let cnt = 0;
  for (let e = 0; e < editAt.length; e++) {
    const node = nodeOf[editAt[e]];
    if (node < nodes.from || node >= nodes.to || editOp[e] > moment) continue;
    cnt++;
    lens.add(editKind[e] === EDIT.REPLACE ? editLen[e] : -1);
  }
  const [len] = lens;
  const each = lens.size === 1 && len > 0 ? `, each 1 \u2192 ${plural(len, 'insn')}` : '';
  const patches = cnt > 0 ? `${plural(cnt, 'patch', 'patches')}${each} \u00b7 ` : '';
  return `${patches}${plural(rows, 'row')} folded`;
}

/** Bits that a signed number needs. */
export const bitsFor = (n: number): number => 33 - Math.clz32(n < 0 ? ~n : n);

export interface BrokenFold {
  readonly columns: StageColumns;
  readonly rowCnt: number;
  readonly height: number;
}

interface Fold extends Piece {
  readonly y: number;
}

/** Where rows stand: those that are shown one below the other, a folded one in the strip that it is folded into. */
function placesOf({ geometry: g }: StageView, pieces: readonly Piece[], rowCnt: number) {
  const yOfRow = new Map<number, number>();
  const folds: Fold[] = [];
  let y = g.padTop + g.pitch / 2;
  let next = 0;
  const fold = (to: number): void => {
    if (to <= next) return;
    folds.push({ from: next, to, y });
    y += g.pitch;
  };
  for (const { from, to } of pieces) {
    fold(from);
    for (let row = from; row < to; row++, y += g.pitch) yOfRow.set(row, y);
    next = to;
  }
  fold(rowCnt);
  const yOf = (row: number): number =>
    yOfRow.get(row) ?? folds.find(({ from, to }) => row >= from && row < to)?.y ?? y;
  return { yOf, folds, height: y + g.padBottom };
}

/** Number the jump would need, beside the line that does not get there. */
function needed({ geometry: g }: StageInput, now: number, y: number): Mark {
  const bits = `${g.narrow ? '' : 'needs '}${bitsFor(now)} bits`;
  return group(
    'needed',
    { class: g.narrow ? 'needed small' : 'needed', transform: `translate(${g.after.pillX},${y})` },
    [label('number', 0, -8, grouped(Math.abs(now)), 'needed-number'), label('bits', 0, 10, bits, 'note')],
  );
}

function foldMark(source: StageSource, { geometry: g }: StageView, fold: Fold, moment: number): Mark {
  const { trace, moments } = source;
  const from = moments.selectBorn(moment, fold.from);
  const to = moments.selectBorn(moment, fold.to);
  const x = g.before.washX;
  const rows = fold.to - fold.from;
  const words = g.narrow ? plural(rows, 'row') : foldWords(trace, { from, to }, rows, moment);
  return group(`fold-${fold.from}`, { class: 'fold-strip', transform: `translate(0,${fold.y})` }, [
    rect('box', x, -g.pitch / 2 + 1, g.after.railRoot - x, g.pitch - 2, 'box'),
    label('text', g.narrow ? g.list.x : g.before.textX, 0, words, 'note'),
  ]);
}

/** The folded stage of a run at its last op; null where no jump is too far, or nothing would be folded. */
export function brokenFold(source: StageSource, view: StageView): BrokenFold | null {
  const { trace, moments } = source;
  const j = brokenJump(trace);
  if (j < 0) return null;
  const moment = trace.opCnt;
  const facts = distanceFacts(trace, j);
  const rowCnt = moments.bornCnt(moment);
  const pieces = piecesOf(source, j, facts, moment);
  const { yOf, folds, height } = placesOf(view, pieces, rowCnt);
  if (folds.length === 0) return null;
  const inputs = pieces.map(({ from, to }) =>
    stageInput(source, { op: moment, halfDone: null }, { ...view, firstRow: from, rowCnt: to - from }),
  );
  const rows: Row[] = inputs.flatMap(({ frame }) =>
    frame.rows.map((r, i) => Object.assign({}, r, { row: frame.firstRow + i })),
  );
  const [first] = inputs;
  const input: StageInput = {
    ...first,
    frame: { ...first.frame, rows },
    rails: { ...first.rails, before: [], after: [], isSparse: false },
    inView: null,
  };
  const jumping = rows.filter(({ uid }) => uid === facts.uid);
  const rails = (side: 'before' | 'after'): Mark =>
    group(
      `rails-${side}`,
      {},
      railFigure({ ...input, inView: { top: 0, bottom: height } }, jumping, yOf, side).marks,
    );
  const middle = input.picture.middle(input, rows, yOf);
  const yJump = yOf(moments.rankBorn(moment, trace.jumps.node[j]));
  const yTarget = yOf(moments.rankBorn(moment, trace.jumps.target[j]));
  return {
    rowCnt,
    height,
    columns: {
      camera: {},
      before: rows.filter((r) => r.beforeIdx >= 0).map((r) => beforeRow(input, r, yOf(r.row))),
      list: middle.rows,
      after: rows.filter((r) => r.alive).map((r) => afterRow(input, r, yOf(r.row))),
      under: [
        ...middle.under,
        ...folds.map((fold) => foldMark(source, view, fold, moment)),
        rails('before'),
        rails('after'),
      ],
      over: [
        ...pills(input, jumping, yOf),
        needed(input, jumping[0]?.jump?.now ?? facts.now, (yJump + yTarget) / 2),
      ],
    },
  };
}

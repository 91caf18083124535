/** Next pointers of a list. One pointer keeps its key wherever it leads, so that its head can be seen to travel. */
import { OP } from '../../patch/trace.ts';
import { kindOf } from '../../patch/trace-facts.ts';
import type { Geometry } from '../geometry.ts';
import { group, label, type Mark, path } from '../mark.ts';
import { RELINK } from '../pace.ts';
import { editNumbers } from './numbers.ts';
import type { Row, StageInput } from './picture.ts';

type PlaceOf = (row: number) => number;

/** Which of the two links are set of the edit that is being carried out, and whether its tail is lost with them. */
interface LinksSet {
  readonly out: boolean;
  readonly in: boolean;
  readonly isRing: boolean;
}

/** `isSwapped`: a replace overwrites the way to the tail before it has copied it. */
function linksSet({ halfDone, op, source: { trace } }: StageInput, isSwapped: boolean): LinksSet {
  const isReplace = op > 0 && kindOf(trace, op) === OP.REPLACE;
  const isRing = isSwapped && isReplace;
  const line = halfDone?.line ?? Infinity;
  const first = isReplace ? 3 : 2;
  return isRing
    ? { in: line >= first, out: line > first, isRing }
    : { out: line >= first, in: line > first, isRing };
}

/** Whether a node can no longer be reached: it stands behind what was linked in the wrong order. */
export function lostBy(input: StageInput): (r: Row) => boolean {
  const { currentEdit, source, op } = input;
  const links = linksSet(input, true);
  if (currentEdit < 0 || !links.isRing || !links.in || source.trace.growth[currentEdit] === 0)
    return () => false;
  const { firstNew, growth } = editNumbers(source, op);
  return ({ node }) => node >= firstNew + growth;
}

/** An arrow head at the origin that points down, and where to and how far round it is put. */
const HEAD = 'M0 0l-3.7 -6h7.4z';
const headAt = (x: number, y: number, turn: number): Mark =>
  path('head', HEAD, 'head', { transform: `translate(${x},${y}) rotate(${turn})` });

/** Down from (px, y1) to the top of a box. The same commands as `bent`, so that one becomes the other. */
const straight = (px: number, y1: number, top: number): Mark[] => [
  path('line', `M${px} ${y1}V${top - 5}Q${px} ${top - 5} ${px} ${top - 5}H${px}`, 'line'),
  headAt(px, top, 0),
];
/** Down from (px, y1) and round into the left edge of a box. */
const bent = (px: number, y1: number, left: number, y: number): Mark[] => [
  path('line', `M${px} ${y1}V${y - 8}Q${px} ${y} ${px + 8} ${y}H${left - 6}`, 'line'),
  headAt(left, y, -90),
];

export function pointers(input: StageInput, rows: readonly Row[], y: PlaceOf, isSwapped = false): Mark[] {
  if (rows.length === 0) return [];
  const { geometry: g, currentEdit } = input;
  const links = linksSet(input, isSwapped);
  const half = g.nodeH / 2;
  const xOf = (r: Row) => g.list.x + (r.isNew ? g.list.shift : 0);
  const portOf = (r: Row) => xOf(r) + g.list.port;
  const marks: Mark[] = [];
  for (let i = 0; i + 1 < rows.length; i++) {
    const a = rows[i];
    const b = rows[i + 1];
    const isOneBlock = a.isNew && b.isNew && a.edit === b.edit;
    const enters = b.isNew && !isOneBlock;
    const leaves = a.isNew && !isOneBlock;
    const isInto = enters && b.edit === currentEdit;
    const isOutOf = leaves && a.edit === currentEdit;
    if (isOutOf && !links.out) continue;
    if (isOutOf && links.isRing) {
      marks.push(...ring(input, rows, y, a));
      continue;
    }
    const behind = isInto ? rows.slice(i + 1).find((r) => !(r.isNew && r.edit === b.edit)) : undefined;
    const y1 = y(a.row) + half;
    const isLate = isInto && !links.in;
    // Still past the new nodes, to what came next before them.
    const to = isLate ? behind : b;
    if (to) {
      const isBent = to.isNew && !a.isNew;
      const isNewLink = !isLate && (a.isNew || b.isNew);
      const isCurrent = (isInto && links.in) || isOutOf || (isOneBlock && a.edit === currentEdit);
      const px = portOf(a);
      const d = isBent
        ? bent(px, y1, xOf(to), y(to.row))
        : straight(Math.max(px, to.isNew ? portOf(to) : px), y1, y(to.row) - half);
      const cls = `pointer${isNewLink ? ' new' : ''}${isCurrent ? ' current' : ''}`;
      marks.push({ ...group(`p${a.uid}`, { class: cls }, d), ...(isInto && { moves: RELINK }) });
    }
    if (isInto && links.in && behind) {
      const px = portOf(a);
      const from = y(b.row);
      marks.push(
        group(`ghost-${a.uid}`, { class: 'pointer ghost' }, straight(px, from, y(behind.row) - half)),
      );
    }
  }
  return [...marks, ...ends(input, rows, y, links.in)];
}

/** The last new node points back to the first one. */
function ring({ geometry: g, currentEdit }: StageInput, rows: readonly Row[], y: PlaceOf, last: Row): Mark[] {
  const first = rows.find((r) => r.isNew && r.edit === currentEdit);
  if (!first) return [];
  const x = g.list.x + g.list.shift + g.list.w;
  const [y0, y1] = [y(last.row), y(first.row) + (first === last ? -4 : 4)];
  const out = x + 9;
  const d = `M${x} ${y0}H${out - 4}Q${out} ${y0} ${out} ${y0 - 4}V${y1 + 4}Q${out} ${y1} ${out - 4} ${y1}H${x + 6}`;
  return [group('ring', { class: 'pointer current lost' }, [path('line', d, 'line'), headAt(x, y1, 90)])];
}

/** Where the list begins and where it ends. */
function ends(input: StageInput, rows: readonly Row[], y: PlaceOf, isIn: boolean): Mark[] {
  const { geometry: g, frame, currentEdit } = input;
  const half = g.nodeH / 2;
  const px = (r: Row) => g.list.x + (r.isNew ? g.list.shift : 0) + g.list.port;
  const marks: Mark[] = [];
  const last = rows[rows.length - 1];
  if (rows[0].row === 0) {
    const isLate = !isIn && rows[0].isNew && rows[0].edit === currentEdit;
    const first = (isLate ? rows.find((r) => !(r.isNew && r.edit === currentEdit)) : null) ?? rows[0];
    const x = px(first);
    marks.push(
      group('head', { class: 'pointer', 'aria-hidden': 'true' }, [
        label('text', x, y(0) - half - 18, 'head', 'note mid'),
        path('line', `M${x} ${y(0) - half - 11}V${y(first.row) - half - 5}`, 'line'),
        headAt(x, y(first.row) - half, 0),
      ]),
    );
  }
  if (last.row === frame.rowCnt - 1) {
    const yl = y(last.row) + half;
    marks.push(
      group('null', { class: 'pointer', 'aria-hidden': 'true' }, [
        path('line', `M${px(last)} ${yl}V${yl + 6}`, 'line'),
        path('bar', `M${px(last) - 6} ${yl + 6.5}h12`, 'line'),
      ]),
    );
  }
  return marks;
}

/** Dense rows: one line down the lane instead of arrows. */
export function chain(g: Geometry, rows: readonly Row[], y: PlaceOf): Mark {
  const first = rows[0];
  const last = rows[rows.length - 1];
  const x = g.list.x + (g.laneOnly ? g.list.w / 2 : 3);
  const d = first ? `M${x} ${y(first.row)}V${y(last.row)}` : '';
  return path('chain', d, 'guide');
}

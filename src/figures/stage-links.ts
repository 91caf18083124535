/** What joins rows: leader lines, and brackets where one column has rows that another has not. */
import type { Geometry } from './geometry.ts';
import { group, label, type Mark, path } from './mark.ts';
import type { Row, StageInput } from './pictures/picture.ts';
import { hasNodes, isUnchanged } from './stage-rows.ts';

type PlaceOf = (row: number) => number;

/** Leader lines that join one insn's places in the three columns. */
export function guides(input: StageInput, rows: readonly Row[], y: PlaceOf): Mark[] {
  const { geometry: g } = input;
  if (g.narrow || !g.boxed) return [];
  const marks: Mark[] = [];
  for (const r of rows) {
    if (!r.alive) continue;
    const from = g.list.x + g.list.w + (r.isNew ? g.list.shift : 0) + 8;
    marks.push(path(`guide-${r.uid}`, `M${from} ${y(r.row)}H${g.after.washX - 4}`, 'guide'));
    if (r.beforeIdx >= 0 && isUnchanged(r) && hasNodes(input))
      marks.push(
        path(`same-${r.uid}`, `M${g.before.textX - 4} ${y(r.row)}H${g.list.idxX - 22}`, 'guide same'),
      );
  }
  return marks;
}

interface Column {
  readonly idxX: number;
  readonly textX: number;
}

/** A bracket beside each run of rows that a column does not have, and how many they are. */
function brackets(
  g: Geometry,
  rows: readonly Row[],
  y: PlaceOf,
  isMissing: (r: Row) => boolean,
  { idxX, textX }: Column,
  what: string,
): Mark[] {
  const marks: Mark[] = [];
  for (let i = 0; i < rows.length; ) {
    if (!isMissing(rows[i])) {
      i++;
      continue;
    }
    let end = i;
    while (end < rows.length && isMissing(rows[end])) end++;
    const cnt = end - i;
    const y0 = y(rows[i].row) - g.pitch / 2 + (g.boxed ? 6 : 3);
    const y1 = y(rows[end - 1].row) + g.pitch / 2 - (g.boxed ? 6 : 3);
    const isDeleted = what === 'deleted';
    marks.push(
      group(`${isDeleted ? 'hole' : 'gap'}-${rows[i].uid}`, { class: isDeleted ? 'gap del' : 'gap' }, [
        path('bracket', `M${idxX - 6} ${y0}h-4V${y1}h4`, 'bracket'),
        ...(g.narrow || (!g.boxed && cnt < 2 && !isDeleted)
          ? []
          : [label('text', textX, (y0 + y1) / 2, `${cnt} ${what} here`, 'note')]),
      ]),
    );
    i = end;
  }
  return marks;
}

/** In Before, where insns were inserted. */
export const gaps = (g: Geometry, rows: readonly Row[], y: PlaceOf): Mark[] =>
  brackets(g, rows, y, (r) => r.beforeIdx < 0, g.before, 'inserted');

/** In After, where insns were deleted: its numbers go on without them. */
export const holes = (g: Geometry, rows: readonly Row[], y: PlaceOf): Mark[] =>
  brackets(g, rows, y, (r) => !r.alive, g.after, 'deleted');

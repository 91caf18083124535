/** The marks of the stage, put together: one group that scrolls, with the three grids in it. */
import type { Mark, StageColumns } from '../../figures/index.ts';

export interface StageRoot {
  /** Name of the middle grid. */
  readonly column: string;
  readonly rowCnt: number;
  /** Down by so many pixels. */
  readonly shift: number;
}

export const stageRoot = (marks: StageColumns, { column, rowCnt, shift }: StageRoot): Mark => ({
  tag: 'g',
  key: 'scroll',
  attrs: { transform: `translate(0,${shift})` },
  moves: marks.camera,
  children: [
    layerMark('under', marks.under),
    gridMark('Before', marks.before, rowCnt),
    gridMark(column, marks.list, rowCnt),
    gridMark('After', marks.after, rowCnt),
    layerMark('over', marks.over),
  ].map((mark) => ({ ...mark, moves: OWN_PACE })),
});

/** What is in the camera's group does not move at its pace, where it has none of its own. */
const OWN_PACE = { duration: 260 } as const;

/** What is drawn behind or in front of the grids, and said by their rows. */
export const layerMark = (key: string, children: readonly Mark[]): Mark => ({
  ...{ tag: 'g', key, attrs: { 'aria-hidden': 'true' }, children },
});

/** A grid of insns; `rows` may be a window of the `rowCnt` that it has. */
export const gridMark = (name: string, rows: readonly Mark[], rowCnt: number): Mark => ({
  tag: 'g',
  key: name,
  attrs: {
    role: 'grid',
    'aria-label': name,
    'aria-rowcount': rowCnt,
    // Only a row that this column has: an inserted insn has none in Before.
    'aria-activedescendant': rows.find((row) => row.attrs['aria-selected'] === 'true')?.attrs.id,
    tabindex: 0,
  },
  children: rows,
});

/** A row of After that the kernel or the RFC whose rules are in force writes otherwise. */
export function withDeviation(row: Mark, wrong: ReadonlyMap<number, string>): Mark {
  const text = wrong.get(Number(row.attrs['data-uid']));
  if (text === undefined) return row;
  const title: Mark = { tag: 'title', key: 'title', attrs: {}, text };
  return {
    ...row,
    attrs: { ...row.attrs, class: `${row.attrs.class} deviates` },
    children: [title, ...(row.children ?? [])],
  };
}

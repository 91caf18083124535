/**
 * The stage: Before, List (or Memory) and After on one row grid, rails at both sides. Pure in (frame, geometry);
 * what moves between two moments is found by key, which is the insn's uid.
 */
import { group, type Mark } from './mark.ts';
import { type Row, rowY, type StageInput } from './stage-input.ts';
import { chain, gaps, guides, pills, pointers, railsOf } from './stage-links.ts';
import { afterRow, beforeRow, listRow } from './stage-rows.ts';

export interface StageColumns {
  readonly before: readonly Mark[];
  readonly list: readonly Mark[];
  readonly after: readonly Mark[];
  /** Behind the rows: guides, rails, pointers; in front: pills. */
  readonly under: readonly Mark[];
  readonly over: readonly Mark[];
}
export function stageColumns(input: StageInput): StageColumns {
  const { frame, geometry: g } = input;
  const rows: Row[] = frame.rows.map((r, i) => Object.assign({}, r, { row: frame.firstRow + i }));
  const y = (row: number) => rowY(g, row - frame.originRow);
  const before = rows.filter((r) => r.beforeIdx >= 0).map((r) => beforeRow(input, r, y(r.row)));
  const list = rows.filter((r) => input.style === 'list' || r.alive).map((r) => listRow(input, r, y(r.row)));
  const shown = input.afterRows ?? rows;
  const after = shown.filter((r) => r.alive).map((r) => afterRow(input, r, y(r.row)));
  const beforeRails = railsOf(input, rows, y, 'before');
  const afterRails = railsOf(input, shown, y, 'after');
  return {
    before,
    list,
    after,
    under: [
      ...guides(g, rows, y),
      ...gaps(g, rows, y),
      group('rails-before', {}, beforeRails),
      group('rails-after', {}, afterRails),
      ...(g.boxed ? pointers(input, rows, y) : [chain(g, rows, y)]),
    ],
    over: pills(input, shown, y),
  };
}

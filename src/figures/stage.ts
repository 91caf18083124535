/**
 * The stage: Before, the picture of the algorithm, and After on one row grid, rails at both sides. Pure in (frame,
 * geometry); what moves between two moments is found by key, which is the insn's uid.
 */
import { group, type Mark, type Moves } from './mark.ts';
import { cameraMoves, settling } from './pace.ts';
import { type Row, rowY, type StageInput } from './stage-input.ts';
import { gaps, guides, holes } from './stage-links.ts';
import { pills, railsOf } from './stage-rails.ts';
import { afterRow, beforeRow } from './stage-rows.ts';

export interface StageColumns {
  readonly before: readonly Mark[];
  readonly list: readonly Mark[];
  readonly after: readonly Mark[];
  /** Behind the rows: guides, rails, pointers; in front: pills. */
  readonly under: readonly Mark[];
  readonly over: readonly Mark[];
  /** How all of it moves when the camera does. */
  readonly camera: Moves;
}

export function stageColumns(input: StageInput): StageColumns {
  const { frame, geometry: g, picture } = input;
  const rows: Row[] = frame.rows.map((r, i) => Object.assign({}, r, { row: frame.firstRow + i }));
  const y = (row: number) => rowY(g, row - frame.originRow);
  const shown = input.afterRows ?? rows;
  const middle = picture.middle(input, rows, y);
  const moves = settling(input);
  const settled = (key: string, marks: readonly Mark[]): Mark => ({ ...group(key, {}, marks), moves });
  return {
    camera: cameraMoves(input),
    before: rows.filter((r) => r.beforeIdx >= 0).map((r) => beforeRow(input, r, y(r.row))),
    list: middle.rows,
    after: shown.filter((r) => r.alive).map((r) => afterRow(input, r, y(r.row))),
    under: [
      ...guides(input, rows, y),
      settled('gaps', [...gaps(g, rows, y), ...holes(g, shown, y)]),
      settled('rails-before', railsOf(input, rows, y, 'before')),
      settled('rails-after', input.isHollow ? [] : railsOf(input, shown, y, 'after')),
      ...middle.under,
    ],
    over: [
      ...(input.isHollow ? [] : pills(input, shown, y)).map((mark) => ({ ...mark, moves })),
      ...middle.over,
    ],
  };
}

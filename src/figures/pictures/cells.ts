/** Parts of a middle column that several pictures draw alike. */
import type { Geometry } from '../geometry.ts';
import { circle, type Mark, path } from '../mark.ts';
import { LINE_MS } from '../pace.ts';
import type { Row } from './picture.ts';

/** A sweep over all cells takes as long as two lines are played. */
export const SWEEP_MS = 2 * LINE_MS;

/** Cells that are one behind the other in memory touch, also where rows stand between them that are not in it. */
export function seams(
  { list, pitch }: Geometry,
  cells: readonly Row[],
  y: (row: number) => number,
): readonly Mark[] {
  return cells.slice(1).flatMap((b, i) => {
    const a = cells[i];
    if (b.row === a.row + 1) return [];
    const [y0, y1] = [y(a.row) + pitch / 2, y(b.row) - pitch / 2];
    const [x0, x1] = [list.x + 0.5, list.x + list.w - 0.5];
    return [path(`seam-${b.uid}`, `M${x0} ${y0}V${y1}M${x1} ${y0}V${y1}`, 'seam')];
  });
}

/** The plus at the corner of a box that a patch puts; (x, y): its middle. */
export const plusTab = (x: number, y: number): readonly Mark[] => [
  circle('tab', x, y, 7, 'tab'),
  path('plus', `M${x - 3.5} ${y}h7M${x} ${y - 3.5}v7`, 'tab-sign'),
];

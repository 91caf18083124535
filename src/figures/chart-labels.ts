/** Names beside the ends of lines, moved apart where they would lie over each other. */
import { group, label, type Mark, path } from './mark.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
  /** Words below the name; empty: none. */
  readonly about: string;
  /** Where its line ends. */
  readonly x: number;
  readonly y: number;
}

export interface Margin {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly hasWords: boolean;
  readonly isSmall: boolean;
}

const ROW_H = 15;

/** Places of the middle of each, in the order of the ends, no two nearer than they are high. */
export function apart(
  wanted: readonly number[],
  heights: readonly number[],
  top: number,
  bottom: number,
): number[] {
  const placed = [...wanted];
  // Down as far as needed, then up again from the lower edge.
  for (let k = 0; k < placed.length; k++) {
    const least = k === 0 ? top + heights[0] / 2 : placed[k - 1] + (heights[k - 1] + heights[k]) / 2;
    placed[k] = Math.max(placed[k], least);
  }
  for (let k = placed.length - 1; k >= 0; k--) {
    const last = k === placed.length - 1;
    const most = last ? bottom - heights[k] / 2 : placed[k + 1] - (heights[k] + heights[k + 1]) / 2;
    placed[k] = Math.min(placed[k], most);
  }
  return placed;
}

export function besides(named: readonly Named[], { left, top, bottom, hasWords, isSmall }: Margin): Mark[] {
  const sorted = named.toSorted((a, b) => a.y - b.y);
  const heights = sorted.map(({ about }) => (about ? 2 * ROW_H + 4 : isSmall ? 13 : ROW_H + 2));
  const places = apart(
    sorted.map(({ y }) => y),
    heights,
    top,
    bottom,
  );
  return sorted.map(({ id, name, about, x, y }, k) => {
    const at = Math.round(places[k]);
    const first = about ? at - ROW_H / 2 : at;
    const children: Mark[] = [
      label('name', left, first, name, isSmall ? 'series-name small' : 'series-name'),
    ];
    if (about) children.push(label('about', left, first + ROW_H, about, 'series-about'));
    // A thin line leads from an end that is far from the margin to its name; the others stand in order.
    if (hasWords && left - x > 24) children.push(path('lead', `M${x + 8} ${y}L${left - 4} ${first}`, 'lead'));
    return group(`name-${id}`, { class: `series-label ${id}` }, children);
  });
}

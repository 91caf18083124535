/**
 * The grids of the stage as marks. Would catch a grid that does not say which of its rows is selected, one that points at
 * a row it does not have, and keys of a grid that are taken from the browser.
 */
import { expect, test } from 'vitest';
import type { Mark } from '../../../src/figures/mark.ts';
import { rowKeys } from '../../../src/views/stage/select-rows.ts';
import { gridMark } from '../../../src/views/stage/stage-root.ts';

const row = (uid: number, isSelected: boolean): Mark => ({
  ...{ tag: 'g', key: String(uid) },
  attrs: { id: `after-${uid}`, 'data-uid': uid, 'aria-selected': isSelected ? 'true' : undefined },
});

test('a grid names its selected row, and none where it has none', () => {
  const { attrs } = gridMark('After', [row(1, false), row(2, true)], 40);
  expect(attrs).toMatchObject({ role: 'grid', 'aria-rowcount': 40, 'aria-activedescendant': 'after-2' });
  expect(gridMark('After', [row(1, false)], 1).attrs['aria-activedescendant']).toBeUndefined();
});

function press(key: string, held: Partial<Record<'ctrlKey' | 'shiftKey', boolean>> = {}) {
  const moves: number[] = [];
  let isTaken = false;
  const event = { key, ...held, preventDefault: () => (isTaken = true), stopPropagation: () => {} };
  rowKeys((by) => moves.push(by))(event as unknown as React.KeyboardEvent);
  return { moves, isTaken };
}

test('keys move along the rows; with others held, or unknown, they are not the grid\u2019s', () => {
  expect(press('ArrowDown')).toEqual({ moves: [1], isTaken: true });
  expect(press('k')).toEqual({ moves: [-1], isTaken: true });
  expect(press('End')).toEqual({ moves: [Infinity], isTaken: true });
  expect(press('ArrowDown', { ctrlKey: true })).toEqual({ moves: [], isTaken: false });
  expect(press('x')).toEqual({ moves: [], isTaken: false });
});

/** The selection on a grid of insns: by pointer, and by keys along its rows. */
import { rowBeside } from '../../figures/index.ts';
import { focus } from '../../store/intents.ts';
import { nodeOfUid, tableSource } from '../../store/selectors.ts';
import { get } from '../../store/store.ts';

/** Insn at an element: a row names its own; a rail, stub or edge the one that a click goes to. */
export function uidAt(target: EventTarget): number | null {
  const el = (target as Element).closest?.('[data-uid], [data-goto]');
  return el ? Number(el.getAttribute('data-uid') ?? el.getAttribute('data-goto')) : null;
}

const ROW_KEYS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  PageDown: 20,
  PageUp: -20,
  Home: -Infinity,
  End: Infinity,
};

/** Move the selection along the rows of the grid. */
export function moveSelection(by: number): void {
  const s = get();
  const source = tableSource(s);
  if (!s.good || !source) return;
  const node = s.focusUid === null ? -1 : nodeOfUid(s.good, s.focusUid);
  focus(s.good.trace.uid[rowBeside(source.moments, s.op, node, by)]);
}

/** A grid's own keys, where `move` moves the selection along its rows. */
export const rowKeys =
  (move: (by: number) => void) =>
  (e: React.KeyboardEvent): void => {
    const by = ROW_KEYS[e.key];
    if (by === undefined || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
    e.preventDefault();
    e.stopPropagation();
    move(by);
  };

export const moveFocus = rowKeys(moveSelection);

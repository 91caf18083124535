/** Where a table of rows is scrolled to, and how the row of the selected insn is kept in sight. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Pixels of a row, and of the head that stays above them. */
export const ROW = 20;
const HEAD = 24;
/** Rows left beside the one that is brought into view. */
const MARGIN = 2;

interface Selected {
  readonly focusUid: number | null;
  /** -1: it has no row. */
  readonly focusRow: number;
  /** Pixels of what is seen; 0: the pane is not shown. */
  readonly height: number;
}

export function useRowScroll(
  box: RefObject<HTMLDivElement | null>,
  { focusUid, focusRow, height }: Selected,
): { readonly top: number; readonly setTop: (top: number) => void } {
  const [scrolled, setTop] = useState(0);
  let top = scrolled;
  // As rows come before it or go, that of the selected insn stays where it is on the screen.
  const [held, setHeld] = useState({ uid: focusUid, row: focusRow, aim: null as { top: number } | null });
  if (held.uid !== focusUid || held.row !== focusRow) {
    const isSame = held.uid === focusUid && focusRow >= 0 && isSeen(held.row, scrolled, height);
    if (isSame) top = Math.max(0, scrolled + (focusRow - held.row) * ROW);
    setHeld({ uid: focusUid, row: focusRow, aim: top === scrolled ? null : { top } });
    if (top !== scrolled) setTop(top);
  }
  useLayoutEffect(() => {
    if (!box.current || !held.aim) return;
    box.current.scrollTop = held.aim.top;
    // There may be less to scroll.
    setTop(box.current.scrollTop);
  }, [held.aim]);
  // It is brought into view on selection only: neither pointing at an insn nor going to another op does that. In a pane
  // that is not shown it is made up for when it is; and where the card of the insn then takes its room, it comes along.
  const isOwed = useRef(false);
  const shownIn = useRef(height);
  useLayoutEffect(() => {
    const was = shownIn.current;
    shownIn.current = height;
    if (!box.current || height === 0 || focusRow < 0) return;
    const isCutOff = isSeen(focusRow, scrolled, was) && !isWhole(focusRow, scrolled, height);
    if (isOwed.current || isCutOff) reveal(box.current, focusRow);
    isOwed.current = false;
  }, [height]);
  useEffect(() => {
    if (!box.current || focusUid === null || focusRow < 0) return;
    if (box.current.clientHeight === 0) isOwed.current = true;
    else reveal(box.current, focusRow);
  }, [focusUid]);
  return { top, setTop };
}

const isSeen = (row: number, top: number, height: number): boolean =>
  row >= 0 && (row + 1) * ROW > top && row * ROW + HEAD < top + height;

const isWhole = (row: number, top: number, height: number): boolean =>
  row * ROW >= top && (row + 1) * ROW + HEAD <= top + height;

/** Scroll as little as needed, with some rows beside. */
function reveal(el: HTMLElement, row: number): void {
  const top = Math.max(0, row - MARGIN) * ROW;
  const bottom = (row + 1 + MARGIN) * ROW + HEAD;
  if (top < el.scrollTop) el.scrollTop = top;
  else if (bottom > el.scrollTop + el.clientHeight) el.scrollTop = bottom - el.clientHeight;
}

/** Jumps of the Debug layout: rails at both sides, and old and new distances where they differ. */
import { FLOW } from '../isa/flow.ts';
import { itemY } from './debug-geometry.ts';
import type { DebugInput } from './debug-input.ts';
import { type DebugRow, isRetargeted, roleOf } from './debug-rows.ts';
import { distanceWords, isConditional, type NewDistance, pillText } from './jump-words.ts';
import { group, label, type Mark, rect } from './mark.ts';
import { grouped } from './number.ts';
import type { Rail } from './rail-lanes.ts';
import { railMarks } from './rails.ts';

function railOf(r: DebugRow, side: 'before' | 'after'): Rail | null {
  const insn = side === 'before' ? r.was : r.is;
  const jump = insn?.jump;
  if (!insn || !jump || jump.target === null) return null;
  const isBroken = side === 'after' && roleOf(r) === 'err';
  const isChanged = side === 'after' && isRetargeted(r);
  const call = jump.flow === FLOW.CALL;
  return {
    key: `r${r.uid}`,
    from: r.item,
    to: jump.target,
    cls: `${isBroken ? 'broken' : isChanged ? 'ret' : 'plain'}${r.isFocus || r.isHover ? ' focus' : ''}`,
    conditional: !call && isConditional(insn.w0),
    call,
    names: { uid: r.uid, targetUid: jump.targetUid, targetSlot: jump.to },
  };
}

/** Rails of one column; `y`: of an item. A rail that leads into a strip of hidden rows ends at the strip. */
export function debugRails(
  input: DebugInput,
  rows: readonly DebugRow[],
  y: (item: number) => number,
  side: 'before' | 'after',
): readonly Mark[] {
  const { railRoot, railSpace } = input.geometry[side];
  if (railRoot === null) return [];
  const origin = itemY(0) - y(0);
  return railMarks(
    rows.map((r) => railOf(r, side)).filter((rail) => rail !== null),
    {
      root: railRoot,
      side: side === 'before' ? -1 : 1,
      lane: 10,
      space: railSpace,
      yOf: y,
      yMin: input.top - origin,
      yMax: input.bottom - origin,
    },
  ).marks;
}

const PILL_CHAR_W = 6.7;
const pillWidth = (text: string): number => Math.round(text.length * PILL_CHAR_W + 14);

/** `+41 -> +59` in the row of a jump whose distance differs; before it is written it says "will be". */
export function debugPills({ geometry: g }: DebugInput, rows: readonly DebugRow[]): Mark[] {
  if (g.phone) return [];
  return rows.flatMap((r) => {
    const { was, is } = r;
    if (!isRetargeted(r) || !was?.jump || !is?.jump) return [];
    const { distance, fits, done } = is.jump;
    const jump: NewDistance = { before: was.jump.distance, now: distance, done, fits };
    const text = pillText(jump, (one) => pillWidth(one) <= g.pillW);
    const w = pillWidth(text);
    const cls = `pill${done && fits ? ' done' : ''}${r.isFocus ? ' solid' : ''}${fits ? '' : ' err'}`;
    const words = distanceWords(jump);
    return [
      group(`pill-${r.uid}`, { class: cls, transform: `translate(${g.pillX},${r.y})`, 'data-uid': r.uid }, [
        { tag: 'title', key: 'title', attrs: {}, text: `insn ${grouped(is.slot)}: distance ${words}` },
        rect('box', 0, -8, w, 16, 'box', { rx: 8 }),
        label('text', w / 2, 0, text, 'pill-text'),
      ]),
    ];
  });
}

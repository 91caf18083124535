/** What a point of the track means: the place in time at it, and the op in words. */
import { changesAnything, nextAmong } from '../patch/changes.ts';
import { OP, type Trace } from '../patch/trace.ts';
import { isRefusedOp } from '../patch/trace-facts.ts';
import { grouped, signed } from './number.ts';
import { jumpLabel, opLine } from './op-words.ts';
import type { Place } from './step.ts';
import { hasRoom, type TimelineFigure } from './timeline.ts';
import { PAD, type Track, xOfOp } from './timeline-track.ts';

/** How near to a dot the pointer means it. */
const DOT_REACH = 4;
/** How near to a refusal, and to a change, it is taken for that where ops are denser than pixels. */
const ERROR_REACH = 6;
const CHANGE_REACH = 3;

const slotAt = ({ trace, slotW }: Track, x: number): number =>
  Math.max(0, Math.min(trace.opCnt - 1, Math.floor((x - PAD) / slotW)));

/** The op (from 1) whose slot an x is in. */
export const opAt = ({ track }: TimelineFigure, x: number): number => slotAt(track, x) + 1;

/** The place behind a line of the current op whose dot is at (x, y); null: none is. */
export function dotAt({ dots, lines, current }: TimelineFigure, x: number, y: number): Place | null {
  const k = dots.findIndex((dot) => Math.abs(dot.x - x) <= DOT_REACH && Math.abs(dot.y - y) <= 2 * DOT_REACH);
  if (k < 0) return null;
  return k + 1 === lines ? { op: current, micro: 0 } : { op: current - 1, micro: k + 1 };
}

/** The place at an x; `isFine`: between the lines of an op, where they have room. */
export function placeAt({ track, input }: TimelineFigure, x: number, isFine: boolean): Place {
  const { slotW, trace } = track;
  if (trace.opCnt === 0 || slotW === 0) return { op: 0, micro: 0 };
  if (!track.hasSigns) return { op: snapped(track, input.touched, x), micro: 0 };
  const slot = slotAt(track, x);
  const share = Math.max(0, Math.min(1, (x - PAD) / slotW - slot));
  const lines = isFine ? input.linesOf(slot + 1) : 0;
  if (hasRoom(track, lines)) {
    const micro = Math.round(share * lines);
    return micro === lines ? { op: slot + 1, micro: 0 } : { op: slot, micro };
  }
  // On its sign one means the op done.
  return { op: share >= 0.25 ? slot + 1 : slot, micro: 0 };
}

/** The moment at an x of the strip: a refusal near it, a change of the selected insn, or any change. */
function snapped(track: Track, touched: Int32Array, x: number): number {
  const { trace, slotW } = track;
  if (trace.refused !== null && Math.abs(x - xOfOp(track, trace.opCnt)) <= ERROR_REACH) return trace.opCnt;
  const exact = Math.max(0, Math.min(trace.opCnt, Math.round((x - PAD) / slotW)));
  if (exact === 0) return 0;
  const reach = Math.ceil(CHANGE_REACH / slotW);
  const near = [nextAmong(touched, exact, -1), nextAmong(touched, exact, 1)]
    .filter((op) => op > 0 && Math.abs(op - exact) <= reach)
    .sort((a, b) => Math.abs(a - exact) - Math.abs(b - exact));
  if (near.length > 0) return near[0];
  for (let by = 0; by <= reach; by++)
    for (const op of [exact - by, exact + by])
      if (op >= 1 && op <= trace.opCnt && changesAnything(trace, op)) return op;
  return exact;
}

/** "op 4: jump 2, +3 → +6": an op in one line, with what it changes where that is one number. */
export function opTip(trace: Trace, op: number, resultCnt: number): string {
  const name = `op ${grouped(op)}: `;
  const refused = isRefusedOp(trace, op) ? `, refused: -${trace.refused?.code}` : '';
  if (trace.opKind[op - 1] !== OP.RETARGET) return `${name}${opLine(trace, op, resultCnt)}${refused}`;
  const j = trace.opRef[op - 1];
  const { written, final } = trace.jumps;
  return `${name}${jumpLabel(trace, j)}, ${signed(written[j])} \u2192 ${signed(final[j])}${refused}`;
}

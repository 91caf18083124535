/** The selected insn in one line: where it stood and stands, its line of C, and how far it leads. */
import { type Comparison, distanceIn, type Side, slotIn } from '../patch/compare.ts';
import { jumpOfNode } from '../patch/jump-at.ts';
import { slotOfNode } from '../patch/trace-facts.ts';
import { entryAt } from './line-rows.ts';
import { grouped, signed } from './number.ts';
import type { TableSource } from './tables.ts';

/** "insn 7 → 8, C 22:6, distance +41 → +59"; null where the insn is at neither moment. */
export function selectedWords(source: TableSource, { a, b }: Comparison, node: number): string | null {
  const { trace, before } = source;
  if (node < 0 || node >= trace.nodeCnt) return null;
  const was = slotIn(a, node);
  const is = slotIn(b, node);
  if (was < 0 && is < 0) return null;
  const words = [placeWords(was, is)];
  const slot = slotOfNode(trace, node);
  if (trace.origIdx[node] < 0) words.push(`put for insn ${grouped(slot)} of the input`);
  const entry = entryAt(before.lineInfo, slot);
  if (entry >= 0) words.push(`C ${before.lineInfo.line[entry]}:${before.lineInfo.col[entry]}`);
  const distance = (side: Side): number | null => {
    const j = slotIn(side, node) < 0 ? -1 : jumpOfNode(trace, node, side.moment);
    return j < 0 ? null : distanceIn(side, trace, j);
  };
  const old = distance(a);
  const now = distance(b);
  if (old !== null && now !== null && old !== now)
    words.push(`distance ${signed(old)} \u2192 ${signed(now)}`);
  else if (old !== null || now !== null) words.push(`distance ${signed(now ?? old ?? 0)}`);
  return words.join(', ');
}

function placeWords(was: number, is: number): string {
  if (was < 0) return `new insn ${grouped(is)}`;
  if (is < 0) return `insn ${grouped(was)}, deleted`;
  return was === is ? `insn ${grouped(is)}` : `insn ${grouped(was)} \u2192 ${grouped(is)}`;
}

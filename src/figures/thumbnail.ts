/**
 * A program and what came of it, too small to read: each insn is a bar as long as its text, coloured by what happened
 * to it, and re-targeted jumps have their rails. Of a long program, the part around its first patch.
 */
import { frameAt } from '../patch/frame.ts';
import { momentsOf } from '../patch/moments.ts';
import type { Trace } from '../patch/trace.ts';
import { insnText } from './insn-text.ts';
import { type Mark, path, rect } from './mark.ts';

export const THUMBNAIL = { width: 216, height: 112 } as const;

const PITCH = 4;
const BAR = 2.5;
const ROWS = Math.floor((THUMBNAIL.height - 8) / PITCH);
/** Rows that are seen above the first patch. */
const LEAD = 5;
const CHAR = 2.6;
const COLUMN = 78;
const BEFORE_X = 4;
const AFTER_X = 106;
const RAIL_X = AFTER_X + COLUMN + 4;
const RAILS_MAX = 5;

export function thumbnail(trace: Trace, inputInsns: Int32Array): Mark[] {
  const moments = momentsOf(trace);
  const end = trace.opCnt;
  const rowCnt = moments.bornCnt(end);
  const firstAt = trace.editAt.length > 0 ? moments.rankBorn(end, trace.nodeOf[trace.editAt[0]]) : 0;
  const first = Math.max(0, Math.min(firstAt - LEAD, rowCnt - ROWS));
  const { rows } = frameAt(trace, moments, end, first, ROWS);
  const y = (row: number) => 4 + Math.max(-1, Math.min(ROWS, row - first)) * PITCH;
  const length = (text: string) => Math.max(6, Math.min(COLUMN, text.length * CHAR));
  const marks: Mark[] = [];
  let rails = 0;
  rows.forEach((r, i) => {
    const top = y(first + i);
    if (r.beforeIdx >= 0) {
      const at = r.beforeIdx * 2;
      const w = length(insnText(inputInsns[at], inputInsns[at + 1], null));
      marks.push(rect(`b${r.uid}`, BEFORE_X, top, w, BAR, r.alive ? 'bar' : 'bar del'));
    }
    if (!r.alive) return;
    const { jump } = r;
    const changed = jump !== null && jump.before !== null && jump.before !== jump.now;
    const role = r.isNew ? 'ins' : r.rewritten ? 'rew' : changed ? 'ret' : '';
    const w = length(insnText(r.w0, r.imm, jump?.now ?? null));
    marks.push(rect(`a${r.uid}`, AFTER_X, top, w, BAR, `bar ${role}`.trim()));
    if (!changed || rails === RAILS_MAX) return;
    const x = RAIL_X + 4 + 4 * rails++;
    const mid = BAR / 2;
    marks.push(
      path(`r${r.uid}`, `M${RAIL_X} ${top + mid}H${x}V${y(jump.targetRow) + mid}H${RAIL_X}`, 'rail'),
    );
  });
  return marks;
}

/** What stands beside the insns in the Debug layout: the record of each, and the line of C it came from. */
import { slotIn } from '../patch/compare.ts';
import { slotOfNode } from '../patch/trace-facts.ts';
import type { AuxRow } from './aux-rows.ts';
import { auxRowAt } from './aux-rows.ts';
import type { AuxColumn, LinesColumn } from './debug-geometry.ts';
import { DEBUG_ROW } from './debug-geometry.ts';
import type { AuxOrigin, DebugInput } from './debug-input.ts';
import { type DebugRow, rowMark, wash } from './debug-rows.ts';
import { entryAt, type LineRow, lineRowAt } from './line-rows.ts';
import { type Mark, path, rect, type Span, spans } from './mark.ts';
import { grouped, signed } from './number.ts';

const UNKNOWN = '\u00b7';

/** An aux value as it is written: unknown ones as a dot, given ones underlined. */
const valueText = (value: string | number, origin: AuxOrigin): string =>
  origin === 'unknown' ? UNKNOWN : String(value);
const valueCls = (origin: AuxOrigin): string =>
  origin === 'given' ? 'given' : origin === 'unknown' ? 'dim' : '';

/** Where the record comes from, in full. */
function recordWords({ record, home, shift }: AuxRow): string {
  switch (record) {
    case 'new':
      return 'new record, only seen is inherited';
    case 'inherits':
      return `inherits the record of insn ${grouped(home)} before`;
    case 'moved':
      return `record kept, moved ${signed(shift)} slots with its insn`;
    default:
      return 'record kept';
  }
}

/** Moment and slot at which a row's record is read: later if it is there, else before it was deleted. */
const sideOf = ({ comparison }: DebugInput, r: DebugRow) => (r.is === null ? comparison.a : comparison.b);

/** The record of a row; null where the program carries none. */
export function auxRowMark(input: DebugInput, g: AuxColumn, r: DebugRow): Mark | null {
  const side = sideOf(input, r);
  const record = auxRowAt(input.source, side.moment, slotIn(side, r.node));
  if (record === null) return null;
  const isNew = record.record === 'new';
  const isComputed = record.zextSince > 0;
  const origin = {
    seen: input.auxOrigin('seen', record.home),
    zext: isComputed ? 'computed' : input.auxOrigin('zextDst', record.home),
    ptr: isNew ? 'computed' : input.auxOrigin('ptrType', record.home),
  } as const;
  const ptr = input.ptrText(record.ptrType);
  const deleted = r.is === null;
  const number = (x: number, text: string, cls: string): Span[] => [
    { text, x, anchor: 'end', cls },
    { text: ' ', x },
  ];
  const parts: Span[] = [
    ...number(g.origX, String(record.origIdx), isNew ? 'dim' : ''),
    {
      text: record.record,
      x: g.recordX,
      cls: `word${isNew || record.record === 'inherits' ? ' ins' : ' dim'}`,
    },
    { text: ' ' },
    ...number(g.seenX, valueText(record.seen, origin.seen), valueCls(origin.seen)),
    ...number(g.zextX, valueText(record.zextDst, origin.zext), isComputed ? 'strong' : valueCls(origin.zext)),
    ...(g.ptrX === null ? [] : [{ text: valueText(ptr, origin.ptr), x: g.ptrX, cls: valueCls(origin.ptr) }]),
  ];
  const zext = isComputed ? `computed by op ${grouped(record.zextSince)}` : origin.zext;
  const title =
    `insn ${slotIn(side, r.node)}: orig_idx ${record.origIdx}, ${recordWords(record)}; ` +
    `seen ${record.seen} (${origin.seen}); zext_dst ${record.zextDst} (${zext}); ptr_type ${ptr} (${origin.ptr})`;
  return rowMark('aux', r, deleted ? 'del' : '', title, [
    { tag: 'title', key: 'title', attrs: {}, text: title },
    ...wash(g.x + 1, g.w - 1),
    ...(isNew ? [rect('hatch', g.origX - 36, -8, 42, 16, 'hatched')] : []),
    spans('text', 0, 0, parts, 'code'),
    ...(deleted ? [path('strike', `M${g.origX - 20} 0H${g.zextX}`, 'strike')] : []),
  ]);
}

/** The line entry that stands at a row; `gone`: it stood there, and nothing is left of it. */
interface Entry {
  readonly entry: number;
  readonly row: LineRow;
  readonly gone: boolean;
}

export function entryOf(input: DebugInput, r: DebugRow): Entry | null {
  const { source, comparison } = input;
  const side = sideOf(input, r);
  // Of the entries at or before its slot only the last can stand at a row: all others are further up, or gone.
  const entry = entryAt(source.before.lineInfo, slotOfNode(source.trace, r.node));
  if (entry < 0) return null;
  const row = lineRowAt(source, side.moment, entry);
  if (row.idx !== slotIn(side, r.node)) return null;
  if (r.is !== null) return { entry, row, gone: false };
  // Of a deleted insn: the entry may go on, at the next one that is left.
  const later = lineRowAt(source, comparison.b.moment, entry);
  return later.idx >= 0 ? null : { entry, row, gone: true };
}

const fitted = (text: string, fit: number): string =>
  text.length <= fit ? text : `${text.slice(0, Math.max(1, fit - 1))}\u2026`;

/** The entry of a row; null: it has none. A line's text stands at its first entry, later ones have the number only. */
export function lineRowMark(input: DebugInput, g: LinesColumn, r: DebugRow): Mark | null {
  const found = entryOf(input, r);
  if (found === null) return null;
  const { entry, row, gone } = found;
  const { lineInfo } = input.source.before;
  const isFirst =
    entry === 0 ||
    lineInfo.line[entry - 1] !== row.line ||
    lineInfo.file[entry - 1] !== lineInfo.file[entry] ||
    lineInfo.text[entry - 1] !== lineInfo.text[entry];
  const place = `C ${row.line}:${row.col}`;
  const source = row.text.trim();
  const parts: Span[] = [
    { text: place, x: g.placeX, cls: row.heir ? 'strong' : 'dim' },
    ...(g.textX !== null && isFirst && source !== ''
      ? [{ text: ' ' }, { text: fitted(source, g.fit), x: g.textX }]
      : []),
  ];
  const tail = gone ? ', deleted with its insns' : row.heir ? ', moved here from deleted insns' : '';
  const title = `${row.file || 'C'} ${row.line}:${row.col}, before insn ${grouped(row.was)}${tail}`;
  return rowMark('lines', r, gone ? 'del' : '', `${place} ${source}${tail}`, [
    { tag: 'title', key: 'title', attrs: {}, text: title },
    ...wash(g.x + 1, g.w - 1),
    spans('text', 0, 0, parts, 'code'),
    ...(gone ? [path('strike', `M${g.placeX} 0H${g.textX ?? g.x + g.w - 8}`, 'strike')] : []),
  ]);
}

/** Hairline above each row at which a line entry stands, over both columns. */
export function entryLine(input: DebugInput, r: DebugRow): Mark[] {
  const { aux, lines } = input.geometry;
  if (lines === null || entryOf(input, r) === null) return [];
  const y = r.y - DEBUG_ROW / 2 + 0.5;
  return [path(`entry-${r.uid}`, `M${(aux ?? lines).x} ${y}H${lines.x + lines.w}`, 'entry-line')];
}

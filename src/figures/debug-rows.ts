/** Rows of the two code columns: what a row says at each moment, and what became of it as wash, bar and sign. */
import { DIFF } from '../patch/diff.ts';
import type { CodeColumn } from './debug-geometry.ts';
import { DEBUG_ROW } from './debug-geometry.ts';
import type { DebugInput, SideInsn } from './debug-input.ts';
import { insnSpans } from './insn-text.ts';
import { group, type Mark, path, rect, type Span, spans } from './mark.ts';
import { SIGNS } from './signs.ts';

/** A row of the comparison with its place, and what stands there at both moments. */
export interface DebugRow {
  readonly item: number;
  readonly y: number;
  readonly node: number;
  readonly uid: number;
  readonly diff: number;
  readonly was: SideInsn | null;
  readonly is: SideInsn | null;
  readonly isFocus: boolean;
  readonly isHover: boolean;
}

/** CSS class of each DIFF, and what rows of it are called. */
export const ROLES = ['ins', 'del', 'rew', 'ret', ''] as const;
export const DIFF_WORDS = ['inserted', 'deleted', 'rewritten', 'only re-targeted', 'unchanged'] as const;

/** Whether it leads another distance far than it did, be it the same jump or the one put for it. */
export const isRetargeted = ({ was, is }: DebugRow): boolean =>
  was !== null &&
  is !== null &&
  was.jump !== null &&
  is.jump !== null &&
  was.jump.distance !== is.jump.distance;

export const roleOf = ({ diff, is }: DebugRow): string => (is?.jump && !is.jump.fits ? 'err' : ROLES[diff]);

/** One row of any of the grids; `text` is what it is called. */
export function rowMark(column: string, r: DebugRow, cls: string, text: string, cell: readonly Mark[]): Mark {
  return group(
    String(r.uid),
    {
      role: 'row',
      class: `row ${cls}${r.isFocus ? ' focus' : ''}${r.isHover ? ' hover' : ''}`,
      transform: `translate(0,${r.y})`,
      id: `debug-${column}-${r.uid}`,
      'aria-rowindex': r.item + 1,
      'aria-selected': r.isFocus ? 'true' : undefined,
      'aria-label': text,
      'data-uid': r.uid,
    },
    [group('cell', { role: 'gridcell' }, cell)],
  );
}

export const wash = (x: number, w: number): Mark[] => [
  rect('wash', x, -DEBUG_ROW / 2, w, DEBUG_ROW, 'wash'),
  rect('bar', x, -DEBUG_ROW / 2, 2, DEBUG_ROW, 'bar'),
];

const signMark = (role: string, x: number | null): Mark[] =>
  x === null || SIGNS[role] === undefined ? [] : [path('sign', SIGNS[role](x), 'sign')];

function codeSpans(
  input: DebugInput,
  g: CodeColumn,
  insn: SideInsn,
  idxCls: string,
  distCls: string,
): Span[] {
  const { charW } = input.geometry;
  const isHalf = insn.text.startsWith('\u2514');
  const cls = g.textX === null ? 'hide' : isHalf ? 'dim' : '';
  const textX = g.textX ?? g.idxX;
  return [
    { text: String(insn.slot), x: g.idxX, anchor: 'end', cls: `idx ${idxCls}`.trim() },
    { text: ' ', x: g.idxX },
    ...insnSpans(insn.text, textX, insn.jump !== null, g.fit, charW, cls, distCls),
  ];
}

/** Where a deleted insn is struck through; on a phone it stands in the place that After leaves free. */
function strike({ geometry: g }: DebugInput, { text }: SideInsn, { textX, fit }: CodeColumn): Mark[] {
  if (textX === null) return [];
  const length = Math.min(text.length, fit) * g.charW;
  return [path('strike', `M${textX} 0h${Math.round(length)}`, 'strike')];
}

/** The row in Before. null: it was not there. */
export function beforeRow(input: DebugInput, r: DebugRow): Mark | null {
  if (r.was === null) return null;
  const { before, after, phone } = input.geometry;
  const deleted = r.is === null;
  const place = deleted && phone ? { ...before, textX: after.textX, fit: after.fit } : before;
  return rowMark('before', r, deleted ? 'del' : '', `${r.was.slot} ${r.was.text}`, [
    ...wash(before.washX, deleted && phone ? before.washW + after.washW : before.washW),
    spans('text', 0, 0, codeSpans(input, place, r.was, 'dim', 'dist'), 'code'),
    ...(deleted ? strike(input, r.was, place) : []),
    ...(deleted && phone ? signMark('del', after.signX) : []),
  ]);
}

/** The row in After; of one that is gone, `leftAfter` draws the place. */
export function afterRow(input: DebugInput, r: DebugRow): Mark | null {
  if (r.is === null) return null;
  const { after } = input.geometry;
  const role = roleOf(r);
  const distCls = role === 'err' ? 'dist err' : isRetargeted(r) ? 'dist ret' : 'dist';
  const idxCls = r.was?.slot === r.is.slot ? 'dim' : '';
  return rowMark('after', r, role, `${r.is.slot} ${r.is.text}`, [
    ...wash(after.washX, after.washW),
    ...signMark(role, after.signX),
    spans('text', 0, 0, codeSpans(input, after, r.is, idxCls, distCls), 'code'),
  ]);
}

/** The place in After that a deleted insn leaves: a sign, and no row. */
export function leftAfter({ geometry: g }: DebugInput, r: DebugRow): Mark[] {
  if (r.diff !== DIFF.DELETED || g.phone) return [];
  const cls = `row del${r.isFocus ? ' focus' : ''}`;
  return [
    group(`left-${r.uid}`, { class: cls, transform: `translate(0,${r.y})`, 'data-uid': r.uid }, [
      ...wash(g.after.washX, g.after.washW),
      ...signMark('del', g.after.signX),
    ]),
  ];
}

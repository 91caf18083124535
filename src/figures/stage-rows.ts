/** The rows of the three columns: what a row says, and what happened to it as wash, bar, sign and shape. */
import { OP } from '../patch/trace.ts';
import { type Geometry, washHeight } from './geometry.ts';
import { highHalf, insnSpans, insnText } from './insn-text.ts';
import { group, type Mark, path, rect, type Span, spans } from './mark.ts';
import { flight, rowMoves } from './pace.ts';
import type { Lit, Row, StageInput } from './pictures/picture.ts';
import { SIGNS } from './signs.ts';

export const roleOf = (r: Row): string => (!r.alive ? 'del' : r.isNew ? 'ins' : r.rewritten ? 'rew' : '');

export const rowCls = (input: StageInput, r: Row, role: string, column: keyof Lit): string =>
  `row ${role}${r.uid === input.focusUid ? ' focus' : ''}${r.uid === input.hoverUid ? ' hover' : ''}${input.lit[column].has(r.node) ? ' lit' : ''}`;

/** A row of a column, known by its insn's uid; `cell` is what stands in it. */
export function rowMark(
  input: StageInput,
  r: Row,
  y: number,
  column: string,
  cls: string,
  textRow: string,
  cell: readonly Mark[],
): Mark {
  const row = group(
    String(r.uid),
    {
      role: 'row',
      class: cls,
      transform: `translate(0,${y})`,
      id: `${column}-${r.uid}`,
      'aria-rowindex': r.row + 1,
      'aria-selected': r.uid === input.focusUid ? 'true' : undefined,
      'aria-label': textRow,
      'data-uid': r.uid,
    },
    [group('cell', { role: 'gridcell' }, cell)],
  );
  return { ...row, moves: rowMoves(input, r, y, column === 'list' ? 24 : 0) };
}

export const idxSpan = (idx: string, x: number, cls: string): Span[] => [
  { text: idx, x, anchor: 'end', cls: `idx ${cls}`.trim() },
  { text: ' ', x },
];

const secondHalf = (imm: number): string => `\u2514 ${highHalf(imm)}`;

/** Text of the insn a row holds in Before: the input's own words. */
function beforeText(input: StageInput, r: Row): string {
  const at = r.beforeIdx * 2;
  const words = input.inputInsns;
  if (input.inputSecond[r.beforeIdx]) return secondHalf(words[at + 1]);
  return insnText(words[at], words[at + 1], null, words[at + 3] ?? 0, input.kfuncs);
}

/** Whether Before would only repeat what the list says: the insn stands there as it came. */
export const isUnchanged = (r: Row): boolean =>
  r.alive && !r.rewritten && !(r.jump !== null && r.jump.before !== null && r.jump.now !== r.jump.before);

/** A list that is not made yet says nothing that Before could repeat. */
export const hasNodes = ({ frame, source: { trace } }: StageInput): boolean =>
  frame.moment > 0 || trace.opKind[0] !== OP.CREATE;

export function beforeRow(input: StageInput, r: Row, y: number): Mark {
  const { geometry: g } = input;
  const { before } = g;
  const text = beforeText(input, r);
  const h = washH(g);
  // Next to boxes, Before says only what is different now; the rest would be the same code a fourth time.
  const hidden = g.narrow ? 'hide' : g.boxed && isUnchanged(r) && hasNodes(input) ? 'same' : '';
  const cls = `${secondCls(input.inputSecond[r.beforeIdx])} ${hidden}`.trim();
  return rowMark(input, r, y, 'before', rowCls(input, r, '', 'before'), `${r.beforeIdx} ${text}`, [
    rect('wash', before.washX, -h / 2, before.washW, h, 'wash'),
    rect('bar', before.washX, -h / 2, 2, h, 'bar'),
    spans(
      'text',
      0,
      0,
      [
        ...idxSpan(String(r.beforeIdx), before.idxX, 'dim'),
        ...insnSpans(text, before.textX, r.before !== null, g.fit, g.charW, cls),
      ],
      'code',
    ),
  ]);
}

export const secondCls = (second: number | boolean): string => (second ? 'dim' : '');

const washH = (g: Geometry): number => washHeight(g.pitch);

/** What the node says, with another distance put in. */
export function currentText({ kfuncs }: StageInput, r: Row, distance: number | null): string {
  if (r.isSecondSlot) return secondHalf(r.imm);
  return insnText(r.w0, r.imm, distance, r.nextImm, kfuncs);
}

export function afterRow(input: StageInput, r: Row, y: number): Mark {
  const { geometry: g } = input;
  const { after } = g;
  if (input.isHollow) return hollowRow(input, r, y);
  const jump = r.jump;
  const text = currentText(input, r, jump ? jump.now : null);
  const changed = jump !== null && jump.before !== null && jump.now !== jump.before;
  const role = jump?.broken ? 'err' : roleOf(r);
  const h = washH(g);
  const moved = r.beforeIdx !== r.afterIdx;
  const parts = idxSpan(String(r.afterIdx), after.idxX, moved ? 'strong' : 'dim');
  const distCls = jump?.broken ? 'dist err' : changed ? 'dist ret' : 'dist';
  const textCls = `${secondCls(r.isSecondSlot)}${g.narrow ? ' hide' : ''}`.trim();
  parts.push(...insnSpans(text, after.textX, jump !== null, g.fit, g.charW, textCls, distCls));
  const sign = SIGNS[changed && role === '' ? 'ret' : role]?.(after.signX);
  return rowMark(
    input,
    r,
    y,
    'after',
    `${rowCls(input, r, role, 'after')}${changed && role === '' ? ' ret' : ''}`,
    `${r.afterIdx} ${text}`,
    [
      rect('wash', after.washX, -h / 2, after.washW, h, 'wash'),
      rect('bar', after.washX, -h / 2, 2, h, 'bar'),
      ...(sign === undefined || g.narrow ? [] : [path('sign', sign, 'sign')]),
      ...(input.hasWritten ? flown(input, r, h, parts) : [spans('text', 0, 0, parts, 'code')]),
    ],
  );
}

/** A cell of After that is allocated and not written yet. */
function hollowRow(input: StageInput, r: Row, y: number): Mark {
  const { after } = input.geometry;
  const h = washH(input.geometry);
  const idx = String(r.afterIdx);
  const cls = `${rowCls(input, r, '', 'after')} hollow`;
  return rowMark(input, r, y, 'after', cls, `${idx} not written yet`, [
    rect('wash', after.washX, -h / 2 + 0.5, after.washW, h - 1, 'wash'),
    spans('hollow', 0, 0, idxSpan(idx, after.idxX, 'dim'), 'code'),
  ]);
}

/** Text of a cell that has just been written, and the box in which it comes there from the middle column. */
function flown(input: StageInput, r: Row, h: number, parts: readonly Span[]): Mark[] {
  const { list, after } = input.geometry;
  const moves = flight(input, r, list.x - after.washX);
  const box = rect('fly', after.washX, -h / 2, Math.min(list.w, after.washW), h, 'fly', {
    opacity: 0,
    rx: 4,
  });
  const text = spans('text-written', 0, 0, parts, 'code');
  return [
    { ...box, attrs: { ...box.attrs, transform: 'translate(0,0)' }, moves },
    { ...text, attrs: { ...text.attrs, transform: 'translate(0,0)' }, moves },
  ];
}

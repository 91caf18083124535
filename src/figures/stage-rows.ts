/** The rows of the three columns: what a row says, and what happened to it as wash, bar, sign and shape. */
import type { Geometry } from './geometry.ts';
import { highHalf, insnSpans, insnText } from './insn-text.ts';
import { circle, group, type Mark, path, rect, type Span, spans } from './mark.ts';
import type { Row, StageInput } from './stage-input.ts';

const roleOf = (r: Row): string => (!r.alive ? 'del' : r.isNew ? 'ins' : r.rewritten ? 'rew' : '');

const rowCls = (input: StageInput, r: Row, role: string): string =>
  `row ${role}${r.uid === input.focusUid ? ' focus' : ''}${r.uid === input.hoverUid ? ' hover' : ''}`;

function rowMark(
  input: StageInput,
  r: Row,
  y: number,
  column: string,
  cls: string,
  textRow: string,
  cell: readonly Mark[],
): Mark {
  return group(
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
}

const idxSpan = (idx: string, x: number, cls: string): Span[] => [
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

export function beforeRow(input: StageInput, r: Row, y: number): Mark {
  const { geometry: g } = input;
  const { before } = g;
  const text = beforeText(input, r);
  const h = washH(g);
  // Next to boxes, Before says only what is different now; the rest would be the same code a fourth time.
  const hidden = g.narrow ? 'hide' : g.boxed && isUnchanged(r) ? 'same' : '';
  const cls = `${secondCls(input.inputSecond[r.beforeIdx])} ${hidden}`.trim();
  return rowMark(input, r, y, 'before', rowCls(input, r, ''), `${r.beforeIdx} ${text}`, [
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

const secondCls = (second: number | boolean): string => (second ? 'dim' : '');

const washH = (g: Geometry): number => (g.pitch === 48 ? 28 : g.pitch === 32 ? 24 : 20);

function currentText({ kfuncs }: StageInput, r: Row, distance: number | null): string {
  if (r.isSecondSlot) return secondHalf(r.imm);
  return insnText(r.w0, r.imm, distance, r.nextImm, kfuncs);
}

export function listRow(input: StageInput, r: Row, y: number): Mark {
  const { geometry: g, style } = input;
  const { list } = g;
  const role = roleOf(r);
  const h = style === 'array' ? g.pitch : g.nodeH;
  const x = list.x + (r.isNew && style === 'list' ? list.shift : 0);
  const { jump } = r;
  const done = style === 'array' || (jump?.done ?? false);
  const text = currentText(input, r, jump ? (done ? jump.now : jump.written) : null);
  const idx = listIdx(input, r);
  const moved = input.numbered && r.beforeIdx !== r.afterIdx;
  const distCls = jump && jump.before !== null && done && jump.now !== jump.before ? 'dist ret' : 'dist';
  const textCls = `${secondCls(r.isSecondSlot)}${g.laneOnly ? ' hide' : ''}`.trim();
  const parts = [
    ...idxSpan(idx, list.idxX, g.narrow ? 'hide' : moved ? 'strong' : 'dim'),
    ...insnSpans(text, x + 10, jump !== null, g.fit, g.charW, textCls, distCls),
  ];
  const cell: Mark[] = [
    rect('node', x + 0.5, -h / 2 + 0.5, list.w - 1, h - 1, 'node', { rx: nodeRadius(style, r, g) }),
    spans('text', 0, 0, parts, 'code'),
  ];
  if (g.laneOnly && style === 'list') cell.push(circle('node-dot', x + list.w / 2, 0, 3.5, 'node-dot'));
  if (r.rewritten && r.alive && g.boxed)
    cell.push(path('fold', `M${x + list.w - 11.5} ${-h / 2 + 0.5}h7.5q3.5 0 3.5 3.5v7.5z`, 'fold'));
  if (r.isNew && r.alive && g.boxed) cell.push(...plusTab(x + list.w, -h / 2 + 2));
  if (!r.alive) cell.push(path('strike', `M${x + 6} 0H${x + list.w - 6}`, 'strike'));
  const settled = !r.alive && input.numbered ? ' gone' : '';
  const cls = `${rowCls(input, r, role)}${settled}${style === 'array' ? ' cell' : ''}`;
  return rowMark(input, r, y, 'list', cls, `${idx} ${text}`, cell);
}

/** A node keeps its old index until linearize numbers it; new ones are called as in the pseudo-code until then. */
function listIdx(input: StageInput, r: Row): string {
  if (input.numbered) return r.afterIdx >= 0 ? String(r.afterIdx) : '';
  return r.beforeIdx >= 0 ? String(r.beforeIdx) : `new[${input.newNumber(r.node, r.edit)}]`;
}

const nodeRadius = (style: string, r: Row, g: Geometry): number =>
  style === 'array' ? 0 : r.isNew ? (g.boxed ? 10 : 6) : 4;

const plusTab = (x: number, y: number): Mark[] => [
  circle('tab', x, y, 7, 'tab'),
  path('plus', `M${x - 3.5} ${y}h7M${x} ${y - 3.5}v7`, 'tab-sign'),
];

export function afterRow(input: StageInput, r: Row, y: number): Mark {
  const { geometry: g } = input;
  const { after } = g;
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
  const sign = signPath(role, changed, after.signX);
  return rowMark(
    input,
    r,
    y,
    'after',
    `${rowCls(input, r, role)}${changed && role === '' ? ' ret' : ''}`,
    `${r.afterIdx} ${text}`,
    [
      rect('wash', after.washX, -h / 2, after.washW, h, 'wash'),
      rect('bar', after.washX, -h / 2, 2, h, 'bar'),
      ...(sign === null || g.narrow ? [] : [path('sign', sign, 'sign')]),
      spans('text', 0, 0, parts, 'code'),
    ],
  );
}

/** Sign of what happened to a row, as a shape (so that the row's text stays index and insn). */
function signPath(role: string, retargeted: boolean, x: number): string | null {
  switch (role) {
    case 'ins':
      return `M${x - 4} 0h8M${x} -4v8`;
    case 'rew':
      return `M${x - 4} 1q2 -4 4 -1t4 -1`;
    case 'err':
      return `M${x} -5v6M${x} 3.5v1.5`;
    default:
      return retargeted ? `M${x} -4l4 4 -4 4 -4 -4z` : null;
  }
}

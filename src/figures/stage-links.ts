/** What joins rows: leader lines, brackets of gaps, jump rails, next pointers, and the pills that name distances. */
import { FLOW, OP_GOTOL } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { OP_GOTO } from '../isa/opcodes.ts';
import type { Geometry } from './geometry.ts';
import { group, label, type Mark, path, rect } from './mark.ts';
import { signed } from './number.ts';
import { headTowards, type Rail, railMarks } from './rails.ts';
import type { Row, StageInput } from './stage-input.ts';
import { isUnchanged } from './stage-rows.ts';

/** Leader lines that join one insn's places in the three columns. */
export function guides(g: Geometry, rows: readonly Row[], y: (row: number) => number): Mark[] {
  if (g.narrow || !g.boxed) return [];
  const marks: Mark[] = [];
  for (const r of rows) {
    if (!r.alive) continue;
    const from = g.list.x + g.list.w + (r.isNew ? g.list.shift : 0) + 8;
    marks.push(path(`guide-${r.uid}`, `M${from} ${y(r.row)}H${g.after.washX - 4}`, 'guide'));
    if (r.beforeIdx >= 0 && isUnchanged(r))
      marks.push(
        path(`same-${r.uid}`, `M${g.before.textX - 4} ${y(r.row)}H${g.list.idxX - 22}`, 'guide same'),
      );
  }
  return marks;
}

/** Brackets in Before where insns were inserted. */
export function gaps(g: Geometry, rows: readonly Row[], y: (row: number) => number): Mark[] {
  const marks: Mark[] = [];
  for (let i = 0; i < rows.length; ) {
    if (rows[i].beforeIdx >= 0) {
      i++;
      continue;
    }
    let end = i;
    while (end < rows.length && rows[end].beforeIdx < 0) end++;
    const cnt = end - i;
    const y0 = y(rows[i].row) - g.pitch / 2 + (g.boxed ? 6 : 3);
    const y1 = y(rows[end - 1].row) + g.pitch / 2 - (g.boxed ? 6 : 3);
    const x = g.before.idxX;
    marks.push(
      group(`gap-${rows[i].uid}`, { class: 'gap' }, [
        path('bracket', `M${x - 6} ${y0}h-4V${y1}h4`, 'bracket'),
        ...(g.narrow || (!g.boxed && cnt < 2)
          ? []
          : [label('text', g.before.textX, (y0 + y1) / 2, `${cnt} inserted here`, 'note')]),
      ]),
    );
    i = end;
  }
  return marks;
}

const isConditional = (w0: number): boolean => {
  const code = codeOf(w0);
  return code !== OP_GOTO && code !== OP_GOTOL;
};

/** Rails of one column. Before: the input's jumps. After: as they lead if finished now. */
export function railsOf(
  input: StageInput,
  rows: readonly Row[],
  y: (row: number) => number,
  side: 'before' | 'after',
): Mark[] {
  const { geometry: g } = input;
  const rails: Rail[] = [];
  for (const r of rows) {
    const flow = side === 'before' ? r.before : r.alive ? r.jump : null;
    if (!flow) continue;
    const isFocus = r.uid === input.focusUid || r.uid === input.hoverUid;
    const w0 = side === 'before' ? input.inputInsns[r.beforeIdx * 2] : r.w0;
    const changed =
      side === 'after' && r.jump !== null && r.jump.before !== null && r.jump.now !== r.jump.before;
    const current = side === 'after' && r.node === input.currentJumpNode;
    const cls = `${r.jump?.broken && side === 'after' ? 'broken' : changed ? 'ret' : 'plain'}${isFocus || current ? ' focus' : ''}`;
    const call = flow.flow === FLOW.CALL;
    rails.push({
      key: `r${r.uid}`,
      from: r.row,
      to: flow.targetRow,
      cls,
      conditional: !call && isConditional(w0),
      call,
    });
    // Where the unchanged number would land: the reason for all this.
    const stale = changed && (current || r.uid === input.focusUid) ? (r.jump?.staleRow ?? null) : null;
    if (stale !== null && stale !== flow.targetRow)
      rails.push({ key: `g${r.uid}`, from: r.row, to: stale, cls: 'ghost', conditional: true, call: false });
  }
  const first = rows[0]?.row ?? 0;
  const last = rows[rows.length - 1]?.row ?? 0;
  const { marks } = railMarks(rails, {
    root: side === 'before' ? g.before.railRoot : g.after.railRoot,
    side: side === 'before' ? -1 : 1,
    lane: g.lane,
    space: g.railSpace,
    yOf: y,
    yMin: y(first) - g.pitch / 2,
    yMax: y(last) + g.pitch / 2,
  });
  return [...marks];
}

/** Next pointers between the boxes of the list; in memory cells touch and need none. */
export function pointers(input: StageInput, rows: readonly Row[], y: (row: number) => number): Mark[] {
  const { geometry: g, style, halfDone } = input;
  if (style === 'array' || rows.length === 0) return [];
  const { list } = g;
  const marks: Mark[] = [];
  const portOf = (r: Row) => list.x + (r.isNew ? list.shift : 0) + list.port;
  const half = g.nodeH / 2;
  for (let i = 0; i + 1 < rows.length; i++) {
    const a = rows[i];
    const b = rows[i + 1];
    const edit = a.isNew ? a.edit : b.isNew ? b.edit : -1;
    const isCurrent = edit >= 0 && edit === input.currentEdit;
    const open = halfDone !== null && edit === halfDone.edit ? halfDone : null;
    const enters = b.isNew && !a.isNew;
    const leaves = a.isNew && !b.isNew;
    if (!(open && ((enters && !open.in) || (leaves && !open.out)))) {
      const cls = `pointer${edit >= 0 ? ' new' : ''}${isCurrent ? ' current' : ''}`;
      marks.push(pointerMark(input, `p${a.uid}`, a, b, y, enters, cls));
    }
    if (!(isCurrent && enters)) continue;
    // The pointer that was, or still is: from the patched node to what used to be next.
    const next = rows.slice(i + 1).find((r) => !r.isNew);
    if (next)
      marks.push(
        group(`ghost-${a.uid}`, { class: open && !open.in ? 'pointer' : 'pointer ghost' }, [
          path(
            'line',
            `M${portOf(a)} ${open && !open.in ? y(a.row) + half : y(b.row)}V${y(next.row) - half - 6}`,
            'line',
          ),
          path('head', headDown(portOf(a), y(next.row) - half), 'head'),
        ]),
      );
  }
  return [...marks, ...listEnds(input, rows, y)];
}

const headDown = (x: number, y: number): string => `M${x} ${y}l-3.7 -6h7.4z`;

function pointerMark(
  { geometry: g }: StageInput,
  key: string,
  a: Row,
  b: Row,
  y: (row: number) => number,
  bends: boolean,
  cls: string,
): Mark {
  const half = g.nodeH / 2;
  const xOf = (r: Row) => g.list.x + (r.isNew ? g.list.shift : 0);
  const px = xOf(a) + g.list.port;
  const y1 = y(a.row) + half;
  const by = y(b.row);
  // Into a new node from the left edge; otherwise straight down to the next box's top.
  if (bends)
    return group(key, { class: cls }, [
      path('line', `M${px} ${y1}V${by - 8}Q${px} ${by} ${px + 8} ${by}H${xOf(b) - 6}`, 'line'),
      path('head', headTowards(xOf(b), by, -1), 'head'),
    ]);
  const tx = Math.max(px, xOf(b) + g.list.port);
  return group(key, { class: cls }, [
    path('line', `M${px} ${y1}L${tx} ${by - half - 5}`, 'line'),
    path('head', headDown(tx, by - half), 'head'),
  ]);
}

function listEnds(input: StageInput, rows: readonly Row[], y: (row: number) => number): Mark[] {
  const { geometry: g, frame } = input;
  const marks: Mark[] = [];
  const first = rows[0];
  const last = rows[rows.length - 1];
  const half = g.nodeH / 2;
  const px = (r: Row) => g.list.x + (r.isNew ? g.list.shift : 0) + g.list.port;
  if (first.row === 0)
    marks.push(
      group('head', { class: 'pointer', 'aria-hidden': 'true' }, [
        label('text', px(first), y(0) - half - 18, 'head', 'note mid'),
        path('line', `M${px(first)} ${y(0) - half - 11}V${y(0) - half - 5}`, 'line'),
        path('head', headDown(px(first), y(0) - half), 'head'),
      ]),
    );
  if (last.row === frame.rowCnt - 1) {
    const yl = y(last.row) + half;
    marks.push(
      group('null', { class: 'pointer', 'aria-hidden': 'true' }, [
        path('line', `M${px(last)} ${yl}V${yl + 6}`, 'line'),
        path('bar', `M${px(last) - 6} ${yl + 6.5}h12`, 'line'),
      ]),
    );
  }
  return marks;
}

/** Dense rows: one line down the list lane instead of arrows. */
export function chain(g: Geometry, rows: readonly Row[], y: (row: number) => number): Mark {
  const first = rows[0];
  const last = rows[rows.length - 1];
  const x = g.list.x + (g.laneOnly ? g.list.w / 2 : 3);
  const d = first ? `M${x} ${y(first.row)}V${y(last.row)}` : '';
  return path('chain', d, 'guide');
}

const pillWidth = (text: string): number => Math.round(text.length * 6.2 + 14);

/** What a pill says; less of it where the whole would stand over the row's number. */
function pillText(
  g: Geometry,
  { now, broken }: NonNullable<Row['jump']>,
  before: number,
  done: boolean,
): string {
  const [whole, less] = broken
    ? [`${signed(now)} too far`, 'too far']
    : done
      ? [`${signed(before)} \u2192 ${signed(now)}`, `\u2192 ${signed(now)}`]
      : [g.narrow ? signed(now) : `will be ${signed(now)}`, signed(now)];
  return g.width - 4 - pillWidth(whole) < g.after.idxX + 4 ? less : whole;
}

/** `+3 -> +5` in the row of a jump whose distance changes; before it is written it says "will be". */
export function pills(input: StageInput, rows: readonly Row[], y: (row: number) => number): Mark[] {
  const { geometry: g, style } = input;
  const marks: Mark[] = [];
  for (const r of rows) {
    const { jump } = r;
    if (!jump || !r.alive || jump.before === null || jump.now === jump.before) continue;
    const done = style === 'array' || jump.done;
    const text = pillText(g, jump, jump.before, done);
    const w = pillWidth(text);
    const current = r.node === input.currentJumpNode;
    const h = g.boxed ? 20 : 16;
    const x = Math.min(g.after.pillX, g.width - w - 4);
    marks.push(
      group(
        `pill-${r.uid}`,
        {
          class: `pill${done ? ' done' : ''}${current || r.uid === input.focusUid ? ' solid' : ''}${jump.broken ? ' err' : ''}`,
          transform: `translate(${x},${y(r.row)})`,
          'data-uid': r.uid,
        },
        [rect('box', 0, -h / 2, w, h, 'box', { rx: h / 2 }), label('text', w / 2, 0, text, 'pill-text')],
      ),
    );
  }
  return marks;
}

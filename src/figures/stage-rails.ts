/** Jump rails of the two code columns, and the pills that name distances. */
import { FLOW } from '../isa/flow.ts';
import type { FarJump } from './far-jumps.ts';
import type { Geometry } from './geometry.ts';
import { insnText } from './insn-text.ts';
import { distanceWords, isConditional, type NewDistance, pillText } from './jump-words.ts';
import { group, label, type Mark, rect } from './mark.ts';
import { grouped, signed } from './number.ts';
import type { Rail } from './rail-lanes.ts';
import { type RailFigure, railMarks } from './rails.ts';
import type { Row, StageInput } from './stage-input.ts';

type Side = 'before' | 'after';

interface Jump extends Pick<FarJump, 'uid' | 'from' | 'to' | 'flow' | 'w0' | 'targetSlot' | 'changed'> {
  readonly broken: boolean;
  readonly isCurrent: boolean;
  /** Row where the unchanged number would land, null where that is of no interest. */
  readonly stale: { readonly row: number; readonly slot: number } | null;
}

const isAsked = ({ focusUid, hoverUid }: StageInput, uid: number): boolean =>
  uid === focusUid || uid === hoverUid;

const changedJump = ({ jump }: Row): boolean =>
  jump !== null && jump.before !== null && jump.now !== jump.before;

/** The jump a row holds in Before or After. */
function jumpIn(input: StageInput, r: Row, side: Side): Jump | null {
  if (side === 'before') {
    if (!r.before) return null;
    const { flow, targetRow, distance } = r.before;
    return {
      ...{ uid: r.uid, from: r.row, to: targetRow, flow, w0: input.inputInsns[r.beforeIdx * 2] },
      ...{ targetSlot: r.beforeIdx + 1 + distance, changed: false, broken: false },
      ...{ isCurrent: false, stale: null },
    };
  }
  if (!r.alive || !r.jump) return null;
  const { flow, targetRow, staleRow, now, before, broken } = r.jump;
  const changed = changedJump(r);
  const isCurrent = r.node === input.currentJumpNode;
  // Where the unchanged number would land: the reason for all this.
  const isShown = changed && (isCurrent || isAsked(input, r.uid)) && staleRow !== null;
  const stale =
    isShown && staleRow !== targetRow ? { row: staleRow, slot: r.afterIdx + 1 + (before ?? 0) } : null;
  return {
    ...{ uid: r.uid, from: r.row, to: targetRow, flow, w0: r.w0, targetSlot: r.afterIdx + 1 + now },
    ...{ changed, broken, isCurrent, stale },
  };
}

const farAsJump = (input: StageInput, jump: FarJump, side: Side): Jump => ({
  ...jump,
  isCurrent: side === 'after' && jump.node === input.currentJumpNode,
  stale: null,
});

function railsFor(input: StageInput, jump: Jump, side: Side): Rail[] {
  const { rails: context } = input;
  const uidAt = side === 'before' ? context.uidBefore : context.uidAfter;
  const asked = isAsked(input, jump.uid) || jump.isCurrent;
  if (context.isSparse && !asked && !jump.broken) return [];
  const call = jump.flow === FLOW.CALL;
  const kind = jump.broken ? 'broken' : jump.changed ? 'ret' : 'plain';
  const rail: Rail = {
    key: `r${jump.uid}`,
    from: jump.from,
    to: jump.to,
    cls: `${kind}${asked ? ' focus' : ''}`,
    conditional: !call && isConditional(jump.w0),
    call,
    names: { uid: jump.uid, targetUid: uidAt(jump.targetSlot), targetSlot: jump.targetSlot },
  };
  if (!jump.stale) return [rail];
  const { row, slot } = jump.stale;
  const names = { uid: jump.uid, targetUid: uidAt(slot), targetSlot: slot };
  return [
    rail,
    { ...rail, key: `g${jump.uid}`, to: row, cls: 'ghost', names, conditional: true, call: false },
  ];
}

/** Rails of one column. Before: the input's jumps. After: as they lead if finished now. */
export function railFigure(
  input: StageInput,
  rows: readonly Row[],
  y: (row: number) => number,
  side: Side,
): RailFigure {
  const { geometry: g, inView } = input;
  const jumps = [
    ...rows.map((r) => jumpIn(input, r, side)).filter((jump) => jump !== null),
    ...input.rails[side].map((jump) => farAsJump(input, jump, side)),
  ];
  const first = rows[0]?.row ?? 0;
  const last = rows[rows.length - 1]?.row ?? 0;
  return railMarks(
    jumps.flatMap((jump) => railsFor(input, jump, side)),
    {
      root: side === 'before' ? g.before.railRoot : g.after.railRoot,
      side: side === 'before' ? -1 : 1,
      lane: g.lane,
      space: g.railSpace,
      yOf: y,
      yMin: inView?.top ?? y(first) - g.pitch / 2,
      yMax: inView?.bottom ?? y(last) + g.pitch / 2,
    },
  );
}

export const railsOf = (
  input: StageInput,
  rows: readonly Row[],
  y: (row: number) => number,
  side: Side,
): readonly Mark[] => railFigure(input, rows, y, side).marks;

/** `+3 lands here`, in the row of After where the unchanged number would land, if its text leaves room. */
function landings(input: StageInput, rows: readonly Row[], y: (row: number) => number): Mark[] {
  const { geometry: g } = input;
  if (g.narrow) return [];
  const marks: Mark[] = [];
  for (const r of rows) {
    const jump = jumpIn(input, r, 'after');
    const before = r.jump?.before ?? null;
    if (!jump?.stale || before === null) continue;
    const at = rows.find(({ row }) => row === jump.stale?.row);
    const words = `${signed(before)} lands here`;
    const right = g.after.railRoot - 9;
    if (!at?.alive || textEnd(input, at) + 6 + words.length * NOTE_CHAR_W > right) continue;
    marks.push(label(`lands-${r.uid}`, right, y(at.row), words, 'note end'));
  }
  return marks;
}

const NOTE_CHAR_W = 5.5;

/** Where the text of a row in After ends. */
function textEnd({ geometry: g, kfuncs }: StageInput, r: Row): number {
  const text = r.isSecondSlot ? '' : insnText(r.w0, r.imm, r.jump?.now ?? null, r.nextImm, kfuncs);
  return g.after.textX + Math.min(g.fit, text.length) * g.charW;
}

const PILL_CHAR_W = 6.2;
const pillWidth = (text: string, g: Geometry): number =>
  Math.round(text.length * PILL_CHAR_W + (g.narrow ? 8 : 14));

/** `+3 -> +5` in the row of a jump whose distance changes; before it is written it says "will be". */
export function pills(input: StageInput, rows: readonly Row[], y: (row: number) => number): Mark[] {
  const { geometry: g, style } = input;
  const marks: Mark[] = [...landings(input, rows, y)];
  for (const r of rows) {
    const { jump } = r;
    if (!jump || !r.alive || jump.before === null || jump.now === jump.before) continue;
    const done = style === 'array' || jump.done;
    const said: NewDistance = { before: jump.before, now: jump.now, done, fits: !jump.broken };
    const text = pillText(said, (one) => pillWidth(one, g) <= g.after.pillW);
    const w = pillWidth(text, g);
    const current = r.node === input.currentJumpNode;
    const h = g.boxed ? 20 : 16;
    const asked = current || r.uid === input.focusUid;
    const words = distanceWords(said);
    marks.push(
      group(
        `pill-${r.uid}`,
        {
          class: `pill${done ? ' done' : ''}${asked ? ' solid' : ''}${jump.broken ? ' err' : ''}`,
          transform: `translate(${g.after.pillX},${y(r.row)})`,
          'data-uid': r.uid,
        },
        [
          { tag: 'title', key: 'title', attrs: {}, text: `insn ${grouped(r.afterIdx)}: distance ${words}` },
          rect('box', 0, -h / 2, w, h, 'box', { rx: h / 2 }),
          label('text', w / 2, 0, text, 'pill-text'),
        ],
      ),
    );
  }
  return marks;
}

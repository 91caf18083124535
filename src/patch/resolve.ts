/**
 * From the caller's edits to the form every algorithm starts from: valid, ascending, one prepend and one replace
 * at most per insn, and every jump of a patch known to stay inside or to leave for a slot of the program.
 */
import { type GrowI32, growI32, pushI32 } from '../base/grow.ts';
import { lowerBound } from '../base/lower-bound.ts';
import { err, ok, type Result } from '../base/result.ts';
import { distanceOf, FLOW, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { PatchError } from './algorithm.ts';
import { editText, group, invalid, slotsText } from './errors.ts';
import { type Layout, layoutOf } from './layout.ts';
import { EDIT, EDIT_NAMES, type EditKind, type EditList } from './ops.ts';
import { canonicalOrder, type OrderedEdits } from './resolve-order.ts';

export interface ResolvedEdits {
  /** Slots of the program edited, before and after. */
  readonly slotCnt: number;
  readonly newSlotCnt: number;
  /** Edits in ascending `at`; at one insn the prepend stands before the replace. */
  readonly cnt: number;
  readonly kind: Uint8Array;
  readonly at: Int32Array;
  readonly len: Int32Array;
  readonly first: Int32Array;
  /** Arena of the slots put, two words each. */
  readonly insns: Int32Array;
  /** Jumps and calls that leave their patch, in order of emission: edit, slot in the patch, slot of the program they go to. */
  readonly leaveCnt: number;
  readonly leaveEdit: Int32Array;
  readonly leaveSlot: Int32Array;
  readonly leaveTo: Int32Array;
  /** 1: an exit names the target; 0: the distance as written leads there. */
  readonly leaveNamed: Int32Array;
  /** Slots put by all edits, slots that get a new identity, slots removed. */
  readonly putCnt: number;
  readonly bornCnt: number;
  readonly removedCnt: number;
  /** Number in the caller's list (of merged prepends the one given first); null: the same number. */
  readonly callerOf: Int32Array | null;
  /** The result as the builder laid it out; null: nobody did. */
  readonly layout: Layout | null;
}

/** What is wrong with edit k by itself. Asked of every edit, so words are put together only when there is something. */
function editProblem(slotCnt: number, edits: EditList, k: number): string | null {
  const kind = edits.kind[k] as EditKind;
  const at = edits.at[k];
  const len = edits.len[k];
  const name = EDIT_NAMES[kind];
  const place = (): string => `at insn ${group(at)}`;
  if (name === undefined) return `the edit ${place()} is of no known kind`;
  if (at < 0 || at >= slotCnt) return `${name} ${place()}: the program has ${slotsText(slotCnt)}`;
  if (len < 0) return `${name} ${place()} has a negative length`;
  if (kind === EDIT.REMOVE)
    return at + len > slotCnt ? `${editText(edits, k)}: the program has ${slotsText(slotCnt)}` : null;
  if (kind === EDIT.REPLACE && len === 0)
    return `replace of insn ${group(at)} by no insns: use remove to delete an insn`;
  const from = edits.first[k];
  if (from < 0 || (from + len) * SLOT_WORDS > edits.insns.length)
    return `${name} ${place()}: its insns are not in the list`;
  return null;
}

interface Checked extends Pick<ResolvedEdits, 'putCnt' | 'bornCnt' | 'removedCnt'> {
  /** Already in canonical order. */
  readonly ordered: boolean;
}

/** Each edit by itself, and what all of them put and remove. */
function checkEdits(slotCnt: number, edits: EditList): Result<Checked, PatchError> {
  const { cnt, kind, at, len } = edits;
  let ordered = true;
  let end = 0;
  let putCnt = 0;
  let removedCnt = 0;
  let replaceCnt = 0;
  for (let k = 0; k < cnt; k++) {
    const problem = editProblem(slotCnt, edits, k);
    if (problem !== null) return err(invalid([k], at[k], problem));
    if (at[k] < end || len[k] === 0) ordered = false;
    end = at[k] + 1;
    if (kind[k] === EDIT.REMOVE) {
      end = at[k] + len[k];
      removedCnt += len[k];
      continue;
    }
    putCnt += len[k];
    if (kind[k] === EDIT.REPLACE) replaceCnt++;
  }
  return ok({ ordered, putCnt, bornCnt: putCnt - replaceCnt, removedCnt });
}

function checkExits(slotCnt: number, edits: EditList): PatchError | null {
  const { exits } = edits;
  for (let x = 0; x < exits.length; x += 3) {
    const k = exits[x];
    const slot = exits[x + 1];
    const to = exits[x + 2];
    if (k < 0 || k >= edits.cnt) return invalid([], -1, 'an exit belongs to an edit that is not in the list');
    const at = edits.at[k];
    const refused = (problem: string): PatchError => invalid([k], at, `${editText(edits, k)}: ${problem}`);
    if (x > 0 && (exits[x - 3] > k || (exits[x - 3] === k && exits[x - 2] >= slot)))
      return refused('its exits are out of order');
    if (edits.kind[k] === EDIT.REMOVE || slot < 0 || slot >= edits.len[k])
      return refused(`an exit of slot ${group(slot)}, which it does not put`);
    if (flowOf(edits.insns[(edits.first[k] + slot) * SLOT_WORDS]) === FLOW.NONE)
      return refused(`an exit of slot ${group(slot)}, which does not jump`);
    if (to < 0 || to > slotCnt)
      return refused(
        `the exit of slot ${group(slot)} leads to insn ${group(to)}, the program has ${slotsText(slotCnt)}`,
      );
  }
  return null;
}

interface Leaves {
  readonly edit: GrowI32;
  readonly slot: GrowI32;
  readonly to: GrowI32;
  readonly named: GrowI32;
  /** Where in `exits` the next one stands. */
  exit: number;
}

const noLeaves = (): Leaves => ({
  ...{ edit: growI32(64), slot: growI32(64), to: growI32(64), named: growI32(64) },
  exit: 0,
});

function pushLeave(leaves: Leaves, edit: number, slot: number, to: number, named: 0 | 1): void {
  pushI32(leaves.edit, edit);
  pushI32(leaves.slot, slot);
  pushI32(leaves.to, to);
  pushI32(leaves.named, named);
}

/**
 * SEMANTICS 7.2. A patch of m insns at t, its slots numbered from 0 (a prepend also owns slot m, the kept insn):
 *
 *     target slot   < 0        0 .. last       > last
 *     leads to      t + slot   stays inside    t + (slot - m), one more for a replace
 *
 * The jump in slot s of edit k; a target outside of the program is refused.
 */
function resolveJump(slotCnt: number, edits: OrderedEdits, k: number, s: number, leaves: Leaves) {
  const { exits } = edits;
  const x = leaves.exit;
  if (x < exits.length && exits[x] === k && exits[x + 1] === s) {
    leaves.exit += 3;
    pushLeave(leaves, k, s, exits[x + 2], 1);
    return null;
  }
  const word = (edits.first[k] + s) * SLOT_WORDS;
  const w0 = edits.insns[word];
  const m = edits.len[k];
  const prepend = edits.kind[k] === EDIT.PREPEND;
  const slot = s + 1 + distanceOf(w0, edits.insns[word + 1], flowOf(w0));
  if (slot >= 0 && slot <= (prepend ? m : m - 1)) return null;
  const at = edits.at[k];
  const to = at + (slot < 0 ? slot : prepend ? slot - m : slot - m + 1);
  if (to < 0 || to > slotCnt) {
    const message = `${editText(edits, k)}: slot ${group(s)} leads to insn ${group(to)}, the program has ${slotsText(slotCnt)}`;
    return invalid([edits.callerOf?.[k] ?? k], at, message);
  }
  pushLeave(leaves, k, s, to, 0);
  return null;
}

/** Slots of the arena that jump or call, ascending. */
function jumpSlots(insns: Int32Array): GrowI32 {
  const slots = growI32();
  for (let word = 0; word < insns.length; word += SLOT_WORDS) {
    if (flowOf(insns[word]) !== FLOW.NONE) pushI32(slots, word / SLOT_WORDS);
  }
  return slots;
}

/** The arena is searched for jumps once; patches mostly stand in it in the order of the edits. */
function findLeaves(slotCnt: number, edits: OrderedEdits): Result<Leaves, PatchError> {
  const { cnt, kind, len, first } = edits;
  const leaves = noLeaves();
  const jumps = jumpSlots(edits.insns);
  let j = 0;
  for (let k = 0; k < cnt; k++) {
    if (kind[k] === EDIT.REMOVE) continue;
    const from = first[k];
    const stop = from + len[k];
    const astray = j > 0 ? jumps.data[j - 1] >= from : false;
    if (astray || (j < jumps.cnt && jumps.data[j] < from)) j = lowerBound(jumps.data, from, jumps.cnt);
    for (; j < jumps.cnt && jumps.data[j] < stop; j++) {
      const refused = resolveJump(slotCnt, edits, k, jumps.data[j] - from, leaves);
      if (refused !== null) return err(refused);
    }
  }
  return ok(leaves);
}

/** The same where the builder has noted the jumps: the edit of each is looked up. */
function leavesOf(slotCnt: number, edits: OrderedEdits, layout: Layout): Result<Leaves, PatchError> {
  const leaves = noLeaves();
  const { first, cnt } = edits;
  for (let j = 0; j < layout.putJumps.length; j++) {
    const slot = layout.putJumps[j];
    if (flowOf(edits.insns[slot * SLOT_WORDS]) === FLOW.NONE) continue;
    const k = lowerBound(first, slot + 1, cnt) - 1;
    const refused = resolveJump(slotCnt, edits, k, slot - first[k], leaves);
    if (refused !== null) return err(refused);
  }
  return ok(leaves);
}

function resolved(
  slotCnt: number,
  { cnt, kind, at, len, first, insns, callerOf }: OrderedEdits,
  { edit, slot, to, named }: Leaves,
  counts: Pick<ResolvedEdits, 'putCnt' | 'bornCnt' | 'removedCnt' | 'layout'>,
): ResolvedEdits {
  return {
    slotCnt,
    newSlotCnt: slotCnt + counts.bornCnt - counts.removedCnt,
    ...{ cnt, kind, at, len, first, insns, callerOf },
    ...{ leaveCnt: to.cnt, leaveEdit: edit.data, leaveSlot: slot.data, leaveTo: to.data },
    leaveNamed: named.data,
    ...counts,
  };
}

/** Laid out edits are in order and stand together, and were counted: what is left are exits and jumps that leave. */
function resolveLaid(slotCnt: number, edits: EditList, layout: Layout): Result<ResolvedEdits, PatchError> {
  const badExit = checkExits(slotCnt, edits);
  if (badExit !== null) return err(badExit);
  const ordered = { ...edits, callerOf: null };
  const found = leavesOf(slotCnt, ordered, layout);
  if (!found.ok) return found;
  const { newSlotCnt, leadCnt, removeCnt, removedCnt } = layout;
  const bornCnt = newSlotCnt - slotCnt + removedCnt;
  const putCnt = bornCnt + edits.cnt - leadCnt - removeCnt;
  return ok(resolved(slotCnt, ordered, found.value, { putCnt, bornCnt, removedCnt, layout }));
}

export function resolveEdits(slotCnt: number, edits: EditList): Result<ResolvedEdits, PatchError> {
  const layout = layoutOf(edits);
  if (layout !== null && layout.source.length === slotCnt * SLOT_WORDS)
    return resolveLaid(slotCnt, edits, layout);
  const checked = checkEdits(slotCnt, edits);
  if (!checked.ok) return checked;
  const badExit = checkExits(slotCnt, edits);
  if (badExit !== null) return err(badExit);
  const { ordered, ...counts } = checked.value;
  const list: Result<OrderedEdits, PatchError> = ordered
    ? ok({ ...edits, callerOf: null })
    : canonicalOrder(slotCnt, edits);
  if (!list.ok) return list;
  const found = findLeaves(slotCnt, list.value);
  if (!found.ok) return found;
  return ok(resolved(slotCnt, list.value, found.value, { ...counts, layout: null }));
}

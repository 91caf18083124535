/**
 * Edits in any order -> ascending, in time linear in slots and edits: one bucket a slot, no comparator. What may not
 * stand together is refused here (SEMANTICS 7.8); several prepends at one insn become one, the later in front.
 */
import { lowerBound } from '../base/lower-bound.ts';
import { err, ok, type Result } from '../base/result.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { PatchError } from './algorithm.ts';
import { clashOf } from './errors.ts';
import { EDIT, type EditList } from './ops.ts';

/** The same edits in ascending order, valid each by itself and together; `exits` are those of this order. */
export type OrderedEdits = EditList & { readonly callerOf: Int32Array | null };

const NONE = -1;

/** The effective edits as one chain per slot, in the caller's order; a prepend or remove of none does nothing. */
function bucketsOf(slotCnt: number, edits: EditList): { head: Int32Array; next: Int32Array } {
  const head = new Int32Array(slotCnt).fill(NONE);
  const next = new Int32Array(edits.cnt);
  for (let k = edits.cnt - 1; k >= 0; k--) {
    if (edits.len[k] === 0) continue;
    next[k] = head[edits.at[k]];
    head[edits.at[k]] = k;
  }
  return { head, next };
}

interface Order {
  readonly kind: number[];
  readonly at: number[];
  readonly len: number[];
  readonly first: number[];
  readonly callerOf: number[];
  readonly exits: number[];
  /** Words of merged prepends, to stand behind the caller's arena. */
  readonly joined: number[];
}

function pushExits(order: Order, edits: EditList, k: number, shift: number): void {
  const { exits } = edits;
  for (let x = 3 * lowerBound(exits, k, exits.length / 3, 3); x < exits.length && exits[x] === k; x += 3) {
    order.exits.push(order.at.length - 1, exits[x + 1] + shift, exits[x + 2]);
  }
}

/** `parts` are edits of one kind at one slot, in the order their insns shall stand. */
function pushEdit(order: Order, edits: EditList, parts: readonly number[]): void {
  const one = parts[0];
  order.kind.push(edits.kind[one]);
  order.at.push(edits.at[one]);
  order.callerOf.push(parts.reduce((a, b) => Math.min(a, b)));
  let len = 0;
  if (parts.length === 1) {
    order.first.push(edits.first[one]);
    pushExits(order, edits, one, 0);
    len = edits.len[one];
  } else {
    order.first.push((edits.insns.length + order.joined.length) / SLOT_WORDS);
    for (const k of parts) {
      const from = edits.first[k] * SLOT_WORDS;
      for (let w = 0; w < edits.len[k] * SLOT_WORDS; w++) order.joined.push(edits.insns[from + w]);
      pushExits(order, edits, k, len);
      len += edits.len[k];
    }
  }
  order.len.push(len);
}

export function canonicalOrder(slotCnt: number, edits: EditList): Result<OrderedEdits, PatchError> {
  const { head, next } = bucketsOf(slotCnt, edits);
  const order: Order = { kind: [], at: [], len: [], first: [], callerOf: [], exits: [], joined: [] };
  let hole = NONE;
  let holeEnd = 0;
  for (let t = 0; t < slotCnt; t++) {
    if (head[t] === NONE) continue;
    if (t < holeEnd) return err(clashOf(edits, hole, head[t]));
    const prepends: number[] = [];
    let rest = NONE;
    for (let k = head[t]; k !== NONE; k = next[k]) {
      if (edits.kind[k] === EDIT.PREPEND) prepends.unshift(k);
      else if (rest === NONE) rest = k;
      else return err(clashOf(edits, rest, k));
    }
    if (rest !== NONE && edits.kind[rest] === EDIT.REMOVE) {
      if (prepends.length > 0) return err(clashOf(edits, rest, prepends[prepends.length - 1]));
      hole = rest;
      holeEnd = t + edits.len[rest];
    }
    if (prepends.length > 0) pushEdit(order, edits, prepends);
    if (rest !== NONE) pushEdit(order, edits, [rest]);
  }
  const insns = new Int32Array(edits.insns.length + order.joined.length);
  insns.set(edits.insns);
  insns.set(order.joined, edits.insns.length);
  return ok({
    cnt: order.at.length,
    kind: Uint8Array.from(order.kind),
    at: Int32Array.from(order.at),
    len: Int32Array.from(order.len),
    first: Int32Array.from(order.first),
    insns,
    exits: Int32Array.from(order.exits),
    callerOf: Int32Array.from(order.callerOf),
  });
}

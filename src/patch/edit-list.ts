/**
 * Building edits. Passes call the builder in the order of their walk; it grows typed arrays, so a million edits
 * cost no million objects. Hand-written edits come as `PatchOp`s.
 */
import { assert } from '../base/assert.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { EDIT, type EditKind, type EditList, type Exit, type PatchOp } from './ops.ts';

export interface EditBuilder {
  /** Begin a replace or a prepend; the `put`s that follow are its insns. */
  replace(at: number): void;
  prepend(at: number): void;
  put(w0: number, imm: number): void;
  remove(at: number, cnt: number): void;
  /** The jump in `slot` of the edit begun last goes to slot `to` of the program. Slots in ascending order. */
  exit(slot: number, to: number): void;
  finish(): EditList;
}

function grown<T extends Int32Array | Uint8Array>(array: T, cnt: number): T {
  if (cnt <= array.length) return array;
  const bigger = new (array.constructor as new (len: number) => T)(Math.max(cnt, array.length * 2));
  bigger.set(array);
  return bigger;
}

export function editBuilder(): EditBuilder {
  let cnt = 0;
  let kind = new Uint8Array(64);
  let at = new Int32Array(64);
  let len = new Int32Array(64);
  let first = new Int32Array(64);
  let words = 0;
  let insns = new Int32Array(256);
  let exitWords = 0;
  let exits = new Int32Array(16);

  function begin(editKind: EditKind, slot: number, slots: number): void {
    if (cnt === kind.length) {
      kind = grown(kind, cnt + 1);
      at = grown(at, cnt + 1);
      len = grown(len, cnt + 1);
      first = grown(first, cnt + 1);
    }
    kind[cnt] = editKind;
    at[cnt] = slot;
    len[cnt] = slots;
    first[cnt] = words / SLOT_WORDS;
    cnt++;
  }

  return {
    replace: (slot) => begin(EDIT.REPLACE, slot, 0),
    prepend: (slot) => begin(EDIT.PREPEND, slot, 0),
    remove: (slot, slots) => begin(EDIT.REMOVE, slot, slots),
    put(w0, imm) {
      assert(cnt > 0 && kind[cnt - 1] !== EDIT.REMOVE, 'an insn is put into a replace or a prepend');
      if (words === insns.length) insns = grown(insns, words + SLOT_WORDS);
      insns[words] = w0;
      insns[words + 1] = imm;
      words += SLOT_WORDS;
      len[cnt - 1]++;
    },
    exit(slot, to) {
      assert(cnt > 0, 'an exit belongs to an edit');
      exits = grown(exits, exitWords + 3);
      exits[exitWords] = cnt - 1;
      exits[exitWords + 1] = slot;
      exits[exitWords + 2] = to;
      exitWords += 3;
    },
    finish: () => ({
      cnt,
      kind: kind.subarray(0, cnt),
      at: at.subarray(0, cnt),
      len: len.subarray(0, cnt),
      first: first.subarray(0, cnt),
      insns: insns.subarray(0, words),
      exits: exits.subarray(0, exitWords),
    }),
  };
}

export function editsFromOps(ops: readonly PatchOp[]): EditList {
  const builder = editBuilder();
  for (const op of ops) {
    if (op.kind === 'remove') {
      builder.remove(op.at, op.cnt);
      continue;
    }
    builder[op.kind](op.at);
    for (let w = 0; w < op.insns.length; w += SLOT_WORDS) builder.put(op.insns[w], op.insns[w + 1]);
    for (const { slot, to } of (op.exits ?? []).toSorted((a, b) => a.slot - b.slot)) builder.exit(slot, to);
  }
  return builder.finish();
}

/** The readable form of edit k. */
export function opAt(edits: EditList, k: number): PatchOp {
  const at = edits.at[k];
  if (edits.kind[k] === EDIT.REMOVE) return { kind: 'remove', at, cnt: edits.len[k] };
  const from = edits.first[k] * SLOT_WORDS;
  const insns = edits.insns.slice(from, from + edits.len[k] * SLOT_WORDS);
  const exits: Exit[] = [];
  for (let x = 0; x < edits.exits.length; x += 3) {
    if (edits.exits[x] === k) exits.push({ slot: edits.exits[x + 1], to: edits.exits[x + 2] });
  }
  const kind = edits.kind[k] === EDIT.REPLACE ? 'replace' : 'prepend';
  return exits.length > 0 ? { kind, at, insns, exits } : { kind, at, insns };
}

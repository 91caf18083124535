/**
 * Building edits. Passes call the builder in the order of their walk; it grows typed arrays, so a million edits
 * cost no million objects. Hand-written edits come as `PatchOp`s.
 */
import { assert } from '../base/assert.ts';
import { enlarged, growI32, pushI32, viewI32 } from '../base/grow.ts';
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

export function editBuilder(): EditBuilder {
  let kind = new Uint8Array(64);
  const at = growI32(64);
  const len = growI32(64);
  const first = growI32(64);
  const insns = growI32(256);
  const exits = growI32();

  function begin(editKind: EditKind, slot: number, slots: number): void {
    if (at.cnt === kind.length) kind = enlarged(kind, at.cnt * 2);
    kind[at.cnt] = editKind;
    pushI32(at, slot);
    pushI32(len, slots);
    pushI32(first, insns.cnt / SLOT_WORDS);
  }

  return {
    replace: (slot) => begin(EDIT.REPLACE, slot, 0),
    prepend: (slot) => begin(EDIT.PREPEND, slot, 0),
    remove: (slot, slots) => begin(EDIT.REMOVE, slot, slots),
    put(w0, imm) {
      const edit = at.cnt - 1;
      assert(edit >= 0 && kind[edit] !== EDIT.REMOVE, 'an insn is put into a replace or a prepend');
      pushI32(insns, w0);
      pushI32(insns, imm);
      len.data[edit]++;
    },
    exit(slot, to) {
      assert(at.cnt > 0, 'an exit belongs to an edit');
      pushI32(exits, at.cnt - 1);
      pushI32(exits, slot);
      pushI32(exits, to);
    },
    finish: () => ({
      cnt: at.cnt,
      kind: kind.subarray(0, at.cnt),
      at: viewI32(at),
      len: viewI32(len),
      first: viewI32(first),
      insns: viewI32(insns),
      exits: viewI32(exits),
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

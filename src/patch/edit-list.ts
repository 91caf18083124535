/** Edits that are written by hand, from and to the form that there may be a million of. */
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Program } from '../program/program.ts';
import { editBuilder } from './edit-builder.ts';
import { EDIT, type EditList, type Exit, type PatchOp } from './ops.ts';

/** With the program that they are for, ops in ascending order are laid out on the way. */
export function editsFromOps(ops: readonly PatchOp[], program?: Pick<Program, 'insns'>): EditList {
  const builder = editBuilder(program);
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

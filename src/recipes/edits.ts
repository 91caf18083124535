/** The edits that recipes ask for: insns that grow, insns that go. */
import { ALU_OP, CLASS, SRC } from '../isa/code-parts.ts';
import { FLOW, flowOf, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS, word0 } from '../isa/insn.ts';
import { NOP_WORD, OP_MOV64_IMM } from '../isa/opcodes.ts';
import { secondSlots } from '../isa/pairs.ts';
import { R9 } from '../isa/registers.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { wholeEdits } from './code.ts';

/** A register that no shape uses, so that nothing is lost in it. */
const SCRATCH = R9;
const MOV_SCRATCH = word0(OP_MOV64_IMM, SCRATCH, 0, 0);
const XOR_SCRATCH = word0(CLASS.ALU64 | ALU_OP.XOR | SRC.K, SCRATCH, 0, 0);

/**
 * Of every `every` insns one becomes three and stays the last of them. Before a jump, a call and a 64-bit constant, for which
 * no insn can be put without losing where it leads or its second slot, the two are put instead.
 */
export function grown(insns: Int32Array, every: number): EditList {
  const edits = editBuilder();
  const second = secondSlots(insns);
  for (let i = every >> 1; i < second.length; i += every) {
    if (second[i] === 1) continue;
    const w0 = insns[SLOT_WORDS * i];
    const stays = flowOf(w0) !== FLOW.NONE || codeOf(w0) === OP_LD_IMM64;
    if (stays) edits.prepend(i);
    else edits.replace(i);
    edits.put(MOV_SCRATCH, i);
    edits.put(XOR_SCRATCH, every);
    if (!stays) edits.put(w0, insns[SLOT_WORDS * i + 1]);
  }
  return wholeEdits(edits.finish());
}

/** Of every `every` insns one is deleted, but not the last: a program has to end. A 64-bit constant counts as one insn. */
export function thinned(insns: Int32Array, every: number): EditList {
  const edits = editBuilder();
  const second = secondSlots(insns);
  let cnt = 0;
  for (let i = 0; i < second.length - 1; i++) {
    if (second[i] === 1 || ++cnt % every !== 0) continue;
    edits.remove(i, second[i + 1] === 1 ? 2 : 1);
  }
  return wholeEdits(edits.finish());
}

/** Each `goto +0` goes, as the pass "nops" does it. */
export function withoutNops(insns: Int32Array): EditList {
  const edits = editBuilder();
  const n = insns.length / SLOT_WORDS;
  for (let i = 0; i < n; i++)
    if (insns[SLOT_WORDS * i] === NOP_WORD && insns[SLOT_WORDS * i + 1] === 0) edits.remove(i, 1);
  return wholeEdits(edits.finish());
}

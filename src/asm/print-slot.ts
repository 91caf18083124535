/** The insn in a slot of a program → its text: an ld_imm64 has two slots and is printed once, with both. */
import { OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { type Style, writeInsn, writeRaw } from './print.ts';
import { makeWriter, takeText, type Writer } from './writer.ts';

/** Whether the ld_imm64 in slot i is printed together with its second slot. */
export function isWide(insns: Int32Array, i: number, exact: boolean): boolean {
  if (codeOf(insns[2 * i]) !== OP_LD_IMM64 || 2 * i + 2 >= insns.length) return false;
  return !exact || (insns[2 * i + 2] === 0 && insns[2 * i] >> 16 === 0);
}

/** Writes the insn in slot i; `target` names where it jumps. */
export function writeAt(out: Writer, style: Style, insns: Int32Array, i: number, target?: string): void {
  const w0 = insns[2 * i];
  const imm = insns[2 * i + 1];
  if (codeOf(w0) !== OP_LD_IMM64) writeInsn(out, style, w0, imm, 0, target);
  else if (isWide(insns, i, style.exact)) writeInsn(out, style, w0, imm, insns[2 * i + 3], target);
  else if (style.exact) writeRaw(out, w0, imm);
  else writeInsn(out, style, w0, imm, 0, target);
}

const scratch = makeWriter();

/** `writeAt` by itself. */
export function textAt(style: Style, insns: Int32Array, i: number, target?: string): string {
  writeAt(scratch, style, insns, i, target);
  return takeText(scratch);
}

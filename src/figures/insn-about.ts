/** What an insn is, in paragraphs, for whoever asks. */
import { describe } from '../isa/describe.ts';

/** Paragraphs on an insn: its name, meaning, fields and bytes. */
export function insnAbout(slot: number, w0: number, imm: number, nextImm: number): string[] {
  const { name, doc, fields, hex, since } = describe(w0, imm, nextImm);
  const { code, dst, src, off } = fields;
  return [
    `insn ${slot}: ${name}`,
    doc,
    `code 0x${code.toString(16).padStart(2, '0')} dst ${dst} src ${src} off ${off} imm ${imm}`,
    `bytes ${hex}${since ? ` (${since})` : ''}`,
  ];
}

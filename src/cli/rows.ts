/** Tables of a program as rows of numbers, in the form of the conformance cases. */
import { codeOf, dstOf, offOf, SLOT_WORDS, srcOf } from '../isa/insn.ts';
import { auxAt, type Program, slotCnt } from '../program/program.ts';

/** [code, dst, src, off, imm] of each slot. */
export const insnRows = ({ insns }: Program): number[][] =>
  Array.from({ length: insns.length / SLOT_WORDS }, (_, i) => {
    const w0 = insns[SLOT_WORDS * i];
    return [codeOf(w0), dstOf(w0), srcOf(w0), offOf(w0), insns[SLOT_WORDS * i + 1]];
  });

/** [orig_idx, seen, zext_dst, ptr_type, ctx_field_size, alu_state] of each slot; undefined without records. */
export function auxRows(program: Program): number[][] | undefined {
  const { aux } = program;
  if (aux === null) return undefined;
  return Array.from({ length: slotCnt(program) }, (_, i) => {
    const { origIdx, seen, zextDst, ptrType, ctxFieldSize, aluState } = auxAt(aux, i);
    return [origIdx, seen, zextDst, ptrType, ctxFieldSize, aluState];
  });
}

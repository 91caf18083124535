/** Tables of a program as rows of numbers, in the form of the conformance cases. */

import { bytesText } from '../asm/token-text.ts';
import { codeOf, dstOf, offOf, SLOT_WORDS, srcOf } from '../isa/insn.ts';
import { auxAt, type Program, slotCnt } from '../program/program.ts';
import type { MapInfo } from '../program/setting.ts';

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

/** [slot, alu_limit, map_idx, call_arg] of each slot where one of them is known; undefined without records. */
export function moreAuxRows(program: Program): number[][] | undefined {
  const { aux } = program;
  if (aux === null) return undefined;
  const rows: number[][] = [];
  for (let i = 0; i < slotCnt(program); i++) {
    const { aluLimit, mapIdx, callArg } = auxAt(aux, i);
    if (aluLimit !== 0 || mapIdx !== 0 || callArg !== 0) rows.push([i, aluLimit, mapIdx, callArg]);
  }
  return rows;
}

/** Tables of insns; a name that is not known is empty, the slot of a removed insn -1. */
export const placesRows = ({ places, strings }: Program) =>
  places.map(({ kind, name, at }) => ({ kind, name: strings[name] ?? '', at: [...at] }));

/** A map in the words of `.map`; frozen values in hexadecimal. */
export const mapRow = (map: MapInfo): Record<string, unknown> => ({
  ...{ ref: map.ref, type: map.type, key: map.keySize, value: map.valueSize, max: map.maxEntries },
  ...{ flags: map.flags, name: map.name, frozen: map.frozen && bytesText(map.frozen) },
  inner: map.inner && mapRow(map.inner),
});

/**
 * Narrow loads: the kernel's own field is loaded as a whole, and what the program did not ask for is taken away:
 *
 *   d = whole field
 *   d >>= 8 * (bytes below the part)      if there are any; 32 bits wide unless the whole is 8 bytes
 *   w d &= mask of the part
 *   d = sign extension of the part        if the load extends signs
 *
 * The mask is left out where the kernel's field is no wider than the part, so the upper part of a field of which the
 * kernel keeps only two bytes reads as its lower part. As convert_ctx_accesses() of Linux 6.18 (kernel/bpf/verifier.c) on
 * a little endian machine.
 */

import { ALU_OP, CLASS, SRC } from '../../isa/code-parts.ts';
import { word0 } from '../../isa/insn.ts';
import { putAlu32K, putAluK } from '../put.ts';
import type { Access } from './recipe.ts';

/** Bytes of a word, which is what 32-bit insns work on. */
const WORD = 4;
const BYTE_BITS = 8;

/** Bytes that the program loads, and how far into the whole they begin. */
export interface Part {
  readonly size: number;
  readonly off: number;
}

/** Makes the access one of the whole field; tells which part of it was meant. */
export function widen(a: Access, off: number, whole: number): Part {
  const part = { size: a.size, off: off & (whole - 1) };
  a.inside -= part.off;
  a.size = whole;
  return part;
}

/** `kept`: bytes of the kernel's own field. */
export function putPart(a: Access, { size, off }: Part, whole: number, kept: number): void {
  if (size >= kept) return;
  const shift = off * BYTE_BITS;
  if (shift > 0) (whole <= WORD ? putAlu32K : putAluK)(a.edits, ALU_OP.RSH, a.dst, shift);
  putAlu32K(a.edits, ALU_OP.AND, a.dst, size === WORD ? -1 : (1 << (size * BYTE_BITS)) - 1);
}

export function putSignExtension({ edits, dst }: Access, size: number): void {
  edits.put(word0(CLASS.ALU64 | SRC.X | ALU_OP.MOV, dst, dst, size * BYTE_BITS), 0);
}

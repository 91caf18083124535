/**
 * `bpftool prog dump xlated opcodes` prints the bytes of an insn in a line below its text. They say nothing new,
 * except where the text could not be read.
 */
import { NOP_WORD } from '../isa/opcodes.ts';
import { insnsFromHex } from '../program/hex.ts';
import type { State } from './state.ts';

const BYTES = /^(?:[\da-f]{2} ){7}[\da-f]{2}(?:(?: [\da-f]{2}){8})?$/i;

/** Words of the bytes in the line just cut into tokens, or null where it is no such line. */
export function bytesInLine({ text, lexer, slotCnt }: State): Int32Array | null {
  const { from, to, cnt, prefixFrom, prefixTo } = lexer;
  const line = text.slice(from[0], to[cnt - 1]);
  if (slotCnt === 0 || prefixFrom !== prefixTo || !BYTES.test(line)) return null;
  const words = insnsFromHex(line);
  return words.ok ? words.value : null;
}

/** Whether the bytes took the place of a line that could not be read; what was said of that is taken back. */
export function mendFromBytes(state: State, words: Int32Array): boolean {
  const slot = state.slotCnt - 1;
  const { insns, placeholders, diagnostics } = state;
  // A line that ended with `ll` left two placeholders, and which slot the bytes belong to is not sure.
  if (slot > 0 && state.from.data[slot - 1] === state.from.data[slot]) return false;
  const isLast = insns.cnt === 2 * state.slotCnt && insns.data[2 * slot] === NOP_WORD;
  if (!isLast || !placeholders.delete(slot)) return false;
  insns.data[2 * slot] = words[0];
  insns.data[2 * slot + 1] = words[1];
  const from = state.from.data[slot];
  while ((diagnostics.at(-1)?.from ?? -1) >= from) diagnostics.pop();
  return words.length > 2;
}

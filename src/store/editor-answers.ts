/** What the source editor is told of a place in the text: the insn there, and where the label there is defined. */
import { symbolAt } from '../asm/symbol-at.ts';
import { upperBound } from '../base/lower-bound.ts';
import { insnAbout } from '../figures/insn-about.ts';
import type { RunDone } from '../pipeline/index.ts';
import { get } from './store.ts';

/** Slot whose text stands at an offset of the source, -1 when none does. Slots stand in source order. */
function slotAt(run: RunDone, offset: number): number {
  const { from, to } = run.assembly;
  const slot = upperBound(from, offset) - 1;
  if (slot < 0 || offset > to[slot]) return -1;
  // Both slots of an ld_imm64 have one text: the first of them.
  return slot > 0 && from[slot - 1] === from[slot] ? slot - 1 : slot;
}

/** Paragraphs on the insn at an offset of the source: meaning, fields, encoding. */
export function hoverAt(offset: number): readonly string[] | null {
  const { good: run, stale } = get();
  if (!run || stale) return null;
  const slot = slotAt(run, offset);
  if (slot < 0) return null;
  const words = run.source.insns;
  return insnAbout(slot, words[slot * 2], words[slot * 2 + 1], words[slot * 2 + 3] ?? 0);
}

/** Range of the label named at an offset of the source. */
export function definitionAt(offset: number): { from: number; to: number } | null {
  const { good: run, stale, text } = get();
  if (!run || stale) return null;
  return symbolAt(run.assembly, text, offset);
}

/** The condition that holds just when another one does not. */
import { CLASS, CLASS_MASK, JMP_OP, OP_MASK } from './code-parts.ts';
import { codeOf } from './insn.ts';

const PAIRS = [
  [JMP_OP.JEQ, JMP_OP.JNE],
  [JMP_OP.JGT, JMP_OP.JLE],
  [JMP_OP.JGE, JMP_OP.JLT],
  [JMP_OP.JSGT, JMP_OP.JSLE],
  [JMP_OP.JSGE, JMP_OP.JSLT],
] as const;

const OPPOSITE: ReadonlyMap<number, number> = new Map(
  PAIRS.flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]),
);

/** First word of the jump with the opposite condition; null where there is none (no bit in common, may_goto). */
export function oppositeOf(w0: number): number | null {
  const cls = codeOf(w0) & CLASS_MASK;
  const op = OPPOSITE.get(codeOf(w0) & OP_MASK);
  if ((cls !== CLASS.JMP && cls !== CLASS.JMP32) || op === undefined) return null;
  return (w0 & ~OP_MASK) | op;
}

/** A generated program as somebody could have written it: insns, line entries, functions, and the edits as patch points. */
import type { PatchPoint } from '../asm/assembly.ts';
import { disassemble } from '../asm/disassemble.ts';
import { lowerBound } from '../base/lower-bound.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { EDIT, type EditList } from '../patch/ops.ts';
import type { Built } from '../recipes/recipe.ts';

const KINDS = { [EDIT.REPLACE]: 'replace', [EDIT.PREPEND]: 'prepend', [EDIT.REMOVE]: 'remove' } as const;

/** What `opAt` gives, for all edits in one walk: exits stand in the order of the edits. */
export function patchPointsOf({ cnt, kind, at, len, first, insns, exits }: EditList): PatchPoint[] {
  const points: PatchPoint[] = [];
  for (let k = 0; k < cnt; k++) {
    const isRemove = kind[k] === EDIT.REMOVE;
    const out: { slot: number; to: number }[] = [];
    const rows = exits.length / 3;
    for (let x = lowerBound(exits, k, rows, 3); x < rows && exits[3 * x] === k; x++)
      out.push({ slot: exits[3 * x + 1], to: exits[3 * x + 2] });
    points.push({
      ...{ kind: KINDS[kind[k] as keyof typeof KINDS], at: at[k], exits: out, from: 0, to: 0 },
      cnt: isRemove ? len[k] : 1,
      insns: isRemove
        ? new Int32Array(0)
        : insns.slice(first[k] * SLOT_WORDS, (first[k] + len[k]) * SLOT_WORDS),
    });
  }
  return points;
}

/** Assembles to the same program and the same edits; the records of the verifier are left to the analysis. */
export const recipeText = ({ program, edits }: Built, withEdits: boolean): string =>
  disassemble(program, { patchPoints: withEdits ? patchPointsOf(edits) : [] });

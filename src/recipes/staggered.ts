/**
 * A zigzag: each block jumps to the one on the other side, farther and farther out.
 *
 *     ... 4 ← 2 ← start → 1 → 3 → 5 ...      1 goes to 2, 2 to 3, 3 to 4, and so on
 */
import { R0, R1, R2 } from '../isa/registers.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import { programOf, wholeEdits } from './code.ts';
import type { Recipe } from './recipe.ts';
import { Code, IF } from './words.ts';

/** Insns of a block, and of what stands before the first. */
const BLOCK = 3;
const HEAD = 4;
const BLOCK_CNT_MAX = Math.floor((2 ** 15 - 1) / BLOCK) + 1;

export const staggered: Recipe = {
  id: 'staggered',
  label: 'Jumps farther and farther, to and fro',
  why: 'Jumps of both directions and every length up to 16 bits cross each other, so that a deletion changes half of them.',
  source: '__bpf_fill_staggered_jumps(), Linux 6.18, lib/test_bpf.c; the deletions are ours',
  n: { min: HEAD + BLOCK * 3, max: HEAD + BLOCK * BLOCK_CNT_MAX, standard: HEAD + BLOCK * BLOCK_CNT_MAX },
  isSeeded: false,
  params: [{ id: 'every', label: 'Deleted', unit: 'one check in', min: 1, max: 10_000, standard: 100 }],
  pass: 'edits',
  build({ n, params: [every] }) {
    const blocks = Math.floor((n - HEAD) / BLOCK);
    /** Even, so that the zigzag has a middle. */
    const size = (blocks - 1) & ~1;
    const code = new Code(HEAD + BLOCK * (size + 1));
    const end = HEAD + BLOCK * (size + 1) - 1;
    const edits = editBuilder();
    code.mov(R0, 0);
    code.mov(R1, 0);
    code.mov(R2, 0);
    code.jump(HEAD + (BLOCK * size) / 2);
    for (let k = 0, off = size; k <= size; k++, off -= 2) {
      if (off === 0) off--;
      const turn = Math.abs(off);
      if (k % every === every >> 1) edits.remove(code.at, 1);
      code.jumpIf(IF.NE, R0, turn - 1, end);
      code.mov(R0, turn);
      if (k < size) code.jump(code.at + 1 + BLOCK * (off - 1));
      else code.exit();
    }
    return { program: programOf(code), edits: wholeEdits(edits.finish()) };
  },
};

/** How big a generated program is, and what it will take, said before it is built. */
import { EDIT } from '../patch/ops.ts';
import { slotCnt } from '../program/program.ts';
import type { Recipe, RecipeAsk } from './recipe.ts';

/** Up to so many slots a recipe is opened as a text that one can edit; above, it is a listing that one reads. */
export const EDITOR_SLOTS_MAX = 200_000;

/**
 * Bytes of what a run answers, as measured on eight recipes of up to a million insns with all buffers counted
 * (`freightOf`), rounded up: they are right within a tenth. A text comes with objects for labels and patch points, 110 to
 * 580 bytes a slot.
 */
const BYTES = { slot: 140, putSlot: 85, edit: 30, textSlot: 350 } as const;

/** Enough to see how a recipe grows: beyond, everything grows as its length does. */
const SAMPLE_N = 2_000;

export interface RecipeSize {
  readonly isText: boolean;
  /** Slots of the result; about. */
  readonly after: number;
  /** Bytes in the page. The worker needs as many again, for as long as it compares the algorithms. */
  readonly bytes: number;
}

/** From a small program of the same recipe, so that it can be said while somebody drags a slider. */
export function sizeOf(recipe: Recipe, ask: RecipeAsk): RecipeSize {
  const sample = Math.max(recipe.n.min, Math.min(ask.n, SAMPLE_N));
  const { program, edits } = recipe.build({ ...ask, n: sample });
  const slots = slotCnt(program);
  let put = 0;
  let gone = 0;
  for (let k = 0; k < edits.cnt; k++) {
    if (edits.kind[k] === EDIT.REMOVE) gone += edits.len[k];
    else put += edits.len[k] - (edits.kind[k] === EDIT.REPLACE ? 1 : 0);
  }
  const scale = ask.n / slots;
  const isText = ask.n <= EDITOR_SLOTS_MAX;
  const each = BYTES.slot + (isText ? BYTES.textSlot : 0);
  return {
    isText,
    after: Math.round((slots + put - gone) * scale),
    bytes: each * ask.n + (BYTES.putSlot * put + BYTES.edit * edits.cnt) * scale,
  };
}

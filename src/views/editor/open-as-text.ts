/** A listed program becomes a text: its insns, and the edits that nobody wrote down as patch points. */
import { recipeText } from '../../pipeline/recipe-text.ts';
import { open } from '../../store/intents.ts';
import { EDITS } from '../../store/pass-list.ts';
import { get } from '../../store/store.ts';

export function openAsText(): void {
  const { good, pass } = get();
  if (!good) return;
  const { source, edits, step } = good;
  const isGiven = good.pass === EDITS && step === 0;
  open({ text: recipeText({ program: source, edits }, isGiven), pass });
}

/** How each layout is called, and what it is for. */
import type { LayoutId } from './store.ts';

export const LAYOUT_WORDS: Readonly<Record<LayoutId, { readonly name: string; readonly what: string }>> = {
  learn: { name: 'Learn', what: 'text, list and result, step by step' },
  debug: { name: 'Debug', what: 'what became of each insn, with its aux record and C line beside it' },
  race: { name: 'Race', what: 'array, list and batch on one clock of counted work' },
  chart: { name: 'Chart', what: 'work against the size of the program' },
};

/**
 * Memory is said before it is spent: how much a program will take, and the question whether to go on where that is a lot.
 * Each size is asked about once.
 */
import { create } from 'zustand';
import { EXAMPLES } from '../examples/index.ts';
import { get, type State, set, useStore } from './store.ts';

/** What was measured with scripts/big.mjs, at most, of page and worker together: bytes a slot, and 50 more a character of a text. */
const SLOT_BYTES = 450;
const CHAR_BYTES = 50;
/** Programs that take more, in MB, are asked about. */
const ASK_MB = 200;
/** The most that a kernel loads; a recipe that does not say its size is taken for that. */
export const SLOTS_MAX = 1_000_000;

export const megabytesOf = (slots: number, chars: number): number =>
  Math.ceil((slots * SLOT_BYTES + chars * CHAR_BYTES) / 1e6);

/** Lines of a text, which are about its insns. */
export function linesOf(text: string): number {
  let cnt = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) cnt++;
  return cnt;
}

/** About how many slots the program will have, and in how many characters it is written; 0 where it is small in any case. */
export function sizeOf({ text, recipe }: Pick<State, 'text' | 'recipe'>): { slots: number; chars: number } {
  if (text !== '') return { slots: linesOf(text), chars: text.length };
  return recipe === ''
    ? NOTHING
    : { slots: Math.min(SLOTS_MAX, Number(recipe.split('~')[1]) || SLOTS_MAX), chars: 0 };
}
const NOTHING = { slots: 0, chars: 0 };

interface Question {
  readonly slots: number;
  readonly megabytes: number;
  readonly go: () => void;
  readonly drop: () => void;
}

export const useMemory = create<{ readonly question: Question | null }>()(() => ({ question: null }));

/** Up to here somebody said yes; a text that grows while it is typed at is not asked about again. */
let agreedMb = ASK_MB;
const MORE = 1.25;

/** `go` at once, or when somebody agrees to the memory that it takes; `drop` when not. A newer question replaces an older. */
export function askFirst(
  { slots, chars }: { readonly slots: number; readonly chars: number },
  go: () => void,
  drop: () => void,
): void {
  const megabytes = megabytesOf(slots, chars);
  const isSmall = megabytes <= agreedMb;
  const before = useMemory.getState().question;
  // Asked again while nobody has answered: what was there before the first question comes back.
  const question = isSmall ? null : { slots, megabytes, go, drop: before?.drop ?? drop };
  useMemory.setState({ question });
  if (isSmall) go();
}

export function answerMemory(isAgreed: boolean): void {
  const { question } = useMemory.getState();
  useMemory.setState({ question: null });
  if (!question) return;
  if (isAgreed) agreedMb = MORE * question.megabytes;
  (isAgreed ? question.go : question.drop)();
}

/** Of what the page is to run now, in place of what it had before: `go`, or back to that. */
export function askOf(old: State, go: () => void): void {
  const { text, recipe, pass, step, layer, semantics } = old;
  const isFirst = text === '' && recipe === '';
  askFirst(sizeOf(get()), go, () =>
    set(isFirst ? { text: EXAMPLES[0].source, recipe: '' } : { text, recipe, pass, step, layer, semantics }),
  );
}

// Another program has come while nobody has answered.
useStore.subscribe((s, old) => {
  if (s.text === old.text && s.recipe === old.recipe) return;
  if (megabytesOf(sizeOf(s).slots, s.text.length) <= ASK_MB) useMemory.setState({ question: null });
});

/** A number that is being typed on the track: the op of that number is gone to when a moment has passed, or at once. */
import { create } from 'zustand';
import { lastMoment } from './selectors.ts';
import { get } from './store.ts';
import { seek } from './time.ts';

const WAIT_MS = 600;
const DIGITS_MAX = 7;

export const useTypedOp = create<{ readonly digits: string }>()(() => ({ digits: '' }));

let timer: ReturnType<typeof setTimeout> | undefined;

function show(digits: string): void {
  clearTimeout(timer);
  useTypedOp.setState({ digits });
}

/** One more digit. */
export function typeDigit(digit: string): void {
  show((useTypedOp.getState().digits + digit).slice(0, DIGITS_MAX));
  timer = setTimeout(goToTyped, WAIT_MS);
}

/** Whether a number was there to go to; beyond the last op it is the last one. */
export function goToTyped(): boolean {
  const { digits } = useTypedOp.getState();
  if (digits === '') return false;
  show('');
  seek(Math.min(lastMoment(get()), Number(digits)));
  return true;
}

/** Whether there was a number to forget. */
export function forgetTyped(): boolean {
  const isTyping = useTypedOp.getState().digits !== '';
  show('');
  return isTyping;
}

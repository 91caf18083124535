/** What the pill of a jump says whose distance is another than it was. */
import { OP_GOTOL } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { OP_GOTO } from '../isa/opcodes.ts';
import { signed } from './number.ts';

/** Whether a jump, which is no call, may also go on behind itself. */
export const isConditional = (w0: number): boolean => codeOf(w0) !== OP_GOTO && codeOf(w0) !== OP_GOTOL;

export interface NewDistance {
  readonly before: number;
  readonly now: number;
  /** Whether `now` stands in the insn, or will only be written. */
  readonly done: boolean;
  readonly fits: boolean;
}

/** `+3 -> +5`, or "will be +5": the longest words for which there is room, an arrow if there is none. */
export function pillText(
  { before, now, done, fits }: NewDistance,
  hasRoom: (text: string) => boolean,
): string {
  const texts = !fits
    ? [`${signed(now)} too far`, 'too far']
    : done
      ? [`${signed(before)} \u2192 ${signed(now)}`, `\u2192 ${signed(now)}`, signed(now)]
      : [`will be ${signed(now)}`, signed(now)];
  return texts.find(hasRoom) ?? '\u2192';
}

/** The same in a sentence. */
export const distanceWords = ({ before, now, done, fits }: NewDistance): string =>
  fits
    ? `was ${signed(before)}, ${done ? 'is' : 'will be'} ${signed(now)}`
    : `needs ${signed(now)}, which its field cannot hold`;

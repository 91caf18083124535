/** The refusals of patching, in one voice, so that every algorithm says the same of the same edits. */
import { FLOW, type Flow } from '../isa/flow.ts';
import type { PatchError } from './algorithm.ts';
import { EDIT, EDIT_NAMES, type EditList } from './ops.ts';

/** A number as it is read: thousands apart. */
export const group = (n: number): string => n.toLocaleString('en');

/** A distance that does not fit. `born`: the jump was put there by a patch, and `at` is the insn patched. */
export function rangeError(
  at: number,
  born: boolean,
  flow: Flow,
  before: number,
  needed: number,
): PatchError {
  const field = flow === FLOW.OFF ? 'off' : 'imm';
  const top = flow === FLOW.OFF ? 0x7fff : 0x7fffffff;
  const limit = needed > 0 ? `at most ${group(top)}` : `at least ${group(-top - 1)}`;
  const what = flow === FLOW.CALL ? 'call' : 'jump';
  const where = born ? `in the patch of insn ${group(at)}` : `at insn ${group(at)}`;
  const message = `${what} ${where} needs a distance of ${group(needed)}; ${field} holds ${limit} (it was ${group(before)})`;
  return { code: 'ERANGE', errno: -34, at, field, before, needed, message };
}

export const slotsText = (cnt: number): string => `${group(cnt)} ${cnt === 1 ? 'slot' : 'slots'}`;

/** What a remove takes away, or where another edit stands. */
const extentOf = ({ kind, at, len }: EditList, k: number): string => {
  if (kind[k] !== EDIT.REMOVE) return `at insn ${group(at[k])}`;
  return len[k] === 1
    ? `of insn ${group(at[k])}`
    : `of insns ${group(at[k])} to ${group(at[k] + len[k] - 1)}`;
};

/** "remove of insns 2 to 4": an edit by what it does, not by its number, which nobody has seen. */
export const editText = (edits: EditList, k: number): string =>
  `${EDIT_NAMES[edits.kind[k]]} ${extentOf(edits, k)}`;

/** Two edits of which one at most can stand. */
export function clashOf(edits: EditList, a: number, b: number): PatchError {
  const { kind, at } = edits;
  const both = [Math.min(a, b), Math.max(a, b)];
  const [one, two] = kind[both[0]] === EDIT.REMOVE ? both : both.toReversed();
  const message =
    kind[one] === EDIT.REMOVE
      ? `${editText(edits, one)} overlaps the ${editText(edits, two)}`
      : `two ${EDIT_NAMES[kind[one]]}s at insn ${group(at[one])}`;
  return invalid(both, Math.max(at[a], at[b]), message);
}

export const invalid = (edits: readonly number[], at: number, message: string): PatchError => ({
  code: 'EINVAL',
  errno: -22,
  edits,
  at,
  message,
});

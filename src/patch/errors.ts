/** The refusals of patching, in one voice, so that every algorithm says the same of the same edits. */
import { FLOW, type Flow } from '../isa/flow.ts';
import type { PatchError } from './algorithm.ts';

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
  const limit = needed > 0 ? `at most ${top}` : `at least ${-top - 1}`;
  const what = flow === FLOW.CALL ? 'call' : 'jump';
  const where = born ? `in the patch of insn ${at}` : `at insn ${at}`;
  const message = `${what} ${where} needs a distance of ${needed}; ${field} holds ${limit} (it was ${before})`;
  return { code: 'ERANGE', errno: -34, at, field, before, needed, message };
}

export const invalid = (edits: readonly number[], at: number, message: string): PatchError => ({
  code: 'EINVAL',
  errno: -22,
  edits,
  at,
  message,
});

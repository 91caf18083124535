/**
 * Which registers still matter at a place: those that some path reads, of whatever width, before it writes them.
 * Calls read r1..r5 and exit reads r0, as nobody here knows how many arguments a call takes; r6..r9 are kept by the
 * kernel over a call between subprograms, so a subprogram owes its caller r0 alone.
 */
import { readsOf } from '../isa/regs.ts';
import { wantedBefore, wantedBehind } from './backward.ts';

/** Bit r: register r is live. */
export interface Live {
  readonly before: (idx: number) => number;
  readonly behind: (idx: number) => number;
}

export function liveRegs(insns: Int32Array): Live {
  const behind = wantedBehind(insns, readsOf);
  return {
    before: (idx) => wantedBefore(behind[idx], insns[2 * idx], insns[2 * idx + 1], readsOf),
    behind: (idx) => behind[idx],
  };
}

/** What the rewrite passes ask of a profile (profiles.ts): the places where kernels, the RFC and this project part. */
import type { Layer, PatchError } from './algorithm.ts';

/** Where the rewrite passes of the profiles part. */
export interface PassRules {
  /** Blinding writes off 0 into the rewritten ALU insn instead of keeping it (signed division is lost). */
  readonly blindDropsOff: boolean;
  /** Blinding marks the zero extension it has to put where the verifier has put the others already. */
  readonly blindMarksZext: boolean;
  /** Blinding leaves the address of a callback (`PSEUDO_FUNC`, since 5.13) alone, which linking fixes afterwards. */
  readonly blindSparesFuncs: boolean;
  /** What a pass of the verifier layer returns when a distance does not fit. */
  readonly rangeErrno: -34 | -12;
  /** Nop removal also takes `may_goto +0`, stepping back after each. */
  readonly nopsTakeMayGoto: boolean;
  /** Dead code and nops go in one walk over the old distances (the RFC), not one after the other. */
  readonly deadAndNopsAtOnce: boolean;
  /**
   * Version of Linux, major and minor in one number: 6.18 is 618. Calls, divisions and the like are rewritten as
   * that version does; what it does not know stays as it is.
   */
  readonly linux: number;
}

/** This project's, which are those of Linux 6.18 but for the errno. */
export const ENGINE_RULES: PassRules = {
  blindDropsOff: false,
  blindMarksZext: true,
  blindSparesFuncs: true,
  rangeErrno: -34,
  nopsTakeMayGoto: false,
  deadAndNopsAtOnce: false,
  linux: 618,
};

/** What the caller of a pass of `layer` hears of a refusal: in the verifier, kernels have lost the reason by then. */
export const errnoOf = (
  error: PatchError,
  layer: Layer,
  { rangeErrno }: Pick<PassRules, 'rangeErrno'>,
): number => (error.code === 'ERANGE' && layer === 'verifier' ? rangeErrno : error.errno);

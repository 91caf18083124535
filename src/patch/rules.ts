/** What the rewrite passes ask of a profile (profiles.ts): the places where kernels, the RFC and this project part. */

/** Where the rewrite passes of the profiles part. */
export interface PassRules {
  /** Blinding writes off 0 into the rewritten ALU insn instead of keeping it (signed division is lost). */
  readonly blindDropsOff: boolean;
  /** What a pass of the verifier layer returns when a distance does not fit. */
  readonly rangeErrno: -34 | -12;
  /** Nop removal also takes `may_goto +0`, stepping back after each. */
  readonly nopsTakeMayGoto: boolean;
  /** A store never defines a 32-bit value for zero extension, not even a fetching atomic. */
  readonly storesNeverDefine: boolean;
  /** Dead code and nops go in one walk over the old distances (the RFC), not one after the other. */
  readonly deadAndNopsAtOnce: boolean;
  /** Sign-extending loads, signed division, the -1 fix and other insns younger than 6.1 are rewritten. */
  readonly knowsV4: boolean;
}

/** This project's, which are those of Linux 6.18 but for the errno. */
export const ENGINE_RULES: PassRules = {
  blindDropsOff: false,
  rangeErrno: -34,
  nopsTakeMayGoto: false,
  storesNeverDefine: false,
  deadAndNopsAtOnce: false,
  knowsV4: true,
};
